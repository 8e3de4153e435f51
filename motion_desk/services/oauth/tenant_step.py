"""Tenant step: one thing that an administrator must do for a cloud provider, and what it is told of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Self

from motion_desk.models.engines.tokens import Token
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.oauth.kept import Kept
from motion_desk.services.oauth.standing import Mailbox
from motion_desk.services.oauth.step_texts import Text


class Way(Enum):
    """Who signs in."""

    PERSON = "person"
    APPLICATION = "application"


class Origin(Enum):
    """Where a step is from: the word for programs, and what it is called."""

    MICROSOFT = "microsoft", "Microsoft's documentation"
    MOTION = "motion", "Motion's page"
    INFERRED = "inferred", "inferred"
    TESTS = "tests", "for tests from here only"

    label: str

    def __new__(cls, word: str, label: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member


ENTRA, EXCHANGE, MOTION = (
    "Administrator of the tenant, in the Microsoft Entra admin centre",
    "Administrator of Exchange Online",
    "Administrator of Motion",
)
"""Who does a step."""

REGISTRATIONS = "App registrations"
APP = f"{REGISTRATIONS} → the application"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``by`` says who does it, ``where`` on which page, ``texts`` are to copy.

    ``done`` is ``None`` where it cannot be seen from here, and ``why`` says what was seen.
    """

    name: str
    title: str
    by: str
    where: str
    sentences: tuple[str, ...]
    origins: tuple[Origin, ...]
    texts: tuple[Text, ...] = ()
    done: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the steps are told of: a provider, what is kept of its sign-in, and its mailboxes."""

    entry: CloudProviderEntry
    kept: Kept = field(default_factory=Kept)
    mailboxes: tuple[Mailbox, ...] = ()
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def tenant(self) -> str:
        """The tenant's id, or empty."""
        return self.entry.tenant.strip()

    @property
    def client_id(self) -> str:
        """The application's id, or empty."""
        return self.entry.client_id.strip()

    def token(self, way: Way) -> Token | None:
        """A readable token that was got in this way for this application, if one is kept."""
        for holder in self.kept.holders:
            token = holder.token
            ours = token is not None and token.application in ("", self.client_id)
            is_application = way is Way.APPLICATION
            if token and token.readable and ours and token.is_application is is_application:
                return token
        return None
