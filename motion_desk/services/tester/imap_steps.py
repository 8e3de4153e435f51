"""IMAP's steps: what the server can do, its mailbox, and the newest headers in it."""

from __future__ import annotations

import difflib
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from motion_desk.services.mail.errors import MailError, Refused
from motion_desk.services.mail.imap import Folder, Header, Imap
from motion_desk.services.tester import looking
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import Outcome, Session
from motion_desk.services.tester.steps import Fact, Finding

NEWEST = 5
"""Messages whose headers are read."""
MOST_LISTED = 200
FULL = 0.95
"""The part of a quota from which on a mailbox counts as full."""


def capabilities(session: Session) -> Outcome:
    """What the server says it can do, before the login."""
    session.answering()
    session.imap = Imap(session.connected)
    session.abilities = session.imap.capabilities
    facts = [Fact("abilities", "Abilities", " ".join(session.abilities))]
    findings = []
    if not session.encrypted:
        who = "Username, password and all messages" if session.endpoint.login else "All messages"
        key = session.key("tls")
        session.clues["open"] = looking.open_ports(session)
        findings.append(Finding(Failure.CLEAR_TEXT, {"who": who}, key=key))
    offered = [each[5:] for each in session.abilities if each.startswith("AUTH=")]
    ways = ", ".join(offered) or "LOGIN"
    return Outcome(
        f"{len(session.abilities)} abilities, login by {ways}", tuple(facts), tuple(findings)
    )


def mailbox(session: Session) -> Outcome:
    """Open the mailbox read-only, and count."""
    session.answering()
    client, name = _client(session), session.endpoint.mailbox
    try:
        opened = client.examine(name)
    except Refused:
        session.clues["folders"] = _near(session, client)
        raise
    session.messages = opened.messages
    facts = [Fact("mailbox.messages", "Messages", str(opened.messages))]
    if opened.unseen is not None:
        facts.append(Fact("mailbox.unseen", "Unseen", str(opened.unseen)))
    if opened.uid_validity is not None:
        facts.append(Fact("mailbox.validity", "UIDVALIDITY", str(opened.uid_validity)))
    findings = []
    if quota := _quota(session, client):
        used, limit = quota
        facts.append(Fact("mailbox.quota", "Space used", f"{used:,} of {limit:,} kB"))
        if used >= FULL * limit:
            findings.append(Finding(Failure.OVER_QUOTA, key=session.key("mailbox")))
    if _forbids_marking(session, client):
        key = session.key("mailbox")
        findings.append(Finding(Failure.READ_ONLY, {"mailbox": name}, key=key))
    unseen = "" if opened.unseen is None else f", {opened.unseen} unseen"
    return Outcome(f"{name}: {opened.messages} messages{unseen}", tuple(facts), tuple(findings))


def _quota(session: Session, client: Imap) -> tuple[int, int] | None:
    if "QUOTA" not in session.abilities_now:
        return None
    try:
        return client.quota(session.endpoint.mailbox)
    except Refused:  # not allowed to ask
        return None


def _forbids_marking(session: Session, client: Imap) -> bool:
    """Whether this user may not mark messages as seen (RFC 4314 §2.1: right ``s``)."""
    if "ACL" not in session.abilities_now:
        return False
    try:
        return "s" not in client.rights(session.endpoint.mailbox)
    except Refused:
        return False


def _near(session: Session, client: Imap) -> tuple[str, ...]:
    """The server's mailboxes, those with the most similar names first."""
    try:
        folders = client.folders()
    except MailError:
        return ()
    names = [folder.name for folder in folders if _can_be_opened(folder)][:MOST_LISTED]
    wanted = session.endpoint.mailbox.casefold()

    def likeness(name: str) -> tuple[float, bool]:
        last = name.casefold()
        for folder in folders[:1]:
            if folder.delimiter:
                last = last.rpartition(folder.delimiter)[2]
        ratios = (
            difflib.SequenceMatcher(None, wanted, each).ratio() for each in (last, name.casefold())
        )
        return max(ratios), name.upper() == "INBOX"

    return tuple(sorted(names, key=likeness, reverse=True))


def _can_be_opened(folder: Folder) -> bool:
    flags = {flag.lower() for flag in folder.flags}
    return not flags & {"\\noselect", "\\nonexistent"}


def headers(session: Session) -> Outcome:
    """The newest messages' headers, which stay unseen."""
    session.answering()
    found = _client(session).newest(session.messages, NEWEST)
    if not found:
        return Outcome("the mailbox is empty")
    facts = tuple(_fact(session, header) for header in found)
    return Outcome(f"{len(found)} read, left as they were", facts)


def _fact(session: Session, header: Header) -> Fact:
    message = BytesHeaderParser().parsebytes(header.header)
    sender, subject = _decoded(message["From"]), _decoded(message["Subject"])
    when = header.received.strftime("%Y-%m-%d %H:%M") if header.received else ""
    said = f"{sender}: {subject or '(no subject)'}"
    return Fact("header", when or f"UID {header.uid}", session.transcript.clean(said)[:300])


def _decoded(value: object) -> str:
    """A header as people read it; as it is where its encoding is broken."""
    text = str(value or "")
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, UnicodeError, ValueError):
        return text


def log_out(session: Session) -> Outcome:
    """Say goodbye."""
    session.answering()
    _client(session).log_out()
    return Outcome("said")


def _client(session: Session) -> Imap:
    if session.imap is None:
        raise RuntimeError("the step before makes the client")
    return session.imap
