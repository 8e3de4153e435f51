"""Planning: what a person does with an account's plan: drags its actions, and clicks in its flow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from motion_desk.ui.form.row_tree import RowTree
from motion_desk.ui.plan.canvas import FlowCanvas
from motion_desk.ui.plan.flow import PlanFlow
from tests.journeys.driver import Driver

PLAN = "actions.plan"
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction
EDGES = {"above": -1, "on": 0, "below": 1}


def tree_of(driver: Driver, key: str) -> RowTree:
    """The list of a rows field."""
    tree = driver.find(key).tree
    assert isinstance(tree, RowTree)
    return tree


def line(tree: RowTree, row_id: str) -> QTreeWidgetItem:
    """The line of a row."""
    everywhere = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    for item in tree.findItems("", everywhere):
        if item.data(0, Qt.ItemDataRole.UserRole) == row_id:
            return item
    raise AssertionError(f"there is no line {row_id}")


def spot(tree: RowTree, row_id: str, edge: str) -> QPoint:
    """A point at the upper or lower edge of a line, or in its middle."""
    rect = tree.visualItemRect(line(tree, row_id))
    return rect.center() + QPoint(0, EDGES[edge] * (rect.height() // 2 - 1))


class Drag:
    """A line that is held. Off screen there is no window system that would bring the events."""

    def __init__(self, tree: RowTree, mime: QMimeData) -> None:
        self._tree = tree
        self._mime = mime
        enter = QDragEnterEvent(QPoint(5, 5), MOVE, mime, LEFT, NONE)
        QApplication.sendEvent(tree.viewport(), enter)

    def over(self, row_id: str, edge: str) -> bool:
        """Move over a line; gives whether it could be dropped there."""
        point = spot(self._tree, row_id, edge)
        event = QDragMoveEvent(point, MOVE, self._mime, LEFT, NONE)
        QApplication.sendEvent(self._tree.viewport(), event)
        return event.isAccepted()

    def drop(self, point: QPoint) -> Qt.DropAction:
        """Let go; gives what Qt is told that happened."""
        event = QDropEvent(QPointF(point), MOVE, self._mime, LEFT, NONE)
        QApplication.sendEvent(self._tree.viewport(), event)
        return event.dropAction()

    def leave(self) -> None:
        """Move out of the list."""
        QApplication.sendEvent(self._tree.viewport(), QDragLeaveEvent())


@contextmanager
def held(driver: Driver, key: str, row_id: str) -> Iterator[Drag]:
    """Press on a line, and hold it. The data are made by Qt: those made in Python outlive it."""
    tree = tree_of(driver, key)
    driver.choose(key, row_id)
    tree.pick_up(row_id)
    model = tree.model()
    yield Drag(tree, model.mimeData([tree.indexFromItem(line(tree, row_id))]))
    tree.pick_up("")
    driver.rest()


def drag(driver: Driver, key: str, row_id: str, onto: str, edge: str) -> None:
    """Drag a row onto another, or to its upper or lower edge (“on”, “above”, “below”)."""
    with held(driver, key, row_id) as drag:
        drag.over(onto, edge)
        drag.drop(spot(tree_of(driver, key), onto, edge))


def flow(driver: Driver) -> FlowCanvas:
    """The drawn flow of the plan on screen."""
    found = driver.find("plan_flow")
    assert isinstance(found, PlanFlow)
    return found.canvas


def click_action(driver: Driver, place: int) -> None:
    """Click on an action in the flow, by its position from 0."""
    canvas = flow(driver)
    middle = canvas.measures().box(place).center()
    QTest.mouseClick(canvas, LEFT, pos=middle)
    driver.rest()


def drawn(driver: Driver) -> list[str]:
    """What the boxes of the flow say, from top to bottom."""
    return [" ".join(f"{step.name} {step.detail}".split()) for step in flow(driver).flow.steps]


def looped(driver: Driver) -> list[int]:
    """The numbers (from 1) of the actions that are drawn as going round for ever."""
    return [step.place + 1 for step in flow(driver).flow.steps if step.looped]
