"""IMAP: where and how mail of a custom service is fetched."""

from datetime import date

from motion_desk.models.choices import Service
from motion_desk.models.declared import declared
from motion_desk.models.fields import Follow, host, integer, secret, text, toggle
from motion_desk.models.rules import when
from motion_desk.models.secret import Secret
from motion_desk.models.section import Section
from motion_desk.models.sections import fetching
from motion_desk.models.sections.settings import NO_DEFAULT


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
    any_certificate: bool = fetching.any_certificate("imap")
    any_certificate_reason: str = fetching.any_certificate_reason("imap")
    any_certificate_review: date | None = fetching.any_certificate_review("imap")
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
    mailbox: str = fetching.mailbox()
    connection_timeout: int = fetching.connection_timeout()
    authentication_timeout: int = fetching.authentication_timeout()
