"""Logging in: how a password may be sent, decided before it is sent, and sent once."""

from __future__ import annotations

import re
from time import monotonic

from motion_desk.models.endpoints import Login, Protocol
from motion_desk.services.mail.smtp import MECHANISMS
from motion_desk.services.mail.xoauth2 import MECHANISM as XOAUTH2
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import (
    WARN_FROM,
    Outcome,
    Session,
    StepFailed,
    seconds,
    whole,
)
from motion_desk.services.tester.signing_in import LONGEST_LINE, show_token
from motion_desk.services.tester.steps import Fact, Finding

OAUTH = ("XOAUTH2", "OAUTHBEARER")


def log_in(session: Session) -> Outcome:
    """Log in as Motion would, by one mechanism, once."""
    login = session.endpoint.login
    if login is None:
        raise RuntimeError("only what logs in has this step")
    password = session.password or ""
    mechanism = XOAUTH2 if login.modern else _mechanism(session, login, password)
    user = session.user if login.modern else login.username
    session.connected.allow(session.login_limit)
    session.transcript.during_login(True)
    begun = monotonic()
    try:
        words = show_token(session) if login.modern else _sent(session, mechanism, user, password)
    except UnicodeError:
        raise _unsendable(session, "It holds letters that this login cannot carry.") from None
    finally:
        session.transcript.during_login(False)
    taken = monotonic() - begun
    # Asked for after the clock has stopped: it is no part of the login.
    abilities = session.abilities_now = _abilities_now(session)
    facts = [
        Fact("mechanism", "Mechanism", mechanism),
        Fact(
            "login.time",
            "Time for the login",
            f"{seconds(taken)} of {whole(session.login_limit)} s",
        ),
        Fact("words", "The server's answer", session.transcript.clean(words)),
    ]
    if new := sorted(set(abilities) - set(session.abilities)):
        facts.append(Fact("abilities.after", "Abilities after the login", " ".join(new)))
    findings = []
    if taken >= WARN_FROM * session.login_limit:
        values = {"taken": f"{taken:.1f}", "limit": whole(session.login_limit)}
        session.clues["taken"] = taken
        key = session.key("authentication_timeout")
        findings.append(Finding(Failure.NEAR_TIMEOUT, values, key=key))
    if not f"{user}{password}".isascii():
        values = {"mechanism": mechanism}
        findings.append(Finding(Failure.NON_ASCII_LOGIN, values, key=session.key("password")))
    summary = f"{user} by {mechanism}"
    return Outcome(summary, tuple(facts), tuple(findings))


def _sent(session: Session, mechanism: str, username: str, password: str) -> str:
    if session.imap is not None:
        if mechanism == "LOGIN":
            return session.imap.log_in(username, password)
        return session.imap.log_in_plain(username, password)
    assert session.smtp is not None  # noqa: S101 - the greeting's step made it
    return session.smtp.log_in(mechanism, username, password)


def _abilities_now(session: Session) -> tuple[str, ...]:
    if session.imap is None:
        return session.abilities
    session.answering()
    return session.imap.capabilities_now()


def _mechanism(session: Session, login: Login, password: str) -> str:
    """The one mechanism that will be used; raises what forbids to send the password at all."""
    if re.search(r"[\r\n\0]", login.username + password):
        raise _unsendable(session, "It holds a line break, which no login can carry.")
    if session.protocol is Protocol.IMAP:
        return _imap_mechanism(session, login, password)
    return _smtp_mechanism(session, login, password)


def _imap_mechanism(session: Session, login: Login, password: str) -> str:
    offered = [each[5:] for each in session.abilities if each.startswith("AUTH=")]
    if "LOGINDISABLED" in session.abilities:
        if not session.encrypted:
            raise StepFailed(Failure.LOGIN_NEEDS_ENCRYPTION, session.key("tls"))
        raise _no_mechanism(session, offered)
    if (login.username + password).isascii():
        return "LOGIN"
    if "PLAIN" in offered:
        return "AUTHENTICATE PLAIN"
    raise _unsendable(
        session,
        "Username or password has letters beyond ASCII, which LOGIN cannot carry, and the server "
        "does not offer AUTH=PLAIN.",
    )


def _smtp_mechanism(session: Session, login: Login, password: str) -> str:
    line = next((each for each in session.abilities if each.upper().startswith("AUTH")), "")
    offered = re.split(r"[ =]+", line.upper())[1:]
    for mechanism in MECHANISMS:
        if mechanism in offered:
            size = len((login.username + password).encode("utf-8", "surrogatepass")) * 4 / 3
            if size > LONGEST_LINE - 200:
                raise _unsendable(session, "It is longer than a login of SMTP can be (12 kB).")
            return mechanism
    if not offered:
        raise StepFailed(Failure.LOGIN_NOT_OFFERED, session.key("login"))
    raise _no_mechanism(session, offered)


def _no_mechanism(session: Session, offered: list[str]) -> StepFailed:
    said = ", ".join(offered) or "none"
    oauth = any(each in OAUTH for each in offered)
    failure = Failure.OAUTH_ONLY if oauth else Failure.NO_MECHANISM
    return StepFailed(failure, session.key("login") or session.key("password"), offered=said)


def _unsendable(session: Session, reason: str) -> StepFailed:
    return StepFailed(Failure.UNSENDABLE_PASSWORD, session.key("password"), reason=reason)
