"""The editor of plain text of several lines."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from motion_desk.models.engines.folding import LONGEST_LINE, FoldedText
from motion_desk.ui.editors.clipboard import emptied
from motion_desk.ui.editors.undo_keys import let_undo_through


class LinesEditor(QPlainTextEdit):
    """Edits plain text; grows with the window's width and scrolls beyond some lines.

    A line of megabytes, which would stop any text widget for seconds, is shown broken.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = FoldedText()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(5 * self.fontMetrics().lineSpacing() + 18)
        let_undo_through(self)
        self.textChanged.connect(self._changed)

    def show_value(self, value: str) -> None:
        """Show a text; nothing happens where it is shown already."""
        if value != self._folded.text:
            self._folded = FoldedText(value)
            self.setPlainText(self._folded.shown)

    def set_read_only(self, on: bool) -> None:
        """Let the text be read and copied only."""
        self.setReadOnly(on)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = emptied(super().createMimeDataFromSelection())
        data.setText(self._folded.unfold(_lines(self.textCursor().selectedText())))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if self.isReadOnly() or max(map(len, text.split("\n"))) <= LONGEST_LINE:
            super().insertFromMimeData(source)
            return
        # Broken before it is shown: the widget never sees the long line.
        cursor, shown = self.textCursor(), self._folded.shown
        start, end = _index(shown, cursor.selectionStart()), _index(shown, cursor.selectionEnd())
        value = self._folded.edit(shown[:start] + text + shown[end:])
        self._folded = FoldedText(value)
        self.setPlainText(self._folded.shown)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.edited.emit(value)

    def _changed(self) -> None:
        # toPlainText would turn no-break spaces into others.
        shown = _lines(self.document().toRawText())
        if shown != self._folded.shown:
            self.edited.emit(self._folded.edit(shown))


def _lines(raw: str) -> str:
    """Qt's text of a document with the ends of its lines as they are everywhere else."""
    return raw.replace("\u2029", "\n").replace("\u2028", "\n")


def _index(text: str, units: int) -> int:
    """The place in a text that Qt names by a number of UTF-16 units."""
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(before.decode("utf-16-le", "surrogatepass"))
