"""What the tester has to find for every fault of the lab, written by hand.

A line is: fault, protocol, what the account has that is not usual, then the step, the failure, the
first remedy, and what comes of it. Where no failure is named, Motion would succeed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import State
from motion_desk.services.tester.steps import StepName as S

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP

GREEN = "green"
TYPED = "green once it is typed"
WAITED = "green after the wait"
NOT_A_SETTING = "not a setting"
NOTED = "green once it is noted"


@dataclass(frozen=True)
class Line:
    """One line; ``values`` are those of the account, ``scale`` that of the lab's delays."""

    fault: str
    protocol: Protocol
    step: S | None = None
    failure: Failure | None = None
    remedy: str = ""
    result: str = ""
    values: dict[str, object] = field(default_factory=dict)
    state: State = State.FAILED
    scale: float = 0.05
    authority: bool = True
    attachments: int | None = None

    @property
    def name(self) -> str:
        """How the line is called in a test's name."""
        return f"{self.fault} {self.protocol.label}"


USER = "care@meridia.example"
HOST = "imap.meridia.example"
CLEAR: dict[str, object] = {
    "imap__ssl": False,
    "imap__port": 143,
    "smtp__secure": False,
    "smtp__port": 587,
}
SUPPORT: dict[str, object] = {"imap__mailbox": "Support"}
WRONG_PASSWORD = "not this one"


def both(
    fault: str, step: S, failure: Failure, remedy: str, result: str, **more: object
) -> list[Line]:
    """The same for both protocols."""
    return [
        Line(fault, protocol, step, failure, remedy, result, **more)  # type: ignore[arg-type]
        for protocol in Protocol
    ]


def sound(fault: str, **more: object) -> list[Line]:
    """A fault that does not concern a test, or is for later."""
    return [Line(fault, protocol, **more) for protocol in Protocol]  # type: ignore[arg-type]


def warned(line: Line) -> Line:
    """The same, as a warning."""
    return replace(line, state=State.WARNING)


