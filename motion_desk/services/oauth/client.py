"""Client: one provider at MSAL, with its cache; every call bounded, and stopped when asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Self, TypeVar

import msal  # type: ignore[import-untyped]

from motion_desk.models.engines.tokens import LONGEST
from motion_desk.services.oauth.cache import is_sound
from motion_desk.services.oauth.calls import Lines, TooLate, answered
from motion_desk.services.oauth.codes import refused
from motion_desk.services.oauth.provider import Provider, Way, check
from motion_desk.services.oauth.trouble import SignInError, Trouble
from motion_desk.services.oauth.web import ANSWER_SECONDS, Failed, Web

T = TypeVar("T")

Result = dict[str, Any]

# At level DEBUG it tells codes and, of answers that are no JSON, the whole text.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)


class Client:
    """Asks for the tokens of one provider. Belongs to one thread; ``stop`` may be set by any.

    ``kept`` is the cache as it was kept, ``cache`` as it is now. A person's sign-in is that of a
    public client, which needs no secret; ``application`` is one by the secret alone. Every method
    raises ``SignInError`` and, within 100 ms of ``stop``, ``Stopped``. No ``repr`` and no error
    holds anything of a token.
    """

    def __init__(
        self,
        provider: Provider,
        kept: str,
        way: Way,
        stop: threading.Event,
        *,
        application: bool = False,
        patience: float = ANSWER_SECONDS,
    ) -> None:
        check(provider, application=application)
        if not is_sound(kept):
            raise SignInError(Trouble.CACHE, values={"provider": provider.name})
        self.provider = provider
        self._stop = stop
        self._patience = patience
        self._application = application
        self._tokens = msal.SerializableTokenCache()
        self._tokens.deserialize(kept or None)
        self._lines = Lines()
        self._web = Web(provider.host, way, self._lines, patience)
        self._app: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._web.close()
        self._lines.close()

    @property
    def changed(self) -> bool:
        """Whether the cache holds something else than what was kept."""
        return bool(self._tokens.has_state_changed)

    def cache(self) -> str:
        """The cache, to be kept."""
        return str(self._tokens.serialize())

    def ask(self, call: Callable[[Any], T]) -> T:
        """The result of a call to MSAL's application."""

        def work() -> T:
            if self._app is None:
                self._app = self._made()
            return call(self._app)

        try:
            return answered(work, self._lines, self._stop, self._patience * 2)
        except Failed as failed:
            raise failed.error from None
        except TooLate:
            values = {"host": self.provider.host, "seconds": f"{self._patience * 2:g}"}
            raise SignInError(Trouble.SLOW, values=values) from None
        except (AssertionError, AttributeError, KeyError, RuntimeError, TypeError, ValueError):
            # MSAL stumbles so over answers that lack something, and over a tenant that is not
            # there. From None: its words may quote what it got.
            if self._web.refusal:
                raise refused(self._web.refusal) from None
            raise self.nonsense("something is missing in it") from None

    def token(self, result: Result | None) -> str:
        """The access token of a result. Raises what the result tells of."""
        if result and "error" in result:
            raise refused(result)
        token = (result or {}).get("access_token")
        if not isinstance(token, str) or not token:
            raise self.nonsense("there is no token in it")
        if len(token) > LONGEST:
            raise self.nonsense(f"its token has {len(token):,} characters")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise self.nonsense("its token has characters that no token has")  # RFC 6750 §2.1
        return token

    def nonsense(self, what: str) -> SignInError:
        """The error for an answer that makes no sense."""
        return SignInError(Trouble.NONSENSE, values={"host": self.provider.host, "what": what})

    def _made(self) -> Any:
        common: dict[str, Any] = {
            "authority": self.provider.authority,
            # The host is ours, and never one that an answer names: nothing is to be discovered.
            "instance_discovery": False,
            "token_cache": self._tokens,
            "http_client": self._web,
        }
        if self._application:
            secret = self.provider.secret
            return msal.ConfidentialClientApplication(
                self.provider.client_id, client_credential=secret, **common
            )
        return msal.PublicClientApplication(self.provider.client_id, **common)
