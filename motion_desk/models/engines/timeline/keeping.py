"""Keeping: what follows an acceptance: a transfer, the work itself, and the disposition."""

from __future__ import annotations

from collections.abc import Mapping

from motion_desk.models.choices import Ending, PassedOn
from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.course import OVER, Course, Phase, Place
from motion_desk.models.engines.timeline.events import Basis, EventKind
from motion_desk.models.engines.timeline.offering import Offer, Outcome, offered
from motion_desk.models.engines.timeline.scenario import Presence
from motion_desk.models.engines.timeline.seconds import counted

_SWITCHES: Mapping[PassedOn, tuple[str, str, str]] = {
    PassedOn.QUEUE: (
        "to_queue",
        "{keeper} cannot transfer it: the account allows no transfer to a queue.",
        "S6",
    ),
    PassedOn.AGENT: (
        "to_agent",
        "{keeper} cannot transfer it: the account allows no transfer to an agent.",
        "S6",
    ),
    PassedOn.ACCOUNT: (
        "to_account",
        "{keeper} cannot transfer it: this account allows no transfer to another.",
        "S5",
    ),
}
"""The switch that allows a transfer, what is said where it is off, and the page."""


def transferred(course: Course, _: int) -> Place:
    """The agent who accepted passes the conversation on, where the situation says so.

    Only open conversations can be, and only to agents who are on line (S6). What nobody accepts
    in time returns as unread (S1, S6); what moves to another account does not come back (S5).
    """
    way = course.situation.passed_on
    if way is PassedOn.NOT:
        return Place(Phase.HANDLING)
    if reason := _forbidden(course):
        text, key, source = reason
        course.tell_of_keeper(
            EventKind.NOT_TRANSFERRED,
            text,
            key=key,
            basis=Basis.DOCUMENTED if key else Basis.GIVEN,
            source=source,
            to=course.situation.passed_to,
            presence=course.situation.of(course.situation.passed_to).presence.label,
        )
        return Place(Phase.HANDLING)
    _works(
        course,
        course.situation.passed_after,
        "{keeper} works on it for {time}, until the transfer.",
    )
    if way is PassedOn.ACCOUNT:
        return _to_account(course)
    return _to_people(course, queue=way is PassedOn.QUEUE)


def _forbidden(course: Course) -> tuple[str, str, str] | None:
    """Why the agent cannot transfer: a sentence, the setting's key and the page; or nothing."""
    situation = course.situation
    name, text, source = _SWITCHES[situation.passed_on]
    if getattr(course.account.transfer, name) is not True:
        return text, f"transfer.{name}", source
    if situation.passed_on is PassedOn.ACCOUNT:
        return None
    if not situation.passed_to:
        return "{keeper} keeps it: nobody was chosen to transfer it to.", "", "S6"
    if situation.passed_on is PassedOn.AGENT:
        if situation.passed_to == course.keeper:
            return "{keeper} has the conversation already.", "", "S6"
        if course.situation.of(situation.passed_to).presence is not Presence.ON_LINE:
            text = "{keeper} cannot transfer it: {to} is {presence}, and only agents who are on line can be chosen."
            return text, "transfer.to_agent", "S6"
    return None


def _to_account(course: Course) -> Place:
    course.tell_of_keeper(
        EventKind.TRANSFERRED,
        "{keeper} moves it to another account. It stands there as unread, no queue is asked, and "
        "it does not come back.",
        key="transfer.to_account",
        basis=Basis.DOCUMENTED,
        source="S5",
    )
    if course.account.transfer.send_mail is True:
        course.tell(
            EventKind.REPLIED,
            "The customer is told by mail that it moved.",
            key="transfer.mail_template",
            basis=Basis.DOCUMENTED,
            source="S5",
        )
    course.tell(
        EventKind.UNREAD,
        "It waits as unread in the other account's list.",
        basis=Basis.DOCUMENTED,
        source="S5",
    )
    return course.end(Ending.UNREAD)


def _to_people(course: Course, *, queue: bool) -> Place:
    settings, to = course.account.transfer, course.situation.passed_to
    name = "queue_timeout" if queue else "agent_timeout"
    key = f"transfer.{name}"
    course.tell_of_keeper(
        EventKind.TRANSFERRED,
        "{keeper} transfers it to {to}.",
        key="transfer.to_queue" if queue else "transfer.to_agent",
        basis=Basis.GIVEN,
        source="S6",
        to=to,
    )
    offer = Offer(
        to, counted(getattr(settings, name)), key, queue, basis=Basis.DOCUMENTED, source="S6"
    )
    outcome = offered(course, offer)
    if outcome is Outcome.ACCEPTED:
        return Place(Phase.HANDLING)
    course.tell_of_keeper(
        EventKind.RETURNED,
        "It returns as unread to the list of the agent who transferred it.",
        key=key,
        basis=Basis.DOCUMENTED if outcome is Outcome.TIMED_OUT else Basis.INFERRED,
        source="S6",
    )
    return course.end(Ending.UNREAD)


def handled(course: Course, _: int) -> Place:
    """The agent who keeps the conversation works on it."""
    course.end(Ending.ANSWERED)
    _works(course, course.situation.handling, "{keeper} works on it for {time}.")
    return Place(Phase.DISPOSITION)


def disposed(course: Course, _: int) -> Place:
    """The agent chooses a disposition, on pause meanwhile, where the account demands one."""
    settings = course.account.disposition
    if settings.mandatory is not True:
        return OVER
    pauses = course.workspace.pauses.entries
    pause = next((row.name for row in pauses if row.id == settings.pause), "")
    lasts = course.situation.disposing
    course.tell_of_keeper(
        EventKind.DISPOSED,
        "{keeper} must choose a disposition and takes {time}.",
        lasts=lasts,
        key="disposition.mandatory",
        basis=Basis.DOCUMENTED,
        time=in_words(lasts),
    )
    if pause:
        course.tell_of_keeper(
            EventKind.PAUSED,
            "{keeper} is on pause meanwhile: {pause}.",
            lasts=lasts,
            key="disposition.pause",
            basis=Basis.DOCUMENTED,
            pause=pause,
        )
    course.now += lasts
    return OVER


def _works(course: Course, seconds: int, text: str) -> None:
    course.tell_of_keeper(
        EventKind.HANDLED, text, lasts=seconds, basis=Basis.GIVEN, time=in_words(seconds)
    )
    course.now += seconds
