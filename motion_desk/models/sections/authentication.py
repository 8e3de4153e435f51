"""Authentication: how Motion logs in to a built-in service."""

from datetime import date

from motion_desk.models.choices import BUILT_IN
from motion_desk.models.declared import declared
from motion_desk.models.fields import (
    Follow,
    Status,
    address,
    reference,
    secret,
    text,
    toggle,
)
from motion_desk.models.rules import when
from motion_desk.models.secret import Secret
from motion_desk.models.section import Section
from motion_desk.models.sections import fetching
from motion_desk.models.sections.settings import NO_DEFAULT


@declared
class Authentication(Section):
    """How Motion logs in to a built-in service."""

    NAME, TITLE = "authentication", "Authentication"
    ABOUT = "How Motion logs in to a built-in service."
    VISIBLE = when("settings.service", *BUILT_IN)

    username: str = text(
        "Username",
        required=True,
        follow=Follow("settings.address"),
        help="The name Motion logs in with. Built-in services expect the whole email address.",
    )
    password: Secret = secret(
        "Password",
        required=True,
        visible=when("authentication.modern", False),
        help="The password Motion logs in with. Gmail and Yahoo refuse the account's own password "
        "and want an app password. Motion Desk keeps it in your system's keyring.",
    )
    modern: bool = toggle(
        "Modern authentication",
        group="Modern authentication",
        help="Logs in through the provider's sign-in page (OAuth 2) in place of a password.",
        mark="documented for Outlook365 only",
        note="Documented for Outlook365 only.",
        source="S3",
    )
    modern_address: str = address(
        "Modern authentication email",
        required=True,
        group="Modern authentication",
        visible=when("authentication.modern", True),
        help="The address that signs in at the provider. For a shared mailbox this is the person "
        "who may open it, while Username is the mailbox.",
        source="S3",
    )
    cloud_provider: str = reference(
        "Cloud provider",
        "cloud_providers.entries",
        required=True,
        group="Modern authentication",
        visible=when("authentication.modern", True),
        help="The app registration that Motion signs in with. Motion asks for one provider, "
        "with an app id of its own, for each account.",
        source="S3",
    )
    ssl: bool = toggle(
        "SSL",
        True,
        group="Connection",
        help="Encrypts the connection from the first byte.",
        note=NO_DEFAULT,
    )
    any_certificate: bool = fetching.any_certificate(
        "authentication",
        group="Connection",
        status=Status.UNCONFIRMED,
        note="The page mentions this option here, but does not list it among the fields.",
    )
    any_certificate_reason: str = fetching.any_certificate_reason(
        "authentication", group="Connection"
    )
    any_certificate_review: date | None = fetching.any_certificate_review(
        "authentication", group="Connection"
    )
    mailbox: str = fetching.mailbox()
    connection_timeout: int = fetching.connection_timeout()
    authentication_timeout: int = fetching.authentication_timeout()
