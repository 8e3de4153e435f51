"""Session: what the steps of one probe share, each leaving there what the next ones need."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Endpoint, Protocol
from motion_desk.models.workspace import Workspace
from motion_desk.services.mail.names import Place, Route
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import Fact, Finding

if TYPE_CHECKING:
    from motion_desk.services.mail.imap import Imap
    from motion_desk.services.mail.smtp import Smtp
    from motion_desk.services.mail.tls import Secured
    from motion_desk.services.mail.wire import Wire
    from motion_desk.services.tester.tokens import Tokens

WARN_FROM = 0.7
"""The part of a timeout from which on it is close."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step that came to its end has to show.

    ``failed``: its findings stop Motion. ``accepted``: and yet the test goes on, by a trust
    decision of this workstation.
    """

    summary: str
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: bool = False
    accepted: bool = False


class StepFailed(Exception):  # noqa: N818 - a result, not an error of the program
    """Ends a step with findings that ``remedies`` are still to be added to."""

    def __init__(
        self,
        failure: Failure,
        key: str = "",
        *,
        code: str = "",
        words: str = "",
        facts: tuple[Fact, ...] = (),
        **values: object,
    ) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.key = key
        self.code = code
        self.words = words
        self.facts = facts
        self.values = values


@dataclass(slots=True)
class Session:
    """One probe under way. Belongs to its thread; ``stop`` may be set by any other.

    ``clues`` is what was found out beside the steps, for the remedies. ``user`` and ``token`` are
    what modern authentication logs in with.
    """

    account: Account
    workspace: Workspace
    endpoint: Endpoint
    password: str | None = field(repr=False)
    missing: str
    stop: threading.Event
    route: Route | None
    patience: float
    tokens: Tokens
    transcript: Transcript = field(default_factory=Transcript)
    began: float = field(default_factory=monotonic)
    connect_until: float = 0.0
    connect_began: float = 0.0
    host: str = ""
    places: tuple[Place, ...] = ()
    place: Place | None = None
    wire: Wire | None = None
    secured: Secured | None = None
    imap: Imap | None = None
    smtp: Smtp | None = None
    abilities: tuple[str, ...] = ()
    abilities_now: tuple[str, ...] = ()
    messages: int = 0
    user: str = ""
    token: str = field(default="", repr=False)
    clues: dict[str, object] = field(default_factory=dict)

    @property
    def protocol(self) -> Protocol:
        """The protocol that is probed."""
        return self.endpoint.protocol

    @property
    def encrypted(self) -> bool:
        """Whether TLS has begun."""
        return self.secured is not None

    @property
    def connected(self) -> Wire:
        """The wire, once there is one."""
        if self.wire is None:
            raise RuntimeError("this step needs a connection")
        return self.wire

    def key(self, part: str) -> str:
        """The field that a part of the endpoint comes from; empty where there is none."""
        return self.endpoint.keys.get(part, "")

    def connecting(self) -> None:
        """Give the wire what is left of the connection timeout."""
        self.connected.allow_until(self.connect_until)

    def answering(self) -> None:
        """Give the wire the tester's own patience with an answer."""
        self.connected.allow(self.patience)

    @property
    def connection_limit(self) -> float:
        """Seconds for all from the name to the greeting; SMTP has the tester's own."""
        if self.protocol is Protocol.IMAP:
            return self.endpoint.connection_timeout
        return min(self.endpoint.connection_timeout, self.patience)

    @property
    def login_limit(self) -> float:
        """Seconds for the login; SMTP has the tester's own."""
        if self.protocol is Protocol.IMAP:
            return self.endpoint.authentication_timeout
        return min(self.endpoint.authentication_timeout, self.patience)


def seconds(value: float) -> str:
    """A time as people read it."""
    if value < 0.001:
        return "< 1 ms"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def whole(value: float) -> str:
    """A limit as people read it: without a fraction where there is none."""
    return f"{value:g}"


Values = Mapping[str, object]
