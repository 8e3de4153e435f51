"""Checks of a plan: where it leads nowhere, to nobody or in circles, and what robots make of it.

The sentences that say "model of the documentation" rest on what Motion's documentation leads one
to expect (S7), not on what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from motion_desk.models.account import Account
from motion_desk.models.changes import Resolved
from motion_desk.models.choices import ReplyTo, Times
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.engines.plan import (
    WAITING,
    Circle,
    Ways,
    circles,
    reachable,
    successors,
)
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Row
from motion_desk.models.memory import Cause, Memory
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.actions import (
    PLAN,
    AutoReply,
    Close,
    GotoIf,
    GotoP,
    TagIt,
    ToAgent,
    ToQueue,
)

SOURCE = "S7"
DIRECTED = {ToAgent: "agent", ToQueue: "queue", TagIt: "tag"}
"""The cells that name an entry of the workspace's directory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What all checks of a plan look at, worked out once."""

    plan: tuple[Row, ...]
    ways: Ways
    reached: frozenset[int]
    circles: tuple[Circle, ...]


PlanCheck = Callable[[Reading], Iterator[Problem]]


def problems_of_plan(
    document: Document, resolved: Resolved, surroundings: Surroundings, memory: Memory
) -> tuple[Problem, ...]:
    """What is wrong with an account's plan as a whole; what single cells lack is told by others.

    Recalled while neither the plan nor what it names has changed; a new one takes time in
    proportion to its length.
    """
    if not isinstance(document, Account) or not document.actions.plan:
        return ()
    mandatory = resolved.effective["disposition.mandatory"] is True
    cause = Cause((document.actions, surroundings), (mandatory,))

    def make() -> tuple[Problem, ...]:
        return tuple(_problems(document.actions.plan, mandatory, surroundings))

    return memory.recall("plan", "actions", cause, make)


def _problems(
    plan: tuple[Row, ...], mandatory: bool, surroundings: Surroundings
) -> Iterator[Problem]:
    ways = successors(plan)
    reading = Reading(plan, ways, reachable(ways), circles(plan, ways))
    for check in PLAN_CHECKS:
        yield from check(reading)
    if mandatory:
        yield from closes_say_how(plan)
    yield from entries_are_in_use(plan, surroundings)


def cell(row: Row, name: str = "") -> str:
    """The key of a cell of an action, or of its first one."""
    return f"{PLAN}/{row.id}/{name or fields_of(type(row))[0].name}"


def _warn(at: str, code: str, text: str, /, **values: object) -> Problem:
    return Problem(at, code, text, values, Severity.WARNING, SOURCE)


def _note(at: str, code: str, text: str, /, **values: object) -> Problem:
    return Problem(at, code, text, values, Severity.NOTE, SOURCE)


# Whom a message reaches


def somebody_is_asked(reading: Reading) -> Iterator[Problem]:
    """A plan without any agent or queue, or with none that a message comes to."""
    asking = [place for place, row in enumerate(reading.plan) if isinstance(row, WAITING)]
    if not asking:
        text = "No action asks an agent or a queue: new messages reach nobody."
        yield _warn(PLAN, "nobody", text)
    elif reading.reached.isdisjoint(asking):
        text = "No message comes to the actions that ask an agent or a queue: new messages reach nobody. Move one of them up, or lead a jump there."
        yield _warn(PLAN, "nobody_reached", text)


def nobody_is_passed_over(reading: Reading) -> Iterator[Problem]:
    """A way to the plan's end on which nobody is asked, though others ask somebody."""
    asking = {place for place, row in enumerate(reading.plan) if isinstance(row, WAITING)}
    if not asking or reading.reached.isdisjoint(asking):
        return  # which is told already
    if len(reading.plan) in reachable(reading.ways, without=asking):
        text = "A message can come to the plan's end without anybody being asked, and then stays unread (model of the documentation). End that way with a queue, an agent or a Close."
        yield _warn(cell(reading.plan[-1]), "passed_over", text)


