"""The directory: what accounts refer to, by the names these things have in Motion."""

from datetime import date
from typing import ClassVar

from motion_desk.models.choices import SignIn, Strategy, Typology
from motion_desk.models.declared import declared
from motion_desk.models.fields import (
    Status,
    address,
    choice,
    day,
    integer,
    lines,
    rich_text,
    rows,
    secret,
    text,
    toggle,
)
from motion_desk.models.kinds import Row
from motion_desk.models.secret import Secret
from motion_desk.models.section import Section
from motion_desk.models.surfaces import Surface


@declared
class Entry(Row):
    """Base of what accounts refer to; a retired entry is kept but no longer offered."""

    retired: bool = toggle(
        "Retired",
        status=Status.OURS,
        help="Keeps the entry for the accounts that use it, but offers it no more.",
    )


@declared
class ListEntry(Entry):
    """A list of the contact manager."""

    TITLE: ClassVar[str] = "List"

    name: str = text("Name", required=True, source="S15", help="The list's name in Motion.")
    description: str = lines("Description", source="S15", help="What the list is for.")
    dial_prefix: str = text("Dial prefix", source="S15", help="For telephone campaigns.")


@declared
class Lists(Section):
    """Contact lists."""

    NAME, TITLE = "lists", "Lists"
    ABOUT = "Lists of the contact manager: where an account saves new senders."
    SOURCE = "S15"
    entries: tuple[ListEntry, ...] = rows("Lists", ListEntry, one="list", source="S15")


@declared
class QueueEntry(Entry):
    """A queue of agents."""

    TITLE: ClassVar[str] = "Queue"

    name: str = text("Name", required=True, source="S14", help="Unique among the queues.")
    strategy: Strategy = choice(
        "Strategy",
        Strategy.BEEPALL,
        source="S14",
        help="How a message is offered to the queue's agents.",
        note="Described for chat queues. Least recent needs Motion 3.60.",
    )
    weight: int = integer(
        "Weight",
        0,
        low=0,
        high=10,
        required=True,
        since="3.60",
        source="S14",
        help="Which queue is served first, across channels: the higher the sooner.",
    )
    agent_timeout: int | None = integer(
        "Agent timeout",
        None,
        low=1,
        high=2_147_483,
        unit="s",
        source="S14",
        help="How long each agent is asked.",
    )
    description: str = lines("Description", source="S14", help="What the queue is for.")


@declared
class Queues(Section):
    """Queues."""

    NAME, TITLE = "queues", "Queues"
    ABOUT = "Queues of agents that messages are offered to."
    SOURCE = "S14"
    entries: tuple[QueueEntry, ...] = rows("Queues", QueueEntry, one="queue", source="S14")


@declared
class AgentEntry(Entry):
    """Somebody who answers messages."""

    TITLE: ClassVar[str] = "Agent"

    name: str = text("Full name", required=True, source="S13", help="The agent's name.")
    username: str = text(
        "Username", source="S13", help="Letters, digits, full stops and underscores."
    )
    alias: str = text("Alias", source="S13", help="The name customers see, in canned answers too.")
    address: str = address("Email address", source="S13", help="For password recovery.")
    internal: str = text("Internal", source="S13", help="The internal telephone number.")
    typology: Typology = choice(
        "Typology", Typology.WEBRTC, source="S13", help="The kind of phone."
    )
    description: str = lines("Description", source="S13", help="What colleagues should know.")


@declared
class Agents(Section):
    """Agents."""

    NAME, TITLE = "agents", "Agents"
    ABOUT = "The people who answer messages."
    SOURCE = "S13"
    entries: tuple[AgentEntry, ...] = rows("Agents", AgentEntry, one="agent", source="S13")


@declared
class UserEntry(Entry):
    """Somebody who administers or supervises Motion."""

    TITLE: ClassVar[str] = "User"

    name: str = text("Full name", required=True, source="S13", help="The user's name.")
    username: str = text("Username", source="S13", help="The name used to log in to Motion.")
    address: str = address("Email address", source="S13", help="Where invitations are sent.")
    role: str = text("Role", source="S13", help="What the user may do in Motion.")


@declared
class Users(Section):
    """Users."""

    NAME, TITLE = "users", "Users"
    ABOUT = "The people who administer and supervise Motion."
    SOURCE = "S13"
    entries: tuple[UserEntry, ...] = rows("Users", UserEntry, one="user", source="S13")


