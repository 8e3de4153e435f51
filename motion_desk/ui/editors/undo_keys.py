"""Undo keys: keeps an editor from taking the keys of undo and redo, so that the window's act."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

# On every system the keys of all systems: people bring their habits with them.
_KEYS = [QKeySequence(keys) for keys in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z")]
_STANDARD = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_undo_key(event: QKeyEvent) -> bool:
    """Whether a key means undo or redo."""
    pressed = QKeySequence(event.keyCombination())
    return pressed in _KEYS or any(event.matches(key) for key in _STANDARD)


class _UndoKeys(QObject):
    """Refuses the keys of undo and redo in its widget's place; they pass on to the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in kinds and isinstance(event, QKeyEvent) and is_undo_key(event):
            event.ignore()
            return True
        return False


def let_undo_through(widget: QWidget) -> None:
    """Let undo and redo reach the window while ``widget``, or a part it has now, is focused."""
    keys = _UndoKeys(widget)
    for each in [widget, *widget.findChildren(QWidget)]:
        each.installEventFilter(keys)
