"""Lines under a field: its problems, and the caution that stands beside a risky value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from motion_desk.models.problems import Problem, Severity
from motion_desk.ui.form.words import sentence
from motion_desk.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ICONS = {Severity.ERROR: "circle-alert", Severity.WARNING: "triangle-alert", Severity.NOTE: "info"}
SIDE = 15


def wrapped(text: str = "", role: str = "") -> QLabel:
    """A label that breaks its lines rather than being cut."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    if role:
        label.setProperty("role", role)
    return label


class IconLabel(QLabel):
    """A small icon in the colour that the style sheet gives to labels of its role."""

    def __init__(self, name: str, role: str = "", side: int = SIDE) -> None:
        super().__init__()
        self._name = name
        self.setProperty("role", role)
        self.setFixedSize(QSize(side, side + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        painter = QPainter(self)
        icon(self._name, colour).paint(painter, self.rect())
        painter.end()


class ProblemLines(QWidget):
    """All problems of one field, each with the icon of its severity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 0)
        self._layout.setSpacing(2)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems and no others; hides itself where there are none."""
        if problems != self._problems:
            self._problems = problems
            for line in self._lines:
                self._layout.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines = [self._line(item) for item in problems]
            for line in self._lines:
                self._layout.addWidget(line)
        self.setVisible(bool(problems))

    def _line(self, problem: Problem) -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        role = problem.severity.word
        sign = IconLabel(ICONS[problem.severity], role)
        text = wrapped(breakable(sentence(problem)), role)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(text, 1)
        return line


def breakable(text: str) -> str:
    """The text with zero-width spaces in words too long for a line, such as hosts."""
    return re.sub(r"(\S{20})(?=\S)", "\\1\u200b", text)


class Caution(QFrame):
    """A sentence of warning in a frame, for values that are allowed but risky."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "caution")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(8)
        layout.addWidget(IconLabel("shield-alert", "warning", 18), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(wrapped(text), 1)
