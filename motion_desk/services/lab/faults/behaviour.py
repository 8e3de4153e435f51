"""Behaviour: what a fault makes a server do otherwise than a healthy one, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tongue(Enum):
    """The protocol that a server speaks."""

    IMAP = "imap"
    SMTP = "smtp"
    POP3 = "pop3"
    HTTP = "http"


class Chain(Enum):
    """Which certificates a server sends."""

    SOUND = "leaf and intermediate"
    LEAF_ONLY = "leaf without its intermediate"
    SELF_SIGNED = "self-signed"
    EXPIRED = "ended a month ago"
    NOT_YET_VALID = "begins in a month"
    OTHER_NAME = "for another name"


class Handshake(Enum):
    """How a TLS handshake goes, on whatever port and after STARTTLS alike."""

    SOUND = "sound"
    OLD = "TLS 1.0 and 1.1 only"
    BROKEN = "closed after the client's first words"
    CLIENT_CERTIFICATE = "asks for a client certificate"


class Starttls(Enum):
    """What becomes of STARTTLS on a port that begins in clear text."""

    OFFERED = "offered"
    MISSING = "neither offered nor known"
    STRIPPED = "offered and refused"
    BROKEN = "agreed to, then closed"


class After(Enum):
    """What comes after the greeting."""

    TALK = "the session"
    CLOSE = "the end of the connection"
    SILENCE = "nothing"


class Answers(Enum):
    """What the identity server answers requests with."""

    SOUND = "as Microsoft's does"
    PAGE = "a page for people, as if all were well"
    PROXY = "a proxy's request to sign in first"
    DOWN = "that it is not available"


class Naming(Enum):
    """What the name service answers."""

    SOUND = "that every domain's mail is in the lab"
    LYING = "by the names of another domain's servers"
    LOOPING = "by aliases that lead in a circle"
    SILENT = "nothing"


class Autoconfig(Enum):
    """What is behind the address of a domain's autoconfig file."""

    SOUND = "the lab's servers"
    OTHER_DOMAIN = "a file for another domain"
    MALICIOUS = "a file with entities that grow beyond all bounds"
    ENDLESS = "a file that never ends"


class Noise(Enum):
    """What becomes of the replies that follow the greeting."""

    NONE = "as they are"
    GARBAGE = "bytes without meaning"
    ENDLESS = "a line that never ends"
    SLOW = "one byte after another, from the greeting on"
    STRANGE_TAGS = "tags that were never asked"


@dataclass(frozen=True, slots=True)
class Layout:
    """The mailboxes of every person, beside INBOX."""

    names: tuple[str, ...]
    delimiter: str = "/"
    any_name: bool = False
    """Whatever other name is asked for is there as well, as if it had been made long ago."""
    feed: bool = False
    """INBOX holds spam, viruses, newsletters and normal messages instead of customers' mail."""


SPECIAL = ("Archive", "Drafts", "Junk", "Sent", "Trash")
ORDINARY = Layout(
    (*SPECIAL, "Support", "Support/Archive", "Kunden & Service", "Rückfragen"), any_name=True
)

