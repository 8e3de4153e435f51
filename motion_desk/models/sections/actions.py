"""Actions: the plan that Motion follows for a new interaction, one application after another."""

from typing import ClassVar

from motion_desk.models.choices import ReplyTo, Times
from motion_desk.models.declared import declared
from motion_desk.models.fields import (
    Status,
    choice,
    integer,
    lines,
    reference,
    rich_text,
    rows,
    text,
)
from motion_desk.models.kinds import Row
from motion_desk.models.section import Section
from motion_desk.models.sections.settings import LONGEST_WAIT
from motion_desk.models.surfaces import Surface

PLAN = "actions.plan"


def _timeout(help: str) -> int | None:  # noqa: A002 - as the fields' own
    """Declare how long somebody is asked, in seconds."""
    declared: int | None = integer(
        "Timeout",
        None,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        source="S7",
        note="The range is not documented; the waits' range is used.",
        help=help,
    )
    return declared


@declared
class ToAgent(Row):
    """Offer the interaction to one agent."""

    TITLE: ClassVar[str] = "Agent"
    WORD: ClassVar[str] = "agent"
    SAID: ClassVar[tuple[str, ...]] = ("{agent}", "{timeout} s")

    agent: str = reference(
        "Agent", "agents.entries", required=True, source="S7", help="Who is asked."
    )
    timeout: int | None = _timeout("How long the agent is asked before the plan goes on.")


@declared
class ToQueue(Row):
    """Offer the interaction to the agents of a queue."""

    TITLE: ClassVar[str] = "Queue"
    WORD: ClassVar[str] = "queue"
    SAID: ClassVar[tuple[str, ...]] = ("{queue}", "{timeout} s")

    queue: str = reference(
        "Queue", "queues.entries", required=True, source="S7", help="Whose agents are asked."
    )
    timeout: int | None = _timeout("How long the queue is asked before the plan goes on.")


@declared
class AutoReply(Row):
    """Answer the sender automatically."""

    TITLE: ClassVar[str] = "Auto reply"
    WORD: ClassVar[str] = "auto_reply"
    SAID: ClassVar[tuple[str, ...]] = ("{times}",)

    times: Times = choice(
        "Times", Times.ONCE, source="S7", help="How often it is sent in one interaction."
    )
    reply: ReplyTo = choice(
        "Reply type",
        ReplyTo.SENDER,
        source="S7",
        help="Answer the sender only, or also those in copy.",
    )
    text: str = rich_text(
        "Text",
        required=True,
        surface=Surface.AUTO_REPLY,
        source="S7",
        help="What the reply says.",
    )
    headers: str = lines(
        "Custom headers",
        "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\nPrecedence: auto_reply",
        source="S7",
        help="One “Name: value” on each line. The three that Motion documents keep other "
        "robots from answering, so that no endless exchange begins.",
    )


@declared
class Close(Row):
    """Close the interaction."""

    TITLE: ClassVar[str] = "Close"
    WORD: ClassVar[str] = "close"
    SAID: ClassVar[tuple[str, ...]] = ("{disposition}",)

    disposition: str = reference(
        "Disposition",
        "dispositions.entries",
        source="S7",
        status=Status.UNCONFIRMED,
        help="How the closed interaction is labelled.",
    )


@declared
class GotoIf(Row):
    """Go on elsewhere, depending on a condition."""

    TITLE: ClassVar[str] = "GotoIf"
    WORD: ClassVar[str] = "gotoif"
    SAID: ClassVar[tuple[str, ...]] = ("{condition}", "true → {when_true}", "false → {when_false}")

    condition: str = text(
        "Condition",
        required=True,
        source="S7",
        note="Which operators Motion knows is not documented.",
        help="A variable or value; what counts as true is Motion's to decide.",
    )
    when_true: str = reference(
        "If true, go to", PLAN, required=True, source="S7", help="The action to go on with."
    )
    when_false: str = reference(
        "If false, go to", PLAN, required=True, source="S7", help="The action to go on with."
    )


@declared
class GotoP(Row):
    """Go on elsewhere."""

    TITLE: ClassVar[str] = "GotoP"
    WORD: ClassVar[str] = "gotop"
    SAID: ClassVar[tuple[str, ...]] = ("→ {target}",)

    target: str = reference(
        "Go to", PLAN, required=True, source="S7", help="The action to go on with."
    )


@declared
class Noop(Row):
    """Write a value to Motion's log."""

    TITLE: ClassVar[str] = "Noop"
    WORD: ClassVar[str] = "noop"
    SAID: ClassVar[tuple[str, ...]] = ("{value}",)

    value: str = text("Value", source="S7", help="What is written to the log, for debugging.")


@declared
class System(Row):
    """Run a command on the Motion server."""

    TITLE: ClassVar[str] = "System"
    WORD: ClassVar[str] = "system"
    SAID: ClassVar[tuple[str, ...]] = ("{command}",)

    command: str = text(
        "Command",
        required=True,
        source="S7",
        warning="This runs on the Motion server. Use only what you would run there by hand.",
        help="The command or script that the Motion server runs.",
    )
    variable: str = text(
        "Result variable",
        source="S7",
        status=Status.UNCONFIRMED,
        help="The variable that receives the command's output.",
    )


@declared
class TagIt(Row):
    """Tag the interaction."""

    TITLE: ClassVar[str] = "Tag"
    WORD: ClassVar[str] = "tag"
    SAID: ClassVar[tuple[str, ...]] = ("{tag}",)

    tag: str = reference("Tag", "tags.entries", required=True, source="S7", help="The tag to add.")


@declared
class Actions(Section):
    """What happens to a new interaction, step by step."""

    NAME, TITLE = "actions", "Actions"
    ABOUT = "What happens to a new interaction, from top to bottom."
    SOURCE = "S7"

    plan: tuple[Row, ...] = rows(
        "Plan",
        ToAgent,
        ToQueue,
        AutoReply,
        Close,
        GotoIf,
        GotoP,
        Noop,
        System,
        TagIt,
        one="action",
        source="S7",
        help="If an agent or a queue does not accept in time, the next action follows.",
        note="Agent and auto reply are documented for mail; the others are inferred.",
    )
