"""Drawing: a cell on one line, bold where unread, a bar while it is read from the file."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.services.interactions.query import Column
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions.columns import PLACE
from motion_desk.ui.interactions.model import Conversations, Index
from motion_desk.ui.theme import Theme

LEFT, RIGHT, SIDE = 7, 3, 15
"""Pixels: left and right of a cell's text, and the side of an icon."""
LEAST_BESIDE = 30
"""Pixels for names beside an icon; where there are fewer the icon alone tells that there are any."""
KEPT = 4_000
"""Texts that are remembered as they fit into their cells."""
# Numbers, for each operation of Qt's flags makes a new one, some hundred times a frame.
_CHOSEN = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_WATCHING = PLACE[Column.WATCHING]
_INSTANTS = (PLACE[Column.STARTED], PLACE[Column.LAST])


def height(font_height: int) -> int:
    """The height of a line of the table, in pixels."""
    return font_height + 13


class CellDrawing(QStyledItemDelegate):
    """Draws the cells from the model's lines; all texts are ready, none is made here."""

    def __init__(self, model: Conversations, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._fitting: dict[tuple[str, int, bool], tuple[QStaticText, int]] = {}
        self._bold = QFont(parent.font())
        self._bold.setBold(True)
        self._bold_metrics = QFontMetrics(self._bold)
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _take_colours(self) -> None:
        named = asdict(self._theme.colours).items()
        self._colours = {name: QColor(colour) for name, colour in named}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, place, state = self._colours, option.rect, option.state.value
        row, column = index.row(), index.column()
        line = self._model.line(row)
        if state & _CHOSEN:
            painter.fillRect(place, colours["selected"])
        left, top, width, tall = place.left(), place.top(), place.width(), place.height()
        painter.fillRect(left, place.bottom(), width, 1, colours["border"])
        if line is None:
            # As wide as a text might be, and not the same in each row.
            long = min(width - 2 * LEFT, 24 + (row * 37 + column * 53) % 60)
            painter.fillRect(left + LEFT, top + tall // 2 - 3, max(0, long), 6, colours["hover"])
            return
        text, across = line.drawn[column], left + LEFT
        if column == _WATCHING and text:
            colour = colours["muted"].name()
            square = QRect(across, top + (tall - SIDE) // 2, SIDE, SIDE)
            icon("eye", colour).paint(painter, square)
            across += SIDE + 4
            if left + width - RIGHT - across < LEAST_BESIDE:
                text = ""
        if text:
            bold = line.unread
            room = left + width - RIGHT - across
            painter.setPen(colours["muted" if column in _INSTANTS and not bold else "text"])
            painter.setFont(self._bold if bold else option.font)
            shown, high = self._fitted(text, room, bold, option)
            painter.drawStaticText(across, top + (tall - 1 - high) // 2, shown)
        if state & _FOCUSED:
            painter.setPen(colours["accent"])
            painter.drawRect(place.adjusted(0, 0, -1, -2))

    def _fitted(
        self, text: str, room: int, bold: bool, option: QStyleOptionViewItem
    ) -> tuple[QStaticText, int]:
        """As much of a text as there is room for, laid out, and its height, in pixels."""
        fitting = self._fitting.get((text, room, bold))
        if fitting is None:
            if len(self._fitting) >= KEPT:
                self._fitting.clear()
            metrics = self._bold_metrics if bold else option.fontMetrics
            shown = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.prepare(font=self._bold if bold else option.font)
            fitting = self._fitting[text, room, bold] = shown, metrics.height()
        return fitting
