"""Steps: what a test consists of, and what it found; plain values that can be kept and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Self

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.transcript import Line
from motion_desk.services.tester.failures import Failure


class StepName(Enum):
    """The steps, by the word that names each on the command line; with title and exit code."""

    INPUTS = "inputs", "Values", 10
    DNS = "dns", "Name", 11
    TCP = "tcp", "Connection", 12
    TLS = "tls", "Encryption", 13
    GREETING = "greeting", "Greeting", 14
    CAPABILITIES = "capabilities", "Abilities", 15
    HELLO = "hello", "Abilities in TLS", 16
    TOKEN = "token", "Sign-in", 23
    LOGIN = "login", "Login", 17
    MAILBOX = "mailbox", "Mailbox", 18
    HEADERS = "headers", "Headers", 19
    SENDER = "sender", "Sender", 20
    RECIPIENT = "recipient", "Recipient", 21
    LOGOUT = "logout", "Goodbye", 22

    title: str
    exit_code: int

    def __new__(cls, word: str, title: str, exit_code: int) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.title = title
        member.exit_code = exit_code
        return member


class State(Enum):
    """What became of a step."""

    WAITING = "waiting"
    RUNNING = "running"
    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    NOT_RUN = "not run"
    STOPPED = "stopped"


class Who(Enum):
    """Who can do what a remedy says."""

    YOU = "you"
    MAIL_TEAM = "mail team"
    TENANT_ADMINISTRATOR = "tenant administrator"
    MOTION_ADMINISTRATOR = "administrator of the Motion server"
    NETWORK_TEAM = "network team"


@dataclass(frozen=True, slots=True)
class Fact:
    """A piece of evidence. ``code`` names it for programs, ``group`` what it belongs to."""

    code: str
    label: str
    value: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A field's key and the value that it would get."""

    key: str
    value: object


@dataclass(frozen=True, slots=True)
class Difference:
    """A change as people read it: the field's label, and its value before and after."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be done about a finding; those of a finding are ranked, the best first.

    ``text`` is a template filled with ``values``. What kind it is follows from what it holds:

    * ``changes``: values of the account that would be other (``differences`` say it in words);
    * ``workspace_changes``: the same of the workspace;
    * ``field``: the key of a field into which a person must type what only they know;
    * ``letter``: a text to send to ``who``, for it is not a setting;
    * ``again_after``: seconds after which a new test can pass by itself.

    ``here`` marks what concerns tests from this workstation only: Motion's verdict never changes
    by it. ``risk`` marks what is done at one's own risk; it asks for a reason and a review date.
    """

    code: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    differences: tuple[Difference, ...] = ()
    workspace_changes: tuple[Change, ...] = ()
    field: str = ""
    who: Who = Who.YOU
    letter: str = ""
    again_after: float = 0.0
    here: bool = False
    risk: bool = False

    @property
    def sentence(self) -> str:
        """The remedy in one or two sentences."""
        return self.text.format_map(self.values)

    @property
    def is_setting(self) -> bool:
        """Whether it is done in Motion's settings."""
        return bool(self.changes or self.field) and not self.here


@dataclass(frozen=True, slots=True)
class Finding:
    """What a step found to be wrong, or worth a warning.

    ``values`` fill the templates of the failure's title and cause. ``words`` are the server's own, ``key`` the field to look at, ``code`` the server's code.
    """

    failure: Failure
    values: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    words: str = ""
    key: str = ""
    remedies: tuple[Remedy, ...] = ()

    @property
    def title(self) -> str:
        """The finding in a few words."""
        return self.failure.title.format_map(self.values)

    @property
    def heading(self) -> str:
        """What stands above ``words``: whose they are."""
        openssl = self.code.startswith("OpenSSL ")
        return "OpenSSL's own words" if openssl else "The server's own words"

    @property
    def cause(self) -> str:
        """Why, as far as can be told, in one or two sentences."""
        return self.failure.cause.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a probe. ``started`` and ``seconds`` count from the beginning of the test.

    ``summary`` is its evidence, or the reason for which it was not run, in one line. ``accepted``:
    it failed for Motion, but a trust decision of this workstation let the test go on.
    """

    protocol: Protocol
    name: StepName
    state: State = State.WAITING
    started: float = 0.0
    seconds: float = 0.0
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """One protocol's part of a test. ``target`` is host and port; steps in their order."""

    protocol: Protocol
    target: str
    steps: tuple[Step, ...]
    transcript: tuple[Line, ...] = ()
    round_trips: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> Step | None:
        """The first step that failed for Motion, if any."""
        return next((step for step in self.steps if step.state is State.FAILED), None)

    @property
    def stopped(self) -> bool:
        """Whether a person ended it."""
        return any(step.state is State.STOPPED for step in self.steps)

    def step(self, name: StepName) -> Step | None:
        """The step with a name, where the probe has it."""
        return next((step for step in self.steps if step.name is name), None)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole test. ``fingerprint`` stands for the values used; ``vantage`` says from where.

    ``values`` are those values as ``values.tested_values`` says them, or empty where unknown.
    """

    account: str
    name: str
    at: datetime
    fingerprint: str
    vantage: str
    probes: tuple[Probe, ...]
    lab: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    def probe(self, protocol: Protocol) -> Probe | None:
        """The probe of a protocol, where it was tested."""
        return next((probe for probe in self.probes if probe.protocol is protocol), None)


@dataclass(frozen=True, slots=True)
class Began:
    """Tells that a step began, and how many seconds it may take."""

    protocol: Protocol
    name: StepName
    limit: float


@dataclass(frozen=True, slots=True)
class Ended:
    """Tells what became of a step; also of one that is not run."""

    step: Step


@dataclass(frozen=True, slots=True)
class Finished:
    """Tells that a probe is over."""

    probe: Probe


@dataclass(frozen=True, slots=True)
class Renewed:
    """Tells that the sign-in of a cloud provider was renewed: the asking thread is to keep it.

    ``cache`` belongs into the keyring and nowhere else; see ``services/oauth/cache``.
    """

    provider: str
    cache: str = field(repr=False)


Event = Began | Ended | Finished | Renewed
"""What a running test tells. For each protocol in order, the two protocols mixed."""
