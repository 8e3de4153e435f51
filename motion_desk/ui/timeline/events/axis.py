"""Axis: the line of time beside the events, and the bars that say how long something lasts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme

WIDTH, SIGN, TOP = 24, 16, 4
BAR, LONGEST_BAR, SHORTEST_BAR = 8, 160, 3


class Axis(QWidget):
    """One event's part of the axis: its sign, and the line on to the next event.

    The line is broken by a zigzag where more time passes than can be drawn.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn: tuple[str, str, bool, bool, bool] = ("", "muted", False, False, False)
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_part(self, sign: str, colour: str, *, broken: bool, last: bool, dim: bool) -> None:
        """Draw a sign; ``broken`` breaks the line below it, ``last`` leaves it out."""
        drawn = (sign, colour, broken, last, dim)
        if drawn != self._drawn:
            self._drawn = drawn
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        sign, colour, broken, last, dim = self._drawn
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = WIDTH / 2
        begin, end = TOP + SIGN + 5, self.height() - 1
        if not last and end > begin:
            painter.setPen(QPen(QColor(colours.strong_border), 1.4))
            if broken and end - begin > 14:
                centre = (begin + end) / 2
                zigzag = QPolygonF(
                    [QPointF(middle, begin), QPointF(middle, centre - 6)]
                    + [QPointF(middle + dx, centre + dy) for dx, dy in ((5, -3), (-5, 3))]
                    + [QPointF(middle, centre + 6), QPointF(middle, end)]
                )
                painter.drawPolyline(zigzag)
            else:
                painter.drawLine(QPointF(middle, begin), QPointF(middle, end))
        shade = colours.strong_border if dim else getattr(colours, colour)
        place = QRect((WIDTH - SIGN) // 2, TOP, SIGN, SIGN)
        if sign:
            icon(sign, shade).paint(painter, place)
        painter.end()


class Bar(QWidget):
    """How long something lasts, against the longest that is drawn whole; beyond it, broken."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._length, self._broken, self._colour = 0, False, "accent"
        self.setFixedHeight(BAR + 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_duration(self, seconds: int, whole: int, colour: str) -> None:
        """Draw a duration; ``whole`` is the longest that is drawn in full. Hidden for none."""
        self.setVisible(seconds > 0)
        broken = seconds > whole > 0
        length = LONGEST_BAR if broken or not whole else round(LONGEST_BAR * seconds / whole)
        drawn = (max(SHORTEST_BAR, length), broken, colour)
        if drawn != (self._length, self._broken, self._colour):
            self._length, self._broken, self._colour = drawn
            self.setFixedWidth(self._length + 2)
            self.update()

    @property
    def is_broken(self) -> bool:
        """Whether the bar is drawn shorter than it would have to be."""
        return self._broken

    def sizeHint(self) -> QSize:
        return QSize(self._length + 2, BAR + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, self._colour)))
        painter.drawRoundedRect(QRectF(0, 2, self._length, BAR), 2, 2)
        if self._broken:
            painter.setPen(QPen(QColor(colours.base), 3))
            middle = self._length * 0.72
            for left in (middle, middle + 7):
                painter.drawLine(QPointF(left, 0), QPointF(left + 4, BAR + 4))
        painter.end()
