"""Reading: what the errors of a connection and the words of a server mean, in one place."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.errors import (
    Closed,
    Late,
    MailError,
    Nonsense,
    Refused,
    TlsRefused,
    TooMuch,
)
from motion_desk.services.mail.imap import NOT_LOGGED_IN
from motion_desk.services.tester.connecting import tls_failure
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import Session, StepFailed, whole
from motion_desk.services.tester.signing_in import status_of
from motion_desk.services.tester.steps import StepName

# RFC 5530, by response code.
_IMAP_CODES = {
    "AUTHENTICATIONFAILED": Failure.WRONG_PASSWORD,
    "EXPIRED": Failure.PASSWORD_EXPIRED,
    "AUTHORIZATIONFAILED": Failure.NOT_AUTHORIZED,
    "CONTACTADMIN": Failure.CONTACT_ADMINISTRATOR,
    "UNAVAILABLE": Failure.LOGIN_UNAVAILABLE,
    "PRIVACYREQUIRED": Failure.LOGIN_NEEDS_ENCRYPTION,
    "LIMIT": Failure.TOO_MANY_CONNECTIONS,
    "INUSE": Failure.TOO_MANY_CONNECTIONS,
    "OVERQUOTA": Failure.OVER_QUOTA,
    "NOPERM": Failure.MAILBOX_FORBIDDEN,
    "NONEXISTENT": Failure.MAILBOX_MISSING,
    "BAD": Failure.REFUSED,
    NOT_LOGGED_IN: Failure.LOGIN_NEEDED,
}

_NOT_CONNECTED = r"authenticated but not connected"
"""What Exchange Online says where the token's user may not open the mailbox."""
_OF_PASSWORDS = (
    Failure.WRONG_PASSWORD,
    Failure.PASSWORD_EXPIRED,
    Failure.APP_PASSWORD,
    Failure.REFUSED,
)

_TOO_MANY = r"too many|maximum number of connections|concurrent (?:connections|sessions)"

Words = tuple[str, Failure]
# The first pattern that is found in "code words" decides. Sources: RFC 3463, RFC 4954, RFC 6710,
# the texts of Postfix, Exim and Dovecot, and Google's and Microsoft's own documentation.
_LOGIN: tuple[Words, ...] = (
    (r"application-specific password|app(?:lication)? password|5\.7\.9\b", Failure.APP_PASSWORD),
    (r"5\.7\.139|5\.7\.30\b|basic auth\w* is (?:disabled|not supported)", Failure.TENANT_GATE),
    (r"must issue a starttls|encryption required|^538|5\.7\.11", Failure.LOGIN_NEEDS_ENCRYPTION),
    (_TOO_MANY, Failure.TOO_MANY_CONNECTIONS),
    (r"password (?:is |has )?expired|^432|5\.7\.12\b", Failure.PASSWORD_EXPIRED),
    (r"authorization failed|not authorized|not permitted", Failure.NOT_AUTHORIZED),
    (
        r"contact|call your administrator|account (?:is )?locked|5\.7\.13\b",
        Failure.CONTACT_ADMINISTRATOR,
    ),
    (r"^454|temporar", Failure.LOGIN_UNAVAILABLE),
    (r"^421", Failure.SERVICE_CLOSING),
    (r"^50[0234]|not (?:implemented|supported|enabled)", Failure.LOGIN_NOT_OFFERED),
    (r"^LOGIN failed\.?$", Failure.TENANT_GATE),  # all that Exchange Online says over IMAP
    (r"^53[45]|authenticat|invalid credentials|password|login", Failure.WRONG_PASSWORD),
)
_MAIL: tuple[Words, ...] = (
    (r"must issue a starttls|encryption required", Failure.LOGIN_NEEDS_ENCRYPTION),
    (r"^530|5\.7\.57|authentication (?:is )?(?:required|needed)", Failure.LOGIN_NEEDED),
    (_TOO_MANY, Failure.TOO_MANY_CONNECTIONS),
    (r"^421", Failure.SERVICE_CLOSING),
    (r"greylist|graylist|^45[01] 4\.7\.1\b|try again in \d+", Failure.GREYLISTED),
    (r"\b[45]\.2\.2\b|mailbox (?:is )?full|over ?quota|quota exceeded", Failure.OVER_QUOTA),
    (r"\b5\.3\.4\b|\b5\.2\.3\b|message size|too large", Failure.TOO_LARGE),
    (r"relay(?:ing)? (?:access )?(?:denied|not permitted)|unable to relay", Failure.RELAY_DENIED),
    (
        r"sender address rejected|not owned|sendasdenied|not allowed to send|5\.1\.[78]\b",
        Failure.SENDER_REFUSED,
    ),
    (r"\b5\.1\.[12]\b|user unknown|no such user|recipient", Failure.RECIPIENT_REFUSED),
)
_MAILBOX: tuple[Words, ...] = (
    (r"not authorized|permission|access denied|no rights|acl", Failure.MAILBOX_FORBIDDEN),
    (
        r"doesn't exist|does not exist|nonexistent|unknown mailbox|no such|not found",
        Failure.MAILBOX_MISSING,
    ),
    (r"quota", Failure.OVER_QUOTA),
)
_GATES: tuple[tuple[str, str], ...] = (
    (r"disabled for the tenant", "sending with a password is switched off for the whole tenant."),
    (r"security defaults", "the tenant's security defaults forbid passwords."),
    (r"did not meet the criteria", "a conditional access policy of the tenant forbids this login."),
    (r"disabled for the mailbox", "sending with a password is switched off for this mailbox."),
    (r"5\.7\.30|basic auth", "Microsoft 365 no longer takes passwords here."),
    (r"login failed", "Microsoft 365 has refused every password for fetching mail since 2022."),
)


