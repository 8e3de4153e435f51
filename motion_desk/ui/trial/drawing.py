"""Drawing: the cells of the matrix; each mark is drawn once and then copied."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme
from motion_desk.ui.trial.lines import Mark, Matrix, is_as_expected
from motion_desk.ui.trial.marks import CELLS, EXPECTED, VERDICTS
from motion_desk.ui.trial.model import FIRST_RULE, Column, Index, MatrixModel

SIDE, GAP, LEFT = 16, 5, 8
"""Pixels: an icon, what is between it and what follows, and left of a text."""
POINT = 4
KEPT = 4_000
"""Texts that are remembered as they fit into their cells."""

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CHOSEN = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
"""As numbers: combining flags takes longer in Python than drawing a cell."""


def height(font_height: int) -> int:
    """The height of a line of the matrix, in pixels."""
    return 2 * font_height + 10


class MatrixDrawing(QStyledItemDelegate):
    """Draws what the matrix says; what is too long for a line ends in dots.

    ``words``: whether the columns before those of the rules are drawn, or are covered anyway.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, words: bool) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._fitting: dict[tuple[str, int], str] = {}
        self._pictures: dict[tuple[str, str, float], QPixmap] = {}
        self._cells: dict[tuple[Mark | None, bool, int, int, float], QPixmap] = {}
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _take_colours(self) -> None:
        named = asdict(self._theme.colours).items()
        self._colours = {name: QColor(colour) for name, colour in named}
        self._pictures.clear()
        self._cells.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, MatrixModel):
            return
        place, state = option.rect, option.state.value
        row, column = index.row(), index.column()
        if column >= FIRST_RULE:
            mark = model.matrix.mark(row, column - FIRST_RULE)
            picture = self._cell(painter, mark, state & _CHOSEN != 0, place)
            painter.drawPixmap(place.topLeft(), picture)
        elif self._words:
            painter.fillRect(place, self._colours["selected" if state & _CHOSEN else "base"])
            line = QRect(place.left(), place.bottom(), place.width(), 1)
            painter.fillRect(line, self._colours["border"])
            self._draw_words(painter, place, option.fontMetrics, model.matrix, row, column)
        if state & _FOCUSED:
            painter.setPen(self._colours["accent"])
            painter.drawRect(place.adjusted(0, 0, -1, -2))

    def _cell(self, painter: QPainter, mark: Mark | None, is_chosen: bool, place: QRect) -> QPixmap:
        """A rule's cell, drawn once for each of the few ways in which it can look."""
        ratio = painter.device().devicePixelRatioF()
        look = (mark, is_chosen, place.width(), place.height(), ratio)
        picture = self._cells.get(look)
        if picture is None:
            picture = self._cells[look] = self._made(mark, is_chosen, place.size(), ratio)
        return picture

    def _made(self, mark: Mark | None, is_chosen: bool, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._colours["selected" if is_chosen else "base"])
        painter = QPainter(picture)
        width, height = size.width(), size.height()
        painter.fillRect(0, height - 1, width, 1, self._colours["border"])
        if mark in CELLS:
            name, colour = CELLS[mark]
            square = QRect((width - SIDE) // 2, (height - SIDE) // 2, SIDE, SIDE)
            icon(name, self._colours[colour].name()).paint(painter, square)
        elif mark:
            corner = ((width - POINT) // 2, (height - POINT) // 2)
            painter.fillRect(*corner, POINT, POINT, self._colours["strong_border"])
        painter.end()
        return picture

    def _draw_words(
        self,
        painter: QPainter,
        place: QRect,
        metrics: QFontMetrics,
        matrix: Matrix,
        row: int,
        column: int,
    ) -> None:
        line, judgement = matrix.lines[row], matrix.judgement(row)
        sign, text, below = ("", ""), "", ""
        colour, colour_below = "text", "muted"
        if column == Column.MESSAGE:
            sign = ("pin", "accent") if line.pin else ("", "")
            text, below = line.title, line.incoming.first("From")
        elif judgement is None:
            text, colour = "…" * (column == Column.VERDICT), "muted"
        elif column == Column.VERDICT:
            name, colour, word = VERDICTS[judgement.verdict]
            sign, text = (name, colour), tr(word)
            if line.pin:
                below = tr(EXPECTED[line.pin.expected])
                if not is_as_expected(line, judgement):
                    colour_below, below = "error", tr("but {}").format(below)
        else:
            number = matrix.number(judgement.decided_by)
            text = tr("rule {}").format(number) if number else tr("no rule")
            colour = "text" if number else "muted"
        across, down = place.left() + LEFT, place.top() + 4
        step = metrics.height()
        if not below:
            down = place.top() + (place.height() - step) // 2
        end = place.right() - 4
        if sign[0]:
            corner = QPoint(across, down + (step - SIDE) // 2)
            painter.drawPixmap(corner, self._picture(painter, *sign))
            across += SIDE + GAP
        for said, shade in ((text, colour), (below, colour_below)):
            if said:
                painter.setPen(self._colours[shade])
                shown = self._fitted(said, end - across, metrics)
                painter.drawText(across, down, end - across, step, _FLAGS, shown)
            down += step + 1

    def _picture(self, painter: QPainter, name: str, colour: str) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        picture = self._pictures.get((name, colour, ratio))
        if picture is None:
            shade = self._colours[colour].name()
            picture = icon(name, shade).pixmap(QSize(SIDE, SIDE), ratio)
            self._pictures[name, colour, ratio] = picture
        return picture

    def _fitted(self, text: str, room: int, metrics: QFontMetrics) -> str:
        fitting = self._fitting.get((text, room))
        if fitting is None:
            if len(self._fitting) >= KEPT:
                self._fitting.clear()
            # One that is far too long is measured no further than it could be shown.
            fitting = metrics.elidedText(text[:300], Qt.TextElideMode.ElideRight, room)
            self._fitting[text, room] = fitting
        return fitting
