"""Schema: the tables of an archive, and how its file is opened, made and judged.

By the standard library's sqlite3, not by SQLAlchemy, whose one door is the store: full-text search
and pages by key are SQLite's own dialect, a row costs half as much, and nothing is imported late.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from motion_desk.services.interactions.errors import (
    ArchiveError,
    Reason,
    damaged,
    explained,
    foreign,
    newer,
    unreadable,
)
from motion_desk.services.store import files
from motion_desk.services.store.files import Access

APPLICATION_ID = 0x4D44_7369
"""“MDsi”, in the header of each of our files: SQLite keeps four bytes there for this."""
VERSION = 1
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_CACHE_KB = 16_000

SUBSTATUS, OWNER, TAG = 1, 2, 3
"""Kinds of ``name``: texts that many conversations share."""
BETWEEN_TAGS = "\x1f"
"""Stands between the tags of a conversation as they are shown."""

INDICES = {
    "by_contact": "CREATE INDEX by_contact ON conversation(account, contact_key)",
    "by_subject": "CREATE INDEX by_subject ON conversation(account, subject_key)",
    "by_started": "CREATE INDEX by_started ON conversation(account, started)",
    "by_last": "CREATE INDEX by_last ON conversation(account, last)",
}
"""One for each column that is sorted by, beside the one of ids; n is each one's last column."""

# 0 is what is not known: of instants (seconds since 1970, UTC), names, status and read. The small
# columns come first, so that filters need not look behind long texts.
_TABLES = """
CREATE TABLE account(k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, total INTEGER NOT NULL);
CREATE TABLE name(
  k INTEGER PRIMARY KEY, account INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL,
  UNIQUE(account, kind, text)
);
CREATE TABLE conversation(
  n INTEGER PRIMARY KEY, account INTEGER NOT NULL, status INTEGER NOT NULL, read INTEGER NOT NULL,
  substatus INTEGER NOT NULL, owner INTEGER NOT NULL, started INTEGER NOT NULL,
  last INTEGER NOT NULL, mailbox INTEGER NOT NULL, letters INTEGER NOT NULL, id NOT NULL,
  contact TEXT NOT NULL, contact_key TEXT NOT NULL, subject TEXT NOT NULL,
  subject_key TEXT NOT NULL, tags TEXT NOT NULL, watching TEXT NOT NULL
);
CREATE UNIQUE INDEX by_id ON conversation(account, id);
CREATE TABLE tagged(
  tag INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(tag, n)
) WITHOUT ROWID;
CREATE TABLE letter(
  k INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, message_id TEXT NOT NULL,
  sender TEXT NOT NULL, receivers TEXT NOT NULL, copies TEXT NOT NULL, subject TEXT NOT NULL,
  text TEXT NOT NULL, html TEXT NOT NULL, header TEXT NOT NULL, earlier TEXT NOT NULL, validity INTEGER NOT NULL, uid INTEGER NOT NULL,
  raw BLOB
);
CREATE INDEX letter_n ON letter(n, at);
CREATE VIEW indexed AS SELECT n, subject, contact, CASE letters WHEN 0 THEN '' ELSE ifnull(
  (SELECT group_concat(letter.text, ' ') FROM letter WHERE letter.n = conversation.n), '') END
  AS text FROM conversation;
CREATE VIRTUAL TABLE found USING fts5(
  subject, contact, text, content='', columnsize=0, detail=none, prefix='2 3 4',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mapping(signature TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
"""
# Contentless: the texts stand in the tables once. detail=none: whether a word is there, not where,
# which makes the index half as large; a person's text is taken apart into words, never a phrase.


def opened(path: Path) -> tuple[sqlite3.Connection, bool]:
    """A connection to an archive, made where there is none, and whether it can only be read.

    Raises ``ArchiveError``; what is no archive of this version is left byte for byte.
    """
    try:
        new = not path.exists() or path.stat().st_size == 0
        if new:
            if not path.parent.is_dir():
                raise ArchiveError(Reason.UNREADABLE, f"There is no folder {path.parent}.")
            path.touch(0o600)
        _look_at_header(path, new)
    except OSError as error:
        raise unreadable(path, error) from error
    access = Access.WRITE if _can_write(path) else _reading(path)
    try:
        connection = files.connect(path, access)
    except sqlite3.Error as error:
        raise explained(path, error) or damaged(path) from error
    try:
        if access is Access.WRITE:
            _prepare(path, connection)
        else:
            _read_version(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection, access is not Access.WRITE


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    journal = "DELETE" if files.is_network(path) else "WAL"
    try:
        # What is deleted is overwritten. FULL costs nothing: a whole import is one commit.
        for pragma in (
            f"journal_mode = {journal}",
            "synchronous = FULL",
            "secure_delete = ON",
            f"cache_size = -{_CACHE_KB}",
            "threads = 2",  # an index is sorted on both
        ):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA application_id").fetchone() == (0,):
            _make(connection)
        _read_version(path, connection)
    except sqlite3.Error as error:
        raise explained(path, error) or damaged(path) from error


def _make(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        if connection.execute("PRAGMA application_id").fetchone() != (0,):
            return  # another program made it meanwhile
        for statement in (*_TABLES.split(";\n"), *INDICES.values()):
            if statement.strip():
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


class transaction:  # noqa: N801  used like contextlib's, and cheaper than a generator
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK where anything is raised in between."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            try:
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                self._roll_back()
                raise
        else:
            self._roll_back()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # SQLite itself ends it where the disk is full
            self._connection.execute("ROLLBACK")


def _read_version(path: Path, connection: sqlite3.Connection) -> None:
    try:
        with closing(connection.execute("PRAGMA user_version")) as found:
            [version] = found.fetchone()
        connection.execute("SELECT n FROM conversation LIMIT 1").fetchall()
        connection.execute("SELECT rowid FROM found WHERE found MATCH '\"a\"' LIMIT 1").fetchall()
        connection.execute("SELECT value FROM setting LIMIT 1").fetchall()
    except sqlite3.Error as error:
        raise explained(path, error) or damaged(path) from error
    if version > VERSION:
        raise newer(path)


def _look_at_header(path: Path, new: bool) -> None:
    if path.is_dir():
        raise foreign(path)
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if new and not header:
        return
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise foreign(path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID and not _beside(path, "-wal"):
        raise foreign(path)  # with a journal beside it, its first page may stand there
    if int.from_bytes(header[60:64], "big") > VERSION:
        raise newer(path)


def _can_write(path: Path) -> bool:
    try:
        path.open("r+b").close()
    except OSError:
        return False
    return os.access(path.parent, os.W_OK | os.X_OK)


def _reading(path: Path) -> Access:
    return Access.READ if _beside(path, "-wal") else Access.FIXED


def _beside(path: Path, ending: str) -> bool:
    other = path.with_name(path.name + ending)
    return other.exists() and other.stat().st_size > 0
