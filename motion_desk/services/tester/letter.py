"""Letter: the message that goes on a round trip, made so that no program answers it."""

from __future__ import annotations

import secrets
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

HEADER = "X-Motion-Desk-Round-Trip"
"""The header that bears the token, and by which the message is found."""

TEXT = (
    "This message was sent by Motion Desk to find out whether mail from this account arrives in "
    "it.\nNobody needs to answer it, and it can be deleted.\n"
)


def letter(sender: str, recipient: str, at: datetime) -> tuple[str, EmailMessage]:
    """A token that no other message has, and the message that bears it. ``at`` has its zone.

    RFC 3834 (Auto-Submitted) and X-Auto-Response-Suppress, Microsoft's header for the same, keep
    programs from answering. Raises ``ValueError`` for an address that holds a line break.
    """
    token = secrets.token_hex(16)
    domain = sender.rpartition("@")[2]
    known = domain if domain.isascii() and domain else "motion-desk.invalid"  # RFC 2606
    utf8 = not (sender + recipient).isascii()
    message = EmailMessage(SMTP.clone(utf8=True) if utf8 else SMTP)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = f"Motion Desk round trip {token[:8]}"
    message["Date"] = at
    message["Message-ID"] = f"<{token}@{known}>"
    message[HEADER] = token
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(TEXT, cte="7bit")
    return token, message
