"""The errand card: what comes in just now, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.board.bar import Bar
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme

PARTS = 1000
"""Into so many parts an errand's bar is divided."""
HEIGHT = 110
"""Pixels of the list of lines to look at, at most."""


class ErrandCard(QFrame):
    """Shows one errand. ``stopped`` asks for its end, ``agreed`` for what its button offers."""

    stopped = Signal()
    agreed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:errand")
        self.setProperty("role", "card")
        self._said = wrapped("", "heading")
        self._said.setObjectName("interactions:errand-said")
        self._more = wrapped("", "muted")
        self._more.setObjectName("interactions:errand-more")
        self._bar = Bar(theme, self)
        self._bar.setObjectName("interactions:errand-bar")
        self._stop = QPushButton(tr("Stop"), self)
        self._stop.setObjectName("interactions:stop")
        self._stop.setToolTip(tr("Escape does the same."))
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(lambda: self.stopped.emit())  # noqa: PLW0108 - without the flag
        self._agree = QPushButton(self)
        self._agree.setObjectName("interactions:agree")
        self._agree.setAutoDefault(False)
        self._agree.clicked.connect(lambda: self.agreed.emit())  # noqa: PLW0108 - without the flag
        self._close = QToolButton(self)
        self._close.setObjectName("interactions:errand-close")
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(tr("Put this remark away"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(self.hide)
        self._lines = QPlainTextEdit(self)
        self._lines.setObjectName("interactions:errand-lines")
        self._lines.setAccessibleName(tr("Rows to look at"))
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        let_undo_through(self._lines)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._said, 1)
        for widget in (self._bar, self._agree, self._stop, self._close):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 10, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._more)
        column.addWidget(self._lines)
        self._told = self._elsewhere = ""
        self.hide()

    def show_running(self, said: str, part: float) -> None:
        """Show that an errand is under way, and what part of it is done, 0 to 1."""
        self._said.setText(breakable(said))
        self._told = ""
        self._bar.show_part(round(part * PARTS), PARTS)
        for left_out in (self._more, self._lines, self._agree, self._close):
            left_out.hide()
        self._bar.show()
        self._stop.show()
        self.show()

    def show_over(
        self, said: str, more: str = "", lines: Sequence[str] = (), agree: str = ""
    ) -> None:
        """Show what came of an errand, with lines to look at and a button that offers a way on."""
        self._said.setText(breakable(said))
        self._told = more
        self._more.setText(breakable(more))
        self._show_more()
        self._lines.setPlainText("\n".join(lines))
        spacing = self._lines.fontMetrics().lineSpacing()
        self._lines.setFixedHeight(min(HEIGHT, (len(lines) + 1) * spacing + 14))
        self._lines.setVisible(bool(lines))
        self._agree.setText(agree)
        self._agree.setVisible(bool(agree))
        self._bar.hide()
        self._stop.hide()
        self._close.show()
        self.show()

    def leave_out(self, sentence: str) -> None:
        """Do not say why where the same ``sentence`` stands elsewhere on the page; empty: nowhere."""
        self._elsewhere = sentence
        self._show_more()

    def _show_more(self) -> None:
        self._more.setVisible(bool(self._told) and self._told != self._elsewhere)
