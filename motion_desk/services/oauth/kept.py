"""Kept: what a kept sign-in says of itself, without anything that is secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from motion_desk.models.engines.tokens import Token, explained
from motion_desk.services.oauth.cache import Kind, kind_of

# MSAL's schema lets programs add to its cache; what it does not know it hands on unchanged.
_OURS = "MotionDesk"
_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has signed in: a person by their address, or the application by nothing.

    ``token`` is the newest, ``got`` when it came and ``until`` when it ends, as far as is known.
    ``renews``: there is what a new token is got with, so that the end of this one says little.
    """

    login: str
    token: Token | None
    renews: bool
    got: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a provider's sign-in, without anything that is secret.

    ``flow`` is the way in which was signed in last, where it is known. ``client_ids`` are the
    applications that the tokens were given to. ``unknown`` says why the keyring did not answer.
    """

    kind: Kind = Kind.NOBODY
    holders: tuple[Holder, ...] = ()
    flow: str = ""
    client_ids: frozenset[str] = frozenset()
    damaged: bool = False
    unknown: str = ""


def noted(cache: str, flow: str) -> str:
    """A cache as MSAL gave it, with a note of the way in which was signed in."""
    return json.dumps({**json.loads(cache), _OURS: {"flow": flow}})


def kept_of(cache: str) -> Kept:
    """What a kept cache says. Raises nothing, whatever the text is."""
    kind = kind_of(cache)
    if kind is Kind.NOBODY:
        return Kept(damaged=bool(cache))
    found = json.loads(cache)
    tokens = _rows(found, "AccessToken")
    names = {
        _text(row, "home_account_id"): _text(row, "username") for row in _rows(found, "Account")
    }
    renewing = {_text(row, "home_account_id") for row in _rows(found, "RefreshToken")}
    if kind is Kind.APPLICATION:
        names, renewing = {"": ""}, {""}
    holders = tuple(
        _holder(
            name, [row for row in tokens if _text(row, "home_account_id") == home], home in renewing
        )
        for home, name in sorted(names.items(), key=lambda item: item[1])
    )
    note = found.get(_OURS)
    flow = note.get("flow") if isinstance(note, dict) else ""
    issued = {_text(row, "client_id") for row in (*tokens, *_rows(found, "RefreshToken"))}
    return Kept(kind, holders, flow if isinstance(flow, str) else "", frozenset(issued - {""}))


def _rows(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = found.get(name)
    return [row for row in rows.values() if isinstance(row, dict)] if isinstance(rows, dict) else []


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _holder(login: str, tokens: list[dict[str, Any]], renews: bool) -> Holder:
    newest = max(tokens, key=lambda row: _moment(row, "cached_at") or _NEVER, default=None)
    if newest is None:
        return Holder(login, None, renews)
    token = explained(_text(newest, "secret"))
    until = token.expires or _moment(newest, "expires_on")
    return Holder(login, token, renews, _moment(newest, "cached_at"), until)


def _moment(row: dict[str, Any], name: str) -> datetime | None:
    """A time of MSAL's, which are seconds since 1970, written as a text."""
    try:
        return datetime.fromtimestamp(int(row.get(name, "")), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
