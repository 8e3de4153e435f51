"""Offering: an agent or a queue is asked, accepts, rejects, or lets the time go by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.course import Course
from motion_desk.models.engines.timeline.events import Basis, EventKind
from motion_desk.models.engines.timeline.scenario import Availability, Presence


class Outcome(Enum):
    """How being asked ends."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Offer:
    """Who is asked, for how many seconds at most, and which setting says so.

    ``basis`` is that of asking somebody who is there, ``away`` that of waiting for somebody who is
    not. ``at`` is the position of the action.
    """

    name: str
    seconds: int
    key: str
    queue: bool = False
    basis: Basis = Basis.INFERRED
    away: Basis = Basis.INFERRED
    source: str = "S7"
    at: int = -1

    @property
    def limit(self) -> str:
        """The longest time in words."""
        return in_words(self.seconds)


def offered(course: Course, offer: Offer) -> Outcome:
    """Ask somebody; afterwards the clock stands where that has ended.

    Who accepts in the very second in which the time is over still accepts. An agent's rejection
    ends the asking; of a queue, the others are still asked.
    """
    person = course.situation.of(offer.name)
    here = person.presence is Presence.ON_LINE
    rejects = _rejects(person, offer)
    answers = person.answers is not None and person.answers <= offer.seconds
    if rejects is not None and not offer.queue:
        lasts, outcome = rejects, Outcome.DECLINED
    elif answers and person.answers is not None:
        lasts, outcome = person.answers, Outcome.ACCEPTED
    else:
        lasts, outcome = offer.seconds, Outcome.TIMED_OUT
    _tell_asked(course, offer, person, lasts)
    if here:
        # Of asking in the plan, Motion's page says that it goes on so until the time is over (S7).
        again = offer.at >= 0 and lasts > 0 and outcome is Outcome.TIMED_OUT
        _tell_notified(course, offer, again=again)
    if rejects is not None:
        _tell_declined(course, offer, rejects)
        lasts -= rejects
    course.now += lasts
    if outcome is Outcome.TIMED_OUT:
        _tell_timed_out(course, offer, offer.basis if here else offer.away)
    elif outcome is Outcome.ACCEPTED:
        _tell_accepted(course, offer, here=here)
    return outcome


def _rejects(person: Availability, offer: Offer) -> int | None:
    """When somebody rejects, where that comes before the acceptance and in time."""
    rejects = person.rejects
    if rejects is None or person.presence is not Presence.ON_LINE or rejects > offer.seconds:
        return None
    if person.answers is not None and person.answers <= rejects:
        return None
    return rejects


def _tell_asked(course: Course, offer: Offer, person: Availability, lasts: int) -> None:
    values = {"name": offer.name, "limit": offer.limit, "presence": person.presence.label}
    if person.presence is Presence.ON_LINE:
        kind = EventKind.ASKED
        text = "{name} is asked, for {limit} at most."
        basis = offer.basis
        if offer.queue:
            text = "The agents of {name} are asked, for {limit} at most."
    else:
        kind = EventKind.WAITING
        basis = offer.away
        text = "{name} is {presence}. The message waits for {limit} at most."
        if offer.queue:
            text = "Nobody of {name} is there ({presence}). The message waits for {limit} at most."
    if not offer.seconds:
        text += " No time is filled in, so none is counted."
    course.tell(
        kind,
        text,
        lasts=lasts,
        key=offer.key,
        basis=basis,
        source=offer.source,
        person=offer.name,
        at=offer.at,
        **values,
    )


def _tell_notified(course: Course, offer: Offer, *, again: bool) -> None:
    if course.asked is None:
        course.asked = course.now
    look = course.account.notification
    with_what = [
        word for word, on in (("a sound", look.sound), ("shaking", look.shake)) if on is True
    ]
    text = "{name} sees the notification{manner}."
    if offer.queue:
        text = "The agents of {name} see the notification{manner}."
    manner = f", with {' and '.join(with_what)}" if with_what else ""
    if again:
        text = text.removesuffix(".") + ", and again at intervals that are not documented."
    course.tell(
        EventKind.NOTIFIED,
        text,
        key="notification.template",
        basis=Basis.DOCUMENTED,
        person=offer.name,
        at=offer.at,
        name=offer.name,
        manner=manner,
    )


def _tell_declined(course: Course, offer: Offer, after: int) -> None:
    course.now += after
    text, basis = "{name} rejects.", Basis.GIVEN
    if offer.queue:
        text, basis = "An agent of {name} rejects. The others are still asked.", Basis.DOCUMENTED
    course.tell(
        EventKind.DECLINED,
        text,
        basis=basis,
        source="S11",
        person=offer.name,
        at=offer.at,
        name=offer.name,
    )


def _tell_timed_out(course: Course, offer: Offer, basis: Basis) -> None:
    text = "{name} did not accept within {limit}."
    if offer.queue:
        text = "Nobody of {name} accepted within {limit}."
    course.tell(
        EventKind.TIMED_OUT,
        text,
        key=offer.key,
        basis=basis,
        source=offer.source,
        person=offer.name,
        at=offer.at,
        name=offer.name,
        limit=offer.limit,
    )


def _tell_accepted(course: Course, offer: Offer, *, here: bool) -> None:
    text = "{name} accepts." if here else "{name} comes back and accepts."
    if offer.queue:
        text = "An agent of {name} accepts; the others are told so."
        if not here:
            text = "An agent of {name} comes back and accepts."
    if course.accepted is None:
        course.accepted = course.now
    if course.asked is None:
        course.asked = course.now
    course.keeper, course.of_queue = offer.name, offer.queue
    course.tell(
        EventKind.ACCEPTED,
        text,
        basis=Basis.GIVEN,
        source="S11",
        person=offer.name,
        at=offer.at,
        name=offer.name,
    )