def gate(said: str) -> str:
    """Which gate of Microsoft 365 the words speak of."""
    for pattern, meaning in _GATES:
        if re.search(pattern, said, re.IGNORECASE):
            return meaning
    return "a policy of the tenant forbids this login."


def explained(session: Session, step: StepName, error: MailError) -> StepFailed:
    """What an error in a step means; every error means something."""
    if isinstance(error, Refused):
        return _refused(session, step, error)
    limits = {StepName.LOGIN: session.login_limit}
    if isinstance(error, Late):
        limit = whole(limits.get(step, session.patience))
        if step is StepName.LOGIN:
            key = session.key("authentication_timeout")
            return StepFailed(Failure.LOGIN_SLOW, key, seconds=limit)
        return StepFailed(Failure.TOO_SLOW, seconds=limit)
    if isinstance(error, TlsRefused):
        return tls_failure(session, error)
    if isinstance(error, TooMuch):
        return StepFailed(Failure.ENDLESS, detail=str(error))
    if isinstance(error, Nonsense):
        said = session.transcript.clean(error.said)[:120].strip() or "bytes without meaning"
        return StepFailed(Failure.NONSENSE, protocol=session.protocol.label, said=said)
    if isinstance(error, Closed):
        return StepFailed(Failure.CLOSED)
    raise error


def _refused(session: Session, step: StepName, error: Refused) -> StepFailed:
    words = session.transcript.clean(error.words)
    said = f"{error.code} {words}".strip()
    failure = _meaning(session.protocol, step, error.code, words)
    if session.token:
        failure = _of_token(failure, step, said)
        session.clues["status"] = status_of(error.challenge)
    key, values = _detail(session, failure, said)
    return StepFailed(failure, key, code=error.code, words=words, **values)


def _of_token(failure: Failure, step: StepName, said: str) -> Failure:
    """What a refusal means where a token stands in place of a password."""
    if re.search(_NOT_CONNECTED, said, re.IGNORECASE):
        return Failure.NOT_GRANTED
    if step is not StepName.LOGIN:
        return failure
    if failure in _OF_PASSWORDS or re.fullmatch(r"LOGIN failed\.?", said):
        return Failure.TOKEN_REFUSED
    return failure


def _meaning(protocol: Protocol, step: StepName, code: str, words: str) -> Failure:
    said = f"{code} {words}".strip()
    patterns = {StepName.LOGIN: _LOGIN, StepName.MAILBOX: _MAILBOX}.get(step, _MAIL)
    if protocol is Protocol.IMAP:
        # Google says AUTHENTICATIONFAILED or ALERT, and what it wants only in words.
        if step is StepName.LOGIN and re.search(_LOGIN[0][0], said, re.IGNORECASE):
            return Failure.APP_PASSWORD
        if found := _IMAP_CODES.get(code):
            return found
        said = words  # a code beside these decides nothing
    for pattern, failure in patterns:
        if re.search(pattern, said, re.IGNORECASE):
            return failure
    if step is StepName.SENDER and code.startswith(("550", "553", "554")):
        return Failure.SENDER_REFUSED
    if step is StepName.RECIPIENT and code.startswith(("550", "551", "553")):
        return Failure.RECIPIENT_REFUSED
    return Failure.REFUSED


_FIELDS: dict[Failure, str] = {
    Failure.WRONG_PASSWORD: "password",
    Failure.APP_PASSWORD: "password",
    Failure.PASSWORD_EXPIRED: "password",
    Failure.TENANT_GATE: "password",
    Failure.NOT_AUTHORIZED: "username",
    Failure.TOKEN_REFUSED: "username",
    Failure.NOT_GRANTED: "username",
    Failure.LOGIN_NEEDS_ENCRYPTION: "tls",
    Failure.LOGIN_NOT_OFFERED: "login",
    Failure.LOGIN_NEEDED: "login",
    Failure.RELAY_DENIED: "login",
    Failure.MAILBOX_MISSING: "mailbox",
    Failure.MAILBOX_FORBIDDEN: "mailbox",
    Failure.SENDER_REFUSED: "address",
    Failure.RECIPIENT_REFUSED: "address",
}
"""The part of the endpoint that each refusal leads to; for the others there is none."""


def _detail(session: Session, failure: Failure, said: str) -> tuple[str, dict[str, Any]]:
    """The field to look at, and the values that the failure's words name."""
    known = {
        "address": session.endpoint.address,
        "gate": gate(said),
        "mailbox": session.endpoint.mailbox,
        "protocol": session.protocol.label,
        "size": "a size that it does not say",
        "status": session.clues.get("status", ""),
        "user": session.user,
    }
    named = {name for _, name, _, _ in Formatter().parse(failure.title + failure.cause) if name}
    values = {name: value for name, value in known.items() if name in named}
    return session.key(_FIELDS.get(failure, "")), values