def last_timeout_leads_on(reading: Reading) -> Iterator[Problem]:
    """Nothing behind the last agent or queue: no error, but worth knowing."""
    last = len(reading.plan) - 1
    if isinstance(reading.plan[last], WAITING) and last in reading.reached:
        text = "If nobody accepts in time, nothing follows: the message stays unread (model of the documentation)."
        yield _note(cell(reading.plan[last], "timeout"), "last_timeout", text)


def actions_are_reached(reading: Reading) -> Iterator[Problem]:
    """Actions that no message comes to; neighbours are told of together."""
    place, plan = 0, reading.plan
    while place < len(plan):
        first = place
        while place < len(plan) and place not in reading.reached:
            place += 1
        if place == first:
            place += 1
        elif place - first == 1:
            text = "No message comes to action {first}: the plan ends or goes on elsewhere before. Move it, lead a jump to it, or delete it."
            yield _warn(cell(plan[first]), "unreached", text, first=first + 1)
        else:
            text = "No message comes to actions {first} to {last}: the plan ends or goes on elsewhere before. Move them, lead a jump to them, or delete them."
            yield _warn(cell(plan[first]), "unreached", text, first=first + 1, last=place)


# Where it goes round


def jumps_go_elsewhere(reading: Reading) -> Iterator[Problem]:
    """A jump to itself never ends."""
    for row in reading.plan:
        if isinstance(row, GotoP) and row.target == row.id:
            text = "This jumps to itself without end. Choose another action."
            yield Problem(cell(row), "self_jump", text, source=SOURCE)


def plan_comes_to_an_end(reading: Reading) -> Iterator[Problem]:
    """Circles: without any wait, or without a way out."""
    for circle in reading.circles:
        row = reading.plan[circle.closed_by]
        if isinstance(row, GotoP) and row.target == row.id:
            continue  # which is told already
        at = cell(row, _leading_back(row, reading.plan, circle))
        values = {"actions": said_together(circle.members)}
        if not circle.waits and not circle.escapes:
            text = "From here the plan goes round for ever: {actions} lead only to each other, and none asks anybody. Lead this jump elsewhere."
            if len(circle.members) == 1:
                text = "Both ways of this condition lead back to it: the plan never goes on. Lead one of them elsewhere."
            yield Problem(at, "endless", text, values, source=SOURCE)
        elif not circle.waits:
            text = "While the conditions decide so, {actions} go round without asking anybody or waiting. Lead this jump elsewhere, or put an agent or a queue between."
            if len(circle.members) == 1:
                text = "While the condition decides so, this action goes round without asking anybody or waiting. Lead this jump elsewhere."
            yield _warn(at, "hurried", text, **values)
        elif not circle.escapes:
            seconds = _seconds(circle, reading.plan)
            text = "Until somebody accepts, the plan goes round for ever in {actions}. Lead this jump to a Close if no message shall wait for ever."
            if seconds:
                text = "Until somebody accepts, the plan goes round for ever in {actions}: each round waits {seconds} s. Lead this jump to a Close if no message shall wait for ever."
                if not circle.single:
                    text = "Until somebody accepts, the plan goes round for ever in {actions}: each round waits at least {seconds} s. Lead this jump to a Close if no message shall wait for ever."
            yield _warn(at, "round", text, seconds=seconds, **values)


def _leading_back(row: Row, plan: tuple[Row, ...], circle: Circle) -> str:
    """The cell of the jump that closes a circle."""
    back = {plan[place].id for place in circle.members if place <= circle.closed_by}
    if isinstance(row, GotoIf):
        return "when_true" if row.when_true in back else "when_false"
    return "target"


def _seconds(circle: Circle, plan: tuple[Row, ...]) -> int:
    """How long a round waits, at least; 0 where that is not filled in."""
    waits = [getattr(plan[place], "timeout", None) for place in circle.members]
    known = [wait for wait in waits if isinstance(wait, int)]
    if not known:
        return 0
    return sum(known) if circle.single else min(known)


def said_together(places: Sequence[int]) -> str:
    """Positions (from 0) as a person reads them: "actions 3, 5 and 6"."""
    numbers = [str(place + 1) for place in places]
    if len(numbers) == 1:
        return f"action {numbers[0]}"
    if len(numbers) > 6:
        return f"{len(numbers)} actions from {numbers[0]} to {numbers[-1]}"
    return f"actions {', '.join(numbers[:-1])} and {numbers[-1]}"


