"""The flow beside the list: in step with every edit, clickable, walked by keys, cheap to paint."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.actions import PLAN, Noop
from motion_desk.models.sections.directory import QueueEntry
from motion_desk.ui.icons import icon
from motion_desk.ui.plan.canvas import FlowCanvas, tip_of
from motion_desk.ui.plan.flow import PlanFlow
from motion_desk.ui.plan.layout import START
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.models.plans import plan

LONG = "a condition that is far too long to be read in one line of a box " * 3


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on Alpha's plan of four actions, wide enough for both."""
    account = put(Account(), "settings.name", "Alpha")
    stored(path, put(account, PLAN, plan("log", "queue 30", "if 1 4", "close")))
    driver = stage()
    driver.console.window.resize(1600, 900)
    driver.section("actions")
    return driver


def flow(driver: Driver) -> PlanFlow:
    found = driver.find("plan_flow")
    assert isinstance(found, PlanFlow)
    return found


def canvas(driver: Driver) -> FlowCanvas:
    return flow(driver).canvas


def names(driver: Driver) -> list[str]:
    return [step.name for step in canvas(driver).flow.steps]


def middle(driver: Driver, place: int) -> QPoint:
    return canvas(driver).measures().box(place).center()


def test_the_flow_is_in_step_with_the_list_through_edits_and_undo(
    window: Driver, answers: Answers
) -> None:
    answers.answers["delete_rows"] = True  # though action 3 leads there
    whole = ["Message arrives", "1  Noop", "2  Queue", "3  GotoIf", "4  Close"]
    assert names(window) == whole
    window.choose(PLAN, "a4")
    window.press(f"{PLAN}:delete")
    assert "a4" not in [row.id for row in window.value(PLAN)]
    assert names(window) == [*whole[:4]]
    assert canvas(window).flow.steps[3].lost
    window.command("undo")
    assert names(window) == whole
    window.choose(PLAN, "a2")
    window.type(f"{PLAN}/a2/timeout", "45")
    assert canvas(window).flow.steps[2].detail == "45 s"
    row = window.add(PLAN, "tag")
    assert names(window)[3] == "3  Tag"
    assert canvas(window).chosen == row


def test_the_waits_of_the_settings_stand_before_the_plan(window: Driver) -> None:
    window.section("settings")
    window.type("settings.wait_agent", "25")
    window.section("actions")
    said = canvas(window).flow.steps[0].detail
    assert said == "Assigned agent 25 s, then queue 10 s"
    window.section("settings")
    window.type("settings.wait_agent", "soon")
    window.section("actions")
    assert canvas(window).flow.steps[0].detail == ""


def test_a_click_chooses_the_action_in_the_list_and_opens_its_form(window: Driver) -> None:
    QTest.mouseClick(canvas(window), Qt.MouseButton.LeftButton, pos=middle(window, 1))
    window.rest()
    assert window.chosen(PLAN) == "a2"
    assert window.focused() == f"{PLAN}/a2/queue"
    assert canvas(window).chosen == "a2"


def test_a_click_beside_an_action_does_nothing(window: Driver) -> None:
    box = canvas(window).measures().box(1)
    for spot in (box.bottomLeft() + QPoint(5, 8), middle(window, START), QPoint(2, box.top() + 5)):
        QTest.mouseClick(canvas(window), Qt.MouseButton.LeftButton, pos=spot)
        window.rest()
    assert window.chosen(PLAN) == "a1"


def test_what_is_chosen_in_the_list_is_marked_in_the_flow(window: Driver) -> None:
    window.choose(PLAN, "a3")
    assert canvas(window).chosen == "a3"
    assert canvas(window).cursor_place == 2
    window.choose(PLAN, "a1")
    assert canvas(window).chosen == "a1"


def test_the_keyboard_walks_through_the_flow_and_opens(window: Driver) -> None:
    target = canvas(window)
    target.setFocus(Qt.FocusReason.TabFocusReason)
    for key, place in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Home, START),
        (Qt.Key.Key_Up, START),
        (Qt.Key.Key_PageDown, 3),
        (Qt.Key.Key_PageUp, START),
    ):
        QTest.keyClick(target, key)
        assert target.cursor_place == place, key
    assert window.chosen(PLAN) == "a1", "only Enter chooses"
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert window.chosen(PLAN) == "a1", "the start is no action"
    QTest.keyClick(target, Qt.Key.Key_Down)
    QTest.keyClick(target, Qt.Key.Key_Down)
    QTest.keyClick(target, Qt.Key.Key_Return)
    window.rest()
    assert window.chosen(PLAN) == "a2"
    assert window.focused() == f"{PLAN}/a2/queue"


