"""A course: what is known of the account while a message goes its way, and what was told of it."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from motion_desk.models.account import Account
from motion_desk.models.choices import Ending
from motion_desk.models.engines.header_filters import Judge
from motion_desk.models.engines.timeline.events import Basis, Event, EventKind
from motion_desk.models.engines.timeline.scenario import Situation
from motion_desk.models.workspace import Workspace


class Phase(Enum):
    """The stages of a message's way, in their order."""

    ARRIVAL = "arrival"
    FILTERS = "filters"
    CONTACT = "contact"
    ASSIGNED_AGENT = "assigned_agent"
    ASSIGNED_QUEUE = "assigned_queue"
    PLAN = "plan"
    TRANSFER = "transfer"
    HANDLING = "handling"
    DISPOSITION = "disposition"
    OVER = "over"


class Place(NamedTuple):
    """Where a message is: in the plan also at which action, from 0."""

    phase: Phase
    position: int = 0


OVER = Place(Phase.OVER)


class Course:
    """One message on its way: a virtual clock, and the events so far.

    ``now`` is in seconds from arrival and only ever grows. ``keeper`` is the agent who has the
    conversation, or, ``of_queue``, the queue of which some agent has it.
    """

    def __init__(
        self, account: Account, workspace: Workspace, situation: Situation, judge: Judge | None
    ) -> None:
        self.account = account
        self.workspace = workspace
        self.situation = situation
        self.judge = judge
        self.plan = account.actions.plan
        self.agents = {row.id: row.name for row in workspace.agents.entries}
        self.queues = {row.id: row.name for row in workspace.queues.entries}
        self.positions = {row.id: at for at, row in enumerate(self.plan)}
        self.sent: set[str] = set()
        self.now = 0
        self.events: list[Event] = []
        self.ending = Ending.UNREAD
        self.ended = 0
        self.asked: int | None = None
        self.accepted: int | None = None
        self.keeper, self.of_queue = "", False

    def tell(
        self,
        kind: EventKind,
        text: str,
        /,
        *,
        lasts: int | None = None,
        key: str = "",
        basis: Basis = Basis.INFERRED,
        source: str = "S1",
        person: str = "",
        at: int = -1,
        **values: object,
    ) -> None:
        """Note that something happens now, for ``lasts`` seconds; the clock stays.

        ``at`` is the position, from 0, of the action that runs.
        """
        until = None if lasts is None else self.now + lasts
        row, number = (self.plan[at].id, at + 1) if at >= 0 else ("", 0)
        self.events.append(
            Event(self.now, kind, text, values, until, key, basis, source, person, row, number)
        )

    def tell_of_keeper(self, kind: EventKind, text: str, /, **told: Any) -> None:
        """Note something of whoever has the conversation, who stands in the text as ``keeper``."""
        if self.of_queue:
            text = text.replace("{keeper}", "The agent")
        self.tell(kind, text, person=self.keeper, keeper=self.keeper, **told)

    def end(self, ending: Ending) -> Place:
        """Note how and when the message's way ends; nothing more happens."""
        self.ending, self.ended = ending, self.now
        return OVER