IMAP_PORTS = frozenset({143, 993})
SMTP_PORTS = frozenset({25, 465, 587})


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What the identity server does; every default is what a healthy one does.

    Refusals are numbers of Microsoft's AADSTS codes; 0 is none.
    """

    answers: Answers = Answers.SOUND
    delay: float = 0.0
    """Seconds before each answer."""
    clock_ahead: float = 0.0
    """Seconds by which the clock of all servers differs from this computer's; never scaled."""
    refuses_client: int = 0
    """For whatever an application asks."""
    refuses_secret: int = 0
    """For applications that show a secret."""
    refuses_person: int = 0
    """For tokens in the name of a person."""
    refuses_application: int = 0
    """For tokens of an application by itself."""
    refuses_renewal: int = 0
    """For refresh tokens."""
    refuses_device: int = 0
    """For device codes, whatever the person did."""
    audience: str = ""
    """Whom tokens are for, in place of whom they were asked for."""
    tenant: str = ""
    """Which tenant tokens are from, in place of the one that was asked."""
    permissions: tuple[str, ...] | None = None
    """What tokens allow, in place of what was asked for."""
    expired: bool = False
    """Tokens ended an hour before they are given out."""
    token_length: int = 0
    """Characters that an access token has at least."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Every default is what a healthy server does. Times are in seconds, before scaling."""

    name: str
    title: str
    about: str

    # Names and addresses: only what asks Lab.route sees these.
    mail_names_only: bool = False
    """Host names that do not begin with “mail.” do not exist."""
    refused: frozenset[int] = frozenset()
    """Usual ports where nothing listens."""
    silent: bool = False
    """No connection is ever answered."""
    dead_address_first: bool = False
    """Each name has an address where nothing listens before the one that answers."""
    naming: Naming = Naming.SOUND
    autoconfig: Autoconfig = Autoconfig.SOUND

    # Encryption.
    implicit: frozenset[int] = frozenset({465, 993, 995})
    """Usual ports that speak TLS from the first byte."""
    chain: Chain = Chain.SOUND
    handshake: Handshake = Handshake.SOUND
    starttls: Starttls = Starttls.OFFERED

    # Greeting and replies.
    imap_ports_speak: Tongue = Tongue.IMAP
    smtp_ports_speak: Tongue = Tongue.SMTP
    imap_greeting: str = ""
    smtp_greeting: str = ""
    """Greetings in place of the usual ones."""
    greeting_delay: float = 0.0
    half_greeting: bool = False
    after_greeting: After = After.TALK
    after_smtp_greeting: After | None = None
    """Where SMTP goes on otherwise than IMAP."""
    noise: Noise = Noise.NONE
    echo: bool = False
    """A log-in is answered by the client's own line, password and all."""

    # Logging in.
    clear_login: bool = True
    """Logging in is possible before TLS, too."""
    login_command: bool = True
    """IMAP's LOGIN is possible."""
    imap_mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN", "XOAUTH2")
    smtp_mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2")
    imap_refusal: str = ""
    smtp_refusal: str = ""
    """What a log-in is refused with; IMAP's begins with NO, SMTP's with its code."""
    right_password: bool = False
    """Only who does not know the right password is refused."""
    login_delay: float = 0.0

    # Signing in.
    signing_in: SigningIn = SigningIn()

    # Mailboxes.
    layout: Layout = ORDINARY
    mailbox_refusal: str = ""
    """What SELECT, EXAMINE and STATUS are refused with."""
    read_only: bool = False
    full: bool = False
    """The quota of every mailbox is used up."""
    huge_literal: bool = False
    """FETCH announces 4 GB and sends data without end."""

    # Sending and delivery.
    size_limit: int = 32 * 2**20
    """Bytes of a message."""
    sender_refusal: str = ""
    own_address_only: bool = False
    """The sender is refused unless it is the name that was logged in with."""
    recipient_refusal: str = ""
    relays_for_known: bool = False
    """Recipients are refused unless somebody has logged in."""
    greylisting: float = 0.0
    """Seconds for which a new sender and recipient are put off."""
    delivered_to: str = "INBOX"
    delivery_delay: float = 0.0
    copies: int = 1
    """How often a message is put into the mailbox."""
    header_growth: int = 0
    """Bytes by which the header of a message grows on the way."""
    signs: bool = True
    """Mail is signed (DKIM)."""

    @property
    def is_on_the_way(self) -> bool:
        """Whether only who asks ``Lab.route`` for the way sees it: the servers are healthy."""
        return bool(self.mail_names_only or self.refused or self.silent or self.dead_address_first)

    def tongue(self, port: int) -> Tongue:
        """What the server behind a usual port speaks."""
        if port in IMAP_PORTS:
            return self.imap_ports_speak
        return self.smtp_ports_speak if port in SMTP_PORTS else Tongue.POP3
