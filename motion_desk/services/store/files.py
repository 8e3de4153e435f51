"""Files: what a path holds and how it may be opened, told without changing a byte of it."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from motion_desk.services.store.errors import Reason, WorkspaceError, damaged, explained

APPLICATION_ID = 0x4D44_736B
"""“MDsk”, in the header of each of our files: SQLite keeps four bytes there for this."""

BUSY_SECONDS = 3.0
"""How long a lock of another program is waited for."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100

# quick_check reads the whole file: about 1 ms for 1 MB. Above this, damage is found when it is met.
_CHECKED_BYTES = 64 * 2**20

_NETWORK_TYPES = {"9p", "afs", "cifs", "coda", "davfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
_NETWORK_TYPES |= {"fuse.davfs2", "fuse.rclone", "fuse.sshfs"}


class Access(Enum):
    """How SQLite is told to open a file: the ``mode`` of its URI, or ``immutable``."""

    WRITE = "mode=rw"
    READ = "mode=ro"
    FIXED = "immutable=1"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a workspace file: its schema's revision and the workspace's id."""

    revision: str
    identity: str
    access: Access


def examine(path: Path) -> Examined:
    """Look into a workspace file, which stays as it is. Raises ``WorkspaceError``.

    Only the journal of a program that ended abruptly is played back, as SQLite must.
    """
    _look_at_header(path)
    access = _access(path)
    found = Access.FIXED if access is Access.FIXED else _reading_access(path)
    with _raising(path), closing(connect(path, found)) as connection:
        if path.stat().st_size <= _CHECKED_BYTES:
            [(verdict,)] = connection.execute("PRAGMA quick_check(1)")
            if verdict != "ok":
                raise damaged(path, "The database")
        rows = connection.execute(
            "SELECT version_num, workspace.id FROM alembic_version, workspace"
        )
        content = rows.fetchall()
    if len(content) != 1:
        raise damaged(path, "The workspace's own entry")
    [(revision, identity)] = content
    return Examined(revision, identity, access)


def connect(path: Path, access: Access) -> sqlite3.Connection:
    """A connection that begins no transaction by itself, for the thread that asks for it."""
    plain = quote(os.fsencode(path.absolute().as_posix()))
    slash = "" if plain.startswith("/") else "/"  # before a Windows drive
    return sqlite3.connect(
        f"file://{slash}{plain}?{access.value}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )


def is_network(path: Path) -> bool:
    """Whether a path may lie on a file server, where a WAL (memory shared by programs) fails."""
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        anchor = path.absolute().anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == remote
    if sys.platform == "darwin":
        # Shares and sticks alike are mounted there, and a rollback journal suits both.
        return path.resolve().is_relative_to("/Volumes")
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return mount_type(mounts, path.resolve()) in _NETWORK_TYPES


def mount_type(mounts: str, path: Path) -> str:
    """The type of the file system that a path lies on, by the text of Linux's mountinfo."""
    found, deepest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4].replace("\\040", " ")
        # The last of several mounts at one point is the one that is seen.
        if path.is_relative_to(point) and len(Path(point).parts) >= deepest:
            found, deepest = after.split()[0], len(Path(point).parts)
    return found


def _look_at_header(path: Path) -> None:
    if path.is_dir():
        raise WorkspaceError(
            Reason.FOREIGN, f"{path} is a folder. Choose a workspace file, or name one inside it."
        )
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        what = "workspace" if path.parent.is_dir() else "folder for the workspace"
        raise WorkspaceError(
            Reason.MISSING,
            f"There is no {what} {path if path.parent.is_dir() else path.parent}. "
            "Look for a slip in the path, or create a new workspace.",
        ) from None
    except PermissionError:
        raise WorkspaceError(
            Reason.NO_PERMISSION,
            f"You may not read {path}. Ask its owner for permission, or choose another file.",
        ) from None
    except OSError as error:
        raise WorkspaceError(
            Reason.UNREADABLE, f"{path} cannot be read ({error.strerror}). Choose another file."
        ) from error
    if not header:
        raise WorkspaceError(
            Reason.EMPTY,
            f"{path} is empty. Delete it and create a new workspace there, or open a back-up.",
        )
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise WorkspaceError(
            Reason.FOREIGN,
            f"{path} is not a workspace of Motion Desk. It was left as it is: choose another file.",
        )


def _access(path: Path) -> Access:
    """Whether the file can be changed; that needs its folder too, for the journal."""
    try:
        path.open("r+b").close()
        writable = os.access(path.parent, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if writable:
        return Access.WRITE
    return Access.READ if _beside(path, "-wal", "-journal") else Access.FIXED


def _reading_access(path: Path) -> Access:
    """How to look into a file that can be changed, without changing it.

    Unless a journal lies beside it, all is in the file itself and SQLite need not make any.
    """
    if _beside(path, "-journal"):
        return Access.WRITE
    return Access.READ if _beside(path, "-wal") else Access.FIXED


def _beside(path: Path, *endings: str) -> bool:
    others = (path.with_name(path.name + ending) for ending in endings)
    return any(other.exists() and other.stat().st_size for other in others)


@contextmanager
def _raising(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        # Here every complaint is about the file's content, such as a table that is not there.
        raise explained(path, error) or damaged(path, "The database") from error
    except UnicodeDecodeError as error:  # in a name that SQLite complains about
        raise damaged(path, "The database") from error
