"""Transfer, disposition and advanced: how conversations move on, end, and are kept out."""

from typing import ClassVar

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.declared import declared
from motion_desk.models.fields import Status, choice, integer, reference, rows, text, toggle
from motion_desk.models.kinds import Choice, Row
from motion_desk.models.rules import when
from motion_desk.models.section import Section
from motion_desk.models.sections.settings import LONGEST_WAIT

HEADER_FILTERS = "advanced.header_filters"


def _transfer_timeout(label: str, switch: str) -> int | None:
    """Declare a transfer's timeout, in seconds, shown where the switch with a key is on."""
    declared: int | None = integer(
        label,
        None,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        visible=when(switch, True),
        source="S6",
        note="Neither a default nor a range is documented; the waits' range is used.",
        help="How long the message waits to be accepted before it returns to the sender's list as "
        "unread.",
    )
    return declared


@declared
class Transfer(Section):
    """Whether agents may pass conversations on."""

    NAME, TITLE = "transfer", "Transfer"
    ABOUT = "Whether agents may pass conversations on. Newer versions keep it under Advanced."
    SOURCE = "S6"

    to_queue: bool = toggle(
        "Transfer to queue", help="Agents may transfer a message to a queue.", source="S6"
    )
    queue_timeout: int | None = _transfer_timeout("Queue transfer timeout", "transfer.to_queue")
    to_agent: bool = toggle(
        "Transfer to agent", help="Agents may transfer a message to another agent.", source="S6"
    )
    agent_timeout: int | None = _transfer_timeout("Agent transfer timeout", "transfer.to_agent")
    to_account: bool = toggle(
        "Transfer to account",
        since="3.32",
        source="S5",
        help="Agents may move a conversation to another email account. It appears there as unread "
        "and does not come back.",
    )
    send_mail: bool = toggle(
        "Send automatic mail",
        since="3.32",
        source="S5",
        visible=when("transfer.to_account", True),
        help="Tells the customer by mail that the conversation moved to another account.",
    )
    mail_template: str = reference(
        "Mail template",
        "mail_templates.entries",
        since="3.32",
        source="S5",
        required=True,
        visible=when("transfer.send_mail", True),
        help="The template (Tools → Templates) of that mail. It may use {{fromAccount}} and "
        "{{toAccount}}.",
    )


@declared
class Disposition(Section):
    """Whether agents must say how a conversation ended."""

    NAME, TITLE = "disposition", "Mandatory disposition"
    ABOUT = "Whether agents must say how each conversation ended before they go on."

    mandatory: bool = toggle(
        "Mandatory disposition",
        help="Agents must choose a disposition for each interaction they handled.",
    )
    pause: str = reference(
        "Pause status",
        "pauses.entries",
        visible=when("disposition.mandatory", True),
        help="The pause an agent is put in automatically while choosing the disposition.",
    )


@declared
class HeaderFilter(Row):
    """One rule on a header of an incoming message."""

    TITLE: ClassVar[str] = "Header filter"

    @property
    def said(self) -> str:
        """The rule in one line, as lists show it."""
        negated = "not" if self.negated is True else ""
        words = [self.header, negated, Choice(Operator).format(self.operator)]
        if self.operator is not Operator.EXISTS:
            words.append(f"“{self.value}”")
        return f"{' '.join(filter(None, words))} → {Choice(Verdict).format(self.verdict)}"

    header: str = text("Header", required=True, help="The name of the header, such as X-Spam-Flag.")
    negated: bool = toggle("Not", status=Status.UNCONFIRMED, help="Turns the comparison round.")
    operator: Operator = choice(
        "Operator",
        Operator.CONTAINS,
        status=Status.UNCONFIRMED,
        help="How the header's content is compared with the value.",
    )
    value: str = text(
        "Value",
        required=True,
        visible=~when("operator", Operator.EXISTS),
        status=Status.UNCONFIRMED,
        help="What the header's content is compared with.",
    )
    verdict: Verdict = choice(
        "Then",
        Verdict.REJECT,
        status=Status.UNCONFIRMED,
        help="Whether a message that matches is accepted or rejected.",
    )


@declared
class Advanced(Section):
    """Settings for several servers, and filters for scanners."""

    NAME, TITLE = "advanced", "Advanced"
    ABOUT = "Settings for several servers, and filters for spam and virus scanners."

    hostname: str = text(
        "Hostname",
        help="The server that handles this account where several run together. "
        "Find it in Motion's System section.",
        note="Its format is not documented.",
    )
    header_filters: tuple[HeaderFilter, ...] = rows(
        "Header filters",
        HeaderFilter,
        one="filter",
        help="Which incoming messages are kept out, by the headers that spam and virus "
        "scanners add. They apply from top to bottom.",
        note="Only filtering by header is documented; operators, order and verdict are not.",
    )
