"""Contents: one header's content, decoded and as it was sent, with what was found marked in it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.engines.header_filters import Span
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.reading import fixed_font
from motion_desk.ui.theme import Theme

MOST = 15_000
"""Characters that are shown around what was found: more would hold up the window."""
BEFORE = 2_000
LINES = 4


class Contents(QWidget):
    """Two texts beside each other in a fixed font."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._span: Span | None = None
        self.decoded, left = self._made("decoded", tr("Decoded"))
        self.raw, right = self._made("raw", tr("As it was sent"))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        theme.changed.connect(self._mark)

    def _made(self, name: str, title: str) -> tuple[QPlainTextEdit, QVBoxLayout]:
        said = QLabel(title, self)
        said.setProperty("role", "muted")
        text = QPlainTextEdit(self)
        text.setObjectName(f"trial:{name}")
        text.setAccessibleName(title)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFont(fixed_font())
        let_undo_through(text)
        text.setFixedHeight(LINES * text.fontMetrics().lineSpacing() + 14)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(said)
        column.addWidget(text)
        return text, column

    def show_content(self, decoded: str, raw: str, span: Span | None) -> None:
        """Show a header's content; ``span`` is where in the decoded one something was found."""
        shown, self._span = _part(decoded, span)
        self.decoded.setPlainText(shown)
        self.raw.setPlainText(_part(raw, None)[0])
        self._mark()

    def _mark(self) -> None:
        """Mark what was found, by a line below it too: a colour alone is not seen by everybody."""
        if self._span is None:
            self.decoded.setExtraSelections([])
            return
        start, end = self._span
        text = self.decoded.toPlainText()
        cursor = QTextCursor(self.decoded.document())
        cursor.setPosition(_units(text, start))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.colours.warning_ground))
        look.setForeground(QColor(self._theme.colours.warning))
        look.setFontUnderline(True)
        found = QTextEdit.ExtraSelection()
        found.cursor, found.format = cursor, look
        self.decoded.setExtraSelections([found])
        at = QTextCursor(self.decoded.document())
        at.setPosition(_units(text, start))
        self.decoded.setTextCursor(at)
        self.decoded.ensureCursorVisible()


def _part(text: str, span: Span | None) -> tuple[str, Span | None]:
    """As much of a text as is shown, and where in it something was found."""
    text = text.replace("\0", "␀")
    if len(text) <= MOST:
        return text, span
    start = max(0, span[0] - BEFORE) if span else 0
    part = text[start : start + MOST]
    before = "…" if start else ""
    after = "…" if start + MOST < len(text) else ""
    if span:
        by = len(before) - start
        span = span[0] + by, min(span[1] + by, len(before) + len(part))
    return f"{before}{part}{after}", span


def _units(text: str, characters: int) -> int:
    """How many of Qt's UTF-16 units the first characters of a text take."""
    return characters + sum(character > "\uffff" for character in text[:characters])
