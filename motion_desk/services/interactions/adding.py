"""Adding: rows into an archive, new ones and others again, inside one transaction of who calls."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

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
    these are changed. ``many`` says that about as many rows come as there are, or more: then the
    indices are made anew at the end, from sorted rows, which costs a fifth.
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
        self._told = frozenset(told)
        self._mailbox = int(mailbox)
        connection.execute("INSERT OR IGNORE INTO account(id, total) VALUES (?, 0)", (account,))
        [(self.account, total)] = connection.execute(
            "SELECT k, total FROM account WHERE id = ?", (account,)
        ).fetchall()
        self._empty = not total
        self._highest = 0  # ids seen, as long as each was a number above the one before
        [(last,)] = connection.execute("SELECT ifnull(max(n), 0) FROM conversation").fetchall()
        self._first = self._next = last + 1
        self._names = {
            kind: _Names(connection, self.account, kind)
            for kind in (schema.SUBSTATUS, schema.OWNER, schema.TAG)
        }
        if many:
            for name in schema.INDICES:
                connection.execute(f"DROP INDEX IF EXISTS {name}")

    def add(self, rows: Sequence[Told]) -> None:
        """Add some rows. Of several with the same id the last one counts."""
        by_id = {row.id: row for row in rows}
        self.updated += len(rows) - len(by_id)
        known = self._known(by_id)
        if not known:
            self._insert([*by_id.values()])
            return
        self._insert([row for each, row in by_id.items() if each not in known])
        self._update([(known[each], row) for each, row in by_id.items() if each in known])

    def number(self, identity: Value) -> int:
        """The number of a conversation that was added."""
        return self._look_up([identity])[identity]

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
        old = [each for each in numbers if each < self._first]  # newer ones are not in it yet
        self.connection.execute(
            "INSERT INTO found(found, rowid, subject, contact, text) "
            "SELECT 'delete', n, subject, contact, text FROM indexed "
            "WHERE n IN (SELECT value FROM json_each(?))",
            (str(old),),
        )

    def finish(self) -> Iterator[float]:
        """Make what was put off: indices and words. Yields how much of it is done, up to 1."""
        connection = self.connection
        for sql in schema.INDICES.values():
            connection.execute(sql.replace("INDEX", "INDEX IF NOT EXISTS", 1))
        for start in range(self._first, self._next, _WORDS_AT_ONCE):
            yield (start - self._first) / (self._next - self._first)
            connection.execute(
                "INSERT INTO found(rowid, subject, contact, text) "
                "SELECT n, subject, contact, text FROM indexed WHERE n >= ? AND n < ?",
                (start, min(start + _WORDS_AT_ONCE, self._next)),
            )
        connection.execute(
            "UPDATE account SET total = total + ? WHERE k = ?", (self.added, self.account)
        )
        yield 1.0

    def _known(self, by_id: dict[Value, Told]) -> dict[Value, int]:
        """The numbers of those that are there already."""
        if self._empty:
            # Most exports are in the order of their ids: then nothing need be looked up.
            for each in by_id:
                if not isinstance(each, int) or each <= self._highest:
                    self._empty = False
                    return self._look_up(by_id)
                self._highest = each
            return {}
        return self._look_up(by_id)

    def _look_up(self, ids: Collection[Value]) -> dict[Value, int]:
        # CROSS JOIN: the ids first. Else SQLite looks for each of the account's rows among them.
        return dict(
            self.connection.execute(
                "SELECT c.id, c.n FROM json_each(?) AS j CROSS JOIN conversation AS c "
                "ON c.account = ? AND c.id = j.value",
                (json.dumps([*ids]), self.account),
            )
        )

    def _insert(self, rows: Sequence[Told]) -> None:
        if not rows:
            return
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
                    row.status,
                    row.read,
                    substatuses[row.substatus],
                    owners[row.owner],
                    row.started,
                    row.last,
                    mailbox,
                    1 if row.text else 0,
                    row.id,
                    row.contact,
                    sort_key(row.contact),
                    row.subject,
                    sort_key(row.subject),
                    _joined(row.tags),
                    row.watching,
                )
                for n, row in enumerate(rows, first)
            ],
        )
        self._tag(enumerate(rows, first))
        self._keep_texts(enumerate(rows, first))

    def _update(self, rows: Sequence[tuple[int, Told]]) -> None:
        """Change what a source tells otherwise; most of a file that comes again is as it was."""
        self.updated += len(rows)
        names = [name for name, column in _FIELDS.items() if column in self._told]
        stored = {
            n: values
            for n, *values in self.connection.execute(
                f"SELECT {', '.join(('n', *names))} FROM conversation "  # noqa: S608  names are ours
                "WHERE n IN (SELECT value FROM json_each(?))",
                (str([n for n, _ in rows]),),
            )
        }
        changed = [
            _Change(n, row, dict(zip(names, stored[n], strict=True)), values)
            for n, row in rows
            if (values := self._values(row, names)) != stored[n] or row.text
        ]
        spoken = [each.n for each in changed if each.row.text or each.of_words]
        self.forget(spoken)
        self._set(names, changed)
        if Column.TAGS in self._told:
            self._tag_anew(
                [each for each in changed if each.before["tags"] != _joined(each.row.tags)]
            )
        texts = [(each.n, each.row) for each in changed if each.row.text]
        self.connection.executemany("DELETE FROM letter WHERE n = ?", [(n,) for n, _ in texts])
        self.connection.executemany(
            "UPDATE conversation SET letters = 1 WHERE n = ?", [(n,) for n, _ in texts]
        )
        self._keep_texts(iter(texts))
        self.index([n for n in spoken if n < self._first])

    def _values(self, row: Told, names: Sequence[str]) -> list[Value]:
        """What a source tells, as it is stored."""
        values = {
            **row._asdict(),
            "substatus": self._names[schema.SUBSTATUS][row.substatus],
            "owner": self._names[schema.OWNER][row.owner],
            "tags": _joined(row.tags),
        }
        return [values[name] for name in names]

    def _set(self, names: Sequence[str], changed: Sequence[_Change]) -> None:
        keys = [name for name in ("contact", "subject") if name in names]
        columns = ", ".join([f"{name} = ?" for name in names] + [f"{key}_key = ?" for key in keys])
        if columns:
            self.connection.executemany(
                f"UPDATE conversation SET {columns} WHERE n = ?",  # noqa: S608  names are ours
                [
                    (*each.values, *(sort_key(getattr(each.row, key)) for key in keys), each.n)
                    for each in changed
                ],
            )

    def _tag_anew(self, changed: Sequence[_Change]) -> None:
        tags = self._names[schema.TAG]
        self.connection.executemany(
            "DELETE FROM tagged WHERE tag = ? AND n = ?",
            [
                (tags[tag], each.n)
                for each in changed
                for tag in str(each.before["tags"]).split(schema.BETWEEN_TAGS)
                if tag
            ],
        )
        self._tag((each.n, each.row) for each in changed)

    def _tag(self, rows: Iterator[tuple[int, Told]]) -> None:
        tags = self._names[schema.TAG]
        self.connection.executemany(
            "INSERT OR IGNORE INTO tagged VALUES (?, ?)",
            [(tags[tag], n) for n, row in rows for tag in row.tags],
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
    before: dict[str, Value]
    values: list[Value]

    @property
    def of_words(self) -> bool:
        """Whether other words are in it."""
        now = self.row._asdict()
        return any(self.before.get(name, now[name]) != now[name] for name in ("subject", "contact"))


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
