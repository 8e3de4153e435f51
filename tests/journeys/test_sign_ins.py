"""Sign-ins: in the real window, at the real lab, whose faults each come to a named failure."""

from __future__ import annotations

from time import monotonic

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.endpoints import Protocol
from motion_desk.services.oauth import cache
from motion_desk.services.secrets import service_of
from motion_desk.services.store import Store
from motion_desk.ui.sign_ins.page import STEPS, TOKEN
from tests.journeys.driver import Driver
from tests.journeys.signing import (
    CARE,
    TRADE,
    choose,
    come,
    laid_out,
    look_at,
    over,
    sign_in_at_the_lab,
    tour,
    unfold_all,
)
from tests.journeys.stage import Stage
from tests.journeys.testing import over as tested
from tests.journeys.testing import place_of
from tests.patience import PROMPT
from tests.ui.test_labels import page_faults

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROBOT = "mail.robot@meridia.example"


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo workspace as a newcomer has it, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.settled()
    return driver


def all_kept(driver: Driver) -> str:
    """What the keyring has of all providers."""
    found: list[str] = []
    ids = [each.id for each in driver.console.desk.workspace.cloud_providers.entries]

    def look(store: Store) -> str:
        service = service_of(store.identity)
        return "".join(cache.kept(store.secrets, service, each) for each in ids)

    driver.console.session.ask(look, found.append)
    driver.settled()
    return found[0]


@pytest.mark.parametrize("flow", ["device", "browser", "application"])
def test_a_newcomer_signs_in_at_the_lab_which_keeps_nothing(demo: Driver, flow: str) -> None:
    said = sign_in_at_the_lab(demo, "healthy", flow)
    who = "the application itself" if flow == "application" else ROBOT
    assert said == f"Signed in: {who}. At the lab; nothing was kept."
    assert demo.find("strip-text:lab").text().startswith("In the lab: Healthy.")
    assert demo.find("sign-ins:state").text().startswith("Nobody has signed in")
    look_at(demo, TOKEN)
    assert demo.find("token-verdict:lab").text().startswith("Right for IMAP and SMTP")
    assert all_kept(demo) == ""


FAULTS = {
    "consent-needed": ("device", "Nobody has allowed the application"),
    "mfa-required": ("device", "second factor"),
    "conditional-access": ("device", "conditional access policy"),
    "app-unknown": ("device", "knows no application"),
    "secret-expired": ("application", "has expired"),
    "secret-wrong": ("application", "is wrong"),
    "identity-html": ("browser", "a web page in place of data"),
    "identity-proxy": ("browser", "wants a sign-in of its own"),
    "identity-down": ("device", "out of order or overloaded"),
    "clock-wrong": ("device", "differ by 5 hours"),
    "device-declined": ("device", "was declined"),
    "device-expired": ("device", "was not typed in in time"),
}


def test_each_fault_of_the_identity_server_is_named_and_keeps_nothing(demo: Driver) -> None:
    for fault, (flow, wanted) in FAULTS.items():
        said = sign_in_at_the_lab(demo, fault, flow)
        assert said.startswith("Not signed in. "), fault
        assert wanted in said, f"{fault}: {said}"
        assert demo.find("sign-in:to-do").text(), fault
    assert all_kept(demo) == ""


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("token-audience", "Graph"),
        ("token-scope", "IMAP would be refused"),
        ("token-tenant", "tenant"),
    ],
)
def test_a_wrong_token_is_told_line_by_line(demo: Driver, fault: str, line: str) -> None:
    sign_in_at_the_lab(demo, fault, "browser")
    look_at(demo, TOKEN)
    assert demo.find("token-verdict:lab").text().startswith("Not right for IMAP and SMTP")
    assert line in demo.find("token-table:lab").toPlainText()


