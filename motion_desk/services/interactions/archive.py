"""Archive: the file of conversations beside a workspace, found, counted, read and deleted."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any, Self

from motion_desk.services.interactions import deleting, schema
from motion_desk.services.interactions.conditions import instant
from motion_desk.services.interactions.errors import (
    ArchiveError,
    Interrupted,
    Reason,
    damaged,
    explained,
    unreadable,
)
from motion_desk.services.interactions.listing import Listing, listing
from motion_desk.services.interactions.query import (
    Conversation,
    Count,
    KeptLetter,
    Page,
    Query,
    Source,
    Status,
    Values,
)

SUFFIX = ".interactions"
MOST_LETTERS = 500
_STATUS = {1: Status.OPEN, 2: Status.CLOSED}
_READ = {1: True, 2: False}
_JOURNALS = ("-wal", "-shm", "-journal")
_LISTINGS = 4
"""Queries whose order is remembered, so that going back to one costs nothing."""

_CONVERSATIONS = """
SELECT c.n, a.id, c.id, watching, contact, subject, started, last, status, s.text, tags, o.text,
  read, mailbox, letters
FROM conversation AS c JOIN account AS a ON a.k = c.account
  LEFT JOIN name AS s ON s.k = c.substatus LEFT JOIN name AS o ON o.k = c.owner
WHERE c.n IN (SELECT value FROM json_each(?))
"""


def path_beside(workspace: Path) -> Path:
    """The archive's path for a workspace's: same folder, same name, ``.interactions``."""
    return workspace.with_suffix(SUFFIX)


def set_aside(path: Path) -> Path:
    """Rename an archive that cannot be used; returns its new path. Raises ``ArchiveError``.

    Nobody may have it open. ``Archive(path)`` then makes a new one.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
        for ending in _JOURNALS:  # they belong to it, and would spoil a new file
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise unreadable(path, error) from error
    return aside


