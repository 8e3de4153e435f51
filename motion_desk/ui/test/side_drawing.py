"""Side drawing: how high a row of two columns is at a width, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.navigation import Index
from motion_desk.ui.test.marks import STATES
from motion_desk.ui.test.side_rows import Kind, Row, Side
from motion_desk.ui.theme import Colours, Theme

ROW = Qt.ItemDataRole.UserRole
SIGN = 16
PAD, GAP = 12, 14
"""Pixels at both edges, and between two columns."""
ABOVE = {Kind.TITLES: 6, Kind.HEADING: 14, Kind.GROUP: 5, Kind.STEP: 7, Kind.VALUE: 3, Kind.FOLD: 5}
BELOW = {Kind.TITLES: 6, Kind.HEADING: 5, Kind.GROUP: 1, Kind.STEP: 5, Kind.VALUE: 3, Kind.FOLD: 5}
"""Pixels above and below the words of a row."""
TALL = 100_000
MOST_KNOWN = 1_000
"""Rows whose lines are remembered."""
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges and widths of the label's column and of the two sides, in pixels."""

    label: tuple[int, int]
    sides: tuple[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a list of this width; the label's takes about a fifth."""
        label = max(100, min(190, width // 5))
        side = max(60, (width - 2 * PAD - label - 2 * GAP) // 2)
        left = PAD + label + GAP
        return cls((PAD, label), ((left, side), (left + side + GAP, side)))


class SideDelegate(QStyledItemDelegate):
    """Draws the rows; all words are broken into lines rather than cut."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._known: dict[tuple[Row, int, str], list[Part]] = {}

    def parts(self, row: Row, width: int, font: QFont) -> list[Part]:
        """The words of a row and their places; breaking them into lines is what takes long."""
        key = row, width, font.key()
        if key not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[key] = _parts(row, width, font)
        return self._known[key]

    def height(self, row: Row, width: int, font: QFont) -> int:
        """How high a row is, in pixels."""
        return max(depth for *_, depth in self.parts(row, width, font)) + BELOW[row.kind]

    def fits(self, row: Row, width: int, font: QFont) -> bool:
        """Whether the words of a row, broken into lines, have room in their columns."""
        return all(
            QFontMetrics(said).boundingRect(place, WRAP, text).width() <= place.width()
            for text, said, place, _ in self.parts(row, width, font)
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, QWidget)  # noqa: S101 - it was made with one
        width = view.width()
        return QSize(width, self.height(index.data(ROW), width, view.font()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Late: its hundreds of constants take 7 ms to make.
        from PySide6.QtWidgets import QStyle

        row: Row = index.data(ROW)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(
            painter,
            row,
            option.rect,
            self._theme.colours,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        view = self.parent()
        assert isinstance(view, QWidget)  # noqa: S101 - it was made with one
        parts = self.parts(row, option.rect.width(), view.font())
        _draw_words(painter, row, parts, option.rect, view.font(), self._theme.colours)
        painter.restore()


Part = tuple[str, QFont, QRect, int]
"""Words, their font, where they stand in a row that begins at 0, and where they end."""


def _parts(row: Row, width: int, font: QFont) -> list[Part]:
    """Label and sides, and below the label of the first difference that it is one."""
    columns, top = Columns.of(width), ABOVE[row.kind]
    bold = _bold(font)
    if row.kind in (Kind.FOLD, Kind.GROUP):
        is_fold = row.kind is Kind.FOLD
        left = PAD + (SIGN + 6) * is_fold
        return [_part(row.label, font if is_fold else bold, left, top, width - left - PAD)]
    strong = row.kind is Kind.HEADING or (row.kind is Kind.STEP and row.differs)
    label = _part(row.label, bold if strong else font, *_place(columns.label, top))
    parts = [label]
    for side, (left, room) in zip(row.sides, columns.sides, strict=True):
        indent = SIGN + 6 if side.state else 0
        taken = indent + (_advance(side, font) + 10 if side.time else 0)
        said = bold if row.kind is Kind.TITLES else font
        parts.append(_part(side.text, said, left + indent, top, room - taken))
    if row.marked:
        parts.append(
            _part(tr("First difference"), _small(font), PAD, label[3] + 1, columns.label[1])
        )
    return parts


def _place(column: tuple[int, int], top: int) -> tuple[int, int, int]:
    left, room = column
    return left, top, room


def _part(text: str, font: QFont, left: int, top: int, room: int) -> Part:
    metrics = QFontMetrics(font)
    needed = metrics.height()
    if text and ("\n" in text or metrics.horizontalAdvance(text) > room):
        needed = metrics.boundingRect(QRect(left, top, room, TALL), WRAP, text).height()
    place = QRect(left, top, room, needed)
    return text, font, place, place.bottom() + 1


def _advance(side: Side, font: QFont) -> int:
    return QFontMetrics(_bold(font) if side.paced else font).horizontalAdvance(side.time)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _small(font: QFont) -> QFont:
    small = _bold(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small


def _draw_ground(
    painter: QPainter, row: Row, place: QRect, colours: Colours, *, hovered: bool, focused: bool
) -> None:
    """The ground of a row: tinted for the first difference, with a bar for each."""
    columns = Columns.of(place.width())
    if row.first:
        painter.fillRect(place, QColor(colours.warning_ground))
    elif hovered and row.fold:
        painter.fillRect(place, QColor(colours.hover))
    if row.differs:
        painter.fillRect(QRect(place.topLeft(), QSize(3, place.height())), QColor(colours.warning))
    if row.kind in (Kind.STEP, Kind.HEADING, Kind.FOLD):
        painter.fillRect(
            QRect(place.topLeft(), QSize(place.width(), 1)),
            QColor(colours.strong_border if row.kind is Kind.HEADING else colours.border),
        )
    if row.kind is not Kind.FOLD:
        middle = place.left() + columns.sides[1][0] - GAP // 2 - 1
        painter.fillRect(QRect(middle, place.top(), 1, place.height()), QColor(colours.border))
    if focused:
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)


def _draw_words(
    painter: QPainter,
    row: Row,
    parts: list[Part],
    place: QRect,
    font: QFont,
    colours: Colours,
) -> None:
    tones = _tones(row, colours)
    for (text, said, where, _), colour in zip(parts, tones, strict=True):
        painter.setFont(said)
        painter.setPen(QColor(colour))
        painter.drawText(where.translated(place.topLeft()), WRAP, text)
    top = place.top() + ABOVE[row.kind]
    middle = top + QFontMetrics(font).height() // 2
    if row.kind is Kind.FOLD:
        sign = icon("chevron-down" if row.is_open else "chevron-right", colours.muted)
        sign.paint(painter, _square(place.left() + PAD, middle))
        return
    columns = Columns.of(place.width())
    for side, (edge, room) in zip(row.sides, columns.sides, strict=True):
        left = place.left() + edge
        if side.state:
            name, colour = STATES[side.state][0]
            icon(name, getattr(colours, colour)).paint(painter, _square(left, middle))
        if side.time:
            painter.setFont(_bold(font) if side.paced else font)
            painter.setPen(QColor(colours.warning if side.paced else colours.muted))
            line = QRect(left, top, room, QFontMetrics(font).height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, side.time)


def _square(left: int, middle: int) -> QRect:
    return QRect(QPoint(left, middle - SIGN // 2), QSize(SIGN, SIGN))


def _tones(row: Row, colours: Colours) -> list[str]:
    """The colours of a row's parts."""
    if row.kind in (Kind.FOLD, Kind.GROUP):
        return [colours.muted]
    quiet = row.kind is Kind.HEADING or (row.kind is Kind.STEP and not row.differs)
    sides = [
        colours.error
        if side.state == "failed"
        else colours.muted
        if quiet or not side.text
        else colours.text
        for side in row.sides
    ]
    label = colours.muted if row.kind is Kind.VALUE else colours.text
    return [label, *sides, *([colours.warning] if row.marked else [])]
