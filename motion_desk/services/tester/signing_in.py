"""Signing in: a token got in silence, looked at before any server sees it, and shown to one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from motion_desk.models.endpoints import Login, Protocol
from motion_desk.models.engines.tokens import Flaw, Judgement, Token, explained, judged
from motion_desk.services.mail.xoauth2 import MECHANISM, initial_response
from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.trouble import SignInError, Trouble
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import Outcome, Session, StepFailed
from motion_desk.services.tester.steps import Fact, Finding

LONGEST_LINE = 12_288
"""Octets of a line of SMTP's login (RFC 4954 §4)."""

_TROUBLES: Mapping[Trouble, Failure] = {
    Trouble.NEEDED: Failure.SIGN_IN_NEEDED,
    Trouble.CACHE: Failure.SIGN_IN_NEEDED,
    Trouble.OTHER_PERSON: Failure.OTHER_SIGN_IN,
    Trouble.INCOMPLETE: Failure.PROVIDER_INCOMPLETE,
    Trouble.UNREACHABLE: Failure.IDENTITY_UNREACHABLE,
    Trouble.UNTRUSTED: Failure.IDENTITY_UNTRUSTED,
    Trouble.SLOW: Failure.IDENTITY_SLOW,
    Trouble.DOWN: Failure.IDENTITY_DOWN,
    Trouble.PAGE: Failure.IDENTITY_PAGE,
    Trouble.PROXY: Failure.IDENTITY_PROXY,
    Trouble.CLOCK: Failure.CLOCK_WRONG,
    Trouble.TOO_MUCH: Failure.IDENTITY_NONSENSE,
    Trouble.NONSENSE: Failure.IDENTITY_NONSENSE,
    Trouble.REFUSED: Failure.SIGN_IN_REFUSED,
    Trouble.DECLINED: Failure.SIGN_IN_REFUSED,
    Trouble.CODE_EXPIRED: Failure.SIGN_IN_REFUSED,
    Trouble.NOT_FINISHED: Failure.SIGN_IN_REFUSED,
}
_CODES: Mapping[int, Failure] = {
    7000222: Failure.SECRET_EXPIRED,
    7000215: Failure.SECRET_WRONG,
    700016: Failure.APP_UNKNOWN,
    50011: Failure.APP_SETTINGS,
    70011: Failure.APP_SETTINGS,
    500011: Failure.APP_SETTINGS,
    7000218: Failure.APP_SETTINGS,
    9002313: Failure.APP_SETTINGS,
    900561: Failure.APP_SETTINGS,
    90002: Failure.TENANT_WRONG,
    50020: Failure.TENANT_WRONG,
    50034: Failure.TENANT_WRONG,
    65001: Failure.CONSENT_NEEDED,
    65004: Failure.CONSENT_NEEDED,
    90094: Failure.CONSENT_NEEDED,
    50076: Failure.MFA_REQUIRED,
    50079: Failure.MFA_REQUIRED,
    53003: Failure.CONDITIONAL_ACCESS,
    53000: Failure.CONDITIONAL_ACCESS,
    50057: Failure.USER_BLOCKED,
    50105: Failure.USER_BLOCKED,
    50126: Failure.USER_BLOCKED,
    50173: Failure.SIGN_IN_REVOKED,
    700082: Failure.SIGN_IN_EXPIRED,
}
_FLAWS: Mapping[Flaw, Failure] = {
    Flaw.UNREADABLE: Failure.TOKEN_UNREADABLE,
    Flaw.GRAPH: Failure.TOKEN_AUDIENCE,
    Flaw.AUDIENCE: Failure.TOKEN_AUDIENCE,
    Flaw.PERMISSION: Failure.TOKEN_PERMISSION,
    Flaw.EXPIRED: Failure.TOKEN_EXPIRED,
    Flaw.NOT_YET_VALID: Failure.CLOCK_WRONG,
    Flaw.TENANT: Failure.TOKEN_TENANT,
    Flaw.USER: Failure.TOKEN_USER,
}
_PARTS: Mapping[Failure, str] = {
    Failure.OTHER_SIGN_IN: "identity",
    Failure.TOKEN_USER: "identity",
    Failure.USER_BLOCKED: "identity",
}
"""The part of the endpoint to look at, where it is not the cloud provider."""


def failure_of(error: SignInError) -> Failure:
    """The failure that a sign-in's trouble is."""
    number = error.code.removeprefix("AADSTS")
    if error.trouble is Trouble.REFUSED and number.isdigit():
        return _CODES.get(int(number), Failure.SIGN_IN_REFUSED)
    return _TROUBLES[error.trouble]


