"""Adding: rows into an archive, new ones and others again, inside one transaction of who calls."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple, cast

from motion_desk.services.interactions import schema
from motion_desk.services.interactions.conditions import Value, sort_key
from motion_desk.services.interactions.query import Column

LONGEST_TEXT = 100_000
"""Characters of a message that are kept as its text and can be found by."""
_WORDS_AT_ONCE = 20_000
"""Rows whose words are put into the index between two looks at whether to stop."""


_FIELDS = {
    "watching": Column.WATCHING,
    "contact": Column.CONTACT,
    "subject": Column.SUBJECT,
    "started": Column.STARTED,
    "last": Column.LAST,
    "status": Column.STATUS,
    "read": Column.READ,
    "substatus": Column.SUBSTATUS,
    "owner": Column.OWNER,
    "tags": Column.TAGS,
}
"""What can change, by its name in the table and in ``Told``."""
_WORDS = frozenset({"contact", "subject"})
"""Those of them that are sorted by a key of their own, and whose words are in the index."""
_ANEW_FROM = 10
"""One in so many rows changed: what is to change of an index is made anew at the end."""
_NONE_SEEN = 10**18, -1


class Told(NamedTuple):
    """What a source tells of a conversation, as it is stored: 0 and "" for what it does not."""

    id: Value
    watching: str = ""
    contact: str = ""
    subject: str = ""
    started: int = 0
    last: int = 0
    status: int = 0
    substatus: str = ""
    tags: tuple[str, ...] = ()
    owner: str = ""
    read: int = 0
    text: str = ""


class Adding:
    """Adds and updates conversations of one account; ``finish`` must come last.

    ``told`` are the columns that the source has: of a conversation that is there already only
    these are changed. ``many`` says that about as many rows come as there are, or more: then,
    once a good part of them turns out to be new or changed, the indices are made anew at the end,
    from sorted rows, and that of words where words changed. A file that comes again, with little
    that is new, costs neither.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        account: str,
        told: Collection[Column],
        *,
        mailbox: bool = False,
        many: bool = False,
    ) -> None:
        self.added = 0
        self.updated = 0
        self.connection = connection
        self._mailbox = int(mailbox)
        self._is_told = [column in told for column in _FIELDS.values()]
        self._fields = [*compress(_FIELDS, self._is_told)]
        connection.execute("INSERT OR IGNORE INTO account(id, total) VALUES (?, 0)", (account,))
        [(self.account, total)] = connection.execute(
            "SELECT k, total FROM account WHERE id = ?", (account,)
        ).fetchall()
        # As long as all ids are numbers, and none are there but those that were seen.
        self._seen: tuple[int, int] | None = None if total else _NONE_SEEN
        [(last,)] = connection.execute("SELECT ifnull(max(n), 0) FROM conversation").fetchall()
        [(self._before,)] = connection.execute("SELECT sum(total) FROM account").fetchall()
        self._next = last + 1
        self._indexed = self._next  # the words of those before it are in the index
        self._names = {
            kind: _Names(connection, self.account, kind)
            for kind in (schema.SUBSTATUS, schema.OWNER, schema.TAG)
        }
        self._many = many
        self._changed = self._spoken = 0  # rows that changed or are new, and those in their words
        self._is_indexed_anew = False

    def add(self, rows: Sequence[Told]) -> None:
        """Add some rows. Of several with the same id the last one counts."""
        by_id = {row.id: row for row in rows}
        self.updated += len(rows) - len(by_id)
        if self._are_new(by_id):
            self._insert([*by_id.values()])
            return
        stored = self._stored(by_id)
        self._insert([row for each, row in by_id.items() if each not in stored])
        self._update([(by_id[each], values) for each, values in stored.items()])

    def number(self, identity: Value) -> int:
        """The number of a conversation that was added."""
        [(number,)] = self.connection.execute(
            "SELECT n FROM conversation WHERE account = ? AND id = ?", (self.account, identity)
        ).fetchall()
        return int(number)

    def index(self, numbers: Sequence[int]) -> None:
        """Put the words of conversations into the index, which has none of them."""
        self.connection.execute(
            "INSERT INTO found(rowid, subject, contact, text) "
            "SELECT n, subject, contact, text FROM indexed "
            "WHERE n IN (SELECT value FROM json_each(?))",
            (str([*numbers]),),
        )

    def forget(self, numbers: Sequence[int]) -> None:
        """Take the words of conversations out of the index, before these change."""
        old = [each for each in numbers if each < self._indexed]  # newer ones are not in it yet
        self.connection.execute(
            "INSERT INTO found(found, rowid, subject, contact, text) "
            "SELECT 'delete', n, subject, contact, text FROM indexed "
            "WHERE n IN (SELECT value FROM json_each(?))",
            (str(old),),
        )

    def finish(self) -> Iterator[float]:
        """Make what was put off: indices and words. Yields how much of it is done, up to 1."""
        parts = len(schema.INDICES) + 1 + (self._next - self._indexed) // _WORDS_AT_ONCE
        for number, sql in enumerate(schema.INDICES.values()):
            self.connection.execute(sql.replace("INDEX", "INDEX IF NOT EXISTS", 1))
            yield (number + 1) / parts
        while self._indexed < self._next:
            end = min(self._indexed + _WORDS_AT_ONCE, self._next)
            self.connection.execute(
                "INSERT INTO found(rowid, subject, contact, text) "
                "SELECT n, subject, contact, text FROM indexed WHERE n >= ? AND n < ?",
                (self._indexed, end),
            )
            self._indexed = end
            yield 1 - (self._next - self._indexed) / _WORDS_AT_ONCE / parts
        self.connection.execute(
            "UPDATE account SET total = total + ? WHERE k = ?", (self.added, self.account)
        )
        yield 1.0

    def _are_new(self, ids: Collection[Value]) -> bool:
        """Whether that is plain without a look: exports are mostly in the order of their ids."""
        if self._seen is None or not ids:
            return False
        if not all(isinstance(each, int) for each in ids):
            self._seen = None
            return False
        numbers = cast(Collection[int], ids)
        least, most = self._seen
        first, last = min(numbers), max(numbers)
        self._seen = min(first, least), max(last, most)
        return last < least or first > most

    def _stored(self, ids: Collection[Value]) -> dict[Value, tuple[Value, ...]]:
        """Number and told fields of those that are there already, by their ids."""
        fields = "".join(f", c.{each}" for each in self._fields)
        # CROSS JOIN: the ids first. Else SQLite looks for each of the account's rows among them.
        found = self.connection.execute(
            f"SELECT c.id, c.n{fields} FROM json_each(?) AS j CROSS JOIN conversation AS c "  # noqa: S608  names are ours
            "ON c.account = ? AND c.id = j.value",
            (json.dumps([*ids]), self.account),
        )
        return {row[0]: row[1:] for row in found}

    def _note_change(self, rows: int) -> None:
        """Note that so many rows are to be written; drop the indices where they are a good part."""
        before, self._changed = self._changed, self._changed + rows
        limit = self._before // _ANEW_FROM
        if self._many and rows and before <= limit < self._changed:
            for name in schema.INDICES:
                self.connection.execute(f"DROP INDEX IF EXISTS {name}")

    def _insert(self, rows: Sequence[Told]) -> None:
        if not rows:
            return
        self._note_change(len(rows))
        first = self._next
        self._next += len(rows)
        self.added += len(rows)
        account, mailbox = self.account, self._mailbox
        substatuses, owners = self._names[schema.SUBSTATUS], self._names[schema.OWNER]
        self.connection.executemany(
            "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    n,
                    account,
                    status,
                    read,
                    substatuses[substatus],
                    owners[owner],
                    started,
                    last,
                    mailbox,
                    1 if text else 0,
                    identity,
                    contact,
                    sort_key(contact),
                    subject,
                    sort_key(subject),
                    _joined(tags),
                    watching,
                )
                for n, (
                    identity,
                    watching,
                    contact,
                    subject,
                    started,
                    last,
                    status,
                    substatus,
                    tags,
                    owner,
                    read,
                    text,
                ) in enumerate(rows, first)
            ],
        )
        self._tag(enumerate(rows, first))
        self._keep_texts(enumerate(rows, first))

    def _update(self, rows: Sequence[tuple[Told, tuple[Value, ...]]]) -> None:
        """Change what a source tells otherwise; most of a file that comes again is as it was."""
        self.updated += len(rows)
        changed = [
            _Change(cast(int, n), row, before, values)
            for row, (n, *before) in rows
            if (values := self._values(row)) != before or row.text
        ]
        self._note_change(len(changed))
        words = [place for place, name in enumerate(self._fields) if name in _WORDS]
        spoken = [
            n
            for n, row, before, values in changed
            if row.text or any(before[place] != values[place] for place in words)
        ]
        self._spoken += len(spoken)
        if self._many and self._spoken > (self._before + self.added) // _ANEW_FROM:
            self._index_anew()
        self.forget(spoken)
        self._set(changed)
        self._tag_anew(changed)
        texts = [(each.n, each.row) for each in changed if each.row.text]
        self.connection.executemany("DELETE FROM letter WHERE n = ?", [(n,) for n, _ in texts])
        self.connection.executemany(
            "UPDATE conversation SET letters = 1 WHERE n = ?", [(n,) for n, _ in texts]
        )
        self._keep_texts(iter(texts))
        self.index([n for n in spoken if n < self._indexed])

    def _index_anew(self) -> None:
        """Have all words put into the index at the end: a third of the time of changing each."""
        if not self._is_indexed_anew:
            self._is_indexed_anew = True
            self._indexed = 1
            self.connection.execute("INSERT INTO found(found) VALUES ('delete-all')")

    def _values(self, row: Told) -> list[Value]:
        """What a source tells of the fields, as it is stored."""
        _, watching, contact, subject, started, last, status, substatus, tags, owner, read, _ = row
        values: tuple[Value, ...] = (
            watching,
            contact,
            subject,
            started,
            last,
            status,
            read,
            self._names[schema.SUBSTATUS][substatus],
            self._names[schema.OWNER][owner],
            _joined(tags),
        )
        return [*compress(values, self._is_told)]

    def _set(self, changed: Sequence[_Change]) -> None:
        keys = [place for place, name in enumerate(self._fields) if name in _WORDS]
        columns = [*self._fields, *(f"{self._fields[place]}_key" for place in keys)]
        if columns:
            assigned = ", ".join(f"{name} = ?" for name in columns)
            self.connection.executemany(
                f"UPDATE conversation SET {assigned} WHERE n = ?",  # noqa: S608  names are ours
                [
                    (*values, *[sort_key(str(values[place])) for place in keys], n)
                    for n, _, _, values in changed
                ],
            )

    def _tag_anew(self, changed: Sequence[_Change]) -> None:
        if "tags" not in self._fields:
            return
        place = self._fields.index("tags")
        others = [each for each in changed if each.before[place] != each.values[place]]
        tags = self._names[schema.TAG]
        self.connection.executemany(
            "DELETE FROM tagged WHERE tag = ? AND n = ?",
            [
                (tags[tag], each.n)
                for each in others
                for tag in str(each.before[place]).split(schema.BETWEEN_TAGS)
                if tag
            ],
        )
        self._tag((each.n, each.row) for each in others)

    def _tag(self, rows: Iterable[tuple[int, Told]]) -> None:
        tagged: defaultdict[str, list[int]] = defaultdict(list)
        for n, row in rows:
            for tag in row.tags:
                tagged[tag].append(n)
        for tag, numbers in tagged.items():
            self.connection.execute(
                "INSERT OR IGNORE INTO tagged SELECT ?, value FROM json_each(?)",
                (self._names[schema.TAG][tag], str(numbers)),
            )

    def _keep_texts(self, rows: Iterator[tuple[int, Told]]) -> None:
        texts = [(n, row.last, row.subject, row.text) for n, row in rows if row.text]
        if texts:
            self.connection.executemany(
                "INSERT INTO letter(n, at, message_id, sender, receivers, copies, subject, text, "
                "html, header, earlier, validity, uid) "
                "VALUES (?, ?, '', '', '', '', ?, ?, '', '', '', 0, 0)",
                texts,
            )


class _Change(NamedTuple):
    """A conversation of which a source tells something else: as it was, and what it tells now."""

    n: int
    row: Told
    before: list[Value]
    values: list[Value]


class _Names(dict[str, int]):
    """The numbers of the shared texts of one kind; 0 for none. A new text gets one."""

    def __init__(self, connection: sqlite3.Connection, account: int, kind: int) -> None:
        super().__init__()
        self[""] = 0
        self.connection = connection
        self._kind = account, kind

    def __missing__(self, text: str) -> int:
        if len(self) >= _MOST_NAMES:
            self.clear()
            self[""] = 0
        row = (*self._kind, text)
        self.connection.execute(
            "INSERT OR IGNORE INTO name(account, kind, text) VALUES (?, ?, ?)", row
        )
        sql = "SELECT k FROM name WHERE account = ? AND kind = ? AND text = ?"
        [(known,)] = self.connection.execute(sql, row).fetchall()
        self[text] = int(known)
        return int(known)


def _joined(tags: Sequence[str]) -> str:
    return schema.BETWEEN_TAGS.join(tags)


_MOST_NAMES = 50_000
"""Shared texts that are remembered: a wrong column may have a different one in each row."""
