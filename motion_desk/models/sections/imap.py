"""IMAP: where and how mail of a custom service is fetched."""

from motion_desk.models.choices import Service
from motion_desk.models.declared import declared
from motion_desk.models.fields import Follow, host, integer, secret, text, toggle
from motion_desk.models.rules import when
from motion_desk.models.secret import Secret
from motion_desk.models.section import Section
from motion_desk.models.sections.settings import LONGEST_WAIT, NO_DEFAULT

ANY_CERTIFICATE_HELP = (
    "Lets Motion use a mail server on your premises whose certificate is invalid: self-signed, "
    "expired, or from an authority that is no longer trusted."
)
ANY_CERTIFICATE_WARNING = (
    "Any certificate is accepted here. Only at your own risk, and only if you trust this mail "
    "server: one that you own, or that a trusted partner runs."
)
MAILBOX_HELP = "The folder in which Motion looks for new messages."
MAILBOX_NOTE = "The page says “default inbox”; that this is INBOX is not confirmed."
CONNECTION_HELP = (
    "How long connecting to the mail server may take. Raise it if the server is slow to answer."
)
LOGIN_HELP = "How long logging in may take. Raise it if the server is slow to check passwords."
RANGE_NOTE = "The default is documented, the allowed range is not."


@declared
class Imap(Section):
    """Where and how mail of a custom service is fetched."""

    NAME, TITLE = "imap", "IMAP"
    ABOUT = "Where Motion fetches the mail of a custom service."
    VISIBLE = when("settings.service", Service.CUSTOM)

    host: str = host(
        "IMAP host", required=True, help="The name of the server that Motion fetches mail from."
    )
    port: int = integer(
        "IMAP port",
        993,
        low=1,
        high=65_535,
        required=True,
        follow=Follow("imap.ssl", {True: 993, False: 143}),
        help="Usually 993 with SSL and 143 without.",
        source="S2",
    )
    ssl: bool = toggle(
        "SSL",
        True,
        help="Encrypts the connection from the first byte. Without it, everything, "
        "the password included, is sent as clear text.",
        note=NO_DEFAULT,
    )
    any_certificate: bool = toggle(
        "Accept any certificate",
        visible=when("imap.ssl", True),
        help=ANY_CERTIFICATE_HELP,
        warning=ANY_CERTIFICATE_WARNING,
    )
    authentication: bool = toggle(
        "Authentication",
        True,
        group="Authentication",
        help="Whether Motion logs in to the IMAP server with a username and a password.",
        note=NO_DEFAULT,
    )
    username: str = text(
        "Username",
        required=True,
        group="Authentication",
        visible=when("imap.authentication", True),
        help="The name Motion logs in with: often the whole address, sometimes the part before @.",
    )
    password: Secret = secret(
        "Password",
        required=True,
        group="Authentication",
        visible=when("imap.authentication", True),
        help="The password Motion logs in with. Motion Desk keeps it in your system's keyring.",
    )
    mailbox: str = text(
        "Mailbox",
        "INBOX",
        required=True,
        group="Fetching",
        help=MAILBOX_HELP,
        mark="default unconfirmed",
        note=MAILBOX_NOTE,
    )
    connection_timeout: int = integer(
        "Connection timeout",
        10,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        group="Fetching",
        help=CONNECTION_HELP,
        note=RANGE_NOTE,
    )
    authentication_timeout: int = integer(
        "Authentication timeout",
        5,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        group="Fetching",
        help=LOGIN_HELP,
        note=RANGE_NOTE,
    )
