"""The editor of an on/off setting: a check box drawn as a switch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

WIDTH, HEIGHT, GAP = 38, 20, 3


class Switch(QCheckBox):
    """Edits on or off; the knob's place tells the state as well as the colour does."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._turned)

    def show_value(self, value: object) -> None:
        """Show on or off."""
        self.setChecked(value is True)

    def set_read_only(self, on: bool) -> None:
        """Show the state without letting it be changed."""
        self.setEnabled(not on)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + 4, HEIGHT + 6)

    def _turned(self, on: bool) -> None:
        # Connected to emit itself, the signal would be given no value at all.
        self.edited.emit(on)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, (self.height() - HEIGHT) / 2, WIDTH, HEIGHT)
        edge = palette.color(QPalette.ColorRole.Dark)
        fill = palette.color(QPalette.ColorRole.Base)
        knob = edge
        if on:
            edge = fill = palette.color(QPalette.ColorRole.Highlight)
            knob = palette.color(QPalette.ColorRole.HighlightedText)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        painter.setPen(QPen(edge, 1.3))
        painter.setBrush(fill)
        painter.drawRoundedRect(track, HEIGHT / 2, HEIGHT / 2)
        side = HEIGHT - 2 * GAP - 1
        left = track.right() - GAP - side if on else track.left() + GAP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(QRectF(left, track.center().y() - side / 2, side, side))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.3))
            painter.drawRoundedRect(track.adjusted(-1.4, -1.4, 1.4, 1.4), 11, 11)
        painter.end()
