"""Events: what happens to a message, when, because of which setting, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Self

from motion_desk.models.choices import Ending


class Basis(Enum):
    """Where it is known from that Motion does so; ``mark`` is what screens show.

    What the situation itself says, such as when an agent answers, is ``GIVEN``.
    """

    GIVEN = "given", "as chosen"
    DOCUMENTED = "documented", "documented"
    INFERRED = "inferred", "model of the documentation"
    UNCONFIRMED = "unconfirmed", "model of the documentation"

    mark: str

    def __new__(cls, value: str, mark: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.mark = mark
        return member


class EventKind(Enum):
    """The kinds of events: a closed set. Those that last have ``until``."""

    ARRIVED = "arrived"
    PASSED = "passed"  # the header filters
    REJECTED = "rejected"  # by a header filter
    CONTACT = "contact"  # looked up in the list
    WAITING = "waiting"  # lasts: for an agent or a queue who is not there
    ASKED = "asked"  # lasts: an agent or a queue is asked
    NOTIFIED = "notified"  # an agent, or the agents of a queue, see the notification
    DECLINED = "declined"  # somebody who was asked rejects
    TIMED_OUT = "timed_out"  # nobody accepted in time
    ACCEPTED = "accepted"
    REPLIED = "replied"  # an automatic reply is sent
    NOT_REPLIED = "not_replied"  # an automatic reply is left out
    JUMPED = "jumped"
    TAGGED = "tagged"
    LOGGED = "logged"  # Noop
    COMMANDED = "commanded"  # System
    SKIPPED = "skipped"  # an action that names nobody, or something that cannot happen
    HANDLED = "handled"  # lasts: the agent works on it
    TRANSFERRED = "transferred"
    NOT_TRANSFERRED = "not_transferred"  # the account's settings or the other's absence forbid it
    RETURNED = "returned"  # as unread, to the sender's list
    DISPOSED = "disposed"  # lasts: the agent chooses a disposition
    PAUSED = "paused"  # lasts: the pause status that is applied meanwhile
    CLOSED = "closed"  # by the plan
    UNREAD = "unread"  # nothing more happens by itself
    ENDLESS = "endless"  # the plan goes round


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens. ``at`` and ``until`` are whole seconds from the message's arrival.

    ``until`` is ``None`` where nothing lasts. ``text`` is a template that ``values`` fill; a front
    end translates the template first. ``key`` is that of the setting which decides, such as
    ``settings.wait_agent`` or ``actions.plan/k3f9/timeout``; empty where none does. ``row`` is the
    id of the action that runs, ``number`` its position from 1 (empty and 0 outside the plan).
    ``person`` names the agent or queue concerned. ``source`` names a page of
    ``resources/pages.json``.
    """

    at: int
    kind: EventKind
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    until: int | None = None
    key: str = ""
    basis: Basis = Basis.INFERRED
    source: str = "S1"
    person: str = ""
    row: str = ""
    number: int = 0

    @property
    def sentence(self) -> str:
        """What happens, in a sentence or two."""
        return self.text.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happens to a message, in order: no event begins before the one in front of it.

    ``ended`` is when the ending was reached, in seconds from arrival: the last acceptance, the
    rejection, the closing, the return or the end of the plan as unread, or, where the plan is
    endless, its first return to where it was. What an agent does after accepting still follows.
    ``asked`` is when a person first saw a notification, or came back and accepted, ``accepted``
    when one first accepted; ``None`` means never.
    """

    events: tuple[Event, ...]
    ending: Ending
    ended: int
    asked: int | None = None
    accepted: int | None = None

    @property
    def first_asked(self) -> str:
        """The agent or queue that ``asked`` is about, by name; empty where nobody is asked."""
        told = (EventKind.NOTIFIED, EventKind.ACCEPTED)
        return next((each.person for each in self.events if each.kind in told), "")

    @property
    def lasts(self) -> int:
        """Seconds from arrival until the last event is over."""
        return max((each.until or each.at for each in self.events), default=0)
