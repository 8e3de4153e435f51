"""Waits on the page “Timeline”: dragging shows what would be, letting go is one edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from motion_desk.models.document import put
from motion_desk.models.sections.actions import ToQueue
from motion_desk.ui.timeline.scale import position
from motion_desk.ui.timeline.waits.card import FEW, FEWER
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage
from tests.journeys.timelines import (
    arrange,
    drag,
    drawn,
    hold,
    let_go,
    open_timeline,
    shown,
    worst_case,
)
from tests.ui.timed import QUEUE_WAIT, account, open_account

OWN = "settings.wait_agent"


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the timeline of the small account."""
    return open_account(path, stage)


def test_the_waits_that_decide_are_listed_in_the_order_in_which_a_message_meets_them(
    driver: Driver,
) -> None:
    card = driver.find("timeline:waits")
    keys = [row.slider.objectName().removeprefix("timeline:wait:") for row in card.rows]
    assert keys == [OWN, "settings.wait_queue", QUEUE_WAIT, "actions.plan/ask2/timeout"]
    driver.console.desk.edit("transfer.to_queue", True)
    drawn(driver)
    assert driver.is_there("timeline:wait:transfer.queue_timeout")
    assert driver.find("timeline:seconds:transfer.queue_timeout").text() == "not set"


def test_dragging_shows_the_worst_case_and_the_timeline_without_an_edit(driver: Driver) -> None:
    assert worst_case(driver) == "A customer waits at most 2 h 30 s before a person is asked."
    before = driver.account_draft()
    hold(driver, OWN, 600)
    assert worst_case(driver) == "A customer waits at most 2 h 10 min before a person is asked."
    assert driver.account_draft() is before
    hold(driver, OWN, 7200)
    assert worst_case(driver) == "A customer waits at most 4 h before a person is asked."
    let_go(driver, OWN)
    assert driver.value(OWN) == 7200


def test_a_drag_is_one_step_that_one_undo_takes_back(driver: Driver) -> None:
    steps = driver.console.desk.stack.count()
    hold(driver, QUEUE_WAIT, 100)
    hold(driver, QUEUE_WAIT, 300)
    drag(driver, QUEUE_WAIT, 1800)
    assert driver.console.desk.stack.count() == steps + 1
    assert shown(driver).ended == 1800 + 7200
    driver.command("undo")
    driver.section("timeline")
    drawn(driver)
    assert driver.value(QUEUE_WAIT) == 60
    assert shown(driver).ended == 60 + 7200


def test_keys_change_a_wait_by_round_steps_and_are_undone_together(driver: Driver) -> None:
    steps = driver.console.desk.stack.count()
    slider = driver.find(f"timeline:wait:{OWN}")
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    drawn(driver)
    assert driver.value(OWN) == 45
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert driver.value(OWN) == 40
    assert driver.console.desk.stack.count() == steps + 1


def test_the_exact_seconds_are_typed_beside_the_slider(driver: Driver) -> None:
    box = driver.find(f"timeline:seconds:{OWN}")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1234")
    drawn(driver)
    assert driver.value(OWN) == 1234
    assert driver.find(f"timeline:wait-words:{OWN}").text() == (
        "20 min 34 s · part of the worst case"
    )


def test_a_wait_that_is_not_set_is_set_by_dragging(path: Path, stage: Stage) -> None:
    made = put(account(), "actions.plan", (ToQueue(id="ask1", queue="support"),))
    driver = open_account(path, stage, made)
    assert driver.find(f"timeline:seconds:{QUEUE_WAIT}").text() == "not set"
    drag(driver, QUEUE_WAIT, 600)
    assert driver.value(QUEUE_WAIT) == 600


def test_an_edit_elsewhere_is_seen_at_once(driver: Driver) -> None:
    driver.console.desk.edit(OWN, 60)
    assert worst_case(driver) == "A customer waits at most 2 h 1 min before a person is asked."
    assert driver.find(f"timeline:seconds:{OWN}").value() == 60


def test_the_link_leads_to_the_setting(driver: Driver) -> None:
    driver.press(f"timeline:wait-link:{QUEUE_WAIT}")
    assert driver.focused() == QUEUE_WAIT


def queues(count: int) -> tuple[ToQueue, ...]:
    return tuple(ToQueue(id=f"ask{n}", queue="support", timeout=60 + n) for n in range(count))


def test_waits_beyond_the_first_are_folded_away_and_come_in_order(path: Path, stage: Stage) -> None:
    driver = open_account(path, stage, put(account(), "actions.plan", queues(12)))
    card = driver.find("timeline:waits")
    keys = [OWN, "settings.wait_queue", *(f"actions.plan/ask{n}/timeout" for n in range(12))]

    def listed() -> list[str]:
        return [row.slider.objectName().removeprefix("timeline:wait:") for row in card.rows]

    assert listed() == keys[:FEW]
    assert driver.find("timeline:more-waits").text() == f"{len(keys) - FEW} more waits"
    driver.press("timeline:more-waits")
    drawn(driver)
    assert listed() == keys
    drag(driver, keys[-1], 600)
    assert driver.value(keys[-1]) == 600
    driver.press("timeline:more-waits")
    drawn(driver)
    assert listed() == keys[:FEW]
    driver.console.desk.edit("actions.plan", queues(FEW))
    drawn(driver)
    assert driver.find("timeline:more-waits").text() == "2 more waits"
    driver.console.window.resize(driver.console.window.minimumSize())
    drawn(driver)
    assert listed() == keys[:FEWER]


def test_a_single_wait_is_not_folded_away(path: Path, stage: Stage) -> None:
    driver = open_account(path, stage, put(account(), "actions.plan", queues(FEW - 1)))
    assert len(driver.find("timeline:waits").rows) == FEW + 1
    assert not driver.is_there("timeline:more-waits")


def test_waits_worst_case_and_ending_are_seen_without_scrolling(stage: Stage) -> None:
    driver = stage(None, "demo")
    driver.open("Customer care")
    open_timeline(driver)
    assert driver.page.verticalScrollBar().value() == 0
    view = driver.page.viewport()
    sliders = [row.slider for row in driver.find("timeline:waits").rows]
    assert len(sliders) == 7
    seen = ("worst-asked", "worst-rest", "people", "ending", "play", "event:1")
    for part in [*sliders, *(driver.find(f"timeline:{name}") for name in seen)]:
        top = part.mapTo(view, QPoint(0, 0)).y()
        # Of the table the first lines are enough.
        height = 90 if part.objectName() == "timeline:people" else part.height()
        assert 0 <= top <= view.height() - height, part.objectName()


def test_a_drag_makes_no_part_of_the_page_anew(driver: Driver) -> None:
    arrange(driver, "nobody")
    page = driver.find("panel:timeline")
    hold(driver, QUEUE_WAIT, 60)
    before = page.findChildren(QWidget)
    for seconds in (70, 100, 300, 900):
        driver.find(f"timeline:wait:{QUEUE_WAIT}").setSliderPosition(position(seconds))
        drawn(driver)
        assert page.findChildren(QWidget) == before
    let_go(driver, QUEUE_WAIT)
    assert driver.value(QUEUE_WAIT) == 900
