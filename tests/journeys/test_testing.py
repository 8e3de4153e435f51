"""Testing connections: in the real window, by the real tester, against the real lab."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.tester.steps import State, StepName
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage
from tests.journeys.testing import open_earlier, over, place_of, states, verdict
from tests.patience import PROMPT

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GOOD = "Motion would receive and send."
ACCOUNT = "Trade desk"
"""An account of a custom service; its SMTP begins with STARTTLS."""


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo workspace as a newcomer has it, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open(ACCOUNT)
    driver.settled()
    return driver


def press_test(driver: Driver, fault: str = "") -> None:
    """Press the button, under a fault where one is named, and wait for the end."""
    if fault:
        driver.console.testing.lab.turn_on(fault)
    driver.command("test")
    over(driver)


def test_a_newcomer_presses_the_button_and_every_account_of_the_demo_passes_in_the_lab(
    demo: Driver,
) -> None:
    modern = 0
    for name in demo.accounts():
        demo.open(name)
        login = endpoint(demo.account_draft(), Protocol.IMAP).login
        modern += login is not None and login.modern
        press_test(demo)
        assert verdict(demo) == GOOD, name
        assert demo.find("strip-text:lab").text().startswith("In the lab: Healthy.")
    assert modern, "none of them signs in"
    demo.open(ACCOUNT)
    assert states(demo, Protocol.SMTP)[StepName.TLS] is State.PASSED


def test_a_remedy_turns_the_verdict_green_and_undo_takes_it_back(demo: Driver) -> None:
    before = demo.account_draft()
    press_test(demo, "port-refused")
    assert verdict(demo) == "Motion would send but not receive."
    assert states(demo, Protocol.IMAP)[StepName.TCP] is State.FAILED
    demo.press(f"apply-again:{place_of(demo, Protocol.IMAP, 'use-port')}")
    over(demo)
    assert (demo.value("imap.port"), demo.value("imap.ssl")) != (993, True)
    assert verdict(demo) == GOOD
    assert demo.find("result:smtp").text().startswith("Passed at "), "SMTP's result still holds"
    demo.command("undo")
    assert demo.account_draft() == before
    demo.section("test")
    assert demo.is_there("strip:stale")
    press_test(demo)
    assert verdict(demo) == "Motion would send but not receive."


def test_a_certificate_is_pinned_for_tests_and_motions_verdict_stays(demo: Driver) -> None:
    demo.section("imap")
    demo.turn("imap.any_certificate")
    press_test(demo, "self-signed")
    assert verdict(demo) == "Motion would neither receive nor send."
    demo.press(f"apply-again:{place_of(demo, Protocol.IMAP, 'pin')}")
    demo.type("risk:reason", "Compared with the mail team by telephone.")
    demo.press("risk:apply")
    over(demo)
    (pinned,) = [pin for pin in demo.value("trust.pins") if pin.port == 993]
    assert pinned.reason == "Compared with the mail team by telephone."
    assert states(demo, Protocol.IMAP)[StepName.TLS] is State.FAILED
    assert states(demo, Protocol.IMAP)[StepName.MAILBOX] is State.PASSED, "the test went on"
    assert verdict(demo) == "Motion would neither receive nor send."


def test_a_silent_server_is_given_up_at_once_when_asked_to(demo: Driver) -> None:
    demo.console.testing.lab.turn_on("port-silent")
    demo.command("test")
    demo.wait(
        lambda: states(demo, Protocol.IMAP)[StepName.TCP] is State.RUNNING, "the silent connection"
    )
    begun = monotonic()
    demo.press_key(Qt.Key.Key_Escape)
    over(demo)
    assert monotonic() - begun < PROMPT, "the connection timeout is 10 s"
    assert states(demo, Protocol.IMAP)[StepName.TCP] is State.STOPPED
    assert states(demo, Protocol.SMTP)[StepName.TCP] is State.STOPPED


def test_greylisting_passes_at_the_second_try(demo: Driver) -> None:
    press_test(demo, "greylisting")
    assert verdict(demo) == "Motion would receive but not send."
    assert demo.is_there("cancel:smtp:1"), "a new test begins by itself"
    demo.press("cancel:smtp:1")
    # Six seconds at the lab's tenfold speed.
    demo.console.testing.test_in(6.5)
    demo.wait(lambda: demo.console.testing.under_way, "the second test")
    over(demo)
    assert verdict(demo) == GOOD


def test_a_wrong_password_leads_to_its_field_and_the_right_one_passes(demo: Driver) -> None:
    press_test(demo, "wrong-password")
    assert states(demo, Protocol.IMAP)[StepName.LOGIN] is State.FAILED
    demo.press("look:imap:wrong-password")
    assert demo.focused() == "imap.password"
    demo.type("imap.password", "lab-password")
    demo.section("smtp")
    demo.type("smtp.password", "lab-password")
    demo.section("test")
    demo.press("strip-button:stale")
    over(demo)
    assert verdict(demo) == GOOD
    said = demo.find("test:views")
    said.setCurrentIndex(1)
    demo.rest()
    assert "lab-password" not in demo.find("transcript:imap").toPlainText()


def test_a_report_of_a_real_test_is_saved_and_holds_no_password(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_report"] = tmp_path / "report.json"
    demo.section("imap")
    demo.type("imap.password", "a canary in the mine")
    press_test(demo)
    demo.press("test:save")
    demo.settled()
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(text)["verdict"]["sentence"] == GOOD
    assert "canary" not in text


def test_tests_are_there_again_after_reopening_and_an_earlier_one_is_shown(
    demo: Driver, stage: Stage
) -> None:
    press_test(demo, "app-password")
    press_test(demo, "healthy")
    assert verdict(demo) == GOOD
    demo = stage(None, "demo")
    demo.open(ACCOUNT)
    line = demo.line("test")
    assert line.hint == "The last test passed, in the lab"
    demo.section("test")
    demo.settled()
    assert verdict(demo) == GOOD
    assert not demo.is_there("strip:stale")
    demo.find("test:views").setCurrentIndex(2)
    tree = demo.find("runs")
    assert [tree.topLevelItem(n).text(1) for n in range(2)] == [
        "Passed, in the lab",
        "Failed, in the lab",
    ]
    open_earlier(demo, 1)
    assert demo.is_there("strip:earlier")
    assert "An app password is needed" in demo.find("verdict:detail").text()


def test_the_private_authority_is_what_is_wrong_only_under_its_own_fault(demo: Driver) -> None:
    press_test(demo, "private-ca")
    assert states(demo, Protocol.SMTP)[StepName.TLS] is State.FAILED
    press_test(demo, "healthy")
    assert states(demo, Protocol.SMTP)[StepName.TLS] is State.PASSED


def test_a_sign_in_that_fails_in_the_lab_is_explained_with_what_to_do(demo: Driver) -> None:
    demo.open("Customer care")
    press_test(demo, "consent-needed")
    assert verdict(demo) == "Motion would neither receive nor send."
    assert states(demo, Protocol.IMAP)[StepName.TOKEN] is State.FAILED
    assert "consent" in demo.find("verdict:detail").text().lower()
