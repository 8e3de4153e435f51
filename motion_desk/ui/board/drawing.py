"""Drawing: a cell in two lines, with marks, and with a ground where a day is near."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.ui.board.lines import Cell
from motion_desk.ui.board.model import CELL, Index
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme

SIDE, GAP, LEFT, LEAST = 16, 5, 8, 40
"""Pixels: an icon, what is between it and what follows, left of a cell's text, and room for words."""
KEPT = 4_000
"""Texts that are remembered as they fit into their cells."""

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CHOSEN, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


def height(font_height: int) -> int:
    """The height of a line of the board, in pixels."""
    return 2 * font_height + 14


class Drawing(QStyledItemDelegate):
    """Draws the cells; what is too long for a line ends in dots, and is whole in the tool tip.

    A page has a hundred cells, and all of them are drawn between two frames: so colours and
    shortened texts are made once.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fitting: dict[tuple[str, int], str] = {}
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _take_colours(self) -> None:
        named = asdict(self._theme.colours).items()
        self._colours = {name: QColor(colour) for name, colour in named}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        colours, place, state = self._colours, option.rect, option.state
        if chosen := bool(state & _CHOSEN):
            painter.fillRect(place, colours["selected"])
        left, top, width = place.left(), place.top(), place.width()
        painter.fillRect(left, place.bottom(), width, 1, colours["border"])
        if cell.ground and not chosen:
            self._draw_ground(painter, place, colours[cell.ground])
        metrics = option.fontMetrics
        line = metrics.height()
        down = top + (6 if cell.below else (place.height() - line) // 2)
        across, end = left + LEFT, left + width - 4
        for name, colour in cell.marks:
            square = QRect(across, down + (line - SIDE) // 2, SIDE, SIDE)
            icon(name, colours[colour].name()).paint(painter, square)
            across += SIDE + GAP
        room = end - across
        if cell.marks and room < LEAST:
            return  # the mark says it, and the tool tip in words
        for text, colour in ((cell.text, cell.colour), (cell.below, cell.below_colour)):
            if text:
                painter.setPen(colours[colour])
                shown = self._fitted(text, room, metrics)
                painter.drawText(across, down, room, line, _FLAGS, shown)
            down += line + 1
        if state & _FOCUSED:
            painter.setPen(colours["accent"])
            painter.drawRect(place.adjusted(0, 0, -1, -2))

    def _fitted(self, text: str, room: int, metrics: QFontMetrics) -> str:
        """As much of a text as there is room for, in pixels."""
        fitting = self._fitting.get((text, room))
        if fitting is None:
            if len(self._fitting) >= KEPT:
                self._fitting.clear()
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._fitting[text, room] = fitting
        return fitting

    def _draw_ground(self, painter: QPainter, place: QRect, colour: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(place.adjusted(3, 4, -3, -5), 5, 5)
        painter.restore()