def test_tab_comes_to_the_flow_after_the_list_and_its_form(window: Driver) -> None:
    window.choose(PLAN, "a4")
    window.find(PLAN).tree.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    while not canvas(window).hasFocus():
        window.press_key(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
        assert len(stops) < 20
    within = [window.find(PLAN).isAncestorOf(each) for each in stops[:-1]]
    assert within == [True] * (len(stops) - 1)
    assert len(stops) > 1, "the form came first"


def test_a_screen_reader_is_told_the_flow_in_words(window: Driver) -> None:
    target = canvas(window)
    said = target.accessibleDescription()
    assert said.startswith("Message arrives: Assigned agent 10 s")
    assert "3  GotoIf: x, true → 1, false → 4." in said
    window.choose(PLAN, "a2")
    found = QAccessible.queryAccessibleInterface(target).text(QAccessible.Text.Name)
    assert found == "Flow of the plan: 2  Queue, 30 s"


def test_a_tooltip_has_what_a_box_has_no_room_for(window: Driver) -> None:
    window.choose(PLAN, "a3")
    window.type(f"{PLAN}/a3/condition", LONG.strip()[:200])
    step = canvas(window).flow.steps[3]
    assert LONG.strip()[:200] in tip_of(step)
    assert "&lt;" in tip_of(canvas(window).flow.steps[3].__class__(0, "x", "<b>"))


def test_the_flow_stands_beside_the_list_where_there_is_room_and_else_below(
    window: Driver,
) -> None:
    def places() -> tuple[QRect, QRect]:
        def place(name: str) -> QRect:
            widget = window.find(name)
            return QRect(widget.mapTo(window.page.widget(), QPoint(0, 0)), widget.size())

        return place(PLAN), place("plan_flow")

    rows, drawn = places()
    assert drawn.left() >= rows.right()
    assert abs(drawn.top() - rows.top()) < 60
    assert rows.width() >= 480
    least = window.console.window.minimumSize()
    window.console.window.resize(least)
    window.rest()
    rows, drawn = places()
    assert drawn.top() >= rows.bottom()
    assert drawn.right() <= window.page.viewport().width()
    assert drawn.width() > 400
    assert not in_view(window, 1)
    window.press("way:plan_flow")
    assert in_view(window, 1)
    assert canvas(window).hasFocus()
    window.console.window.resize(1600, 900)
    window.rest()
    rows, drawn = places()
    assert drawn.left() >= rows.right()
    assert not window.is_there("way:plan_flow")


def in_view(window: Driver, place: int) -> bool:
    """Whether a person sees a box of the flow as a whole."""
    box = canvas(window).measures().box(place)
    return canvas(window).visibleRegion().boundingRect().contains(box)


@pytest.mark.parametrize("count", [0, 1, 8, 60])
def test_any_number_of_actions_can_be_seen(window: Driver, count: int) -> None:
    rows = tuple(Noop(id=f"n{place}", value=str(place)) for place in range(count))
    window.console.desk.edit(PLAN, rows)
    window.rest()
    area, target = flow(window).area, canvas(window)
    assert len(target.flow.steps) == count + 2
    bar = area.verticalScrollBar()
    assert bool(bar.maximum()) is (count > 7)
    assert area.height() + area.y() <= window.page.viewport().height() + 80
    if count:
        window.choose(PLAN, f"n{count - 1}")
        box = target.measures().box(count - 1)
        top = target.mapTo(area.viewport(), box.topLeft()).y()
        assert top >= 0
        assert top + box.height() <= area.viewport().height(), "the chosen one is in view"


def test_the_list_marks_each_line_by_its_worst_problem(window: Driver) -> None:
    """A note is no warning: that nothing follows the last queue is how most plans are."""
    colours = window.application.theme.colours
    queue = QueueEntry(id="2abc", name="Care")
    window.open("Workspace")
    window.console.desk.edit("queues.entries", (queue,))
    window.open("Alpha")
    window.section("actions")
    window.console.desk.edit(PLAN, plan("log", "goto 2", "queue", "tag", "queue"))
    window.rest()
    tree = window.find(PLAN).tree

    def shown(line: int) -> QImage:
        image = tree.topLevelItem(line).icon(0).pixmap(16, 16).toImage()
        assert isinstance(image, QImage)
        return image

    assert tree.topLevelItem(0).icon(0).isNull()
    assert shown(1) == icon("circle-alert", colours.error).pixmap(16, 16).toImage()
    assert shown(2) == icon("triangle-alert", colours.warning).pixmap(16, 16).toImage()
    window.console.desk.edit(PLAN, plan("log", "queue"))
    window.rest()
    assert shown(1) == icon("info", colours.muted).pixmap(16, 16).toImage()
