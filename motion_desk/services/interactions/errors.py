"""Errors: what can be wrong with an archive of interactions, each with a sentence for people."""

from __future__ import annotations

import sqlite3
from enum import Enum
from pathlib import Path

from motion_desk.services.store.sqlite_errors import CANNOT_OPEN, DISK_FAILED, meaning


class Reason(Enum):
    """Why an archive cannot be used as it was asked."""

    FOREIGN = "foreign"
    NEWER = "newer"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    NO_PERMISSION = "no permission"
    LOCKED = "locked"
    FULL = "full"
    UNREADABLE = "unreadable"


class ArchiveError(Exception):
    """An archive cannot be used; ``sentence`` says why and what can be done about it.

    With FOREIGN, NEWER and DAMAGED the file stays as it was; ``archive.set_aside`` makes room for
    a new one. With the others nothing was changed, and the same call may work later.
    """

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


class Interrupted(Exception):  # noqa: N818  somebody asked for it
    """A call was ended from outside before it was done; nothing was changed."""


_AWAY = "Start anew to set it aside, and import again."
_SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        Reason.LOCKED,
        "Another program is changing {path}. Wait until it has done so, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        Reason.READ_ONLY,
        "{path} can be read but not changed. Look at its permissions and its folder's.",
    ),
    sqlite3.SQLITE_FULL: (
        Reason.FULL,
        "There is no space left for {path}; it was left as it was. Free some, then try again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        Reason.DAMAGED,
        "{path} is damaged; it was left as it is. " + _AWAY,
    ),
    sqlite3.SQLITE_CANTOPEN: (Reason.NO_PERMISSION, CANNOT_OPEN),
    sqlite3.SQLITE_IOERR: (Reason.UNREADABLE, DISK_FAILED),
}


def foreign(path: Path) -> ArchiveError:
    """The error for a file that is no archive."""
    return ArchiveError(
        Reason.FOREIGN,
        f"{path} is no archive of interactions; it was left as it is. " + _AWAY,
    )


def newer(path: Path) -> ArchiveError:
    """The error for an archive of a later version of the program."""
    return ArchiveError(
        Reason.NEWER,
        f"A newer Motion Desk wrote {path}. Use that one, or start anew to set the file aside.",
    )


def damaged(path: Path) -> ArchiveError:
    """The error for an archive that is not as it was written."""
    reason, sentence = _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return ArchiveError(reason, sentence.format(path=path))


def unreadable(path: Path, error: OSError) -> ArchiveError:
    """The error for a file that the system refuses to read."""
    if isinstance(error, PermissionError):
        reason, sentence = _SENTENCES[sqlite3.SQLITE_CANTOPEN]
        return ArchiveError(reason, sentence.format(path=path))
    return ArchiveError(Reason.UNREADABLE, f"{path} cannot be read ({error.strerror}).")


def explained(path: Path, error: sqlite3.Error) -> ArchiveError | None:
    """What an error of SQLite means for the file, or ``None`` where it is the program's fault."""
    code = meaning(error)
    if code not in _SENTENCES:
        return None
    reason, sentence = _SENTENCES[code]
    return ArchiveError(reason, sentence.format(path=path))