def sign_in(session: Session) -> Outcome:
    """Get a token from the kept sign-in, and look at it as a mail server would."""
    login = _login(session)
    source = session.tokens.source
    if source and source.missing:
        sentence = f"The kept sign-in could not be had: {source.missing}"
        raise StepFailed(Failure.SIGN_IN_NEEDED, session.key("password"), sentence=sentence)
    try:
        got = session.tokens.token(login.identity, session.stop, session.patience)
    except SignInError as error:
        raise _failed(session, error) from None
    session.token = got.token
    session.user = user_of(session, got.kind)
    session.transcript.hide_token(session.user, got.token)
    token = explained(got.token)
    facts = tuple(_facts(session, token, got.kind))
    if finding := _too_long(session):
        return Outcome(finding.title, facts, (finding,), failed=True)
    tenant = source.provider.tenant if source else ""
    wanted = "" if got.kind is Kind.APPLICATION else login.identity
    found = judged(token, session.protocol, datetime.now(UTC), tenant=tenant, user=wanted)
    findings = tuple(_finding(session, each) for each in found)
    # Of a token that cannot be read the mail server may still know more.
    failed = any(each.flaw is not Flaw.UNREADABLE for each in found)
    summary = findings[0].title if failed else _summary(session, token, got.kind)
    return Outcome(summary, facts, findings, failed=failed)


def user_of(session: Session, kind: Kind) -> str:
    """As whom to log in: IMAP names the mailbox, SMTP whoever signed in (inferred of Motion).

    An application has no address of its own and names the mailbox to both.
    """
    login = _login(session)
    by_mailbox = session.protocol is Protocol.IMAP or kind is Kind.APPLICATION
    return login.username if by_mailbox else login.identity


def show_token(session: Session) -> str:
    """Log in by XOAUTH2; returns the server's words. Raises as the clients do."""
    _must_be_offered(session)
    if session.imap is not None:
        return session.imap.log_in_token(session.user, session.token)
    assert session.smtp is not None  # noqa: S101 - the greeting's step made it
    return session.smtp.log_in_token(session.user, session.token)


def status_of(challenge: str) -> str:
    """What the JSON before a refusal says, as the end of a sentence; empty for nothing."""
    try:
        found = json.loads(challenge)
    except (ValueError, RecursionError):
        return ""
    status = found.get("status") if isinstance(found, dict) else None
    return f" (status {str(status)[:20]})" if isinstance(status, str | int) else ""


def _login(session: Session) -> Login:
    login = session.endpoint.login
    if login is None:
        raise RuntimeError("only what logs in has this step")
    return login


def _must_be_offered(session: Session) -> None:
    if session.protocol is Protocol.IMAP:
        offered = [each[5:] for each in session.abilities if each.startswith("AUTH=")]
    else:
        line = next((each for each in session.abilities if each.upper().startswith("AUTH")), "")
        offered = line.upper().replace("=", " ").split()[1:]
    if MECHANISM not in offered:
        said = ", ".join(offered) or "no mechanism"
        raise StepFailed(Failure.XOAUTH2_NOT_OFFERED, session.key("login"), offered=said)


def _failed(session: Session, error: SignInError) -> StepFailed:
    failure = failure_of(error)
    return StepFailed(
        failure,
        _key(session, failure),
        code=error.code,
        words=session.transcript.clean(error.words),
        sentence=error.sentence,
        there=str(error.values.get("there", "")),
    )


def _finding(session: Session, judgement: Judgement) -> Finding:
    failure = _FLAWS[judgement.flaw]
    values = {"sentence": judgement.sentence}
    return Finding(failure, values, key=_key(session, failure))


def _key(session: Session, failure: Failure) -> str:
    return session.key(_PARTS.get(failure, "password"))


def _too_long(session: Session) -> Finding | None:
    if session.protocol is not Protocol.SMTP:
        return None
    size = len(initial_response(session.user, session.token)) * 4 / 3
    if size <= LONGEST_LINE:
        return None
    values = {"size": f"{len(session.token):,}"}
    return Finding(Failure.TOKEN_TOO_LONG, values, key=session.key("password"))


def _summary(session: Session, token: Token, kind: Kind) -> str:
    who = "the application" if kind is Kind.APPLICATION else token.user or session.user
    until = f", until {token.expires:%H:%M} UTC" if token.expires else ""
    return f"token of {who}{until}"


def _facts(session: Session, token: Token, kind: Kind) -> Iterator[Fact]:
    """What the token says; nothing of the token itself."""
    way = "application (client credentials)" if kind is Kind.APPLICATION else "person (delegated)"
    said = {
        "token.kind": ("Signed in as", way),
        "token.user": ("Token of", token.user),
        "token.login": ("Logs in as", session.user),
        "token.audience": ("Audience", token.audience),
        "token.permissions": ("Permissions", " ".join(token.permissions)),
        "token.tenant": ("Tenant", token.tenant),
        "token.application": ("Application", token.application),
        "token.issued": ("Issued", f"{token.issued:%Y-%m-%d %H:%M:%S} UTC" if token.issued else ""),
        "token.expires": (
            "Expires",
            f"{token.expires:%Y-%m-%d %H:%M:%S} UTC" if token.expires else "",
        ),
        "token.size": ("Size", f"{len(session.token):,} characters"),
    }
    for code, (label, value) in said.items():
        if value:
            yield Fact(code, label, session.transcript.clean(value)[:300], "Token")
