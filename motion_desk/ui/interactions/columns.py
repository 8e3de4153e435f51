"""Columns: what the table shows of a conversation, as texts made ready away from the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motion_desk.services.interactions.query import Column, Conversation, Status
from motion_desk.ui.form.words import tr

COLUMNS: tuple[Column, ...] = tuple(column for column in Column if column is not Column.READ)
"""The columns from left to right; whether a conversation is read is shown by its letters."""
PLACE: dict[Column, int] = {column: place for place, column in enumerate(COLUMNS)}
SUBJECT = PLACE[Column.SUBJECT]
SAMPLES: dict[Column, str] = {
    Column.ID: "1000000",
    Column.WATCHING: "Anna M.",
    Column.CONTACT: "elodie.marchand@meridia",
    Column.STARTED: "2026-12-30 22:58",
    Column.LAST: "2026-12-30 22:58",
    Column.STATUS: "Closed",
    Column.SUBSTATUS: "Waiting on us",
    Column.TAGS: "invoice, urgent",
    Column.OWNER: "Anna Marchetti",
}
"""What must fit into each column; the subject takes what the others leave."""
HIDDEN_FIRST: tuple[Column, ...] = (
    Column.WATCHING,
    Column.SUBSTATUS,
    Column.ID,
    Column.TAGS,
    Column.STARTED,
    Column.OWNER,
    Column.STATUS,
)
"""The columns that go in a window with less room, in this order."""
HINTS: dict[Column, str] = {
    Column.WATCHING: "Agents who have the conversation open, where the export names them.",
    Column.STARTED: "When the conversation began, in this workstation's time.",
    Column.LAST: "When its newest message came or went, in this workstation's time.",
    Column.OWNER: "The user who manages the conversation, where the export names one.",
}
STATUSES = {Status.OPEN: "Open", Status.CLOSED: "Closed"}
LONGEST = 300
"""Characters of a cell that are kept ready; a subject may have thousands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation as the table draws it: a text for each of ``COLUMNS``."""

    conversation: Conversation
    texts: tuple[str, ...]
    unread: bool

    def spoken(self, column: int) -> str:
        """A cell as a screen reader says it."""
        text = self.texts[column]
        if column == SUBJECT and self.unread:
            return tr("{}, unread").format(text)
        return text


def lines_of(conversations: Iterable[Conversation]) -> tuple[Line, ...]:
    """The lines of conversations; on any thread."""
    return tuple(_line(each) for each in conversations)


def _line(of: Conversation) -> Line:
    texts = (
        of.id,
        of.watching,
        of.contact,
        of.subject,
        minute(of.started),
        minute(of.last),
        tr(STATUSES[of.status]) if of.status else "",
        of.substatus,
        ", ".join(of.tags),
        of.owner,
    )
    return Line(of, tuple(_short(each) for each in texts), of.read is False)


def _short(text: str) -> str:
    """A text on one line, and no longer than a cell can show."""
    text = text[:LONGEST]
    return text if text.isprintable() else " ".join(text.split())


def minute(at: datetime | None) -> str:
    """An instant to the minute, in the time of this workstation; empty where it is not known."""
    try:
        return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else ""
    except (OverflowError, ValueError, OSError):  # a year that no clock of the system has
        return str(at)[:16]
