"""Round trip: a message that an account sends to itself, waited for until it has arrived."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.endpoints import Protocol
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError, Refused
from motion_desk.services.mail.imap import Found
from motion_desk.services.mail.transcript import Line
from motion_desk.services.tester import round_trip_steps as shared
from motion_desk.services.tester import smtp_steps
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.letter import HEADER, letter
from motion_desk.services.tester.probing import session_of
from motion_desk.services.tester.session import Session
from motion_desk.services.tester.session import seconds as took
from motion_desk.services.tester.signature import signature
from motion_desk.services.tester.steps import Began, Ended, Finding, State, Step, StepName
from motion_desk.services.tester.trace import Trace, traced

if TYPE_CHECKING:
    from motion_desk.services.domain.results import Check
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.tokens import Tokens

LIMIT = 120.0
"""Seconds that a message is waited for."""
EVERY = 2.0
"""Seconds between two looks into the mailboxes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Tells that the server took the message, for whom, and into which mailboxes will be looked."""

    to: str
    message_id: str
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tells that the message was not there at a look, and how many seconds are left."""

    left: float


@dataclass(frozen=True, slots=True)
class Arrived:
    """Tells where the message was found, after how many seconds; its signature is judged next."""

    mailbox: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What came of it. ``arrived`` is where the message was found, after ``seconds`` from sending.

    ``finding`` is what stands in the way, or is to be seen to; ``trace`` is what the header says,
    ``dkim`` what the signatures of the message are worth, judged here by the keys in DNS.
    ``failed`` is the step of the connection at which it ended, and has findings of its own.
    """

    account: str
    to: str
    at: datetime
    message_id: str
    token: str
    sent: bool = False
    folders: tuple[str, ...] = ()
    arrived: Found | None = None
    seconds: float = 0.0
    trace: Trace | None = None
    dkim: Check | None = None
    finding: Finding | None = None
    failed: Step | None = None
    stopped: bool = False
    lab: bool = False
    transcripts: Mapping[Protocol, tuple[Line, ...]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        if self.failed and self.failed.state is State.FAILED:
            where = f"{self.failed.protocol.label}, {self.failed.name.title}"
            return f"No message was sent: {where}: {self.failed.summary}."
        if self.arrived:
            said = f"The message arrived in “{self.arrived.mailbox}” after {took(self.seconds)}"
            return f"{said}{self._but}."
        if self.finding and self.sent:
            return f"{self.finding.title}."
        if self.finding:
            return f"The message was not sent: {self.finding.title}."
        return "Stopped: the message may still arrive." if self.sent else "Stopped before sending."

    @property
    def _but(self) -> str:
        """What is to be added of where, and how often, the message arrived."""
        if self.finding is None or self.arrived is None:
            return ""
        if self.finding.failure is Failure.ROUND_TRIP_TWICE:
            return f", {1 + len(self.arrived.others)} times"
        return f", but Motion fetches from “{self.folders[0]}”"


@dataclass(frozen=True, slots=True)
class Over:
    """Tells that the round trip is over."""

    result: RoundTrip


Event = Began | Ended | Sent | Waiting | Arrived | Over


def round_trip(
    order: Order,
    stop: threading.Event,
    tokens: Tokens,
    *,
    to: str = "",
    seconds: float = LIMIT,
    every: float = EVERY,
) -> Iterator[Event]:
    """Send a message from the account to itself and wait for it; the last event is ``Over``.

    ``to``, another address, must be one that a person typed for this. The mailbox is logged into
    before anything is sent. It is only read: deleting is ``clearing``'s. ``stop`` ends it within
    100 ms. Raises ``ValueError`` at once where an address is none, and nothing that a server can
    cause.
    """
    sessions = {each: session_of(order, each, stop, tokens) for each in Protocol}
    own = sessions[Protocol.SMTP].endpoint.address
    recipient = to or own
    for address in (own, recipient):
        if not address or any(ACCOUNT.fields["settings.address"].kind.check(address)):
            raise ValueError(f"“{address}” is no email address.")
    at = datetime.now(UTC)
    token, message = letter(own, recipient, at)
    result = RoundTrip(
        order.account.id, recipient, at, str(message["Message-ID"]), token, lab=order.lab
    )
    return _events(sessions, message, result, seconds, every)


def _events(
    sessions: Mapping[Protocol, Session],
    message: EmailMessage,
    result: RoundTrip,
    seconds: float,
    every: float,
) -> Iterator[Event]:
    imap, smtp = sessions[Protocol.IMAP], sessions[Protocol.SMTP]
    session = imap
    try:
        failed = yield from shared.connected(imap)
        failed = failed or (yield from shared.connected(smtp))
        if failed:
            stopped = failed.state is State.STOPPED
            result = replace(result, failed=failed, stopped=stopped)
        else:
            folders = shared.folders(imap)
            session = smtp
            begun = _send(smtp, message, result.to)
            session = imap
            result = replace(result, sent=True, folders=folders)
            yield Sent(result.to, result.message_id, folders)
            smtp_steps.take_back(smtp)
            result = yield from _awaited(imap, message, result, begun, seconds, every)
            if result.arrived:
                yield Arrived(result.arrived.mailbox, result.seconds)
                result = replace(result, dkim=signature(imap, result.arrived))
    except Stopped:
        result = replace(result, stopped=True)
    except MailError as error:
        step = StepName.MAILBOX if session is imap else StepName.RECIPIENT
        result = replace(result, finding=shared.of_error(session, step, error))
    finally:
        for each in sessions.values():
            if each.wire is not None:
                each.wire.close()
    transcripts = {each: sessions[each].transcript.lines for each in Protocol}
    yield Over(replace(result, transcripts=transcripts))


def _send(session: Session, message: EmailMessage, to: str) -> float:
    """Send the message; returns when the server began to be told."""
    if session.smtp is None:
        raise RuntimeError("the steps before make the client")
    session.answering()
    session.smtp.sender(session.endpoint.address)
    session.smtp.recipient(to)
    begun = monotonic()
    session.smtp.message(message.as_bytes())
    return begun


def _awaited(
    session: Session,
    message: EmailMessage,
    result: RoundTrip,
    begun: float,
    seconds: float,
    every: float,
) -> Generator[Waiting, None, RoundTrip]:
    """Look for the message until it is there or the time is up; returns what came of it."""
    until = begun + seconds
    while True:
        arrived = _looked(session, result)
        now = monotonic()
        if arrived:
            trace = traced(arrived.header.header, message)
            finding = _of_arrival(session, result.folders, arrived)
            return replace(
                result, arrived=arrived, seconds=now - begun, trace=trace, finding=finding
            )
        if now >= until:
            values = {"seconds": f"{seconds:g}", "folders": _listed(result.folders)}
            return replace(
                result, finding=shared.remedied(session, Failure.ROUND_TRIP_LOST, values)
            )
        yield Waiting(until - now)
        if session.stop.wait(min(every, until - now)):
            raise Stopped


def _looked(session: Session, result: RoundTrip) -> Found | None:
    """Look once into each mailbox; one that is not there is passed over."""
    if session.imap is None:
        raise RuntimeError("the steps before make the client")
    # By both, for some servers give a message another Message-ID.
    sought = {HEADER: result.token, "Message-ID": result.message_id}
    for folder in result.folders:
        session.answering()
        try:
            if found := session.imap.found(folder, sought):
                return found
        except Refused as refused:
            if folder == result.folders[-1] and len(result.folders) == 1:
                raise
            session.transcript.remark(f"not opened: {folder} ({refused.words})")
    return None


def _of_arrival(session: Session, folders: Sequence[str], arrived: Found) -> Finding | None:
    """What is to be said of where the message arrived, and how often."""
    values = {"found": arrived.mailbox, "mailbox": session.endpoint.mailbox}
    if arrived.mailbox == folders[0]:
        if not arrived.others:
            return None
        copies = {"mailbox": arrived.mailbox, "count": 1 + len(arrived.others)}
        return shared.remedied(session, Failure.ROUND_TRIP_TWICE, copies)
    elsewhere = arrived.mailbox == "INBOX"
    failure = Failure.ROUND_TRIP_ELSEWHERE if elsewhere else Failure.ROUND_TRIP_JUNK
    return shared.remedied(session, failure, values)


def _listed(folders: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in folders)
