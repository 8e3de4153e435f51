"""Conditions: a check box for each conditional jump of the plan, beside what it asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr

ABOUT = "Tick those that hold. What Motion takes for true is not documented."


class Conditions(QWidget):
    """Shows conditions by their actions' ids; ``changed`` brings the ids of those that hold."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._held: frozenset[str] = frozenset()
        self._lines: dict[str, _Line] = {}
        title = QLabel(tr("Conditions"), self)
        title.setProperty("role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(title)
        self._column.addWidget(wrapped(tr(ABOUT), "muted"))

    def show_conditions(self, conditions: Mapping[str, str], held: Collection[str]) -> None:
        """Show conditions in words, ticked where they hold; hidden where there are none."""
        self._held = frozenset(held)
        if tuple(self._lines) != tuple(conditions):
            for line in self._lines.values():
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines = {row_id: self._made(row_id) for row_id in conditions}
        for row_id, words in conditions.items():
            self._lines[row_id].show_condition(words, row_id in held)
        self.setVisible(bool(conditions))

    def _made(self, row_id: str) -> _Line:
        line = _Line(self)
        line.box.setObjectName(f"timeline:condition:{row_id}")
        line.box.clicked.connect(lambda on: self._tick(row_id, on))
        self._column.addWidget(line)
        return line

    def _tick(self, row_id: str, on: bool) -> None:
        self.changed.emit(self._held | {row_id} if on else self._held - {row_id})


class _Line(QWidget):
    """A box and a text that is broken where it is long; a click on either ticks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.box.setProperty("role", "tick")
        self._text = wrapped()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_condition(self, words: str, holds: bool) -> None:
        """Show a condition."""
        self._text.setText(breakable(words))
        self.box.setAccessibleName(words)
        self.box.setChecked(holds)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.box.click()
