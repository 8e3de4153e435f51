"""Gathering: messages of a mailbox wait in a table of their own, then become conversations at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Self

from motion_desk.models.engines.threads import Mail, threads
from motion_desk.services.interactions.adding import Adding, Told
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.conditions import sort_key
from motion_desk.services.interactions.query import Column

_COLUMNS = (
    "at, message_id, sender, receivers, copies, subject, text, html, header, earlier, validity, "
    "uid, raw"
)
_TOLD = (Column.CONTACT, Column.SUBJECT, Column.STARTED, Column.LAST)
_OF_ACCOUNT = (
    "FROM letter JOIN conversation AS c ON c.n = letter.n JOIN account AS a ON a.k = c.account "
    "WHERE a.id = ? AND c.mailbox = 1"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as it is kept; ``earlier`` are the ids that it answers, with spaces between."""

    at: int
    message_id: str
    sender: str
    receivers: str
    copies: str
    subject: str
    text: str
    html: str
    header: str
    earlier: str
    validity: int
    uid: int
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What threading needs of a message in the archive; ``n`` is 0 for a new one."""

    k: int
    n: int
    mail: Mail
    sender: str


@dataclass(frozen=True, slots=True)
class _Thread:
    """A conversation as it is to be, and the numbers of those that it takes the place of."""

    mails: tuple[Mail, ...]
    owned: list[int]


class Gathering:
    """The new messages of one account. For one thread, inside ``with``.

    They wait in a temporary table, of which SQLite keeps little in memory, and which goes with the
    connection. ``own`` is the account's address: who writes from it is no contact.
    """

    def __init__(self, archive: Archive, account: str, own: str) -> None:
        self.messages = 0
        self._archive, self._account, self._own = archive, account, own
        self._ids: set[str] = set()

    def __enter__(self) -> Self:
        with self._archive.reading() as connection:
            connection.execute("DROP TABLE IF EXISTS temp.waiting")
            connection.execute(f"CREATE TEMP TABLE waiting({_COLUMNS})")
            sql = f"SELECT message_id {_OF_ACCOUNT}"
            self._ids = {found for (found,) in connection.execute(sql, (self._account,))}
        return self

    def __exit__(self, *_: object) -> None:
        with self._archive.reading() as connection:
            connection.execute("DROP TABLE IF EXISTS temp.waiting")

    def known(self) -> frozenset[tuple[int | None, int]]:
        """UIDVALIDITY and UID of the messages that are kept already."""
        with self._archive.reading() as connection:
            sql = f"SELECT DISTINCT validity, uid {_OF_ACCOUNT}"
            rows = connection.execute(sql, (self._account,)).fetchall()
        return frozenset((validity or None, uid) for validity, uid in rows)

    def add(self, row: Row) -> None:
        """Take a message; one that is there already by its id is passed over."""
        if row.message_id in self._ids:
            return
        self._ids.add(row.message_id)
        self.messages += 1
        values = astuple(row)
        with self._archive.reading() as connection:
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO waiting VALUES ({marks})", values)  # noqa: S608  marks only

    def keep(self) -> int:
        """Make conversations of all messages, old and new; returns how many changed."""
        if not self.messages:
            return 0
        with self._archive.writing() as connection:
            adding = Adding(connection, self._account, _TOLD, mailbox=True)
            connection.execute(
                f"INSERT INTO letter(n, {_COLUMNS}) SELECT 0, {_COLUMNS} FROM waiting"  # noqa: S608  names only
            )
            part = "letter.k, letter.n, message_id, earlier, letter.subject, at, sender"
            rows = connection.execute(
                f"SELECT {part} FROM letter WHERE n = 0 UNION ALL SELECT {part} {_OF_ACCOUNT}",  # noqa: S608  names only
                (self._account,),
            ).fetchall()
            kept = {
                row[2]: _Kept(row[0], row[1], Mail(row[2], (*row[3].split(),), *row[4:6]), row[6])
                for row in rows
            }
            numbers = dict(
                connection.execute(
                    "SELECT id, n FROM conversation WHERE account = ? AND mailbox = 1",
                    (adding.account,),
                ).fetchall()
            )
            changed = _changed(kept, numbers)
            touched = {kept[mail.id].n for each in changed for mail in each.mails} - {0}
            touched |= {n for each in changed for n in each.owned}
            merged = {n for each in changed for n in each.owned[1:]}
            # Once each, and before anything changes: the index must be told what it has.
            adding.forget(sorted(touched))
            connection.executemany("DELETE FROM conversation WHERE n = ?", [(n,) for n in merged])
            self._write(adding, changed, kept)
            adding.index(sorted(touched - merged))
            for _ in adding.finish():
                pass
            connection.execute(
                "UPDATE account SET total = total - ? WHERE k = ?", (len(merged), adding.account)
            )
        self._archive.empty_journal()
        return len(changed)

    def _write(self, adding: Adding, changed: Sequence[_Thread], kept: Mapping[str, _Kept]) -> None:
        connection = adding.connection
        for each in changed:
            first, last = each.mails[0], each.mails[-1]
            contact = self._contact([kept[mail.id].sender for mail in each.mails])
            started = next((mail.at for mail in each.mails if mail.at), 0)
            if not each.owned:
                adding.add([Told(first.id)])
            n = each.owned[0] if each.owned else adding.number(first.id)
            connection.execute(
                "UPDATE conversation SET id = ?, contact = ?, contact_key = ?, subject = ?, "
                "subject_key = ?, started = ?, last = ?, letters = ? WHERE n = ?",
                (
                    first.id,
                    contact,
                    sort_key(contact),
                    first.subject,
                    sort_key(first.subject),
                    started,
                    last.at,
                    len(each.mails),
                    n,
                ),
            )
            connection.executemany(
                "UPDATE letter SET n = ? WHERE k = ?", [(n, kept[mail.id].k) for mail in each.mails]
            )

    def _contact(self, senders: Sequence[str]) -> str:
        """Who wrote first, but for the account itself."""
        others = (each for each in senders if not self._own or self._own not in each.casefold())
        return next(others, senders[0])


def _changed(kept: Mapping[str, _Kept], numbers: Mapping[str, int]) -> list[_Thread]:
    """The threads that are not as they are kept, and those that lose a message to them.

    A conversation goes with the message whose id it has, and every message is in one thread.
    """
    found = [
        _Thread(mails, sorted(numbers[mail.id] for mail in mails if mail.id in numbers))
        for mails in threads(each.mail for each in kept.values())
    ]

    def letters(thread: _Thread) -> set[int]:
        return {kept[mail.id].n for mail in thread.mails}

    changed = [each for each in found if len(each.owned) != 1 or letters(each) != {*each.owned}]
    losing = {n for each in changed for n in letters(each)}
    there = {id(each) for each in changed}
    losers = [e for e in found if id(e) not in there and not losing.isdisjoint(e.owned)]
    return changed + losers
