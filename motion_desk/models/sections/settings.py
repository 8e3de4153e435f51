"""Settings: who the account is, and how long its messages wait."""

from motion_desk.models.choices import Service, UsedFor
from motion_desk.models.declared import declared
from motion_desk.models.fields import (
    Status,
    address,
    choice,
    integer,
    lines,
    reference,
    references,
    text,
    toggle,
)
from motion_desk.models.kinds import Text
from motion_desk.models.section import Section

LONGEST_WAIT = 2_147_483
"""Seconds: the highest wait that the page allows."""

NO_DEFAULT = "Motion's default is not documented."


@declared
class Settings(Section):
    """Who the account is, and how long its messages wait."""

    NAME, TITLE = "settings", "Settings"
    ABOUT = "Who the account is, and how long its messages wait for people."

    name: str = text(
        "Account name",
        required=True,
        help="The name by which you recognise this account, such as Gmail or Support.",
    )
    key: str = text(
        "Key",
        kind=Text(most=5),
        required=True,
        help="A short label of at most 5 characters that stands for the account on agents' tabs.",
        note="Whether it must be unique or alphanumeric is documented for other channels only.",
    )
    service: Service = choice(
        "Service",
        Service.CUSTOM,
        help="Your mail provider. A built-in service fills in the servers; "
        "Custom shows the IMAP and SMTP sections.",
        note=NO_DEFAULT,
    )
    address: str = address(
        "Email address",
        required=True,
        help="The address that messages of this account are sent from.",
    )
    list: str = reference(
        "List",
        "lists.entries",
        required=True,
        source="S2",
        help="The contact manager list in which new senders are saved.",
    )
    active: bool = toggle(
        "Active",
        help="Whether Motion serves this account. An active account must be complete.",
        note=NO_DEFAULT,
    )
    mark_unread: bool = toggle(
        "Mark as unread",
        help="Lets agents mark the messages they received on this account as unread again.",
        note=NO_DEFAULT,
    )
    wait_agent: int = integer(
        "Wait for the assigned agent",
        10,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        group="Waiting",
        help="How long a new message waits for the agent who already has the conversation "
        "(with its tab closed) while that agent is logged out or on pause.",
    )
    wait_queue: int = integer(
        "Wait for the assigned queue",
        10,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        group="Waiting",
        help="If the assigned agent does not accept in time or rejects, how long the message "
        "waits for any agent of that agent's queue before the actions go on.",
    )
    agents: tuple[str, ...] = references(
        "Agents",
        "agents.entries",
        group="People",
        source="S2",
        help="The agents who work on this account (“Add agent to account” in Motion's list).",
    )
    used_for: UsedFor = choice(
        "Used for",
        UsedFor.CUSTOMERS,
        group="Notes",
        status=Status.OURS,
        help="Customer mailbox, or the mail that Motion itself sends: password reset, "
        "scheduled reports and invitations.",
        note="Motion's page describes both uses but has no such setting; it is never handed over.",
    )
    description: str = lines(
        "Description", group="Notes", help="Anything colleagues should know about this account."
    )
