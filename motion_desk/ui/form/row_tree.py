"""The list or tree of rows: what is dragged in it is told, and never moved by the list itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

ALT = Qt.KeyboardModifier.AltModifier
Refusal = Callable[[str, str], str]
"""Why a row (by its id) may not stand below another (empty: on the first level); empty if it may."""


class RowTree(QTreeWidget):
    """Lines that are dragged to another place; each line's ``UserRole`` is its row's id.

    ``placed`` tells that a row was dropped: its id, the id of the row above (empty for the first
    level), and of the row behind it there (empty for the last place). The list itself stays as it
    is: it is drawn anew from what follows. ``refused`` says while dragging why a row may not be
    dropped there, and is empty where it may. ``pushed`` tells an arrow key pressed with Alt.
    """

    placed = Signal(str, str, str)
    refused = Signal(str)
    pushed = Signal(Qt.Key)

    def __init__(self, refusal: Refusal, *, nests: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refusal = refusal
        self._nests = nests
        self._dragged = ""
        self.setHeaderHidden(True)
        self.setRootIsDecorated(nests)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setDragEnabled(True)
        self.setAutoExpandDelay(600)

    def line(self, row_id: str, above: QTreeWidgetItem | None) -> QTreeWidgetItem:
        """A line at the end of what is below another, or one that is yet to be added."""
        item = QTreeWidgetItem()
        item.setData(0, Qt.ItemDataRole.UserRole, row_id)
        if not self._nests:
            # A drop then goes between two lines, never onto one.
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
        if above is not None:
            above.addChild(item)
        return item

    # Dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Qt drags the chosen line until it is dropped, here or anywhere else."""
        self.pick_up(_id(self.currentItem()))
        super().startDrag(actions)
        self.pick_up("")

    def pick_up(self, row_id: str) -> None:
        """Take note of the row that is being dragged; empty for none. Others are not taken."""
        self._dragged = row_id

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        event.setAccepted(bool(self._dragged))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # which scrolls, and draws where the drop would go
        place = self._place(event.position().toPoint())
        why = self._refusal(self._dragged, place[0]) if self._dragged and place else ""
        self.refused.emit(why)
        event.setAccepted(bool(self._dragged) and place is not None and not why)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.refused.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where a line was dropped. Qt is told that nothing was moved: it removes nothing."""
        super().dragLeaveEvent(QDragLeaveEvent())  # ends scrolling, and takes the mark away
        self.refused.emit("")
        place = self._place(event.position().toPoint())
        taken = self._dragged and place is not None and not self._refusal(self._dragged, place[0])
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.setAccepted(bool(taken))
        if taken and place is not None:
            self.placed.emit(self._dragged, *place)

    def _place(self, point: QPoint) -> tuple[str, str] | None:
        """The ids of the row above and of the row behind, for a drop at a point of the list."""
        item = self.itemAt(point)
        if item is None:
            return "", ""
        if _id(item) == self._dragged:
            return None
        where = self._where(item, point)
        if where is QAbstractItemView.DropIndicatorPosition.OnItem:
            return _id(item), ""
        if where is QAbstractItemView.DropIndicatorPosition.BelowItem:
            if item.isExpanded() and item.childCount():
                return _id(item), _id(item.child(0))
            return _id(item.parent()), _id(_next(item, self))
        return _id(item.parent()), _id(item)

    def _where(
        self, item: QTreeWidgetItem, point: QPoint
    ) -> QAbstractItemView.DropIndicatorPosition:
        """Whether a point is at the upper or lower edge of a line, or on it."""
        position = QAbstractItemView.DropIndicatorPosition
        rect = self.visualItemRect(item)
        # As Qt draws its mark: narrow edges where a line takes drops itself, else halves.
        height = rect.height()
        edge = min(max(2, round(height / 5.5)), 12) if self._nests else height / 2
        if point.y() - rect.top() < edge:
            return position.AboveItem
        if rect.bottom() - point.y() < edge:
            return position.BelowItem
        return position.OnItem if self._nests else position.BelowItem

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        key = Qt.Key(event.key())
        if event.modifiers() & ALT and key in arrows:
            self.pushed.emit(key)
        else:
            super().keyPressEvent(event)


def _id(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""


def _next(item: QTreeWidgetItem, tree: QTreeWidget) -> QTreeWidgetItem | None:
    """The line behind another on its level."""
    above = item.parent() or tree.invisibleRootItem()
    return above.child(above.indexOfChild(item) + 1)
