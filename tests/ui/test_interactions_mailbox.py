"""The mailbox is read since a day that a person types, or by a number of messages."""

from __future__ import annotations

from datetime import date

import pytest

from motion_desk.ui.interactions.mailbox_dialog import COUNTS
from tests.journeys.driver import Driver
from tests.journeys.interacting import errand, open_interactions, page
from tests.journeys.stage import Stage

SINCE = "all messages since a day"


@pytest.fixture
def in_lab(stage: Stage) -> Driver:
    """A window on the panel of an account whose mailbox is the lab's, and the dialog on it."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    open_interactions(driver)
    driver.press("interactions:mailbox")
    driver.wait(lambda: driver.is_there("interactions-mailbox"), "the dialog")
    return driver


def test_a_day_is_asked_for_only_where_all_since_one_is_wanted(in_lab: Driver) -> None:
    assert not in_lab.is_there("interactions-mailbox:since")
    in_lab.pick("interactions-mailbox:count", SINCE)
    assert in_lab.is_there("interactions-mailbox:since")
    assert (
        f"Of more than {COUNTS[-1]:,} messages" in in_lab.find("interactions-mailbox:limit").text()
    )
    in_lab.pick("interactions-mailbox:count", "the 50 newest messages")
    assert not in_lab.is_there("interactions-mailbox:since")
    assert not in_lab.is_there("interactions-mailbox:limit")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1/2/2026", "Type the day as year, month and day, such as 2026-12-30."),
        ("", "Type the day as year, month and day, such as 2026-12-30."),
        ("2999-01-01", "That day is still to come. Type one that has begun, such as today's."),
    ],
    ids=["ambiguous", "nothing", "to-come"],
)
def test_what_is_no_day_that_has_begun_is_told_and_nothing_is_read(
    in_lab: Driver, typed: str, said: str
) -> None:
    in_lab.pick("interactions-mailbox:count", SINCE)
    in_lab.type("interactions-mailbox:since", typed)
    in_lab.press("interactions-mailbox:read")
    assert in_lab.find("interactions-mailbox:wrong").text() == said
    assert not page(in_lab).adding.running
    in_lab.type("interactions-mailbox:since", "2000-01-01")
    assert not in_lab.is_there("interactions-mailbox:wrong")


def read_since(driver: Driver, day: str) -> str:
    """Read what came since a day; gives what is said of it."""
    if not driver.is_there("interactions-mailbox"):
        driver.press("interactions:mailbox")
        driver.wait(lambda: driver.is_there("interactions-mailbox"), "the dialog")
    driver.pick("interactions-mailbox:count", SINCE)
    driver.type("interactions-mailbox:since", day)
    driver.press("interactions-mailbox:read")
    return errand(driver)


def test_messages_since_a_day_come_in_and_older_ones_when_an_earlier_day_is_typed(
    in_lab: Driver,
) -> None:
    today = date.today().isoformat()  # noqa: DTZ011 - as the dialog counts days
    assert "The mailbox was read" in read_since(in_lab, today) or page(in_lab).listing.total
    few = page(in_lab).listing.total
    assert "new messages in" in read_since(in_lab, "2000-01-01")  # the oldest are days old
    assert page(in_lab).listing.total > few
    assert "there are no new messages." in read_since(in_lab, "2000-01-01")
