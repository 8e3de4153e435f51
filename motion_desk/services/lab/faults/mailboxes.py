"""Faults of mailboxes: names, rights and room."""

from __future__ import annotations

from dataclasses import replace

from motion_desk.services.lab.faults.behaviour import ORDINARY, SPECIAL, Fault, Layout

_DOTTED = tuple("INBOX." + name.replace("/", ".") for name in (*ORDINARY.names, "Motion"))

MAILBOXES = (
    Fault(
        "mailbox-missing",
        "Mailbox missing",
        "There are INBOX, Support, Support/Archive and a few more. Any other mailbox is missing.",
        layout=replace(ORDINARY, any_name=False),
    ),
    Fault(
        "mailbox-delimiter",
        "Mailboxes parted by another sign",
        "Mailboxes are parted by a dot and lie under INBOX: INBOX.Support for Support.",
        layout=Layout(_DOTTED, delimiter="."),
    ),
    Fault(
        "mailbox-near-name",
        "Mailbox with a similar name",
        "The mailboxes are called almost as one would expect: Suport, Supports, Sup-port, and "
        "Kundendienst with a space behind it.",
        layout=Layout((*SPECIAL, "Suport", "Supports", "Sup-port", "Kundendienst ")),
    ),
    Fault(
        "mailbox-forbidden",
        "No right to open the mailbox",
        "Every mailbox is listed, but opening one is refused.",
        mailbox_refusal="NO [NOPERM] Permission denied",
    ),
    Fault(
        "over-quota",
        "Mailbox full",
        "The mailbox can be read, but nothing more is put into it.",
        full=True,
        recipient_refusal="452 4.2.2 The mailbox is full and takes no mail now",
    ),
    Fault(
        "read-only",
        "Mailbox is read-only",
        "The mailbox can be read, but messages cannot be marked, moved or deleted.",
        read_only=True,
    ),
)
