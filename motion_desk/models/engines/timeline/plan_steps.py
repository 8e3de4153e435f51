"""Plan steps: what each action of a plan does to a message that nobody has accepted yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from motion_desk.models.choices import Conversation, Ending, Times
from motion_desk.models.durations import in_words
from motion_desk.models.engines.timeline.course import Course, Phase, Place
from motion_desk.models.engines.timeline.events import Basis, EventKind
from motion_desk.models.engines.timeline.offering import Offer, Outcome, offered
from motion_desk.models.engines.timeline.seconds import counted
from motion_desk.models.kinds import Row
from motion_desk.models.sections import actions
from motion_desk.models.sections.actions import PLAN

S7 = "S7"


def acted(course: Course, position: int) -> Place:
    """Run the action at a position, from 0; behind the last one the message waits as unread."""
    if position >= len(course.plan):
        text = "The plan is at its end: the message waits as unread."
        if not course.plan:
            text = "There are no actions: the message waits as unread."
        course.tell(EventKind.UNREAD, text, key=PLAN, source=S7)
        return course.end(Ending.UNREAD)
    row = course.plan[position]
    return _ACTS[type(row)](course, position, row)


def _next(position: int) -> Place:
    return Place(Phase.PLAN, position + 1)


def _asks_agent(course: Course, at: int, row: actions.ToAgent) -> Place:
    name = course.agents.get(row.agent, "")
    key = f"{PLAN}/{row.id}/timeout"
    offer = Offer(name, counted(row.timeout), key, basis=Basis.DOCUMENTED, at=at)
    return _asks(course, at, offer, f"{PLAN}/{row.id}/agent")


def _asks_queue(course: Course, at: int, row: actions.ToQueue) -> Place:
    name = course.queues.get(row.queue, "")
    key = f"{PLAN}/{row.id}/timeout"
    offer = Offer(name, counted(row.timeout), key, queue=True, at=at)
    return _asks(course, at, offer, f"{PLAN}/{row.id}/queue")


def _asks(course: Course, at: int, offer: Offer, key: str) -> Place:
    if not offer.name:
        text = "Action {number} names nobody, so the next one follows at once."
        course.tell(EventKind.SKIPPED, text, key=key, source=S7, at=at, number=at + 1)
        return _next(at)
    accepted = offered(course, offer) is Outcome.ACCEPTED
    return Place(Phase.TRANSFER) if accepted else _next(at)


def _replies(course: Course, at: int, row: actions.AutoReply) -> Place:
    begins = course.situation.conversation is Conversation.NEW
    key = f"{PLAN}/{row.id}/times"
    text, kind, basis = "An automatic reply is sent.", EventKind.REPLIED, Basis.DOCUMENTED
    if row.times is not Times.ALWAYS:
        kind = EventKind.NOT_REPLIED
        if row.id in course.sent:
            text = "No automatic reply: it was sent already."
        elif begins:
            text, kind = "An automatic reply is sent.", EventKind.REPLIED
        elif row.times is Times.FIRST:
            text = "No automatic reply: this is not the conversation's first message."
        else:
            # Whether an earlier message got as far as this action cannot be known.
            text = "No automatic reply: it is taken to have been sent to an earlier message."
            basis = Basis.INFERRED
    course.sent.add(row.id)
    course.tell(kind, text, key=key, basis=basis, source=S7, at=at)
    return _next(at)


def _closes(course: Course, at: int, row: actions.Close) -> Place:
    entries = course.account.dispositions.entries
    label = next((each.name for each in entries if each.id == row.disposition), "")
    text = "The plan closes the interaction."
    if label:
        text = "The plan closes the interaction as “{label}”."
    key = f"{PLAN}/{row.id}/disposition"
    course.tell(EventKind.CLOSED, text, key=key, source=S7, at=at, label=label)
    return course.end(Ending.CLOSED)


def _jumps_if(course: Course, at: int, row: actions.GotoIf) -> Place:
    holds = row.id in course.situation.conditions
    name, target = ("when_true", row.when_true) if holds else ("when_false", row.when_false)
    said = "“{condition}” holds" if holds else "“{condition}” does not hold"
    return _jumps(course, at, target, f"{PLAN}/{row.id}/{name}", f"{said}: ", row.condition)


def _jumps_on(course: Course, at: int, row: actions.GotoP) -> Place:
    return _jumps(course, at, row.target, f"{PLAN}/{row.id}/target", "", "")


def _jumps(course: Course, at: int, target: str, key: str, because: str, condition: str) -> Place:
    to = course.positions.get(target, len(course.plan))
    text = because + ("on to action {to}." if because else "On to action {to}.")
    if target not in course.positions:
        text = because + ("the jump leads nowhere." if because else "The jump leads nowhere.")
    course.tell(EventKind.JUMPED, text, key=key, source=S7, at=at, to=to + 1, condition=condition)
    return Place(Phase.PLAN, to)


def _tags(course: Course, at: int, row: actions.TagIt) -> Place:
    tags = course.workspace.tags.entries
    name = next((each.name for each in tags if each.id == row.tag), "")
    text = "It is tagged “{tag}”." if name else "No tag is chosen, so none is added."
    kind = EventKind.TAGGED if name else EventKind.SKIPPED
    course.tell(kind, text, key=f"{PLAN}/{row.id}/tag", source=S7, at=at, tag=name)
    return _next(at)


def _logs(course: Course, at: int, row: actions.Noop) -> Place:
    text = "A line is written to Motion's log: “{value}”."
    key = f"{PLAN}/{row.id}/value"
    course.tell(EventKind.LOGGED, text, key=key, source=S7, at=at, value=row.value)
    return _next(at)


def _commands(course: Course, at: int, row: actions.System) -> Place:
    text = "The Motion server runs “{command}”; how long that takes is not counted."
    key = f"{PLAN}/{row.id}/command"
    course.tell(EventKind.COMMANDED, text, key=key, source=S7, at=at, command=row.command)
    return _next(at)


_ACTS: Mapping[type[Row], Callable[[Course, int, Any], Place]] = {
    actions.ToAgent: _asks_agent,
    actions.ToQueue: _asks_queue,
    actions.AutoReply: _replies,
    actions.Close: _closes,
    actions.GotoIf: _jumps_if,
    actions.GotoP: _jumps_on,
    actions.TagIt: _tags,
    actions.Noop: _logs,
    actions.System: _commands,
}


def goes_round(course: Course, positions: Collection[int], lasts: int) -> Place:
    """The plan is back where it was; ``positions`` are its circle's, ``lasts`` a round's seconds.

    Nothing can change then: whoever is asked again does the same again, and conditions hold or
    not for good.
    """
    text = "Back at action {to}: {actions}, every {time}, without end."
    if not lasts:
        text = "Back at action {to}: {actions} without end and without any wait."
    rows = [course.plan[position] for position in positions]
    if any(isinstance(row, actions.AutoReply) and row.times is Times.ALWAYS for row in rows):
        text += " Each time an automatic reply is sent."
    numbers = sorted(position + 1 for position in positions)
    verb = "goes round" if len(numbers) == 1 else "go round"
    course.tell(
        EventKind.ENDLESS,
        text,
        key=PLAN,
        source=S7,
        to=min(positions) + 1,
        actions=f"{numbered(numbers)} {verb}",
        time=in_words(lasts),
    )
    return course.end(Ending.ENDLESS)


def numbered(numbers: list[int]) -> str:
    """Positions of actions, from 1 and in order, in words: “actions 3 to 5”, “action 2”."""
    if len(numbers) == 1:
        return f"action {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"actions {numbers[0]} to {numbers[-1]}"
    return f"actions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
