"""Expectations: messages and scenarios whose outcome must stay as it is, checked at each edit."""

from typing import ClassVar

from motion_desk.models.choices import Conversation, Ending, Expected, PassedOn
from motion_desk.models.declared import declared
from motion_desk.models.fields import (
    Status,
    choice,
    integer,
    lines,
    reference,
    references,
    rows,
    text,
    toggle,
)
from motion_desk.models.kinds import Row
from motion_desk.models.rules import when
from motion_desk.models.section import Section
from motion_desk.models.sections.actions import PLAN
from motion_desk.models.sections.settings import LONGEST_WAIT

MESSAGES = "expectations.messages"
SCENARIOS = "expectations.scenarios"
_OPEN = when("conversation", Conversation.OPEN)


@declared
class PinnedMessage(Row):
    """A message that the header filters must let pass, or must reject."""

    TITLE: ClassVar[str] = "Pinned message"

    name: str = text(
        "Name", required=True, status=Status.OURS, help="What this message stands for."
    )
    expected: Expected = choice(
        "Expected",
        Expected.PASS,
        status=Status.OURS,
        help="What the header filters must do with it.",
    )
    headers: str = lines(
        "Headers",
        required=True,
        status=Status.OURS,
        help="The message's header, one “Name: value” on each line, as its source shows it.",
    )


@declared
class KeptScenario(Row):
    """A situation, who is there in it, and how it must end."""

    TITLE: ClassVar[str] = "Scenario"

    name: str = text("Name", required=True, status=Status.OURS, help="What this situation is.")
    message: str = reference(
        "Message",
        MESSAGES,
        status=Status.OURS,
        help="The pinned message that arrives. Without one, an ordinary message does.",
    )
    known: bool = toggle(
        "Known contact", True, status=Status.OURS, help="Whether the sender is in the list."
    )
    conversation: Conversation = choice(
        "Conversation",
        Conversation.NEW,
        status=Status.OURS,
        help="Whether the message begins a conversation, or goes on with one that an agent has.",
    )
    agent: str = reference(
        "Assigned agent",
        "agents.entries",
        visible=_OPEN,
        status=Status.OURS,
        help="Who has the conversation.",
    )
    queue: str = reference(
        "Assigned queue",
        "queues.entries",
        visible=_OPEN,
        status=Status.OURS,
        help="The queue that this agent is part of.",
    )
    people: str = lines(
        "People",
        status=Status.OURS,
        help="One agent or queue on each line, such as “Ana Torres: on line, answers after 20 s”, "
        "“Ben Ray: on pause” or “Support: answers after 90 s”. Who is not named never answers.",
    )
    conditions: tuple[str, ...] = references(
        "Conditions that hold",
        PLAN,
        status=Status.OURS,
        help="The conditional jumps whose condition is true: what Motion takes for true is not "
        "documented.",
    )
    handling: int = integer(
        "Handling",
        300,
        low=0,
        high=LONGEST_WAIT,
        unit="s",
        status=Status.OURS,
        help="How long the agent who accepts works on the conversation.",
    )
    disposing: int = integer(
        "Disposing",
        20,
        low=0,
        high=LONGEST_WAIT,
        unit="s",
        status=Status.OURS,
        help="How long the agent takes to choose a disposition.",
    )
    passed_on: PassedOn = choice(
        "Transfer",
        PassedOn.NOT,
        status=Status.OURS,
        help="Whether the agent who accepts passes the conversation on.",
    )
    passed_after: int = integer(
        "Transfer after",
        60,
        low=0,
        high=LONGEST_WAIT,
        unit="s",
        visible=~when("passed_on", PassedOn.NOT),
        status=Status.OURS,
        help="How long after accepting.",
    )
    passed_to_queue: str = reference(
        "Transfer to queue",
        "queues.entries",
        visible=when("passed_on", PassedOn.QUEUE),
        status=Status.OURS,
        help="Which queue is asked then.",
    )
    passed_to_agent: str = reference(
        "Transfer to agent",
        "agents.entries",
        visible=when("passed_on", PassedOn.AGENT),
        status=Status.OURS,
        help="Which agent is asked then.",
    )
    expected: Ending = choice(
        "Expected ending",
        Ending.ANSWERED,
        status=Status.OURS,
        help="How the message's way must end.",
    )
    within: int | None = integer(
        "Within",
        None,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        status=Status.OURS,
        help="At the latest how long after the message arrives. Empty: whenever.",
    )


@declared
class Expectations(Section):
    """Messages and scenarios whose outcome must stay as it is."""

    NAME, TITLE = "expectations", "Expectations"
    ABOUT = (
        "Messages that must pass or be rejected, and scenarios that must end as they do now. They "
        "are checked again at each edit. Motion never sees them."
    )

    messages: tuple[PinnedMessage, ...] = rows(
        "Pinned messages",
        PinnedMessage,
        one="pinned message",
        status=Status.OURS,
        help="Messages of which it is known what the header filters must do with them.",
    )
    scenarios: tuple[KeptScenario, ...] = rows(
        "Scenarios",
        KeptScenario,
        one="scenario",
        status=Status.OURS,
        help="Situations of which it is known how they must end.",
    )
