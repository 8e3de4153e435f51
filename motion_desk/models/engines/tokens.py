"""Tokens: what an access token says of itself, and whether mail servers of Microsoft take it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from motion_desk.models.endpoints import Protocol

OUTLOOK = frozenset(
    {
        "https://outlook.office.com",
        "https://outlook.office365.com",
        "00000002-0000-0ff1-ce00-000000000000",
    }
)
"""The audiences that Exchange Online takes: its addresses, and its application id."""
GRAPH = frozenset({"https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"})

SCOPES = {Protocol.IMAP: "IMAP.AccessAsUser.All", Protocol.SMTP: "SMTP.Send"}
"""Delegated permissions (Microsoft Learn, “Authenticate an IMAP, POP or SMTP connection”)."""
ROLES = {Protocol.IMAP: "IMAP.AccessAsApp", Protocol.SMTP: "SMTP.SendAsApp"}
"""The same for an application by itself (client credentials)."""
LONGEST = 65_536
"""Characters beyond which a text is no token."""
TOLERANCE = timedelta(minutes=5)
"""By how much two clocks may differ: what Microsoft's own servers allow."""


@dataclass(frozen=True, slots=True)
class Token:
    """What an access token says. Its signature is not looked at: that is the mail server's part.

    ``readable`` is false for tokens that are no JWT (RFC 7519), of which nothing can be told.
    """

    readable: bool
    audience: str = ""
    scopes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tenant: str = ""
    user: str = ""
    application: str = ""
    issued: datetime | None = None
    expires: datetime | None = None

    @property
    def permissions(self) -> tuple[str, ...]:
        """What it allows: delegated scopes, or roles of an application."""
        return self.scopes or self.roles

    @property
    def is_application(self) -> bool:
        """Whether an application got it by itself, without a person."""
        return bool(self.roles) and not self.scopes and not self.user


class Flaw(Enum):
    """What can be wrong with a token before any server has seen it."""

    UNREADABLE = "unreadable"
    GRAPH = "graph"
    AUDIENCE = "audience"
    PERMISSION = "permission"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    TENANT = "tenant"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One flaw, and what a sentence about it needs."""

    flaw: Flaw
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The flaw in one or two sentences."""
        return _SENTENCES[self.flaw].format_map(self.values)


_SENTENCES = {
    Flaw.UNREADABLE: "The token is no JWT, so nothing can be told of it before the mail server "
    "has seen it.",
    Flaw.GRAPH: "The token is for Microsoft Graph. IMAP and SMTP take only tokens for Outlook "
    "(https://outlook.office.com).",
    Flaw.AUDIENCE: "The token is for “{audience}”. IMAP and SMTP take only tokens for Outlook "
    "(https://outlook.office.com).",
    Flaw.PERMISSION: "The token does not allow {needed}. It allows {allowed}.",
    Flaw.EXPIRED: "The token expired at {date}; it is {now} by this workstation's clock.",
    Flaw.NOT_YET_VALID: "The token was issued at {date}, yet it is {now} by this workstation's "
    "clock: one of the two clocks is wrong.",
    Flaw.TENANT: "The token comes from the tenant {tenant}, but the cloud provider names {wanted}.",
    Flaw.USER: "The token is that of {user}, but {wanted} is to sign in.",
}


def explained(token: str) -> Token:
    """Read a token. Raises nothing, whatever the text is."""
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3:
        return Token(readable=False)
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, UnicodeError, ValueError, RecursionError):
        return Token(readable=False)
    if not isinstance(claims, Mapping):
        return Token(readable=False)
    return Token(
        True,
        _text(claims.get("aud")).rstrip("/"),
        tuple(_text(claims.get("scp")).split()),
        _texts(claims.get("roles")),
        _text(claims.get("tid")),
        _text(claims.get("upn") or claims.get("preferred_username") or claims.get("email")),
        _text(claims.get("appid") or claims.get("azp")),
        _moment(claims.get("iat")),
        _moment(claims.get("exp")),
    )


def judged(
    token: Token, protocol: Protocol, now: datetime, *, tenant: str = "", user: str = ""
) -> tuple[Judgement, ...]:
    """What is wrong with a token for one protocol, the worst first; empty for a good one.

    ``now`` has a time zone. ``tenant`` and ``user`` are those that are expected; a tenant counts
    only where it is an id (a GUID), for tokens never name a domain. Flaws that cannot be told of
    because the token does not say are none.
    """
    if not token.readable:
        return (Judgement(Flaw.UNREADABLE),)
    return tuple(_flaws(token, protocol, now, tenant, user))


def _flaws(
    token: Token, protocol: Protocol, now: datetime, tenant: str, user: str
) -> Iterator[Judgement]:
    if token.audience in GRAPH:
        yield Judgement(Flaw.GRAPH, {"audience": token.audience})
    elif token.audience not in OUTLOOK:
        yield Judgement(Flaw.AUDIENCE, {"audience": token.audience or "nobody"})
    if _is_guid(tenant) and token.tenant and token.tenant.casefold() != tenant.casefold():
        yield Judgement(Flaw.TENANT, {"tenant": token.tenant, "wanted": tenant})
    needed = (ROLES if token.is_application else SCOPES)[protocol]
    if needed not in token.permissions:
        allowed = ", ".join(token.permissions) or "nothing"
        yield Judgement(Flaw.PERMISSION, {"needed": needed, "allowed": allowed})
    if user and token.user and token.user.casefold() != user.casefold():
        yield Judgement(Flaw.USER, {"user": token.user, "wanted": user})
    if token.issued and token.issued - now > TOLERANCE:
        yield Judgement(Flaw.NOT_YET_VALID, _times(token.issued, now))
    if token.expires and token.expires <= now:
        yield Judgement(Flaw.EXPIRED, _times(token.expires, now))


def _times(date: datetime, now: datetime) -> dict[str, str]:
    form = "%Y-%m-%d %H:%M UTC"
    return {"date": date.strftime(form), "now": now.astimezone(UTC).strftime(form)}


def _is_guid(text: str) -> bool:
    parts = text.split("-")
    digits = set("0123456789abcdefABCDEF")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and set("".join(parts)) <= digits


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
