"""SMTP: where and how mail of a custom service is sent."""

from motion_desk.models.choices import Service
from motion_desk.models.declared import declared
from motion_desk.models.fields import Follow, host, integer, secret, text, toggle
from motion_desk.models.rules import when
from motion_desk.models.secret import Secret
from motion_desk.models.section import Section
from motion_desk.models.sections.settings import NO_DEFAULT


@declared
class Smtp(Section):
    """Where and how mail of a custom service is sent."""

    NAME, TITLE = "smtp", "SMTP"
    ABOUT = "Where Motion sends the mail of a custom service."
    VISIBLE = when("settings.service", Service.CUSTOM)

    host: str = host(
        "SMTP host", required=True, help="The name of the server that Motion hands mail to."
    )
    port: int = integer(
        "SMTP port",
        465,
        low=1,
        high=65_535,
        required=True,
        follow=Follow("smtp.secure", {True: 465, False: 587}),
        help="Usually 465 with Secure on, and 587 with Secure off.",
        source="S2",
    )
    secure: bool = toggle(
        "Secure",
        True,
        help="If on, the connection uses TLS from the first byte. If off, it begins as clear text.",
        note=f"{NO_DEFAULT} That Motion upgrades to TLS by STARTTLS while this is off is inferred.",
    )
    authentication: bool = toggle(
        "Authentication",
        True,
        group="Authentication",
        help="Whether Motion logs in to the SMTP server. It has its own name and password here.",
        note=NO_DEFAULT,
    )
    username: str = text(
        "Username",
        required=True,
        group="Authentication",
        visible=when("smtp.authentication", True),
        help="The name Motion logs in with to send.",
    )
    password: Secret = secret(
        "Password",
        required=True,
        group="Authentication",
        visible=when("smtp.authentication", True),
        help="The password Motion logs in with. Motion Desk keeps it in your system's keyring.",
    )
