"""Trying header filters: in the real window, with the samples and against the lab's mailbox."""

from __future__ import annotations

import pytest

from motion_desk.models.choices import Verdict
from motion_desk.models.sections.expectations import MESSAGES
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage
from tests.journeys.trial import (
    add_preset,
    choose,
    drawn,
    lines,
    open_trial,
    read_samples,
    sentence,
    verdicts,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ACCOUNT = "Trade desk"


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo workspace as a newcomer has it, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open(ACCOUNT)
    driver.settled()
    return driver


def test_a_newcomer_tries_the_samples_adds_a_scanner_and_pins_what_must_stay(
    demo: Driver, stage: Stage
) -> None:
    open_trial(demo)
    read_samples(demo)
    assert verdicts(demo)["Scanned document 0031"] is Verdict.ACCEPT
    add_preset(demo, "clamav")
    open_trial(demo)
    assert verdicts(demo)["Scanned document 0031"] is Verdict.REJECT
    choose(demo, "Scanned document 0031")
    number = len(demo.value("advanced.header_filters"))
    assert sentence(demo) == f"Rejected by rule {number}: X-Virus-Status contains “Infected”"
    demo.press("trial:must-reject")
    drawn(demo)
    choose(demo, "Where is order 48213?")
    demo.press("trial:must-pass")
    drawn(demo)
    assert demo.find("strip-text:trial-pins").text() == "All 2 pinned messages are as expected."
    demo.save()
    demo = stage(demo.console.path)
    demo.open(ACCOUNT)
    open_trial(demo)
    assert [line.pin is not None for line in lines(demo)] == [True, True]
    assert len(demo.value(MESSAGES)) == 2


def test_the_labs_mailbox_is_read_and_the_page_says_that_it_is_the_lab(demo: Driver) -> None:
    open_trial(demo)
    assert demo.find("strip-text:trial-lab").text().startswith("In the lab: Healthy.")
    demo.press("trial:mailbox")
    drawn(demo)
    assert lines(demo)
    count = len(lines(demo))
    demo.press("trial:mailbox")
    drawn(demo)
    assert len(lines(demo)) == count, "each message is there once"


@pytest.mark.parametrize(
    ("fault", "word"), [("wrong-password", "password"), ("port-refused", "the port is closed")]
)
def test_a_mailbox_that_cannot_be_read_is_explained_in_the_testers_words(
    fault: str, word: str, demo: Driver
) -> None:
    open_trial(demo)
    demo.console.testing.lab.turn_on(fault)
    demo.press("trial:mailbox")
    drawn(demo)
    said = demo.find("trial:trouble").text().replace("\u200b", "").lower()
    assert word in said
    assert "“test connection” says what can be done" in said
    assert not demo.is_there("trial:matrix")


def test_the_timeline_is_shown_the_message_that_was_chosen(demo: Driver) -> None:
    open_trial(demo)
    read_samples(demo)
    choose(demo, "Programme and tickets")
    demo.press("trial:timeline")
    demo.wait(lambda: demo.console.window.section == "timeline", "the timeline")
    messages = demo.console._panel_tools.messages
    chosen = messages.chosen(demo.account_draft().id)
    assert chosen is not None
    assert chosen.name == "Programme and tickets"