class Archive:
    """One archive, opened; made where there is none. For the thread that opened it, which closes it.

    Every method raises ``ArchiveError``, and the archive is then as it was before. ``read_only``
    says that it can only be read (folder or file write-protected).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection, self.read_only = schema.opened(path)
        self._listings: dict[Query, Listing] = {}
        self._seen = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def page(self, query: Query, number: int) -> Page:
        """Page ``number`` from 0 of ``ROWS_A_PAGE`` rows; empty beyond the end.

        Any page costs what the first does once ``count`` has come by it; before that, a page far
        down costs a walk to it.
        """
        with self._explained():
            numbers = self._listing(query).numbers(number)
            return Page(number, tuple(self._conversations(numbers)))

    def count(self, query: Query, seconds: float = 0.05) -> Count:
        """Count for at most about so long; ask again (same query) until it is ``complete``."""
        with self._explained():
            return self._listing(query).count(seconds)

    def total(self, account: str) -> int:
        """How many conversations are kept of an account; costs nothing."""
        return self.accounts().get(account, 0)

    def accounts(self) -> dict[str, int]:
        """How many conversations are kept of each account that has any, by its id."""
        with self._explained():
            return dict(self._all("SELECT id, total FROM account WHERE total > 0 ORDER BY id"))

    def conversation(self, number: int) -> Conversation | None:
        """A conversation by its number, or ``None`` where it is no longer kept."""
        with self._explained():
            return next(self._conversations([number]), None)

    def letters(self, number: int) -> tuple[KeptLetter, ...]:
        """The kept messages of a conversation, the oldest first; the last ``MOST_LETTERS``."""
        sql = (
            "SELECT at, sender, receivers, copies, subject, text, html, header, message_id, raw "
            "FROM letter WHERE n = ? ORDER BY at DESC, k DESC LIMIT ?"
        )
        with self._explained():
            rows = self._all(sql, number, MOST_LETTERS)
        return tuple(self._letter(row) for row in reversed(rows))

    def values(self, account: str) -> Values:
        """What the filters of an account can offer."""
        sql = "SELECT kind, text FROM name JOIN account ON account.k = account WHERE id = ?"
        with self._explained():
            rows = self._all(sql, account)

        def of(kind: int) -> tuple[str, ...]:
            return tuple(sorted((text for each, text in rows if each == kind), key=str.casefold))

        return Values(of(schema.SUBSTATUS), of(schema.TAG), of(schema.OWNER))

    def size(self) -> int:
        """Bytes on the disk, journal included."""
        paths = (self.path, *(self.path.with_name(self.path.name + each) for each in _JOURNALS))
        try:
            return sum(path.stat().st_size for path in paths if path.exists())
        except OSError as error:
            raise unreadable(self.path, error) from error

    @property
    def kept_days(self) -> int | None:
        """Days that a conversation is kept after its last message; ``None``: for ever.

        Kept in the file, for all accounts. Setting it (1 to 36,500) deletes nothing yet.
        """
        text = self.setting("kept_days")
        return int(text) if text.isascii() and text.isdigit() else None

    @kept_days.setter
    def kept_days(self, days: int | None) -> None:
        if days is not None and not 1 <= days <= 36_500:
            raise ValueError("days that are kept are 1 to 36,500")
        self.set_setting("kept_days", str(days or ""))

    def setting(self, key: str) -> str:
        """A setting that is kept in the file; empty where there is none."""
        with self._explained():
            rows = self._all("SELECT value FROM setting WHERE key = ?", key)
        return str(rows[0][0]) if rows else ""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting in the file."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))

    def mapping(self, signature: str) -> str:
        """What was kept for a header's columns by ``keep_mapping``; empty where nothing was."""
        with self._explained():
            rows = self._all("SELECT content FROM mapping WHERE signature = ?", signature)
        return str(rows[0][0]) if rows else ""

    def keep_mapping(self, signature: str, content: str) -> None:
        """Remember how a header's columns are read."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO mapping VALUES (?, ?)", (signature, content))

    def older_than(self, days: int) -> int:
        """How many conversations ``delete_older_than`` would delete, of all accounts."""
        with self._explained():
            return deleting.older(self._connection, int(time()) - days * deleting.DAY)

    def delete_older_than(self, days: int) -> int:
        """Delete what had its last message longer ago, for good; returns how many.

        A conversation whose last message has no known date stays.
        """
        with self.writing() as connection:
            number = deleting.delete_older(connection, int(time()) - days * deleting.DAY)
        if number:
            self._leave_nothing()
        return number

    def keep_retention(self) -> int:
        """Delete what is older than ``kept_days``, at most once a day; returns how many.

        The setting ``deleting.UNTOLD`` then says so until whoever tells a person empties it. Does
        nothing where all is kept for ever, or the archive can only be read.
        """
        today = str(int(time()) // deleting.DAY)
        days = self.kept_days
        if days is None or self.read_only or self.setting("tidied") == today:
            return 0
        with self.writing() as connection:
            number = deleting.retire(connection, int(time()), days)
        if number:
            self._leave_nothing()
        self.set_setting("tidied", today)
        return number

    def delete_all(self, account: str | None = None) -> int:
        """Delete all of an account, or of all accounts, for good; returns how many.

        No text of theirs is left in the file: what was deleted is overwritten, the file is written
        anew and its journal emptied. Remembered columns of files stay; they hold no values.
        """
        with self.writing() as connection:
            number = deleting.delete_all(connection, account)
        self._leave_nothing()
        return number

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole or not at all; errors come out as ``ArchiveError``."""
        if self.read_only:
            raise ArchiveError(
                Reason.READ_ONLY,
                f"{self.path} can be read but not changed. "
                "Look at its permissions and its folder's.",
            )
        self._listings.clear()
        with self._explained(), schema.transaction(self._connection):
            yield self._connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for statements that read; errors come out as ``ArchiveError``."""
        with self._explained():
            yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the archive throughout, whatever others write meanwhile."""
        with self._explained():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def empty_journal(self) -> None:
        """Bring the journal into the file and cut it to nothing, unless somebody reads just now."""
        with self._explained():
            self._all("PRAGMA wal_checkpoint(TRUNCATE)")

    def interrupt(self) -> None:
        """End the call that runs: it raises ``Interrupted``. Any thread may do this."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the file; the journal goes with it."""
        self._connection.close()

    def _leave_nothing(self) -> None:
        with self._explained():
            try:
                self._all("VACUUM")
            except sqlite3.OperationalError as error:
                # All is deleted and overwritten already; only the file stays as large as it was.
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY):
                    raise
        self.empty_journal()

    def _listing(self, query: Query) -> Listing:
        [(seen,)] = self._all("PRAGMA data_version")
        if seen != self._seen:  # another connection changed something
            self._listings.clear()
            self._seen = seen
        if query not in self._listings:
            totals = {
                identity: (k, total)
                for k, identity, total in self._all("SELECT k, id, total FROM account")
            }
            account, total = totals.pop(query.account, (0, 0))
            alone = bool(account) and not any(other for _, other in totals.values())
            made = listing(self._connection, query, account, total, alone=alone)
            while len(self._listings) >= _LISTINGS:
                del self._listings[next(iter(self._listings))]
            self._listings[query] = made
        return self._listings[query]

    def _conversations(self, numbers: Any) -> Iterator[Conversation]:
        """The conversations of some numbers, in their order."""
        wanted = str([*numbers])
        found = {row[0]: row for row in self._all(_CONVERSATIONS, wanted)}
        for number in numbers:
            if row := found.get(number):
                yield _conversation(row)

    def _letter(self, row: tuple[Any, ...]) -> KeptLetter:
        at, sender, to, cc, subject, text, html, header, message_id, raw = row
        try:
            whole = zlib.decompress(raw) if raw is not None else None
        except zlib.error as error:
            raise damaged(self.path) from error
        return KeptLetter(
            instant(at), sender, to, cc, subject, text, html, header, message_id, whole
        )

    def _all(self, sql: str, *values: object) -> list[Any]:
        with closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise Interrupted from error
            if known := explained(self.path, error):
                raise known from error
            raise


def _conversation(row: tuple[Any, ...]) -> Conversation:
    (n, account, identity, watching, contact, subject, started, last, status, substatus) = row[:10]
    tags, owner, read, mailbox, letters = row[10:]
    return Conversation(
        number=n,
        account=account,
        id=str(identity),
        watching=watching,
        contact=contact,
        subject=subject,
        started=instant(started),
        last=instant(last),
        status=_STATUS.get(status),
        substatus=substatus or "",
        tags=tuple(tags.split(schema.BETWEEN_TAGS)) if tags else (),
        owner=owner or "",
        read=_READ.get(read),
        source=Source.MAILBOX if mailbox else Source.FILE,
        letters=letters,
    )
