"""Mailbox: conversations from the account's own mailbox, which is only read.

A mailbox tells who wrote what and when. Who owns a conversation, its status, its tags and whether
it was read in Motion stay unknown, and ``MailboxRead`` says so.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motion_desk.services.interactions import gathering
from motion_desk.services.interactions.adding import LONGEST_TEXT
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.gathering import Row
from motion_desk.services.jobs import Stopped
from motion_desk.services.messages.letter import Letter, Person, read_message
from motion_desk.services.messages.mailbox import Chosen, Whole, newest_whole
from motion_desk.services.messages.reading import Unreadable

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed

LARGEST_READ = 10 * 1024 * 1024
"""Bytes of a message; larger ones are passed over."""
LARGEST_KEPT = 1024 * 1024
"""Bytes of a message that are kept as they came; of larger ones the texts and the header are."""
_LONGEST_HEADER = 100_000
_MOST_PEOPLE = 50
UNKNOWN = "A mailbox tells nothing of owner, status, substatus and tags: these stay empty."


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far the reading is: new messages so far, and the part of those asked for, 0 to 1."""

    messages: int
    part: float


@dataclass(frozen=True, slots=True)
class MailboxRead:
    """How the reading ended: ``messages`` are new in the archive, ``passed`` could not be kept.

    ``conversations`` were added or got longer. ``beyond`` are older messages of the days asked for
    that were not looked at. ``sentence`` says all that, and what stays unknown.
    """

    messages: int
    conversations: int
    passed: int
    beyond: int = 0

    @property
    def sentence(self) -> str:
        """The result in words."""
        messages = "One new message" if self.messages == 1 else f"{self.messages:,} new messages"
        several = f"{self.conversations:,} conversations"
        conversations = "one conversation" if self.conversations == 1 else several
        if not self.messages:
            said = "The mailbox was read; there are no new messages."
        else:
            said = f"{messages} in {conversations}. {UNKNOWN}"
        if self.passed:
            size = LARGEST_READ // 1024 // 1024
            said += f" Passed over as larger than {size} MB or no message: {self.passed:,}."
        if self.beyond == 1:
            said += " One older message of these days was not read: they were too many at once."
        elif self.beyond:
            said += f" {self.beyond:,} older messages of these days were not read: "
            said += "they were too many at once."
        return said


def read(
    archive: Path,
    account: str,
    order: Order,
    count: int,
    stop: threading.Event,
    since: date | None = None,
) -> Iterator[Fetched | MailboxRead | Renewed]:
    """Bring the newest ``count`` messages of the account's mailbox into the archive: a job's course.

    With ``since`` only those that the server received on that day or later, and of them the newest
    ``count``. Connects as a test does, and only reads (EXAMINE, BODY.PEEK). All new messages are kept, or
    none where anything fails or ``stop`` is set. Those that are kept already are not fetched
    again. The last event is ``MailboxRead``. Raises ``ArchiveError``, ``NotRead`` and ``Stopped``.
    """
    own = order.account.settings.address.casefold()
    with Archive(archive) as opened, gathering.Gathering(opened, account, own) as gathered:
        passed = seen = beyond = 0
        known = gathered.known()
        for event in newest_whole(order, count, stop, most=LARGEST_READ, known=known, since=since):
            if isinstance(event, Chosen):
                count, beyond = event.read, event.since - event.read
                continue
            if not isinstance(event, Whole):
                yield event
                continue
            seen += 1
            row = _row(event)
            if row is None:
                passed += 1
            else:
                gathered.add(row)
            yield Fetched(gathered.messages, min(1.0, seen / max(count, 1)))
        if stop.is_set():
            raise Stopped
        conversations = gathered.keep()
        messages = gathered.messages
    yield MailboxRead(messages, conversations, passed, beyond)


def _row(whole: Whole) -> Row | None:
    """A message as it is kept; ``None`` where it is too large or no message."""
    content = whole.content
    if content is None:
        return None
    try:
        letter = read_message(content)
    except Unreadable:
        return None
    return Row(
        at=_seconds(letter.date or whole.received),
        message_id=letter.message_id or f"digest:{letter.incoming.digest}",
        sender=_person(letter.sender),
        receivers=_people(letter.to),
        copies=_people(letter.cc),
        subject=letter.subject[:2_000],
        text=_text(letter),
        html=letter.html,
        header=letter.incoming.text[:_LONGEST_HEADER],
        earlier=" ".join(letter.references),
        validity=whole.validity or 0,
        uid=whole.uid,
        raw=zlib.compress(content, 1) if len(content) <= LARGEST_KEPT else None,
    )


def _text(letter: Letter) -> str:
    """What is to be read and found by: the text, or that of the HTML."""
    if letter.text.strip() or not letter.html:
        return letter.text[:LONGEST_TEXT]
    from motion_desk.services.templates.finished.text import plain_text

    return plain_text(letter.html)[:LONGEST_TEXT]


def _seconds(instant: datetime | None) -> int:
    if instant is None:
        return 0
    try:
        return max(0, int(instant.timestamp()))
    except (OverflowError, ValueError, OSError):  # years that no calendar of the system has
        return 0


def _person(person: Person) -> str:
    if person.name and person.address:
        return f"{person.name} <{person.address}>"[:500]
    return (person.name or person.address)[:500]


def _people(people: tuple[Person, ...]) -> str:
    return ", ".join(_person(each) for each in people[:_MOST_PEOPLE])
