"""Who has a mailbox on the test servers, and what is in it."""

from __future__ import annotations

import hashlib
import string
from pathlib import Path

from imapclient import imap_utf7

DOMAIN = "example.test"

PEOPLE = {
    f"alice@{DOMAIN}": "wonderland",
    f"bruno@{DOMAIN}": "Grüße aus Zürich 🔑",
    f"chiara@{DOMAIN}": 'say "hello", back\\slash, {5} %u * and an end ',
    f"dora@{DOMAIN}": (string.ascii_letters + string.digits + "-_") * 3 + "the rest",
    f"grey@{DOMAIN}": "later",
}
"""User names, which are addresses too, and passwords: plain, not ASCII, awkward, 200 characters."""

ALICE, BRUNO, CHIARA, DORA, GREY = PEOPLE

# Mailbox, folder and flags in the Maildir, subject. What lies in "new" no client has seen yet.
MESSAGES = [
    ("INBOX", "cur", "S", "Order 4711"),
    ("INBOX", "cur", "", "Where is my order?"),
    ("INBOX", "new", None, "=?utf-8?q?Gr=C3=BC=C3=9Fe?="),
    ("Support", "cur", "S", "Re: Where is my order?"),
    ("Support/2026", "cur", "S", "The case is closed"),
    ("Junk", "cur", "", "You have won"),
    ("Kunden & Service", "new", None, "Reklamation"),
]
MAILBOXES = sorted({mailbox for mailbox, *_ in MESSAGES})

MESSAGE = """\
Return-Path: <customer@elsewhere.test>
Message-ID: <{number}@elsewhere.test>
Date: Mon, 02 Nov 2026 09:{number:02}:00 +0100
From: A customer <customer@elsewhere.test>
To: {user}
Subject: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Please help.
"""


def place(maildir: Path, mailbox: str) -> Path:
    """The folder of a mailbox, by the rules of Maildir++ with "/" between the levels."""
    if mailbox == "INBOX":
        return maildir
    encoded: bytes = imap_utf7.encode(mailbox)
    return maildir / f".{encoded.decode('ascii').replace('/', '.')}"


def fill(maildir: Path, user: str) -> None:
    """Make a user's mailboxes with the sample messages in them; no server may be running on it."""
    for mailbox in MAILBOXES:
        folder = place(maildir, mailbox)
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
        if folder != maildir:
            (folder / "maildirfolder").touch()
    for number, (mailbox, part, flags, subject) in enumerate(MESSAGES, 1):
        text = MESSAGE.format(number=number, user=user, subject=subject).replace("\n", "\r\n")
        name = f"{1793600000 + number}.M{number}P1.mail" + ("" if flags is None else f":2,{flags}")
        (place(maildir, mailbox) / part / name).write_bytes(text.encode("ascii"))


def state(maildir: Path) -> dict[str, str]:
    """The mailboxes, messages (their flags are in their names) and subscriptions, each by a digest.

    The server's own indexes are left out: it writes them when a mailbox is merely looked at.
    """
    found = {}
    for path in sorted(maildir.rglob("*")):
        name = path.relative_to(maildir).as_posix()
        if path.is_dir() and (path / "cur").is_dir():
            found[name] = "mailbox"
        elif path.name == "subscriptions" or path.parent.name in {"cur", "new", "tmp"}:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