@declared
class PauseEntry(Entry):
    """A reason for which agents pause."""

    TITLE: ClassVar[str] = "Pause status"

    name: str = text("Name", required=True, help="The pause's name in Motion.")


@declared
class Pauses(Section):
    """Pause statuses."""

    NAME, TITLE = "pauses", "Pause statuses"
    ABOUT = "Reasons for which agents pause; one can be applied during mandatory disposition."
    entries: tuple[PauseEntry, ...] = rows("Pause statuses", PauseEntry, one="pause status")


@declared
class TagEntry(Entry):
    """A label for interactions."""

    TITLE: ClassVar[str] = "Tag"

    name: str = text("Name", required=True, source="S7", help="The tag's name in Motion.")


@declared
class Tags(Section):
    """Tags."""

    NAME, TITLE = "tags", "Tags"
    ABOUT = "Labels that the Tag action puts on interactions."
    SOURCE = "S7"
    entries: tuple[TagEntry, ...] = rows("Tags", TagEntry, one="tag", source="S7")


@declared
class CloudProviderEntry(Entry):
    """An app registration at Microsoft that Motion signs in with."""

    TITLE: ClassVar[str] = "Cloud provider"

    name: str = text("Name", required=True, source="S3", help="The provider's name in Motion.")
    tenant: str = text(
        "Tenant ID", source="S3", help="Microsoft Entra ID → Overview: Directory (tenant) ID."
    )
    client_id: str = text(
        "Client ID",
        source="S3",
        help="App registrations → your app: Application (client) ID. Each account needs its own.",
    )
    client_secret: Secret = secret(
        "Client secret",
        source="S3",
        help="Certificates & secrets: the secret's value. Kept in your system's keyring.",
    )
    secret_expires: date | None = day(
        "Secret expires",
        status=Status.OURS,
        source="S3",
        help="The day the client secret ends: mail stops on that day unless it is renewed.",
    )
    signed_in: SignIn = choice(
        "Sign-in",
        SignIn.UNKNOWN,
        source="S3",
        help="Whether the provider was authenticated on the Motion server.",
        note="Motion's own state cannot be read from here: note what you see there.",
    )


@declared
class CloudProviders(Section):
    """Cloud providers."""

    NAME, TITLE = "cloud_providers", "Cloud providers"
    ABOUT = "App registrations (Microsoft Azure, type Outlook365) for modern authentication."
    SOURCE = "S3"
    entries: tuple[CloudProviderEntry, ...] = rows(
        "Cloud providers", CloudProviderEntry, one="cloud provider", source="S3"
    )


@declared
class MailTemplateEntry(Entry):
    """A template of Tools → Templates."""

    TITLE: ClassVar[str] = "Mail template"

    name: str = text("Name", required=True, source="S5", help="The template's name in Motion.")
    value: str = rich_text(
        "Text",
        surface=Surface.ACCOUNT_TRANSFER,
        source="S5",
        help="May use {{fromAccount}} and {{toAccount}}.",
    )


@declared
class MailTemplates(Section):
    """Templates of Tools → Templates."""

    NAME, TITLE = "mail_templates", "Mail templates"
    ABOUT = "Templates of Tools → Templates, such as the mail sent when an account is changed."
    SOURCE = "S5"
    entries: tuple[MailTemplateEntry, ...] = rows(
        "Mail templates", MailTemplateEntry, one="mail template", source="S5"
    )


@declared
class InvitationEntry(Entry):
    """A mail that invites a new user or agent."""

    TITLE: ClassVar[str] = "Invitation template"
    NAMED: ClassVar[str] = "key"

    key: str = text("Key", required=True, help="Unique among the invitation templates.")
    subject: str = text(
        "Subject",
        required=True,
        surface=Surface.INVITATION,
        help="Variables stand in double braces: {{ user.name }}.",
    )
    value: str = rich_text(
        "Value",
        required=True,
        surface=Surface.INVITATION,
        help="How to get access, credentials, the link. Variables: {{ user.name }}.",
    )


@declared
class Invitations(Section):
    """Invitation templates."""

    NAME, TITLE = "invitations", "Invitation emails"
    ABOUT = "Mails that invite new users and agents. Choose one under General to have it sent."
    entries: tuple[InvitationEntry, ...] = rows(
        "Invitation templates", InvitationEntry, one="template"
    )
