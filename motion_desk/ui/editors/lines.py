"""The editor of plain text of several lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from motion_desk.ui.editors.undo_keys import let_undo_through


class LinesEditor(QPlainTextEdit):
    """Edits plain text; grows with the window's width and scrolls beyond some lines."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(5 * self.fontMetrics().lineSpacing() + 18)
        let_undo_through(self)
        self.textChanged.connect(self._changed)

    def show_value(self, value: str) -> None:
        """Show a text; nothing happens where it is shown already."""
        if value != self._shown:
            self._shown = value
            self.setPlainText(value)

    def set_read_only(self, on: bool) -> None:
        """Let the text be read and copied only."""
        self.setReadOnly(on)

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)
