"""The source view: HTML as text, with colours, in which all that is not edited stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QFontDatabase, QInputMethodEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from motion_desk.models.engines.folding import (
    LONGEST_LINE,
    FoldedText,
    common_beginning,
    common_end,
)
from motion_desk.ui.editors.clipboard import emptied
from motion_desk.ui.editors.html_colours import HtmlColours
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.editors.visual_colours import units


class HtmlSource(QPlainTextEdit):
    """Edits HTML source. ``edited`` gives the whole source after each edit of a person."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = FoldedText()
        self._showing = False
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(self.tr("HTML source"))
        let_undo_through(self)
        self._colours = HtmlColours(self.document(), self.palette())
        self.textChanged.connect(self._changed)
        self.verticalScrollBar().valueChanged.connect(self._colour_view)

    @property
    def source(self) -> str:
        """The whole source as it is after the last edit."""
        return self._folded.text

    @property
    def shown(self) -> str:
        """The source as it is shown: the data of pictures by its size, long lines broken."""
        return self._folded.shown

    @property
    def has_broken_lines(self) -> bool:
        """Whether long lines are shown broken."""
        return self._folded.has_broken_lines

    def show_source(self, source: str) -> None:
        """Show a source; only what differs is replaced, so view and cursor stay near it."""
        if source == self._folded.text:
            return
        self._show(FoldedText(source))

    def insert_source(self, source: str) -> None:
        """Put a piece of source in the selection's place, as a person's edit."""
        self.textCursor().insertText(self._folded.fold(source))

    def put_variable(self, cursor: QTextCursor, name: str) -> None:
        """Put a variable with its braces in a selection's place, as a person's edit."""
        cursor.insertText(f"{{{{ {name} }}}}")
        self.setTextCursor(cursor)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor at a line and column of the source, counted from 1, and show it."""
        cursor = self.textCursor()
        cursor.setPosition(units(self._folded.shown[: self._folded.place_of(line, column)]))
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus()

    def _show(self, folded: FoldedText) -> None:
        before = self._raw()
        first, before_end, after_end = _difference(before, folded.shown)
        self._folded = folded
        position, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        self._showing = True
        try:
            if after_end - first + before_end - first > 2_000:
                self.setPlainText(folded.shown)
            else:
                cursor = self.textCursor()
                cursor.setPosition(units(before[:first]))
                end = units(before[:before_end])
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(folded.shown[first:after_end])
                position = cursor.position() if self.hasFocus() else position
        finally:
            self._showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)
        if self.hasFocus():
            self.ensureCursorVisible()
        self._colour_view()

    def _raw(self) -> str:
        # toPlainText would turn no-break spaces into others.
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def _changed(self) -> None:
        if self._showing:
            return
        shown = self._raw()
        if shown != self._folded.shown:
            self.edited.emit(self._folded.edit(shown))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
        else:
            super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = emptied(super().createMimeDataFromSelection())
        text = self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        data.setText(self._folded.unfold(text))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly() or not source.hasText():
            return
        text = source.text()
        self.insert_source(text)
        if max(map(len, text.split("\n"))) > LONGEST_LINE:
            # Shown anew, with its long lines broken; the text itself is unchanged.
            self._show(FoldedText(self._folded.text))

    def _colour_view(self) -> None:
        first = self.firstVisibleBlock().blockNumber()
        lines = self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1) + 2
        self._colours.show_blocks(first, first + lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._colour_view()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The first of these events come while the view is made.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colours"):
            self._colours.show_palette(self.palette())


def _difference(one: str, other: str) -> tuple[int, int, int]:
    """Where two texts begin to differ, and where the difference ends in each."""
    first = common_beginning(one, other)
    behind = common_end(one, other, min(len(one), len(other)) - first)
    return first, len(one) - behind, len(other) - behind
