"""Conversations to show: a handful with letters, and as many as a benchmark wants."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from motion_desk.services.interactions.adding import Adding, Told
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.query import Column

NEWEST = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
SUBJECTS = (
    "My lamp arrived broken",
    "Invoice 2026-118 is paid twice",
    "Where is my order?",
    "Rückgabe der Lampe",
    "Thank you for the quick help",
)
PEOPLE = (
    "Sofia Marchetti <sofia@example.com>",
    "Ada Lovelace <ada@example.org>",
    "Jürgen Weißenböck <j.weissenboeck@example.net>",
)
OWNERS = ("Anna Rossi", "Karim Benali", "")
SUBSTATUSES = ("", "Waiting for customer", "Waiting for parts")


def told(number: int) -> Told:
    """A made-up conversation; the highest number has the newest message."""
    last = NEWEST - timedelta(minutes=7 * (1_000_000 - number))
    subject = SUBJECTS[number % len(SUBJECTS)]
    return Told(
        id=number,
        watching="Anna Rossi" if number % 4 == 1 else "",
        contact=PEOPLE[number % len(PEOPLE)],
        subject=f"{subject} ({number})",
        started=int((last - timedelta(hours=number % 50)).timestamp()),
        last=int(last.timestamp()),
        status=1 if number % 3 else 2,
        substatus=SUBSTATUSES[number % 3] if number % 3 else "",
        tags=("invoice",) if number % 5 == 1 else ("urgent", "lamp") if number % 7 == 0 else (),
        owner=OWNERS[number % 3],
        read=2 if number % 4 == 0 else 1,
    )


def fill(path: Path, account: str, count: int) -> None:
    """Put so many made-up conversations of an account into the archive at a path."""
    with Archive(path) as archive, archive.writing() as connection:
        adding = Adding(connection, account, [*Column], many=True)
        for first in range(1, count + 1, 20_000):
            adding.add([told(n) for n in range(first, min(first + 20_000, count + 1))])
        for _ in adding.finish():
            pass


LETTER = (
    "INSERT INTO letter(n, at, message_id, sender, receivers, copies, subject, text, html, header,"
    " earlier, validity, uid, raw) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, '', 0, 0, ?)"
)


def write(
    path: Path, account: str, identity: int, *, text: str = "", html: str = "", minute: int = 0
) -> None:
    """Give a conversation a letter."""
    with Archive(path) as archive, archive.writing() as connection:
        number = Adding(connection, account, [*Column]).number(identity)
        sender, subject = PEOPLE[identity % len(PEOPLE)], told(identity).subject
        head = f"From: {sender}\r\nTo: care@meridia.example\r\nSubject: {subject}\r\n"
        head += f"Message-ID: <{identity}.{minute}@example.com>\r\n"
        at = int((NEWEST + timedelta(minutes=minute)).timestamp())
        raw = zlib.compress(f"{head}\r\n{text}".encode())
        row = (number, at, f"{identity}.{minute}", sender, "care@meridia.example", subject)
        connection.execute(LETTER, (*row, text, html, head, raw))
        connection.execute("UPDATE conversation SET letters = letters + 1 WHERE n = ?", (number,))
