"""Mailbox: the newest messages of an account's mailbox, read-only, over the tester's own steps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from motion_desk.models.endpoints import Protocol
from motion_desk.models.incoming import Incoming
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.wire import MOST_AT_ONCE
from motion_desk.services.messages.reading import Unreadable, read_headers
from motion_desk.services.tester.steps import Ended, Finding, Renewed, State, Step, StepName

if TYPE_CHECKING:
    from motion_desk.services.mail.imap import Header, Imap
    from motion_desk.services.tester.run import Order

T = TypeVar("T")

AT_ONCE = 20
"""Messages whose headers are asked for with one command: with the next line 5 MB at most."""
LEFT_OUT = "Only the first 256 kB of the header were fetched."
LARGEST = 25 * 1024 * 1024
"""Bytes of a whole message that are fetched unless less is asked for; Motion's own limit for
attachments is 25 MB (S12)."""
LARGEST_FETCHED = 256 * 1024
"""Bytes of a header that are fetched, as many as Exchange takes; Postfix takes 100 kB."""
_HEADER = f"BODY.PEEK[HEADER]<0.{LARGEST_FETCHED}>"
_MESSAGE_ID = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
_ROOM = 1024 * 1024
"""Bytes that a server may say beside a message."""


class NotRead(Exception):  # noqa: N818 - what a server did, not a fault of ours
    """The mailbox could not be read. ``sentence`` says at which step and why, in the tester's words.

    ``step`` is the one that failed, with its findings and remedies; ``None`` where it failed
    behind the login, with ``finding`` then.
    """

    def __init__(self, sentence: str, step: Step | None, finding: Finding | None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.step = step
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Whole:
    """A message of the mailbox. ``content`` is ``None`` where it is larger than was asked for.

    ``validity`` and ``uid`` together name it for good (RFC 9051 §2.3.1.1).
    """

    mailbox: str
    validity: int | None
    uid: int
    received: datetime | None
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many messages came since a day, and how many of them are read, the newest ones."""

    since: int
    read: int


def newest(order: Order, count: int, stop: threading.Event) -> Iterator[Incoming | Renewed]:
    """The newest ``count`` messages of the account's mailbox by their headers, newest first.

    Connects and logs in as a test does, by the account as in the order, in the lab where its route
    leads there. Only reads: EXAMINE, and BODY.PEEK, so that nothing is marked as seen. What has no
    header is passed over. A ``Renewed`` sign-in is to be kept by who asked. ``stop`` ends it within
    100 ms by ``Stopped``. Raises ``NotRead``, behind what could be read.
    """
    reading = _Reading(order, stop)
    try:
        yield from reading.opened()
        for header in reading.headers(reading.newest(count), _HEADER):
            try:
                incoming = read_headers(header.header, f"UID {header.uid}")
            except Unreadable:
                continue
            if len(header.header) == LARGEST_FETCHED:
                incoming = replace(incoming, left_out=LEFT_OUT)
            yield incoming
        reading.leave()
    finally:
        reading.close()


def newest_whole(
    order: Order,
    count: int,
    stop: threading.Event,
    *,
    most: int = LARGEST,
    known: Collection[tuple[int | None, int]] = (),
    since: date | None = None,
) -> Iterator[Whole | Chosen | Renewed]:
    """The newest ``count`` messages of the mailbox with all their content, newest first.

    With ``since`` only those that the server received on that day or later, and of them at most
    ``count``: ``Chosen`` comes first and says how many there are. Those whose UIDVALIDITY and UID are ``known`` are passed over, and none beyond ``most`` bytes is
    fetched. One message is in memory at a time. Otherwise as ``newest``.
    """
    reading = _Reading(order, stop)
    try:
        yield from reading.opened()
        numbers = reading.newest(count)
        if since is not None:
            found = reading.since(since)
            numbers = found[-count:]
            yield Chosen(len(found), len(numbers))
        for header in reading.headers(numbers, _MESSAGE_ID):
            if (reading.validity, header.uid) not in known:
                content = reading.whole(header.uid, most)
                yield Whole(reading.mailbox, reading.validity, header.uid, header.received, content)
        reading.leave()
    finally:
        reading.close()


