"""Sending: one order of letters, as a course of events; for real only where it was confirmed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sent import Outcome, Purpose
from motion_desk.models.variables import Known
from motion_desk.services.invitations.delivered import (
    AGAIN_AFTER,
    Delivered,
    GivenUpError,
    Happened,
    Waiting,
)
from motion_desk.services.invitations.merging import MergeError, Recipient, Template, merged
from motion_desk.services.invitations.staff import is_address
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.transcript import HIDDEN
from motion_desk.services.templates.rendering import Renderer, RenderError
from motion_desk.services.tester.run import Order as Login
from motion_desk.services.tester.steps import Step

if TYPE_CHECKING:
    from motion_desk.services.invitations.delivery import Delivery

MOST_OWN = 25
"""Samples that go to one's own address at once: the lab takes as many as there are."""

_STOPPED = "Stopped before its turn."
_OF_ONE = frozenset({"undefined", "failed", "output", "data"})
"""What can be wrong with a template for one recipient and right for the next."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to send, to whom: values only, so that it can go to another thread.

    ``login`` is how the account is reached, as for a test: account, workspace, password or token,
    and the way to the lab. ``recipients`` are those of ``merging.recipients`` for the same
    ``purpose``. ``confirmed`` is the number of recipients that a person has agreed to, for real
    ones only. ``a_minute``: at most so many messages a minute; 0 for no limit. ``again_after``:
    see ``delivery``.
    """

    purpose: Purpose
    template: Template
    recipients: tuple[Recipient, ...]
    login: Login
    known: Known = field(default_factory=dict)
    confirmed: int | None = None
    a_minute: int = 0
    again_after: Sequence[float] = AGAIN_AFTER


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one recipient's letter, and when.

    ``address`` is where it went or would have gone. ``words`` are the server's own, ``meaning``
    is a sentence on why it was not sent, refused, or why nobody knows.
    """

    who: str
    address: str
    outcome: Outcome
    at: datetime
    words: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Tells what became of a recipient: the ``number``-th of ``of``, in the order's order."""

    number: int
    of: int
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Over:
    """Tells that all is over, and how often each outcome came.

    ``reason`` says in a sentence why it ended early; ``failed`` is the step of the connection at
    which it did, with findings and remedies as in a test.
    """

    of: int
    counts: Mapping[Outcome, int]
    stopped: bool = False
    reason: str = ""
    failed: Step | None = None

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        sent = self.counts.get(Outcome.SENT, 0)
        parts = [f"{sent:,} of {self.of:,} sent"]
        words = {
            Outcome.REFUSED: "refused",
            Outcome.UNKNOWN: "unknown whether arrived",
            Outcome.NOT_SENT: "not sent",
        }
        parts += [f"{self.counts[o]:,} {word}" for o, word in words.items() if self.counts.get(o)]
        said = ", ".join(parts)
        return f"Stopped: {said}." if self.stopped else f"{said}."


Event = Happened | Progress | Over


def send(order: Order, stop: threading.Event) -> Iterator[Event]:
    """Send an order's letters one after the other; the last event is ``Over``.

    Each recipient gets one ``Progress``, in order, and nobody a second letter. ``stop`` ends it
    within 100 ms; the letter under way is then ``UNKNOWN`` where the server has it already. One
    letter is held at a time, however many there are.

    Raises ``ValueError`` at once, before anything is connected to: for a sample to the lab that
    would leave this computer, for samples to more than one address or too many of them, and for
    real ones unless every recipient can get theirs and ``confirmed`` is their number. Raises
    nothing later that a server or a template can cause.
    """
    _look_before(order)
    return _events(order, stop)


def _look_before(order: Order) -> None:
    sender = endpoint(order.login.account, Protocol.SMTP).address
    if not is_address(sender):
        raise ValueError(f"“{sender}” is no email address to send from.")
    if not order.recipients:
        raise ValueError("There is nobody to send to.")
    if order.a_minute < 0:
        raise ValueError("A limit cannot be below 0.")
    match order.purpose:
        case Purpose.LAB if order.login.route is None or not order.login.lab:
            raise ValueError("Samples for people go to the lab only: there is no way to it.")
        case Purpose.OWN:
            _look_at_own(order)
        case Purpose.REAL:
            _look_at_real(order)


