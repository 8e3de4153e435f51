"""The editor of a single line: text, hosts, addresses, whole numbers, dates."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from motion_desk.models.kinds import Date, Integer, Kind
from motion_desk.ui.editors.undo_keys import let_undo_through

LONGEST = 100_000_000
"""Characters: far beyond any check's limit, so that a paste is told to be too long, never cut."""


class LineEditor(QLineEdit):
    """Edits any kind whose values a person writes on one line, by the kind's parse and format."""

    edited = Signal(object)

    def __init__(
        self, kind: Kind, suggestions: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setMaxLength(LONGEST)
        let_undo_through(self)
        self.textEdited.connect(self._typed)
        if isinstance(kind, Integer):
            self.setFixedWidth(130)
        elif isinstance(kind, Date):
            self.setFixedWidth(130)
            self.setPlaceholderText(self.tr("year-month-day"))
        if suggestions:
            completer = QCompleter(QStringListModel(list(suggestions), self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._typed)
            self.setCompleter(completer)

    def show_value(self, value: object) -> None:
        """Show a value; the text and its cursor stay where they mean that value already."""
        if self._kind.parse(self.text()) == value:
            return
        position = self.cursorPosition()
        self.setText(self._kind.format(value))
        self.setCursorPosition(min(position, len(self.text())))

    def set_read_only(self, on: bool) -> None:
        """Let the text be read and copied only."""
        self.setReadOnly(on)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the value in its usual form when the field is left, such as without blanks."""
        super().focusOutEvent(event)
        usual = self._kind.format(self._kind.parse(self.text()))
        if usual != self.text():
            self.setText(usual)

    def _typed(self, text: str) -> None:
        self.edited.emit(self._kind.parse(text))
