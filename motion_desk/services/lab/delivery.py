"""Delivery: puts accepted mail into mailboxes, where and when the fault says, with what was noted."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime

from motion_desk.services.lab.common import HOST, Common
from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.mailboxes import INBOX, Mailboxes
from motion_desk.services.lab.seen import Envelope

STORE = "store.lab.example"
"""What the server with the mailboxes calls itself in headers."""
_JUNK = "Junk"


def deliver(common: Common, fault: Fault, envelope: Envelope, received: str) -> None:
    """Put a message into the mailbox of each recipient, now or later. On the servers' thread.

    ``received`` is what the server that accepted it notes of that. What is to come later is lost
    where the lab is closed before.
    """
    domain = envelope.sender.rpartition("@")[2].lower()
    signed = envelope.content
    if domain and fault.signs:
        signed = common.signatures.signed(signed, domain)
    sent = f"Received: {received}; {format_datetime(datetime.now(UTC))}\r\n"
    content = sent.encode("utf-8", "replace") + signed
    for recipient in envelope.recipients:
        mailboxes = common.post.addressed(recipient, fault.layout)
        noted = Envelope(envelope.sender, (recipient,), content)
        if fault.delivery_delay:
            delay = fault.delivery_delay * common.scale
            asyncio.get_running_loop().call_later(delay, _put, mailboxes, fault, noted)
        else:
            _put(mailboxes, fault, noted)


def _put(mailboxes: Mailboxes, fault: Fault, envelope: Envelope) -> None:
    folder = mailboxes.folder(fault.delivered_to) or mailboxes.folder(INBOX)
    now = datetime.now(UTC)
    if folder:
        noted = _noted(envelope, now, fault).encode("utf-8", "replace")
        for _ in range(fault.copies):
            folder.deliver(noted + envelope.content, now)


def _noted(envelope: Envelope, now: datetime, fault: Fault) -> str:
    """What servers put before a message: its way, what they think of the sender, and of spam."""
    domain = envelope.sender.rpartition("@")[2]
    spam = (
        "X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=7.4 required=5.0 tests=LAB_JUNK\r\n"
        if fault.delivered_to == _JUNK
        else "X-Spam-Status: No, score=-0.1 required=5.0 tests=NONE\r\n"
    )
    dkim = f"dkim=pass header.d={domain}" if fault.signs else "dkim=none"
    growth = f"X-Lab-Growth: {'x' * 70}\r\n" * (fault.header_growth // 86)
    return (
        f"Return-Path: <{envelope.sender}>\r\n"
        f"Delivered-To: {envelope.recipients[0]}\r\n"
        f"Received: from {HOST} by {STORE} (Motion Desk lab) with LMTP;"
        f" {format_datetime(now)}\r\n"
        f"Authentication-Results: {HOST};\r\n {dkim};"
        f" spf=pass smtp.mailfrom={envelope.sender};\r\n dmarc=pass header.from={domain}\r\n"
        f"{spam}{growth}"
    )
