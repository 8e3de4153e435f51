"""Completion: what is offered behind two opening braces, in a list that never takes the focus."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from motion_desk.models.variables import Known
from motion_desk.ui.editors.visual_colours import units

if TYPE_CHECKING:
    from motion_desk.ui.editors.variable_list import VariableList

WIDTH = 620
"""Pixels, where the window has them."""

_OPEN = re.compile(r"\{\{[ \t\u00a0]*([\w.]*)\Z")
_CLOSED = re.compile(r"([\w.]*)[ \t\u00a0]*\}\}")
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Completion(QObject):
    """Offers variables at the cursor of a text view, while a person types behind ``{{``.

    ``put`` puts a variable with its braces in a selection's place, as one edit. The text view
    keeps the focus: the list is a part of its window, and only a few keys go to it.
    """

    def __init__(
        self, view: QTextEdit | QPlainTextEdit, put: Callable[[QTextCursor, str], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._put = put
        self._known: Known = {}
        self._refused = -1
        self.list: VariableList | None = None
        """The list, once it was shown."""
        view.installEventFilter(self)
        view.cursorPositionChanged.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self.list is not None and self.list.isVisible()

    def show_variables(self, known: Known) -> None:
        """Offer these variables from now on."""
        self._known = known
        if self.is_open:
            self.close()

    @Slot()
    def look(self) -> None:
        """Offer what fits the text before the cursor, after an edit of a person."""
        found = self._opening()
        if found is None or self._view.isReadOnly() or not self._view.hasFocus():
            self.close()
            return
        start, word = found
        complete = word in self._known and self._rest() is not None
        if start == self._refused or complete or not self._known:
            self.close()
            return
        self._refused = -1
        shown = self._made_list()
        shown.show_variables(self._known)
        if shown.search(word, by_name=True):
            self._place(shown)
            self._announce()
        else:
            self.close()

    def close(self) -> None:
        """Take the list from the screen."""
        if self.list is not None:
            self.list.hide()

    def _follow(self) -> None:
        """Stay with a cursor that moves within the name, and leave when it leaves."""
        if self._opening() is None:
            self._refused = -1
            self.close()
        elif self.is_open:
            self.look()

    # The text around the cursor

    def _opening(self) -> tuple[int, str] | None:
        """Where the braces begin in which the cursor stands, and what of a name is before it."""
        cursor = self._view.textCursor()
        if cursor.hasSelection():
            return None
        before = QTextCursor(cursor)
        before.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        found = _OPEN.search(before.selectedText())
        return (cursor.position() - units(found[0]), found[1]) if found else None

    def _rest(self) -> int | None:
        """How much behind the cursor belongs to it where braces close it; else ``None``."""
        ahead = self._view.textCursor()
        ahead.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        found = _CLOSED.match(ahead.selectedText())
        return found.end() if found else None

    def _take(self, name: str) -> None:
        """Write a variable in the place of what was begun; braces that close it stay one pair."""
        found = self._opening()
        self.close()
        if found is None:
            return
        cursor = self._view.textCursor()
        end = cursor.position() + (self._rest() or 0)
        cursor.setPosition(found[0])
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._put(cursor, name)

    # The list

    def _made_list(self) -> VariableList:
        if self.list is None:
            from motion_desk.ui.editors.variable_list import VariableList  # late: few lists open

            self.list = VariableList(self._view.window())
            self.list.setObjectName("completion")
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.chosen.connect(self._take)
            self._view.destroyed.connect(self.list.deleteLater)
        return self.list

    def _place(self, shown: VariableList) -> None:
        """Show the list below the line with the cursor, or above it where there is more room."""
        window = self._view.window()
        if shown.parentWidget() is not window:
            shown.setParent(window)
        line = self._view.cursorRect()
        top = self._view.viewport().mapTo(window, line.topLeft())
        width = min(WIDTH, window.width() - 8)
        height = min(shown.height_for(), max(window.height() // 2, 60))
        below = top.y() + line.height() + 2
        fits = below + height <= window.height() or below + height - window.height() < height // 3
        y = below if fits or top.y() < height else top.y() - height - 2
        shown.resize(width, height)
        shown.move(QPoint(max(min(top.x(), window.width() - width - 4), 4), max(y, 0)))
        shown.show()
        shown.raise_()

    def _announce(self) -> None:
        """Tell a screen reader, which follows the focus, what the list has marked."""
        if QAccessible.isActive() and self.list is not None:
            event = QAccessibleAnnouncementEvent(self._view, self.list.spoken)
            QAccessible.updateAccessibility(event)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        if not self.is_open or self.list is None or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain or not (self.list.steps_at(key) or key in _TAKES or key == Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            # Before the window's shortcuts: there, Escape stops a test.
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            if self.list.steps_at(key):
                self.list.step(key)
                self._announce()
            elif key in _TAKES:
                self.list.take()
            else:
                opening = self._opening()
                self._refused = opening[0] if opening else -1
                self.close()
        return True
