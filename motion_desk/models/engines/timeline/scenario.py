"""A situation: which message arrives, what it belongs to, and who is there.

``situations.situation`` makes one of a kept scenario and ``situations.kept`` writes one into a
row; ``motion_desk.models.scenarios`` reads and writes the lines of ``people``.
"""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.choices import Conversation, PassedOn
from motion_desk.models.incoming import Incoming
from motion_desk.models.kinds import Option


class Presence(Option):
    """Whether somebody is there when asked."""

    ON_LINE = "on_line", "on line"
    PAUSED = "paused", "on pause"
    LOGGED_OUT = "logged_out", "logged out"


@dataclass(frozen=True, slots=True)
class Availability:
    """How an agent, or a queue as a whole, takes being asked.

    ``answers`` and ``rejects`` are seconds after being asked at which the agent (of a queue: some
    agent) accepts or rejects, each from 0; ``None`` means never. Whoever is on pause or logged
    out can come back and accept, but cannot reject. Asked again, they do the same again.
    """

    name: str
    presence: Presence = Presence.ON_LINE
    answers: int | None = None
    rejects: int | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a timeline depends on beside the account and the workspace.

    ``incoming`` is ``None`` for an ordinary message, which every header filter lets pass. Agents
    and queues are named by their names, and are empty for none; ``agent`` and ``queue`` count
    only in an open conversation. Agents and queues that ``people`` does not name are on line and
    never answer. ``conditions`` are the ids of the GotoIf actions whose condition is true.
    ``handling`` is how long the agent who keeps the conversation works on it, ``disposing`` how
    long choosing a disposition takes, ``passed_after`` how long after the first acceptance it is
    transferred: all in seconds. ``passed_to`` names the queue or the agent of the transfer.
    """

    incoming: Incoming | None = None
    known: bool = True
    conversation: Conversation = Conversation.NEW
    agent: str = ""
    queue: str = ""
    people: tuple[Availability, ...] = ()
    conditions: frozenset[str] = frozenset()
    handling: int = 300
    disposing: int = 20
    passed_on: PassedOn = PassedOn.NOT
    passed_after: int = 60
    passed_to: str = ""

    def of(self, name: str) -> Availability:
        """How the agent or queue of this name takes being asked; of two on one name the first."""
        return next((each for each in self.people if each.name == name), Availability(name))
