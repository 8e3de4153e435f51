"""Folded: a long text, such as a message's header, below a title that unfolds it, with a copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.links import copy_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.reading import fixed_font

MOST = 15_000
"""Characters that are shown: more would hold up the window. All of it is copied."""
LINES = 14


class Folded(QWidget):
    """A text that is made by ``text`` and shown when a person first asks for it.

    ``name`` is what the object names of its parts end in.
    """

    def __init__(
        self, name: str, title: str, text: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"folded:{name}")
        self._name, self._text = name, text
        self._title = QPushButton(title, self)
        self._title.setObjectName(f"fold:{name}")
        self._title.setProperty("role", "fold")
        self._title.setIconSize(QSize(14, 14))
        self._title.setIcon(icon("chevron-right"))
        self._title.setCheckable(True)
        self._title.toggled.connect(self._fold)
        copy = copy_button(tr("Copy: {}").format(title), f"copy:{name}", self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text()))
        self._shown: QPlainTextEdit | None = None
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(copy)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addLayout(row)

    def _fold(self, is_open: bool) -> None:
        self._title.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open and self._shown is None:
            self._shown = self._made()
            self._layout.addWidget(self._shown)
        if self._shown is not None:
            self._shown.setVisible(is_open)

    def _made(self) -> QPlainTextEdit:
        text = self._text()
        shown = text
        if len(text) > MOST:
            shown = text[:MOST] + tr("\n… ({} characters; copying gives all of them)").format(
                len(text)
            )
        made = QPlainTextEdit(shown, self)
        made.setObjectName(f"text:{self._name}")
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        made.setFont(fixed_font())
        made.setAccessibleName(self._title.text())
        let_undo_through(made)
        lines = min(LINES, shown.count("\n") + 3)
        made.setFixedHeight(lines * made.fontMetrics().lineSpacing() + 14)
        return made