class _Reading:
    """One connection to the account's mailbox; belongs to the job's thread."""

    def __init__(self, order: Order, stop: threading.Event) -> None:
        # With them come imapclient and OpenSSL, for which nobody should wait.
        from motion_desk.services.tester import round_trip_steps
        from motion_desk.services.tester.probing import session_of
        from motion_desk.services.tester.tokens import Tokens

        self._steps = round_trip_steps
        self._renewed: list[Renewed] = []
        self._source = order.tokens
        tokens = Tokens(order.tokens, self._note_renewed)
        self._session = session_of(order, Protocol.IMAP, stop, tokens)
        self._messages = 0
        self.validity: int | None = None
        self.mailbox = self._session.endpoint.mailbox

    def opened(self) -> Iterator[Renewed]:
        """Log in and open the mailbox read-only; tells of a sign-in that was renewed meanwhile."""
        failed: Step | None = None
        for event in self._steps.connected(self._session):
            while self._renewed:
                yield self._renewed.pop()
            if isinstance(event, Ended):
                failed = event.step
        if failed is not None and failed.state is State.STOPPED:
            raise Stopped
        if failed is not None and failed.state is State.FAILED and not failed.accepted:
            where = f"{failed.protocol.label}, {failed.name.title}"
            raise NotRead(f"{where}: {failed.summary}.", failed, None)
        found = self._asked(lambda imap: imap.examine(self.mailbox))
        self._messages, self.validity = found.messages, found.uid_validity

    def newest(self, count: int) -> Sequence[int]:
        """The numbers of the newest messages: they are the last."""
        return range(max(1, self._messages - count + 1), self._messages + 1)

    def since(self, day: date) -> Sequence[int]:
        """The numbers of the messages of a day and later, as many as there are in the mailbox."""
        found = self._asked(lambda imap: imap.since(day))
        return [number for number in found if 0 < number <= self._messages]

    def headers(self, numbers: Sequence[int], part: str) -> Iterator[Header]:
        """Those of some messages, the last first, some at a time."""
        for end in range(len(numbers), 0, -AT_ONCE):
            some = numbers[max(0, end - AT_ONCE) : end]
            yield from self._asked(partial(_numbered, numbers=some, part=part))

    def whole(self, uid: int, most: int) -> bytes | None:
        """All of one message, or ``None`` where it is larger."""
        return self._asked(lambda imap: imap.whole(uid, most), most + _ROOM)

    def leave(self) -> None:
        """Say goodbye; what the server makes of it matters no longer."""
        with suppress(NotRead):
            self._asked(lambda imap: imap.log_out())

    def close(self) -> None:
        """Close the connection."""
        if self._session.wire is not None:
            self._session.wire.close()

    def _asked(self, call: Callable[[Imap], T], size: int = MOST_AT_ONCE) -> T:
        """What the server answers. Raises ``NotRead`` for what a test would show, and ``Stopped``."""
        session = self._session
        if session.imap is None:
            raise RuntimeError("the steps before make the client")
        session.connected.allow(session.patience, size)
        try:
            return call(session.imap)
        except MailError as error:
            finding = self._steps.of_error(session, StepName.MAILBOX, error)
            where = f"{session.protocol.label}, {StepName.MAILBOX.title}"
            raise NotRead(f"{where}: {finding.title}.", None, finding) from None

    def _note_renewed(self, cache: str) -> None:
        if self._source is not None:
            self._renewed.append(Renewed(self._source.provider.id, cache))


def _numbered(imap: Imap, *, numbers: Sequence[int], part: str) -> tuple[Header, ...]:
    return imap.numbered(numbers, part)
