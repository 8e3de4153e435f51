"""The legend: what the marks of the matrix mean, each with its shape."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme
from motion_desk.ui.trial.drawing import POINT
from motion_desk.ui.trial.lines import Mark
from motion_desk.ui.trial.marks import CELLS, LEGEND

SIDE = 15


class Legend(QWidget):
    """The marks with their meanings, in as many lines as they need."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trial:legend")
        flow = Flow(self, 12)
        for mark in Mark:
            flow.addWidget(_entry(theme, CELLS.get(mark), tr(LEGEND[mark])))
        flow.addWidget(_entry(theme, ("pin", "accent"), tr("pinned: checked at each edit")))


def _entry(theme: Theme, sign: tuple[str, str] | None, text: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(_Sign(theme, sign))
    said = QLabel(text, entry)
    said.setProperty("role", "muted")
    row.addWidget(said)
    return entry


class _Sign(QWidget):
    """One mark as the matrix draws it; without an icon it is a point."""

    def __init__(self, theme: Theme, sign: tuple[str, str] | None) -> None:
        super().__init__()
        self._theme, self._sign = theme, sign
        self.setFixedSize(QSize(SIDE, SIDE + 2))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._sign:
            name, colour = self._sign
            shade = getattr(self._theme.colours, colour)
            icon(name, shade).paint(painter, self.rect())
        else:
            ground = QColor(self._theme.colours.strong_border)
            corner = self.rect().center() - QPoint(1, 1)
            painter.fillRect(corner.x(), corner.y(), POINT, POINT, ground)
        painter.end()
