"""Schema: new files, the revision they bear, and the way from an older one to the newest."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert

from motion_desk.models import records
from motion_desk.models.workspace import Workspace
from motion_desk.services.store.database import Database
from motion_desk.services.store.errors import Reason, WorkspaceError
from motion_desk.services.store.files import APPLICATION_ID, Access, connect

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision that there ever was, oldest first. Known here so that Alembic stays unimported."""

HEAD = REVISIONS[-1]

MIGRATIONS = Path(__file__).parent / "migrations"

# Alembic's own table, as Alembic makes it.
_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def create(path: Path, identity: str) -> None:
    """Make a workspace file with an empty workspace in it; never overwrites, never half-made.

    Raises ``WorkspaceError``.
    """
    if not path.parent.is_dir():
        raise WorkspaceError(
            Reason.MISSING, f"There is no folder {path.parent}. Make it, or choose another one."
        )
    beginning = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        _claim(beginning)
        _fill(beginning, path, identity)
        _put_in_place(beginning, path)
    except FileExistsError:
        raise WorkspaceError(
            Reason.EXISTS, f"{path} is there already. Open it, or choose another name."
        ) from None
    except PermissionError:
        raise WorkspaceError(
            Reason.NO_PERMISSION, f"You may not write to {path.parent}. Choose another folder."
        ) from None
    except OSError as error:
        raise WorkspaceError(
            Reason.FULL if error.errno == errno.ENOSPC else Reason.UNREADABLE,
            f"{path} cannot be created ({error.strerror}). Choose another folder.",
        ) from error
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            beginning.with_name(beginning.name + ending).unlink(missing_ok=True)


def _claim(path: Path) -> None:
    path.open("xb").close()


def _fill(beginning: Path, path: Path, identity: str) -> None:
    with closing(connect(beginning, Access.WRITE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with Database(beginning) as database, database.writing() as transaction:
        records.metadata.create_all(transaction, checkfirst=False)
        _version.create(transaction, checkfirst=False)
        transaction.execute(insert(_version).values(version_num=HEAD))
        row = records.to_row(Workspace(id=identity, version=1))
        row["path"] = os.fsencode(path.resolve())
        transaction.execute(insert(records.workspace), row)


def _put_in_place(beginning: Path, path: Path) -> None:
    """Give the finished file its name, unless that is taken. Raises ``FileExistsError``."""
    try:
        os.link(beginning, path)
    except FileExistsError:
        raise
    except OSError:  # no links on this file system: take the name first, then replace what it is
        _claim(path)
        beginning.replace(path)


def migrate(path: Path, revision: str, scripts: Path = MIGRATIONS) -> Path:
    """Bring a file from ``revision`` to the newest of ``scripts``; returns its back-up.

    Nothing is changed before the back-up is made, and everything in one transaction. Raises
    ``WorkspaceError``; the file is then as it was.
    """
    backup = _backed_up(path, revision)
    try:
        # Tables that others refer to are re-made by some steps; references are checked below.
        with Database(path, foreign_keys=False) as database, database.writing() as transaction:
            upgrade(transaction, scripts)
            if transaction.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise ValueError("a reference leads nowhere")  # noqa: TRY301  ends the transaction
    except Exception as error:  # a step may fail in any way, and the way back is always the same
        raise WorkspaceError(
            Reason.NOT_MIGRATED,
            f"{path} was made by an older version and could not be brought up to date "
            f"({type(error).__name__}). It is as it was, and a copy of it lies at {backup}. "
            "Open it with the older version.",
        ) from error
    return backup


def upgrade(transaction: Connection, scripts: Path = MIGRATIONS, to: str = "head") -> None:
    """Run the steps from the database's revision to another, within the caller's transaction."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory(str(scripts))
    context = MigrationContext.configure(transaction)
    steps = list(directory.iterate_revisions(to, context.get_current_revision() or "base"))
    with Operations.context(context):
        for step in reversed(steps):
            step.module.upgrade()
    context.stamp(directory, to)


def _backed_up(path: Path, revision: str) -> Path:
    """A copy of the file beside it, as one consistent file that was not there before."""
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = None
    try:
        copy = _claimed(path.with_name(f"{path.name}.before-{HEAD}.{now}.bak"))
        with (
            closing(connect(path, Access.WRITE)) as source,
            closing(connect(copy, Access.WRITE)) as target,
        ):
            source.backup(target)
    except (OSError, sqlite3.Error) as error:
        if copy:
            copy.unlink(missing_ok=True)
        raise WorkspaceError(
            Reason.NOT_MIGRATED,
            f"{path} was made by an older version (revision {revision}) and must be brought up to "
            f"date, but no back-up can be made beside it ({type(error).__name__}). "
            "Make room there, then try again.",
        ) from error
    return copy


def _claimed(wanted: Path) -> Path:
    """A new, empty file of that name, or of one with a number where it is taken."""
    for number in count(1):
        path = wanted if number == 1 else wanted.with_suffix(f".{number}{wanted.suffix}")
        try:
            path.open("xb").close()
        except FileExistsError:
            continue
        return path
    raise AssertionError  # counting does not end
