"""Commands: what can be undone. One stack holds them all, in the order in which they were done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

from motion_desk.models.document import Document

EDIT = 1


class Edit(QUndoCommand):
    """One edit of a document; holds the whole document before and after, so nothing is lost.

    Edits of the same key within one ``burst`` (typing, without leaving the field) become one.
    """

    def __init__(
        self,
        show: Callable[[Document, str], None],
        before: Document,
        after: Document,
        key: str,
        text: str,
        burst: int,
    ) -> None:
        super().__init__(text)
        self._show = show
        self._before = before
        self._after = after
        self._key = key
        self._burst = burst

    def redo(self) -> None:
        self._show(self._after, self._key)

    def undo(self) -> None:
        self._show(self._before, self._key)

    def id(self) -> int:
        return EDIT

    def mergeWith(self, other: Any) -> bool:
        same = self._before.id == other._before.id and self._key == other._key
        if not same or self._burst != other._burst:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class Presence(QUndoCommand):
    """An account that appears or goes. ``done``: it happened already, before it was pushed."""

    def __init__(
        self, text: str, redo: Callable[[], None], undo: Callable[[], None], done: bool = False
    ) -> None:
        super().__init__(text)
        self._redo = redo
        self._undo = undo
        self._done = done

    def redo(self) -> None:
        if not self._done:
            self._redo()
        self._done = False

    def undo(self) -> None:
        self._undo()
