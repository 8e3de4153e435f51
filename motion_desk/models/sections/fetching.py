"""Fetching: the fields that IMAP and Authentication share, declared the same way in both."""

from __future__ import annotations

from typing import Any

from motion_desk.models.fields import integer, text, toggle
from motion_desk.models.rules import when
from motion_desk.models.sections.settings import LONGEST_WAIT

ANY_CERTIFICATE_WARNING = (
    "Any certificate is accepted here. Only at your own risk, and only if you trust this mail "
    "server: one that you own, or that a trusted partner runs."
)
"""The page's own warning, in other words; the check says the same."""


def any_certificate(ssl: str, **options: Any) -> bool:
    """Declare “Accept any certificate”, shown while the switch ``ssl`` is on."""
    return toggle(
        "Accept any certificate",
        visible=when(ssl, True),
        help="Lets Motion use a mail server on your premises whose certificate is invalid: "
        "self-signed, expired, or from an authority that is no longer trusted.",
        warning=ANY_CERTIFICATE_WARNING,
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