TABLE: list[Line] = [
    *sound("healthy"),
    *both("name-not-found", S.DNS, Failure.NAME_UNKNOWN, "use-host", GREEN),
    Line("port-refused", IMAP, S.TCP, Failure.PORT_REFUSED, "open-port", NOT_A_SETTING),
    Line("port-refused", SMTP, S.TCP, Failure.PORT_REFUSED, "use-port", GREEN),
    *both("port-silent", S.TCP, Failure.PORT_SILENT, "open-port", NOT_A_SETTING),
    *(
        warned(line)
        for line in both(
            "two-addresses", S.TCP, Failure.SOME_ADDRESSES_DEAD, "mend-addresses", NOT_A_SETTING
        )
    ),
    Line("wrong-port-tls", IMAP, S.TLS, Failure.TLS_TO_CLEAR_PORT, "ask-tls-port", NOT_A_SETTING),
    Line("wrong-port-tls", SMTP, S.TLS, Failure.TLS_TO_CLEAR_PORT, "secure-off", GREEN),
    *both("wrong-port-clear", S.GREETING, Failure.SPEAKS_TLS, "tls-on", GREEN, values=CLEAR),
    Line("pop3", IMAP, S.GREETING, Failure.POP3, "ask-place", NOT_A_SETTING),
    Line("pop3", SMTP),
    *both("swapped", S.GREETING, Failure.OTHER_PROTOCOL, "swap", GREEN),
    *both("not-mail", S.GREETING, Failure.NO_MAIL_SERVER, "ask-place", NOT_A_SETTING),
    Line(
        "greeting-slow",
        IMAP,
        S.GREETING,
        Failure.GREETING_SLOW,
        "longer",
        GREEN,
        {"imap__connection_timeout": 1},
        scale=0.11,
    ),
    Line(
        "greeting-slow",
        SMTP,
        S.GREETING,
        Failure.GREETING_SLOW,
        "slow-server",
        NOT_A_SETTING,
        scale=0.2,
    ),
    *both("greeting-bye", S.GREETING, Failure.TURNED_AWAY, "allow", NOT_A_SETTING),
    *both("drop-after-greeting", S.CAPABILITIES, Failure.CLOSED, "again", NOT_A_SETTING),
    Line(
        "too-many-connections", IMAP, S.LOGIN, Failure.TOO_MANY_CONNECTIONS, "again", NOT_A_SETTING
    ),
    Line(
        "too-many-connections",
        SMTP,
        S.GREETING,
        Failure.TOO_MANY_CONNECTIONS,
        "again",
        NOT_A_SETTING,
    ),
    warned(
        Line("starttls-missing", IMAP, S.CAPABILITIES, Failure.CLEAR_TEXT, "tls-on", GREEN, CLEAR)
    ),
    warned(Line("starttls-missing", SMTP, S.TLS, Failure.CLEAR_TEXT, "tls-on", GREEN, CLEAR)),
    Line("starttls-stripped", SMTP, S.TLS, Failure.STARTTLS_REFUSED, "use-port", GREEN, CLEAR),
    Line("starttls-broken", SMTP, S.TLS, Failure.TLS_BROKEN, "use-port", GREEN, CLEAR),
    Line("login-disabled", IMAP, S.LOGIN, Failure.LOGIN_NEEDS_ENCRYPTION, "tls-on", GREEN, CLEAR),
    Line("login-disabled", SMTP, values=CLEAR),
    *both("self-signed", S.TLS, Failure.SELF_SIGNED, "issue", NOT_A_SETTING),
    *both(
        "private-ca",
        S.TLS,
        Failure.AUTHORITY_UNKNOWN,
        "ask-authority",
        NOT_A_SETTING,
        authority=False,
    ),
    *both("missing-intermediate", S.TLS, Failure.CHAIN_INCOMPLETE, "full-chain", NOT_A_SETTING),
    *both("expired", S.TLS, Failure.CERTIFICATE_EXPIRED, "renew", NOT_A_SETTING),
    *both("not-yet-valid", S.TLS, Failure.CERTIFICATE_NOT_YET_VALID, "clock", NOT_A_SETTING),
    *both("wrong-name", S.TLS, Failure.WRONG_NAME, "use-host", GREEN),
    *both("old-tls", S.TLS, Failure.TLS_TOO_OLD, "mend-tls", NOT_A_SETTING),
    *both("tls-broken", S.TLS, Failure.TLS_BROKEN, "mend-tls", NOT_A_SETTING),
    *both(
        "client-certificate",
        S.GREETING,
        Failure.CLIENT_CERTIFICATE,
        "no-client-certificate",
        NOT_A_SETTING,
    ),
    *both("wrong-password", S.LOGIN, Failure.WRONG_PASSWORD, "type-password", TYPED),
    *both("app-password", S.LOGIN, Failure.APP_PASSWORD, "app-password", TYPED),
    *both("basic-closed", S.LOGIN, Failure.OAUTH_ONLY, "allow-password", NOT_A_SETTING),
    *both("tenant-gate", S.LOGIN, Failure.TENANT_GATE, "three-gates", NOT_A_SETTING),
    *both("password-expired", S.LOGIN, Failure.PASSWORD_EXPIRED, "change-password", NOT_A_SETTING),
    *both("authorization-failed", S.LOGIN, Failure.NOT_AUTHORIZED, "allow-protocol", NOT_A_SETTING),
    *both("contact-admin", S.LOGIN, Failure.CONTACT_ADMINISTRATOR, "tell", NOT_A_SETTING),
    *both("login-unavailable", S.LOGIN, Failure.LOGIN_UNAVAILABLE, "again", NOT_A_SETTING),
    Line(
        "login-slow",
        IMAP,
        S.LOGIN,
        Failure.LOGIN_SLOW,
        "longer",
        GREEN,
        {"imap__authentication_timeout": 1},
        scale=0.18,
    ),
    Line("login-slow", SMTP, S.LOGIN, Failure.LOGIN_SLOW, "slow-server", NOT_A_SETTING, scale=0.2),
    Line("no-auth", IMAP),
    Line("no-auth", SMTP, S.LOGIN, Failure.LOGIN_NOT_OFFERED, "login-off", GREEN),
    Line(
        "mailbox-missing",
        IMAP,
        S.MAILBOX,
        Failure.MAILBOX_MISSING,
        "use-mailbox",
        GREEN,
        {"imap__mailbox": "Supportt"},
    ),
    Line(
        "mailbox-delimiter", IMAP, S.MAILBOX, Failure.MAILBOX_MISSING, "use-mailbox", GREEN, SUPPORT
    ),
    Line(
        "mailbox-near-name", IMAP, S.MAILBOX, Failure.MAILBOX_MISSING, "use-mailbox", GREEN, SUPPORT
    ),
    Line(
        "mailbox-forbidden",
        IMAP,
        S.MAILBOX,
        Failure.MAILBOX_FORBIDDEN,
        "allow-mailbox",
        NOT_A_SETTING,
    ),
    warned(Line("over-quota", IMAP, S.MAILBOX, Failure.OVER_QUOTA, "enlarge", NOT_A_SETTING)),
    Line("over-quota", SMTP, S.RECIPIENT, Failure.OVER_QUOTA, "enlarge", NOT_A_SETTING),
    warned(Line("read-only", IMAP, S.MAILBOX, Failure.READ_ONLY, "allow-mailbox", NOT_A_SETTING)),
    Line(
        "sender-refused",
        SMTP,
        S.SENDER,
        Failure.SENDER_REFUSED,
        "login-address",
        GREEN,
        {"settings__address": "sales@meridia.example"},
    ),
    Line(
        "relay-denied",
        SMTP,
        S.RECIPIENT,
        Failure.RELAY_DENIED,
        "login-on",
        GREEN,
        {"smtp__authentication": False},
    ),
    Line(
        "recipient-refused", SMTP, S.RECIPIENT, Failure.RECIPIENT_REFUSED, "exists", NOT_A_SETTING
    ),
    Line("greylisting", SMTP, S.RECIPIENT, Failure.GREYLISTED, "again", WAITED, scale=0.005),
    warned(
        Line(
            "size-limit",
            SMTP,
            S.CAPABILITIES,
            Failure.TOO_LARGE,
            "smaller",
            NOT_A_SETTING,
            attachments=25,
        )
    ),
    Line("smtp-closing", SMTP, S.SENDER, Failure.SERVICE_CLOSING, "again", NOT_A_SETTING),
    *sound("junk"),
    *sound("delayed"),
    *sound("twice"),
    *sound("unsigned"),
    *sound("long-header"),
    *sound("feed"),
    *both("garbage-lines", S.CAPABILITIES, Failure.NONSENSE, "tell", NOT_A_SETTING),
    *both("endless-line", S.CAPABILITIES, Failure.ENDLESS, "tell", NOT_A_SETTING),
    Line("huge-literal", IMAP, S.HEADERS, Failure.ENDLESS, "tell", NOT_A_SETTING),
    *both("half-greeting", S.GREETING, Failure.TOO_SLOW, "again", NOT_A_SETTING),
    *both("one-byte", S.GREETING, Failure.TOO_SLOW, "again", NOT_A_SETTING),
    Line("strange-tags", IMAP, S.CAPABILITIES, Failure.NONSENSE, "tell", NOT_A_SETTING),
    Line("echo", IMAP, S.LOGIN, Failure.REFUSED, "tell", NOT_A_SETTING),
    Line("echo", SMTP, S.LOGIN, Failure.LOGIN_NOT_OFFERED, "login-off", GREEN),
]
