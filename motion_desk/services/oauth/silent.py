"""Silent: a token without anybody's help, from the cache or by renewing the sign-in."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motion_desk.services.oauth.cache import Kind, kind_of, people
from motion_desk.services.oauth.client import Client, Result
from motion_desk.services.oauth.provider import APPLICATION, Provider, Way
from motion_desk.services.oauth.trouble import SignInError, Trouble
from motion_desk.services.oauth.web import ANSWER_SECONDS


@dataclass(frozen=True, slots=True)
class Got:
    """A token, and the cache to be kept where it has changed (else empty)."""

    token: str = field(repr=False)
    cache: str = field(repr=False)
    kind: Kind = Kind.PERSON


def token_for(
    provider: Provider,
    login: str,
    scopes: Sequence[str],
    kept: str,
    way: Way,
    stop: threading.Event,
    patience: float = ANSWER_SECONDS,
) -> Got:
    """A token for somebody who has signed in before, or for the application itself.

    Which of the two follows from what is kept. Microsoft is asked only where MSAL's cache has no
    token that is valid for five minutes more. Raises ``SignInError``, and ``Stopped``.
    """
    kind = kind_of(kept)
    if kept and kind is Kind.NOBODY:
        raise SignInError(Trouble.CACHE, values={"provider": provider.name})
    if kind is Kind.NOBODY:
        raise SignInError(Trouble.NEEDED, values={"provider": provider.name})
    application = kind is Kind.APPLICATION
    with Client(provider, kept, way, stop, application=application, patience=patience) as client:
        if application:
            result = client.ask(lambda app: app.acquire_token_for_client(list(APPLICATION)))
        else:
            # One call for both, for each has a thread of its own.
            is_known, result = client.ask(lambda app: _renewed(app, login, scopes))
            if not is_known:
                there = " and ".join(people(kept)) or "somebody else"
                values = {"provider": provider.name, "there": there, "wanted": login}
                raise SignInError(Trouble.OTHER_PERSON, values=values)
            if result is None:  # there is no refresh token in the cache
                raise SignInError(Trouble.NEEDED, values={"provider": provider.name})
        token = client.token(result)
        return Got(token, client.cache() if client.changed else "", kind)


def _renewed(app: Any, login: str, scopes: Sequence[str]) -> tuple[bool, Result | None]:
    """Whether MSAL knows who is to sign in, and what came of it."""
    account = next(iter(app.get_accounts(login)), None)
    if account is None:
        return False, None
    return True, app.acquire_token_silent_with_error(list(scopes), account)
