"""Drawing people: a name with its sign, and beside it cells that can be changed where they stand."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.seconds_box import SecondsBox
from motion_desk.ui.timeline.situation.people_model import Column, Index, PeopleModel

SIDE, ARROW, GAP, LEFT = 15, 12, 6, 6
"""Pixels: a person's sign, a choice's arrow, what is beside them, and left of a text."""
_CHOSEN, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_OVER = QStyle.StateFlag.State_MouseOver
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PeopleDrawing(QStyledItemDelegate):
    """Draws the cells, an arrow in those that offer a choice, and edits the seconds in place."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _take_colours(self) -> None:
        named = asdict(self._theme.colours).items()
        self._colours = {name: QColor(colour) for name, colour in named}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PeopleModel):
            return
        colours, place, state = self._colours, option.rect, option.state
        column = Column(index.column())
        if state & _CHOSEN:
            painter.fillRect(place, colours["selected"])
        elif state & _OVER and column is not Column.NAME:
            painter.fillRect(place, colours["hover"])
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colours["border"])
        inner = place.adjusted(LEFT, 0, -4, -1)
        if column is Column.NAME:
            name = "users" if model.person(index.row()).is_queue else "user-round"
            self._draw_sign(painter, name, SIDE, inner.left(), inner)
            inner.setLeft(inner.left() + SIDE + GAP)
        elif column is not Column.SECONDS:
            inner.setRight(inner.right() - ARROW)
            self._draw_sign(painter, "chevron-down", ARROW, inner.right(), inner)
        text = str(index.data())
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.setPen(colours["text"])
        painter.drawText(inner, _FLAGS, shown)
        if state & _FOCUSED:
            painter.setPen(colours["accent"])
            painter.drawRect(place.adjusted(0, 0, -1, -2))

    def _draw_sign(self, painter: QPainter, name: str, side: int, left: int, row: QRect) -> None:
        square = QRect(left, row.top() + (row.height() - side) // 2, side, side)
        icon(name, self._colours["muted"].name()).paint(painter, square)

    # Editing the seconds

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        name = index.model().index(index.row(), Column.NAME).data()
        editor = SecondsBox(tr("{}: after how many seconds").format(name), parent)
        editor.setObjectName("timeline:people-seconds")
        editor.setProperty("role", "cell")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, SecondsBox):
            editor.show_seconds(index.data(Qt.ItemDataRole.EditRole) or 0)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, SecondsBox):
            editor.interpretText()
            model.setData(index, editor.value())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setFixedSize(option.rect.size())
        editor.move(option.rect.topLeft())
