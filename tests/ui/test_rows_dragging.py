"""Rows are dragged: one edit for a drop, whole branches, and nothing where it may not lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.driver import Driver
from tests.journeys.planning import LEFT, NONE, drag, held, line, spot, tree_of
from tests.journeys.stage import Stage, stored
from tests.ui.test_rows import ANSWERS, PLAN, TREE, account, ids, names

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    stored(path, account("Alpha"))
    return stage()


def test_an_action_is_dragged_to_another_place_by_one_edit(window: Driver) -> None:
    window.section("actions")
    drag(window, PLAN, "n", "g", "below")
    assert ids(window, PLAN) == ["q", "g", "n"]
    assert window.chosen(PLAN) == "n"
    assert [each[:9] for each in names(window, PLAN)] == ["1. Queue:", "2. GotoP ", "3. Noop: "]
    assert names(window, PLAN)[1] == "2. GotoP → 3", "the jump still leads to it"
    window.command("undo")
    assert ids(window, PLAN) == ["n", "q", "g"]
    assert not window.can("undo"), "a drop is one edit"


@pytest.mark.parametrize(
    ("row_id", "onto", "edge", "after"),
    [
        ("g", "n", "above", ["g", "n", "q"]),
        ("g", "n", "below", ["n", "g", "q"]),
        ("g", "q", "above", ["n", "g", "q"]),
        ("n", "q", "below", ["q", "n", "g"]),
        ("n", "n", "below", ["n", "q", "g"]),
        ("n", "q", "above", ["n", "q", "g"]),
    ],
)
def test_in_a_list_a_drop_goes_between_two_lines(
    window: Driver, row_id: str, onto: str, edge: str, after: list[str]
) -> None:
    window.section("actions")
    drag(window, PLAN, row_id, onto, edge)
    assert ids(window, PLAN) == after
    assert window.can("undo") is (after != ["n", "q", "g"])


def test_a_drop_behind_the_last_line_makes_it_the_last(window: Driver) -> None:
    window.section("canned_answers")
    tree = tree_of(window, ANSWERS)
    with held(window, ANSWERS, "one") as drag:
        drag.drop(QPoint(20, tree.viewport().height() - 2))
    assert ids(window, ANSWERS) == ["two", "one"]


@pytest.mark.parametrize(
    ("row_id", "onto", "edge", "after"),
    [
        ("c", "b", "on", ["A", "B", ".B1", ".C"]),
        ("c", "b1", "on", ["A", "B", ".B1", "..C"]),
        ("c", "b1", "above", ["A", "B", ".C", ".B1"]),
        ("c", "b", "below", ["A", "B", ".C", ".B1"]),
        ("b1", "a", "above", ["B1", "A", "B", "C"]),
        ("b", "a", "on", ["A", ".B", "..B1", "C"]),
        ("b", "c", "below", ["A", "C", "B", ".B1"]),
    ],
)
def test_in_a_tree_a_drop_goes_below_a_line_or_between_two(
    window: Driver, row_id: str, onto: str, edge: str, after: list[str]
) -> None:
    window.section("dispositions")
    drag(window, TREE, row_id, onto, edge)
    assert names(window, TREE) == after
    window.command("undo")
    assert names(window, TREE) == ["A", "B", ".B1", "C"]


def test_a_line_is_not_dropped_below_itself(window: Driver) -> None:
    window.section("dispositions")
    with held(window, TREE, "b") as drag:
        assert not drag.over("b1", "on")
        assert window.find(f"{TREE}:refused").text() == "A disposition cannot lie below itself."
        drag.drop(spot(tree_of(window, TREE), "b1", "on"))
    assert names(window, TREE) == ["A", "B", ".B1", "C"]
    assert not window.can("undo")
    assert not window.is_there(f"{TREE}:refused")


def test_a_fourth_level_is_refused_with_a_sentence_while_dragging(window: Driver) -> None:
    window.section("dispositions")
    drag(window, TREE, "c", "b1", "on")
    with held(window, TREE, "a") as held_line:
        assert held_line.over("b1", "on")
        assert not window.is_there(f"{TREE}:refused")
        assert not held_line.over("c", "on")
        said = window.find(f"{TREE}:refused").text()
        assert said == "This would be level 4; there are 3 at most."
        assert held_line.over("b", "above")
        assert not window.is_there(f"{TREE}:refused")
        held_line.over("c", "on")
        held_line.leave()
        assert not window.is_there(f"{TREE}:refused")
    assert names(window, TREE) == ["A", "B", ".B1", "..C"]


def test_a_branch_counts_with_all_its_levels(window: Driver) -> None:
    window.section("dispositions")
    drag(window, TREE, "c", "b1", "on")
    with held(window, TREE, "b") as held_line:
        assert not held_line.over("a", "on")
        assert window.find(f"{TREE}:refused").text().startswith("This would be level 4")


def test_qt_is_told_that_nothing_moved_and_takes_no_line_away(window: Driver) -> None:
    window.section("actions")
    tree = tree_of(window, PLAN)
    with held(window, PLAN, "n") as drag:
        assert drag.drop(spot(tree, "g", "below")) is Qt.DropAction.IgnoreAction
        assert tree.topLevelItemCount() == 3
        assert tree.indexOfTopLevelItem(line(tree, "n")) == 0, "the list waits for the desk"
    assert ids(window, PLAN) == ["q", "g", "n"]


def test_what_is_dragged_from_elsewhere_is_not_taken(window: Driver) -> None:
    window.section("actions")
    tree = tree_of(window, PLAN)
    with held(window, PLAN, "n") as drag:
        tree.pick_up("")
        assert not drag.over("g", "below")
        drag.drop(spot(tree, "g", "below"))
    assert ids(window, PLAN) == ["n", "q", "g"]


def test_pressing_and_pulling_a_line_starts_a_drag_of_it(
    window: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.section("actions")
    tree = tree_of(window, PLAN)
    picked: list[str] = []
    monkeypatch.setattr(tree, "pick_up", picked.append)
    start = spot(tree, "q", "on")

    def mouse(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton) -> None:
        place = QPointF(tree.viewport().mapToGlobal(at))
        QApplication.sendEvent(
            tree.viewport(), QMouseEvent(kind, QPointF(at), place, button, LEFT, NONE)
        )

    mouse(QEvent.Type.MouseButtonPress, start, LEFT)
    for way in (4, 20, 40):
        mouse(QEvent.Type.MouseMove, start + QPoint(0, way), Qt.MouseButton.NoButton)
    QTest.mouseRelease(tree.viewport(), LEFT, pos=start)
    assert picked[:2] == ["q", ""]


def test_arrow_keys_with_alt_do_what_the_buttons_do(window: Driver) -> None:
    window.section("dispositions")
    window.choose(TREE, "c")
    tree = tree_of(window, TREE)
    QTest.keyClick(tree, Qt.Key.Key_Up, ALT)
    window.rest()
    assert names(window, TREE) == ["A", "C", "B", ".B1"]
    QTest.keyClick(tree, Qt.Key.Key_Right, ALT)
    window.rest()
    assert names(window, TREE) == ["A", ".C", "B", ".B1"]
    QTest.keyClick(tree, Qt.Key.Key_Left, ALT)
    QTest.keyClick(tree, Qt.Key.Key_Down, ALT)
    window.rest()
    assert names(window, TREE) == ["A", "B", ".B1", "C"]
    assert window.chosen(TREE) == "c"