def _look_at_own(order: Order) -> None:
    targets = {each.address for each in order.recipients}
    if len(targets) > 1:
        raise ValueError("Samples to oneself go to one address.")
    if not all(map(is_address, targets)):
        raise ValueError(f"“{targets.pop()}” is no email address.")
    if len(order.recipients) > MOST_OWN:
        raise ValueError(f"At most {MOST_OWN} samples go to one's own address at once.")


def _look_at_real(order: Order) -> None:
    if order.login.lab:
        raise ValueError("What goes to the lab is a sample, and not sent for real.")
    for each in order.recipients:
        if each.obstacle or not each.link:
            raise ValueError(f"{each.who}: {each.obstacle or 'There is no invitation link.'}")
    if len({each.address.casefold() for each in order.recipients}) < len(order.recipients):
        raise ValueError("An address comes more than once.")
    if order.confirmed != len(order.recipients):
        raise ValueError(f"{len(order.recipients)} recipients, confirmed were {order.confirmed}.")


def _events(order: Order, stop: threading.Event) -> Iterator[Event]:
    # With it come imapclient and OpenSSL, for which nobody should wait.
    from motion_desk.services.invitations.delivery import Delivery

    counts: Counter[Outcome] = Counter()
    over = ""
    failed: Step | None = None
    delivery = Delivery(order.login, stop, order.again_after)
    pace = _Pace(order.a_minute, stop)
    of = len(order.recipients)
    with Renderer() as renderer:
        try:
            for number, recipient in enumerate(order.recipients, 1):
                try:
                    done = _not_sent(over)
                    if not over:
                        done = yield from _sent(order, recipient, delivery, renderer, pace, stop)
                except Stopped:
                    over = _STOPPED
                    done = _not_sent(over)
                except GivenUpError as error:
                    over, failed = error.sentence, error.step
                    done = _not_sent(over)
                if stop.is_set():
                    over = _STOPPED
                counts[done.outcome] += 1
                yield Progress(number, of, _attempt(recipient, done))
        finally:
            delivery.close()
    stopped = over == _STOPPED
    yield Over(of, dict(counts), stopped, "" if stopped else over, failed)


def _sent(
    order: Order,
    recipient: Recipient,
    delivery: Delivery,
    renderer: Renderer,
    pace: _Pace,
    stop: threading.Event,
) -> Generator[Happened, None, Delivered]:
    """Send one letter. Raises ``GivenUpError`` and ``Stopped``."""
    if stop.is_set():
        raise Stopped
    if recipient.obstacle:
        return _not_sent(recipient.obstacle)
    try:
        letter = merged(order.template, recipient, delivery.sender, order.known, renderer, stop)
    except MergeError as error:
        return _not_sent(error.sentence)
    except RenderError as error:
        if error.code in _OF_ONE:
            return _not_sent(error.sentence)
        raise GivenUpError(error.sentence) from None
    if order.purpose is Purpose.REAL and letter.obstacle:
        return _not_sent(letter.obstacle)
    yield from pace.turn()
    return (yield from delivery.send(letter.to, letter.content))


def _not_sent(meaning: str) -> Delivered:
    return Delivered(Outcome.NOT_SENT, meaning=meaning)


def _attempt(recipient: Recipient, done: Delivered) -> Attempt:
    """The attempt as it is told and kept: without the link, which a server may have repeated."""
    words, meaning = done.words, done.meaning
    if link := recipient.link:
        words, meaning = (
            text.replace(link, HIDDEN).replace(escape(link), HIDDEN) for text in (words, meaning)
        )
    now = datetime.now(UTC)
    return Attempt(recipient.who, recipient.address, done.outcome, now, words, meaning)


class _Pace:
    """Keeps messages apart, so that at most so many begin in a minute."""

    def __init__(self, a_minute: int, stop: threading.Event) -> None:
        self._apart = 60 / a_minute if a_minute else 0.0
        self._stop = stop
        self._next = 0.0

    def turn(self) -> Generator[Waiting, None, None]:
        """Wait until the next message may begin. Raises ``Stopped`` as soon as ``stop`` is set."""
        left = self._next - monotonic()
        if left > 0:
            yield Waiting(left, "At most so many messages are sent in a minute.")
            if self._stop.wait(max(0.0, self._next - monotonic())):
                raise Stopped
        self._next = monotonic() + self._apart
