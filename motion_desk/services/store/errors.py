"""Errors: what can be wrong with a workspace file, each with a sentence for people."""

from __future__ import annotations

import sqlite3
from enum import Enum
from pathlib import Path

from motion_desk.models.document import Document


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
    sqlite3.SQLITE_CANTOPEN: (
        Reason.NO_PERMISSION,
        "{path} cannot be opened. Look whether you may read and write it and its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        Reason.UNREADABLE,
        "The disk with {path} failed. Look whether it is still connected, then try again.",
    ),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]
_SENTENCES[sqlite3.SQLITE_NOTADB] = _SENTENCES[sqlite3.SQLITE_CORRUPT]
# Statements are fixed: one that SQLite does not understand finds other tables than it should.
_SENTENCES[sqlite3.SQLITE_ERROR] = _SENTENCES[sqlite3.SQLITE_CORRUPT]
_SENTENCES[sqlite3.SQLITE_PERM] = _SENTENCES[sqlite3.SQLITE_CANTOPEN]


def damaged(path: Path, what: str) -> WorkspaceError:
    """The error for a part of a workspace that is not as it was written."""
    sentence = f"{what} in {path} is damaged. Open a back-up or a copy of the file instead."
    return WorkspaceError(Reason.DAMAGED, sentence)


def explained(path: Path, error: sqlite3.Error) -> WorkspaceError | None:
    """What an error of SQLite means for the file, or ``None`` where it is the program's fault."""
    code = getattr(error, "sqlite_errorcode", 0)
    if not code and isinstance(error, sqlite3.OperationalError):  # Python's own: text is no UTF-8
        code = sqlite3.SQLITE_CORRUPT
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # the first that fails where a disk is nearly full
        code = sqlite3.SQLITE_FULL
    code &= 0xFF  # the upper bits only refine it
    if code not in _SENTENCES:
        return None
    reason, sentence = _SENTENCES[code]
    return WorkspaceError(reason, sentence.format(path=path))
