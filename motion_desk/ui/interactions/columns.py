"""Columns: what the table shows of a conversation, as texts made ready away from the window."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from motion_desk.services.interactions.query import Column, Conversation, Status
from motion_desk.ui.form.words import tr

COLUMNS: tuple[Column, ...] = tuple(column for column in Column if column is not Column.READ)
"""The columns from left to right; whether a conversation is read is shown by its letters."""
PLACE: dict[Column, int] = {column: place for place, column in enumerate(COLUMNS)}
SUBJECT = PLACE[Column.SUBJECT]
SAMPLES: dict[Column, tuple[str, str]] = {
    Column.ID: ("100000", "10000000"),
    Column.WATCHING: ("", "Anna M. "),
    Column.CONTACT: ("Ada Lovelace i", "Jürgen Weißenböck-Lang"),
    Column.SUBJECT: ("Where is my ord", "Where is my order of this Monday?"),
    Column.STARTED: ("28 Nov 22:58", "28 Nov 22:58"),
    Column.LAST: ("Last message ▲", "Last message ▲"),
    Column.STATUS: ("Closed", "Closed"),
    Column.SUBSTATUS: ("Substatus", "Waiting for customer"),
    Column.TAGS: ("urgent,", "invoice, urgent"),
    Column.OWNER: ("Anna Marc", "Anna Marchetti"),
}
"""What must fit into each column where there is little room, and where there is plenty of it."""
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
HINTS: dict[Column, str] = {
    Column.WATCHING: "Agents who have the conversation open, where the export names them.",
    Column.STARTED: "When the conversation began, in this workstation's time.",
    Column.LAST: "When its newest message came or went, in this workstation's time.",
    Column.OWNER: "The user who manages the conversation, where the export names one.",
}
_CONTACT, _STARTED, _LAST = PLACE[Column.CONTACT], PLACE[Column.STARTED], PLACE[Column.LAST]
_NAMED = re.compile(r"([^<>]*[^<>\s])\s*<[^<>\s]*>")
STATUSES = {Status.OPEN: "Open", Status.CLOSED: "Closed"}
LONGEST = 300
"""Characters of a cell that are kept ready; a subject may have thousands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation as the table has it: for each of ``COLUMNS`` all of its text, and what is drawn.

    Drawn are names without their addresses and instants without what goes without saying.
    """

    conversation: Conversation
    texts: tuple[str, ...]
    drawn: tuple[str, ...]
    unread: bool

    def spoken(self, column: int) -> str:
        """A cell as a screen reader says it."""
        text = self.texts[column]
        if column == SUBJECT and self.unread:
            return tr("{}, unread").format(text)
        return text


def lines_of(conversations: Iterable[Conversation]) -> tuple[Line, ...]:
    """The lines of conversations; on any thread."""
    year = datetime.now(UTC).astimezone().year
    return tuple(_line(each, year) for each in conversations)


def _line(of: Conversation, year: int) -> Line:
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
    told = [_short(each) for each in texts]
    drawn = [*told]
    drawn[_CONTACT] = name(told[_CONTACT])
    drawn[_STARTED], drawn[_LAST] = moment(of.started, year), moment(of.last, year)
    return Line(of, tuple(told), tuple(drawn), of.read is False)


def name(contact: str) -> str:
    """A contact's name without the address behind it; what has no name stays as it is."""
    found = _NAMED.fullmatch(contact)
    return found[1].strip("\"' ") or contact if found else contact


def moment(at: datetime | None, year: int) -> str:
    """An instant as short as it is clear: its time in this ``year``, in others only its day."""
    if at is None:
        return ""
    try:
        here = at.astimezone()
    except (OverflowError, ValueError, OSError):  # a year that no clock of the system has
        return str(at)[:10]
    day = f"{here.day} {tr(MONTHS[here.month - 1])}"
    return f"{day} {here:%H:%M}" if here.year == year else f"{day} {here.year:04}"


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
