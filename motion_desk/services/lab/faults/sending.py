"""Faults of sending mail, and of where and when it arrives."""

from __future__ import annotations

from dataclasses import replace

from motion_desk.services.lab.faults.behaviour import ORDINARY, Fault

SENDING = (
    Fault(
        "sender-refused",
        "Sender address not owned",
        "Who is logged in may send only with the address that is also the login name.",
        own_address_only=True,
    ),
    Fault(
        "relay-denied",
        "Relaying denied",
        "Recipients are accepted only from senders that have logged in.",
        relays_for_known=True,
    ),
    Fault(
        "recipient-refused",
        "Recipient unknown",
        "The server knows no recipient.",
        recipient_refusal="550 5.1.1 Recipient address rejected: User unknown",
    ),
    Fault(
        "greylisting",
        "Greylisting",
        "A new sender is put off for 60 seconds; the next try after that is accepted.",
        greylisting=60,
    ),
    Fault(
        "size-limit",
        "Messages limited to 1 MB",
        "The server takes no message above 1 MB.",
        size_limit=2**20,
    ),
    Fault(
        "smtp-closing",
        "SMTP service shutting down",
        "The server closes the connection when a sender is named.",
        sender_refusal="421 4.3.2 Service shutting down, closing transmission channel",
    ),
    Fault(
        "junk",
        "Mail arrives in Junk",
        "What is sent is accepted and put into Junk.",
        delivered_to="Junk",
    ),
    Fault(
        "delayed",
        "Mail arrives late",
        "What is sent is accepted and arrives after 40 seconds.",
        delivery_delay=40,
    ),
    Fault(
        "twice",
        "Mail arrives twice",
        "What is sent is put into the mailbox two times.",
        copies=2,
    ),
    Fault(
        "unsigned",
        "Mail is not signed",
        "The server through which mail is sent signs none of it (DKIM).",
        signs=False,
    ),
    Fault(
        "long-header",
        "Header of 1 MB",
        "On the way the header of a message grows by 1 MB.",
        header_growth=2**20,
    ),
    Fault(
        "feed",
        "Spam, viruses and newsletters",
        "INBOX holds spam, infected mail, newsletters and normal messages, for header filters.",
        layout=replace(ORDINARY, feed=True),
    ),
)
