"""Delivery: puts accepted mail into mailboxes, where and when the fault says."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime

from motion_desk.services.lab.common import HOST, Common
from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.mailboxes import INBOX, Mailboxes
from motion_desk.services.lab.seen import Envelope


def deliver(common: Common, fault: Fault, envelope: Envelope) -> None:
    """Put a message into the mailbox of each recipient, now or later. On the servers' thread.

    What is to come later is lost where the lab is closed before.
    """
    for recipient in envelope.recipients:
        mailboxes = common.post.addressed(recipient, fault.layout)
        if fault.delivery_delay:
            asyncio.get_running_loop().call_later(
                fault.delivery_delay * common.scale, _put, mailboxes, fault, envelope, recipient
            )
        else:
            _put(mailboxes, fault, envelope, recipient)


def _put(mailboxes: Mailboxes, fault: Fault, envelope: Envelope, recipient: str) -> None:
    folder = mailboxes.folder(fault.delivered_to) or mailboxes.folder(INBOX)
    now = datetime.now(UTC)
    trace = (
        f"Return-Path: <{envelope.sender}>\r\n"
        f"Delivered-To: {recipient}\r\n"
        f"Received: by {HOST} (Motion Desk lab); {format_datetime(now)}\r\n"
    )
    if folder:
        folder.put(trace.encode("utf-8", "replace") + envelope.content, now)
