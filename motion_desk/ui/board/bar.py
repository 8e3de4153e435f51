"""The bar: how much of a test of many is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motion_desk.ui.theme import Theme

HEIGHT, WIDTH = 6, 240
"""Pixels."""


class Bar(QWidget):
    """Shows a part of a whole; the words beside it say the same.

    It is painted with all else that is due. Qt's own paints at once, and with itself whatever
    waits in the window, which takes longer than a frame.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.part, self.whole = 0, 0
        self.setMaximumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, part: int, whole: int) -> None:
        """Show so much of the whole."""
        if (part, whole) != (self.part, self.whole):
            self.part, self.whole = part, whole
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        place = QRectF(self.rect())
        painter.setBrush(QColor(colours.border))
        painter.drawRoundedRect(place, HEIGHT / 2, HEIGHT / 2)
        if self.part and self.whole:
            place.setWidth(max(HEIGHT, place.width() * self.part / self.whole))
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(place, HEIGHT / 2, HEIGHT / 2)
        painter.end()