def test_a_slow_sign_in_is_given_up_at_once_when_asked_to(demo: Driver) -> None:
    demo.console.testing.lab.scale = 1.0
    demo.console.testing.lab.turn_on("identity-slow")
    page = come(demo)
    demo.press("sign-in:browser")
    demo.wait(lambda: demo.is_there("sign-in:stop"), "the sign-in")
    begun = monotonic()
    demo.press_key(Qt.Key.Key_Escape)
    assert over(demo, page) == "Stopped. Nothing was kept."
    assert monotonic() - begun < PROMPT, "the lab takes 12 s for each answer"
    demo.press("sign-in:device")
    demo.press("sign-in:stop")
    assert over(demo, page) == "Stopped. Nothing was kept."


def test_leaving_the_lab_clears_what_it_showed(demo: Driver) -> None:
    sign_in_at_the_lab(demo, "healthy", "browser")
    demo.press("strip-button:lab")
    assert not demo.is_there("sign-in:ended")
    assert not demo.is_there("strip:lab")
    assert demo.find("sign-ins:who").text() == f"{ROBOT} is to sign in."
    look_at(demo, TOKEN)
    assert demo.is_there("token:none")


def test_a_remedy_of_a_test_leads_to_the_provider_of_the_account(demo: Driver) -> None:
    come(demo)
    choose(demo, TRADE)
    demo.open("Customer care")
    demo.console.testing.lab.turn_on("token-revoked")
    demo.command("test")
    tested(demo)
    demo.press(f"sign-in:{place_of(demo, Protocol.IMAP, 'sign-in')}")
    demo.settled()
    assert demo.console.window.section == "sign-ins"
    page = demo.find("panel:sign-ins")
    assert page.providers.currentIndex().data() == CARE


def test_an_expired_secret_is_told_in_the_list_in_the_state_and_in_the_steps(
    demo: Driver,
) -> None:
    come(demo)
    line = next(e for e in demo.find("sign-ins:providers").entries() if e.title == TRADE)
    assert line.marks == (("circle-alert", "error"),)
    assert "The client secret ended on 2026-11-15" in line.hint
    choose(demo, TRADE)
    look_at(demo, STEPS)
    assert demo.find("step-why:secret").text().startswith("It ended on 2026-11-15")


def test_what_is_typed_into_the_provider_is_seen_at_once(demo: Driver) -> None:
    come(demo)
    choose(demo, CARE)
    demo.press("sign-ins:go")
    demo.settled()
    key = "cloud_providers.entries/" + demo.chosen("cloud_providers.entries")
    demo.type(f"{key}/tenant", "common")
    come(demo)
    assert "its Tenant ID is neither an id nor a domain" in demo.find("sign-ins:state").text()
    demo.command("undo")
    come(demo)
    assert demo.find("sign-ins:state").text().startswith("Nobody has signed in")


def test_the_tour_of_the_page_shows_what_it_should(demo: Driver) -> None:
    taken = []

    def step(said: str, name: str, act: object) -> None:
        assert callable(act)
        act()
        taken.append((said, name))

    tour(demo, step)
    assert len({name for _, name in taken}) == len(taken) == 6


@pytest.mark.parametrize("smallest", [False, True], ids=["usual", "smallest"])
def test_no_text_is_cut_in_any_view(demo: Driver, smallest: bool) -> None:
    window = demo.console.window
    if smallest:
        window.resize(window.minimumSize())
    sign_in_at_the_lab(demo, "consent-needed", "device")
    for view in range(3):
        look_at(demo, view)
        assert page_faults(demo) == []
    unfold_all(demo)
    assert page_faults(demo) == []
    demo.console.testing.lab.turn_on("healthy")
    choose(demo, TRADE)
    look_at(demo, 0)
    demo.press("sign-in:device")
    demo.wait(lambda: demo.is_there("sign-in:code"), "the code")
    laid_out(demo, come(demo))
    assert page_faults(demo) == []


def test_a_link_beside_the_cloud_provider_leads_to_its_sign_in(stage: Stage) -> None:
    driver = stage(None, "demo")
    driver.open("Customer care")
    driver.section("authentication")
    driver.press("link:authentication.cloud_provider")
    driver.settled()
    assert driver.console.window.section == "sign-ins"
    driver.wait(lambda: driver.is_there("sign-in:device"), "the ways to sign in")