# What robots make of it


def replies_do_not_loop(reading: Reading) -> Iterator[Problem]:
    """An auto reply that does not say that it is automatic (RFC 3834 §5)."""
    for row in reading.plan:
        if isinstance(row, AutoReply) and not _is_said_to_be_automatic(row.headers):
            if row.times is Times.ALWAYS:
                text = "Sent each time and without “Auto-Submitted: auto-replied”, two robots can answer each other without end. Add that header."
                yield _warn(cell(row, "headers"), "reply_loop", text)
            else:
                text = "Without “Auto-Submitted: auto-replied” another robot may answer this reply, and its answer may begin a new interaction. Add that header."
                yield _note(cell(row, "headers"), "reply_unmarked", text)


def _is_said_to_be_automatic(headers: str) -> bool:
    for line in headers.splitlines():
        name, _, value = line.partition(":")
        if name.strip().casefold() == "auto-submitted" and value.strip().casefold() != "no":
            return True
    return False


def replies_to_all_are_rare(reading: Reading) -> Iterator[Problem]:
    """A reply to everybody in copy, each time."""
    for row in reading.plan:
        if isinstance(row, AutoReply) and row.times is Times.ALWAYS and row.reply is ReplyTo.ALL:
            text = "Sent each time and to everybody in copy, two mailboxes in copy of each other can answer without end. Reply to the sender only, or send it one time."
            yield _warn(cell(row, "reply"), "reply_all", text)


def replies_are_sent_once_a_round(reading: Reading) -> Iterator[Problem]:
    """A reply in a circle that is sent again in each round."""
    round_about = {place for circle in reading.circles for place in circle.members}
    for place in sorted(round_about):
        row = reading.plan[place]
        if isinstance(row, AutoReply) and row.times is Times.ALWAYS:
            text = "The plan goes round here, and each round sends this reply again (model of the documentation). Choose “One time”, or lead the jump to an action behind it."
            yield _warn(cell(row, "times"), "reply_again", text)


def headers_are_well_formed(reading: Reading) -> Iterator[Problem]:
    """Custom headers that are not “Name: value” (RFC 5322 §2.2)."""
    for row in reading.plan:
        if isinstance(row, AutoReply):
            for number, line in enumerate(row.headers.splitlines(), 1):
                name, colon, _ = line.partition(":")
                good = colon and name and all("!" <= c <= "~" for c in name)
                if line.strip() and not good:
                    text = "Line {number} is not a header. Write “Name: value”."
                    key = cell(row, "headers")
                    yield Problem(key, "header", text, {"number": number}, source=SOURCE)


# What it names


def closes_say_how(plan: tuple[Row, ...]) -> Iterator[Problem]:
    """A Close without a disposition, where agents must choose one."""
    for row in plan:
        if isinstance(row, Close) and not row.disposition:
            text = "Agents must choose a disposition here (Mandatory disposition), but this closes conversations without one. Choose how they are labelled."
            yield _warn(cell(row, "disposition"), "no_disposition", text)


def entries_are_in_use(plan: tuple[Row, ...], surroundings: Surroundings) -> Iterator[Problem]:
    """Agents, queues and tags that the directory keeps but no longer offers."""
    for row in plan:
        what = DIRECTED.get(type(row))
        if what is None:
            continue
        named = surroundings.entries[f"{what}s.entries"].get(getattr(row, what))
        if named is not None and named.retired:
            text = "“{name}” is retired in the directory. Choose another {what}."
            yield _warn(cell(row, what), "retired", text, name=named.name, what=what)


PLAN_CHECKS: tuple[PlanCheck, ...] = (
    somebody_is_asked,
    nobody_is_passed_over,
    actions_are_reached,
    jumps_go_elsewhere,
    plan_comes_to_an_end,
    last_timeout_leads_on,
    replies_do_not_loop,
    replies_to_all_are_rare,
    replies_are_sent_once_a_round,
    headers_are_well_formed,
)
