"""What the tests of the timeline share: a directory, plans in short, and events in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation
from motion_desk.models.document import put
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import (
    AutoReply,
    Close,
    GotoIf,
    GotoP,
    Noop,
    System,
    TagIt,
    ToAgent,
    ToQueue,
)
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.sections.directory import (
    AgentEntry,
    ListEntry,
    PauseEntry,
    QueueEntry,
    TagEntry,
)
from motion_desk.models.workspace import Workspace

R = TypeVar("R", bound=Row)

WORKSPACE = Workspace(id="w")
for _key, _rows in {
    "agents.entries": (AgentEntry(id="ana", name="Ana"), AgentEntry(id="ben", name="Ben")),
    "queues.entries": (QueueEntry(id="sup", name="Support"), QueueEntry(id="sal", name="Sales")),
    "pauses.entries": (PauseEntry(id="wrap", name="Wrap-up"),),
    "tags.entries": (TagEntry(id="urgent", name="Urgent"),),
    "lists.entries": (ListEntry(id="list", name="Customers"),),
}.items():
    WORKSPACE = put(WORKSPACE, _key, _rows)

DISPOSES = {"disposition.mandatory": True, "disposition.pause": "wrap"}
AWAY = Availability("Ana", Presence.LOGGED_OUT)
OPEN = Situation(conversation=Conversation.OPEN, agent="Ana", queue="Support")


def people(*there: Availability, situation: Situation = Situation()) -> Situation:  # noqa: B008 - frozen
    """The situation with these people."""
    return replace(situation, people=there)


def account(*plan: Row, **values: Any) -> Account:
    """An account with a plan, whose rows are numbered “1”, “2” …, and values by key."""
    rows = tuple(row if row.id else replace(row, id=str(at)) for at, row in enumerate(plan, 1))
    made = Account(id="a")
    changes = {
        "actions.plan": rows,
        "settings.list": "list",
        "settings.wait_agent": 10,
        "settings.wait_queue": 20,
        "dispositions.entries": (DispositionEntry(id="done", name="Done"),),
    }
    for key, value in {**changes, **values}.items():
        made = put(made, key, value)
    return made


def put_cell(row: R, name: str, value: object) -> R:
    """The row as a draft holds it: any cell may have what was typed in place of a value."""
    cell: dict[str, Any] = {name: value}
    return replace(row, **cell)


def ana(timeout: int | None = 30) -> ToAgent:
    return ToAgent(agent="ana", timeout=timeout)


def ben(timeout: int | None = 40) -> ToAgent:
    return ToAgent(agent="ben", timeout=timeout)


def support(timeout: int | None = 60) -> ToQueue:
    return ToQueue(queue="sup", timeout=timeout)


def goto(target: int) -> GotoP:
    return GotoP(target=str(target))


def either(true: int, false: int) -> GotoIf:
    return GotoIf(condition="vip", when_true=str(true), when_false=str(false))


REPLY, CLOSE, TAG = AutoReply(text="<p>Hi</p>"), Close(disposition="done"), TagIt(tag="urgent")
NOOP, SYSTEM = Noop(value="seen"), System(command="/bin/page")


def run(made: Account, situation: Situation = Situation()) -> Timeline:  # noqa: B008 - frozen
    return timeline(made, WORKSPACE, situation, None)


def lines(
    found: Timeline, leave_out: Iterable[str] = ("arrived", "passed", "contact")
) -> list[str]:
    """Each event as “at[-until] kind [person] [key]”, without those at every beginning."""
    return [
        " ".join(
            filter(
                None,
                (
                    f"{each.at}" if each.until is None else f"{each.at}-{each.until}",
                    each.kind.value,
                    each.person,
                    each.key.removeprefix("actions.plan/"),
                ),
            )
        )
        for each in found.events
        if each.kind.value not in leave_out
    ]
