"""Detecting settings: in the real window, by the real search, against the real lab."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from motion_desk.services.lab import Lab
from tests.journeys.detecting import (
    choose,
    detect,
    evidence_on_tour,
    on_tour,
    said,
    search,
    titles,
    use,
    used_on_tour,
)
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage
from tests.journeys.testing import over, verdict

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

T = TypeVar("T")
ACCOUNT = "Trade desk"
DOMAIN = "handel.meridia.example"
UNKNOWN = "unable to get local issuer certificate"
"""OpenSSL's words for an authority that nobody knows."""


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on an account of a custom service in the demo, whose lab is on and quick."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open(ACCOUNT)
    driver.settled()
    return driver


def of_lab(driver: Driver, call: Callable[[Lab], T]) -> T:
    """What the running lab says."""
    found: list[T] = []
    failed: list[Exception] = []
    driver.console.testing.lab.ask(call, found.append, failed.append)
    driver.wait(lambda: found or failed, "an answer of the lab")
    return found[0]


def test_a_newcomer_detects_uses_and_tests_and_only_the_test_sends_a_password(
    demo: Driver,
) -> None:
    detect(demo)
    assert titles(demo) == ["Named by the domain itself", "Named by DNS", "Guessed", "Guessed"]
    assert said(demo, "autoconfig") == "Its autoconfig file names 2 servers."
    assert said(demo, "srv") == "Its service records name 3 servers."
    assert said(demo, "mx").startswith(f"Its mail is received by mx.{DOMAIN}")
    assert said(demo, "probing") == "A mail server greets at 8 places."
    assert demo.find("strip-text:detect-lab").text().startswith("In the lab: Healthy.")
    use(demo)
    assert demo.value("imap.host") == f"imap.{DOMAIN}"
    assert of_lab(demo, lambda lab: dict(lab.seen.logins)) == {}, "nobody has logged in"
    demo.command("test")
    over(demo)
    assert verdict(demo) == "Motion would receive and send."
    assert of_lab(demo, lambda lab: sum(lab.seen.logins.values())) == 2
    assert of_lab(demo, lambda lab: lab.seen.errors) == ()


def test_one_undo_takes_all_of_it_back(demo: Driver) -> None:
    before = demo.account_draft()
    detect(demo)
    choose(demo, 2)
    use(demo)
    assert (demo.value("smtp.port"), demo.value("smtp.secure")) == (587, False)
    assert demo.account_draft().imap.password == before.imap.password
    demo.command("undo")
    assert demo.account_draft() == before


def test_it_is_said_who_gets_the_password_and_the_last_word_counts(demo: Driver) -> None:
    for number in (2, 1):
        detect(demo)
        choose(demo, number)
        use(demo)
    [told] = [text for text in demo.console.window.notices.texts if "next test" in text]
    assert told == (
        "The detected settings are used; undo takes them back. The next test sends the account's "
        f"password to imap.{DOMAIN}:993 and smtp.{DOMAIN}:465."
    )


@pytest.mark.parametrize(
    ("fault", "source", "sentence", "first"),
    [
        (
            "autoconfig-malicious",
            "autoconfig",
            "Its autoconfig file defines entities, which it must not.",
            "Named by DNS",
        ),
        (
            "autoconfig-endless",
            "autoconfig",
            f"autoconfig.{DOMAIN} sends more than 256 KB.",
            "Named by DNS",
        ),
        (
            "autoconfig-other-domain",
            "autoconfig",
            f"Its autoconfig file speaks of “postbox.example” instead of “{DOMAIN}”.",
            "Named by DNS",
        ),
        (
            "names-loop",
            "srv",
            f"The aliases of _imaps._tcp.{DOMAIN} lead in a circle.",
            "Named by the domain itself",
        ),
        (
            "names-silent",
            "srv",
            "The name service did not answer in time.",
            "Named by the domain itself",
        ),
        (
            "private-ca",
            "autoconfig",
            f"The certificate of autoconfig.{DOMAIN} is not trusted: {UNKNOWN}.",
            "Named by DNS",
        ),
    ],
    ids=["malicious", "endless", "other-domain", "loop", "silent", "private-ca"],
)
def test_a_source_that_fails_says_so_itself_and_the_others_are_offered(
    fault: str, source: str, sentence: str, first: str, demo: Driver
) -> None:
    demo.console.testing.lab.turn_on(fault)
    detect(demo)
    assert said(demo, source) == sentence
    assert titles(demo)[0] == first


def test_servers_of_another_domain_are_marked_and_never_first(demo: Driver) -> None:
    demo.console.testing.lab.turn_on("names-lie")
    detect(demo)
    number = titles(demo).index("Named by DNS") + 1
    assert number > 1
    spoken = demo.find(f"proposal:{number}").accessibleName()
    assert "imap.postbox.example:993" in spoken
    assert f"“imap.postbox.example” lies outside “{DOMAIN}”" in spoken


def test_the_domain_of_a_built_in_service_is_recognised_and_nothing_is_to_change(
    demo: Driver,
) -> None:
    demo.open("Outlet marketplace")
    detect(demo)
    assert titles(demo)[0] == "Built-in service “Yahoo”"
    assert not demo.find("detect:use").isEnabled(), "it is set already"


def test_leaving_the_lab_drops_what_was_found_there(demo: Driver) -> None:
    detect(demo)
    assert titles(demo)
    demo.press("strip-button:detect-lab")
    assert titles(demo) == []
    assert not demo.is_there("strip:detect-lab")
    assert not demo.find("detect:use").isEnabled()


def test_the_tours_steps_show_what_they_should(demo: Driver) -> None:
    on_tour(demo)
    evidence_on_tour(demo)
    used_on_tour(demo)
    search_again(demo)


def search_again(demo: Driver) -> None:
    """The dialog can be opened again at once."""
    demo.command("detect")
    search(demo, f"other@{DOMAIN}")
    assert demo.find("detect:said").text() == f"Found for other@{DOMAIN}:"
    demo.press("detect:cancel")
