"""SQLite's errors: what one means for a file, whatever the file holds."""

from __future__ import annotations

import sqlite3

CANNOT_OPEN = "{path} cannot be opened. Look whether you may read and write it and its folder."
"""The sentence for CANTOPEN."""
DISK_FAILED = "The disk with {path} failed. Look whether it is still connected, then try again."
"""The sentence for IOERR."""

_MEANT = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
    # Statements are fixed: one that SQLite does not understand finds other tables than it should.
    sqlite3.SQLITE_ERROR: sqlite3.SQLITE_CORRUPT,
}


def meaning(error: sqlite3.Error) -> int:
    """The primary result code that says what an error means for the file; 0 where Python has none.

    Codes that mean the same are one: BUSY, READONLY, FULL, CORRUPT, CANTOPEN and IOERR are of the
    file, and all others the program's fault.
    """
    code: int = getattr(error, "sqlite_errorcode", 0)
    if not code and isinstance(error, sqlite3.OperationalError):  # Python's own: text is no UTF-8
        return sqlite3.SQLITE_CORRUPT
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # the first that fails where a disk is nearly full
        return sqlite3.SQLITE_FULL
    primary = code & 0xFF  # the upper bits only refine it
    return _MEANT.get(primary, primary)
