"""Errors: what can be wrong with a workspace file, each with a sentence for people."""

from __future__ import annotations

import sqlite3
from enum import Enum
from pathlib import Path

from motion_desk.models.document import Document
from motion_desk.services.store.sqlite_errors import CANNOT_OPEN, DISK_FAILED, meaning


class Reason(Enum):
    """Why a workspace file, or what is in it, cannot be used as it was asked."""

    MISSING = "missing"
    EXISTS = "exists"
    FOREIGN = "foreign"
    EMPTY = "empty"
    NEWER = "newer"
    DAMAGED = "damaged"
    NO_PERMISSION = "no permission"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    FULL = "full"
    UNREADABLE = "unreadable"
    NOT_MIGRATED = "not migrated"
    NO_ACCOUNT = "no account"
    NO_RUN = "no run"


class WorkspaceError(Exception):
    """A workspace cannot be used; ``sentence`` says why and what can be done about it."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


class Conflict(Exception):  # noqa: N818  it is the word for it, and no fault of the program
    """Somebody else saved the document in the meantime; nothing was written.

    ``theirs`` is the document as it is stored now, or ``None`` where it was erased.
    """

    def __init__(self, theirs: Document | None) -> None:
        super().__init__("The document was changed elsewhere in the meantime.")
        self.theirs = theirs


_SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        Reason.LOCKED,
        "Another program holds {path}. Close it there, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        Reason.READ_ONLY,
        "{path} can be read but not changed. Copy it to a folder of your own to work on it.",
    ),
    sqlite3.SQLITE_FULL: (
        Reason.FULL,
        "There is no space left for {path}. Free some, or choose another disk, then try again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        Reason.DAMAGED,
        "{path} is damaged. Open a back-up or a copy of it instead; it was left as it is.",
    ),
    sqlite3.SQLITE_CANTOPEN: (Reason.NO_PERMISSION, CANNOT_OPEN),
    sqlite3.SQLITE_IOERR: (Reason.UNREADABLE, DISK_FAILED),
}


def damaged(path: Path, what: str) -> WorkspaceError:
    """The error for a part of a workspace that is not as it was written."""
    sentence = f"{what} in {path} is damaged. Open a back-up or a copy of the file instead."
    return WorkspaceError(Reason.DAMAGED, sentence)


def explained(path: Path, error: sqlite3.Error) -> WorkspaceError | None:
    """What an error of SQLite means for the file, or ``None`` where it is the program's fault."""
    code = meaning(error)
    if code not in _SENTENCES:
        return None
    reason, sentence = _SENTENCES[code]
    return WorkspaceError(reason, sentence.format(path=path))
