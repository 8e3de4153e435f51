"""Seconds box: takes a number of seconds by typing and by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSpinBox, QWidget

from motion_desk.models.sections.settings import LONGEST_WAIT
from motion_desk.ui.editors.undo_keys import let_undo_through


class SecondsBox(QSpinBox):
    """Takes seconds; the wheel is the page's unless the box has the focus."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(0, LONGEST_WAIT)
        self.setSuffix(" s")
        self.setFixedWidth(78)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        let_undo_through(self)

    def show_seconds(self, seconds: int) -> None:
        """Show seconds without telling that they changed."""
        if self.value() != seconds:
            self.blockSignals(True)
            self.setValue(seconds)
            self.blockSignals(False)

    def show_wait(self, seconds: int | None, not_set: str) -> None:
        """Show a wait, of which 0 is none: ``not_set`` stands where there is no number yet.

        One beyond the range is shown as it is.
        """
        self.blockSignals(True)
        self.setRange(0 if seconds is None else min(1, seconds), max(LONGEST_WAIT, seconds or 0))
        self.setSpecialValueText(not_set if seconds is None else "")
        if self.value() != (seconds or 0):
            self.setValue(seconds or 0)
        self.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
