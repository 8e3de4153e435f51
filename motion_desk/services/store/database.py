"""Database: one SQLite file by SQLAlchemy Core, read and written in explicit transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from motion_desk.services.store import files
from motion_desk.services.store.errors import Reason, WorkspaceError, damaged, explained
from motion_desk.services.store.files import Access


class Database:
    """One connection to a file, for one thread. Errors of SQLite come out as ``WorkspaceError``.

    On a local disk the file is in WAL mode and each commit waits for the disk; on a file server
    a rollback journal is used and the file is held alone. When the last connection closes, one
    file is left.
    """

    def __init__(self, path: Path, access: Access = Access.WRITE, *, foreign_keys: bool = True):
        self.path = path
        self.read_only = access is not Access.WRITE
        self._begin = "BEGIN"
        network = files.is_network(path)

        def opened() -> sqlite3.Connection:
            connection = files.connect(path, access)
            try:
                if access is Access.WRITE:
                    for pragma in _PRAGMAS[network]:
                        connection.execute(f"PRAGMA {pragma}")
                connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
            except BaseException:
                connection.close()
                raise
            return connection

        # No values in messages: they would carry what is in the documents into logs.
        engine = create_engine(
            "sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True
        )
        # sqlite3 itself would begin transactions late, and none for changes of the schema.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(self._begin))
        with self._explained():
            self._connection = engine.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the file throughout."""
        with self._explained(), self._connection.begin():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer comes between; kept whole or not at all.

        Raises ``WorkspaceError`` where the file can only be read.
        """
        if self.read_only:
            raise WorkspaceError(
                Reason.READ_ONLY,
                f"{self.path} can be read but not changed. "
                "Copy it to a folder of your own to work on it.",
            )
        self._begin = "BEGIN IMMEDIATE"
        try:
            with self.reading() as connection:
                yield connection
        finally:
            self._begin = "BEGIN"

    def close(self) -> None:
        """Close the connection; the thread that opened it must do this."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error) and (
                known := explained(self.path, error.orig)
            ):
                raise known from error
            raise
        except sqlite3.Error as error:
            if known := explained(self.path, error):
                raise known from error
            raise
        except UnicodeDecodeError as error:  # in a name or message of SQLite
            raise damaged(self.path, "The database") from error


_PRAGMAS = {
    False: ("journal_mode = WAL", "synchronous = FULL"),
    True: ("locking_mode = EXCLUSIVE", "journal_mode = DELETE", "synchronous = FULL"),
}
