"""Fetching: the fields that IMAP and Authentication share, declared the same way in both."""

from __future__ import annotations

from datetime import date
from typing import Any

from motion_desk.models.fields import Status, day, integer, text, toggle
from motion_desk.models.rules import Rule, when
from motion_desk.models.sections.settings import LONGEST_WAIT

ANY_CERTIFICATE_WARNING = (
    "Any certificate is accepted here. Only at your own risk, and only if you trust this mail "
    "server: one that you own, or that a trusted partner runs."
)
"""The page's own warning, in other words; the check says the same."""


def any_certificate(section: str, **options: Any) -> bool:
    """Declare “Accept any certificate”, shown while the section's SSL is on."""
    return toggle(
        "Accept any certificate",
        visible=when(f"{section}.ssl", True),
        help="Lets Motion use a mail server on your premises whose certificate is invalid: "
        "self-signed, expired, or from an authority that is no longer trusted.",
        warning=ANY_CERTIFICATE_WARNING,
        **options,
    )


def _accepts_any(section: str) -> Rule:
    """A rule that holds while a section's flag is on, and so is shown."""
    return when(f"{section}.ssl", True) & when(f"{section}.any_certificate", True)


def any_certificate_reason(section: str, **options: Any) -> str:
    """Declare why any certificate is accepted, shown while the section's flag is on."""
    return text(
        "Reason for accepting any certificate",
        visible=_accepts_any(section),
        status=Status.OURS,
        help="Whose mail server this is, and why it has no certificate that is valid.",
        **options,
    )


def any_certificate_review(section: str, **options: Any) -> date | None:
    """Declare the day on which the flag is looked at again, shown while it is on."""
    return day(
        "Review on",
        visible=_accepts_any(section),
        status=Status.OURS,
        help="The day on which somebody looks whether the server has a valid certificate by now.",
        **options,
    )


def mailbox() -> str:
    """Declare the folder that messages are fetched from."""
    return text(
        "Mailbox",
        "INBOX",
        required=True,
        group="Fetching",
        help="The folder in which Motion looks for new messages.",
        mark="default unconfirmed",
        note="The page says “default inbox”; that this is INBOX is not confirmed.",
    )


def timeout(label: str, default: int, help: str) -> int:  # noqa: A002 - as the fields' own
    """Declare one of the two timeouts, in seconds."""
    declared: int = integer(
        label,
        default,
        low=1,
        high=LONGEST_WAIT,
        unit="s",
        required=True,
        group="Fetching",
        help=help,
        note="The default is documented, the allowed range is not.",
    )
    return declared


def connection_timeout() -> int:
    """Declare how long connecting may take."""
    return timeout(
        "Connection timeout",
        10,
        "How long connecting to the mail server may take. Raise it if the server is slow to "
        "answer.",
    )


def authentication_timeout() -> int:
    """Declare how long logging in may take."""
    return timeout(
        "Authentication timeout",
        5,
        "How long logging in may take. Raise it if the server is slow to check passwords.",
    )
