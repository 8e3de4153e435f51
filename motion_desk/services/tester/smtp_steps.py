"""SMTP's steps: what the server can do, and whom it takes mail from and for; none is sent."""

from __future__ import annotations

import re

from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.smtp import Smtp
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import Outcome, Session
from motion_desk.services.tester.steps import Fact, Finding

GROWTH = 1.37
"""By how much base64 with its line ends makes an attachment larger (RFC 2045 §6.8)."""


def hello(session: Session) -> Outcome:
    """What the server says it can do: EHLO, before and after TLS."""
    session.answering()
    session.abilities = _client(session).hello()
    facts = tuple(Fact("ability", each.split(" ")[0], each) for each in session.abilities)
    findings = []
    if finding := _too_small(session):
        findings.append(finding)
    login = next((each for each in session.abilities if each.upper().startswith("AUTH")), "")
    ways = f"login by {', '.join(login.split()[1:])}" if login else "no login offered"
    return Outcome(f"{len(session.abilities)} abilities, {ways}", facts, tuple(findings))


def _too_small(session: Session) -> Finding | None:
    """A finding where what Motion lets agents attach does not fit (RFC 1870)."""
    limit = session.workspace.general.attachment_limit
    for ability in session.abilities:
        if found := re.fullmatch(r"SIZE (\d{1,18})", ability.strip(), re.IGNORECASE):
            size = int(found[1])
            if size and isinstance(limit, int) and limit * 1_000_000 * GROWTH > size:
                values = {"size": f"{size / 1_000_000:.1f} MB"}
                return Finding(Failure.TOO_LARGE, values)
    return None


def sender(session: Session) -> Outcome:
    """MAIL FROM the account's address."""
    session.answering()
    words = _client(session).sender(session.endpoint.address)
    return Outcome(session.endpoint.address, (Fact("words", "The server's answer", words),))


def recipient(session: Session) -> Outcome:
    """RCPT TO the account's own address: a test writes to nobody else."""
    session.answering()
    words = _client(session).recipient(session.endpoint.address)
    return Outcome(session.endpoint.address, (Fact("words", "The server's answer", words),))


def log_out(session: Session) -> Outcome:
    """Take the envelope back and say goodbye."""
    session.answering()
    _client(session).log_out()
    return Outcome("said; no message was sent")


def take_back(session: Session) -> None:
    """Leave no envelope behind after a failure, as far as the server still listens."""
    session.connected.allow(1)
    try:
        _client(session).log_out()
    except MailError:
        return


def _client(session: Session) -> Smtp:
    if session.smtp is None:
        raise RuntimeError("the step before makes the client")
    return session.smtp
