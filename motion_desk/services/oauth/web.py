"""Web: the HTTP that MSAL uses, with bounds, the system's proxies and trust, and named failures."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from motion_desk.models.engines.tokens import TOLERANCE
from motion_desk.services.mail import names, sockets
from motion_desk.services.mail.errors import NameUnanswered, NameUnknown
from motion_desk.services.oauth.calls import Lines
from motion_desk.services.oauth.provider import Way
from motion_desk.services.oauth.trouble import SignInError, Trouble

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
"""Seconds for one request from beginning to end, and for each silence within it."""
LARGEST = 1_000_000
"""Bytes of one answer."""
CHUNK = 65_536


class Failed(requests.RequestException):
    """Carries a ``SignInError`` through MSAL, which catches only what requests raises."""

    def __init__(self, error: SignInError) -> None:
        super().__init__(error.sentence)
        self.error = error


class Answer:
    """What MSAL reads of an answer; ``text`` is a JSON object."""

    def __init__(self, status_code: int, text: str, headers: dict[str, str]) -> None:
        self.status_code = status_code
        self.text = text
        self.headers = headers

    def raise_for_status(self) -> None:
        """Nothing: what is no answer never gets this far."""


class Web:
    """One HTTP client for one host, to be given to MSAL as its ``http_client``.

    Used on one thread at a time. Redirections are not followed, and no other host is spoken to:
    secrets and codes go to the sign-in service alone. Raises ``Failed``. Nothing is logged.
    """

    def __init__(
        self,
        host: str,
        way: Way,
        lines: Lines,
        patience: float = ANSWER_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._host = host
        self._way = way
        self._patience = patience
        self._now = now
        self.refusal: dict[str, Any] = {}
        """The last answer that said no: MSAL does not hand on all of them."""
        self._session = requests.Session()
        # Otherwise ~/.netrc and REQUESTS_CA_BUNDLE would have a say; proxies are asked for below.
        self._session.trust_env = False
        # Compressed, a small answer could become a large one.
        self._session.headers["Accept-Encoding"] = "identity"
        self._session.mount("https://", Adapter(way, lines))

    def get(self, url: str, **more: Any) -> Answer:
        """The answer to GET."""
        return self._asked("GET", url, more)

    def post(self, url: str, **more: Any) -> Answer:
        """The answer to POST."""
        return self._asked("POST", url, more)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _asked(self, method: str, url: str, more: dict[str, Any]) -> Answer:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.hostname != self._host:
            raise self._failed(Trouble.NONSENSE, what="it leads to another address")
        known = {name: more[name] for name in ("params", "data", "headers") if name in more}
        proxies = {} if self._way.route else get_environ_proxies(url)
        try:
            with self._session.request(
                method,
                url,
                timeout=(CONNECT_SECONDS, self._patience),
                allow_redirects=False,
                stream=True,
                proxies=proxies,
                **known,
            ) as response:
                return self._judged(response, self._body(response))
        except Failed:
            raise
        except requests.RequestException as error:
            # From None: it quotes addresses, and its chain may hold the request's body.
            raise self._translated(error) from None
        except ReadTimeoutError:
            raise self._failed(Trouble.SLOW, seconds=f"{self._patience:g}") from None
        except HTTPError:
            raise self._failed(Trouble.UNREACHABLE, reason=_BROKEN) from None
        except ValueError:
            raise self._failed(Trouble.NONSENSE, what="it leads to another address") from None

    def _body(self, response: requests.Response) -> bytes:
        until = monotonic() + self._patience
        body = bytearray()
        # What has arrived, piece by piece: a server that sends a byte a second has no hold on us.
        while chunk := response.raw.read1(CHUNK, decode_content=False):
            body += chunk
            if len(body) > LARGEST:
                raise self._failed(Trouble.TOO_MUCH)
            if monotonic() > until:
                raise self._failed(Trouble.SLOW, seconds=f"{self._patience:g}")
        return bytes(body)

    def _judged(self, response: requests.Response, body: bytes) -> Answer:
        """The answer, if it is one of the sign-in service's own."""
        status = response.status_code
        if 300 <= status < 400 or status in (407, 511):  # RFC 6585 §6: 511 is a captive portal
            raise self._failed(Trouble.PROXY, status=status)
        if status >= 500 or status == 429:
            raise self._failed(Trouble.DOWN, status=status)
        kind = response.headers.get("Content-Type", "").lower()
        if "html" in kind or body.lstrip()[:1] == b"<":
            raise self._failed(Trouble.PAGE)
        try:
            text = body.decode("utf-8")
            found = json.loads(text)
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise self._failed(Trouble.NONSENSE, what="it is no JSON") from None
        if not isinstance(found, dict):
            raise self._failed(Trouble.NONSENSE, what="it is no JSON object")
        self._compare_clocks(response.headers.get("Date", ""))
        if status >= 400:
            self.refusal = found
        return Answer(status, text, dict(response.headers))

    def _compare_clocks(self, date: str) -> None:
        try:
            there = parsedate_to_datetime(date)
        except ValueError:
            return
        if there.tzinfo is None:  # RFC 5322 §3.3: “-0000” says nothing of a zone, but is UTC
            there = there.replace(tzinfo=UTC)
        difference = abs(self._now() - there)
        if difference > TOLERANCE:
            minutes = round(difference.total_seconds() / 60)
            said = f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
            raise self._failed(Trouble.CLOCK, difference=said)

    def _translated(self, error: requests.RequestException) -> Failed:
        said = str(error)
        if isinstance(error, requests.exceptions.ProxyError):
            if "407" in said:
                return self._failed(Trouble.PROXY, status=407)
            return self._failed(Trouble.UNREACHABLE, reason="the proxy does not let it through")
        if isinstance(error, requests.exceptions.SSLError):
            return self._failed(Trouble.UNTRUSTED, reason=_tls_reason(error))
        if isinstance(error, requests.Timeout):
            return self._failed(Trouble.SLOW, seconds=f"{self._patience:g}")
        reason = next((each for each in _REASONS if each in said), _BROKEN)
        return self._failed(Trouble.UNREACHABLE, reason=reason)

    def _failed(self, trouble: Trouble, **values: object) -> Failed:
        return Failed(SignInError(trouble, values={"host": self._host, **values}))


_UNKNOWN, _UNANSWERED, _NOBODY, _BROKEN = (
    "there is no host of this name",
    "the name service does not answer",
    "nobody takes the connection",
    "the connection broke off",
)
_REASONS = (_UNKNOWN, _UNANSWERED, _NOBODY)


def _tls_reason(error: BaseException) -> str:
    """OpenSSL's own words for why a certificate is not trusted."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return str(inner.verify_message)
        given = next((each for each in inner.args if isinstance(each, BaseException)), None)
        inner = given or getattr(inner, "reason", None) or inner.__cause__ or inner.__context__
        if not isinstance(inner, BaseException):
            break
    return "TLS could not be agreed on"


@cache
def _trust(authority: str) -> ssl.SSLContext:
    """The system's own trust, or one authority alone; made once, for it takes 20 ms."""
    if authority:
        return ssl.create_default_context(cadata=authority)
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Adapter(HTTPAdapter):
    """Connects by our own sockets, which can be led elsewhere and be broken off."""

    def __init__(self, way: Way, lines: Lines) -> None:
        self._trust = _trust(way.authority)
        self._pools = _pools(way, lines)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **more: Any) -> None:
        super().init_poolmanager(*given, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self._trust, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave trust to our context: requests would add its own bundle to it."""


def _pools(way: Way, lines: Lines) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections go the way and are noted in the lines."""

    def connected(connection: HTTPConnection) -> Any:
        until = monotonic() + CONNECT_SECONDS
        host, port = connection._dns_host, connection.port or 443
        stop = lines.ended
        try:
            asked = names.ascii_host(host)
            places = names.resolve(asked, port, until=until, stop=stop, route=way.route)
            made, _ = sockets.connect(places, until=until, stop=stop)
        except NameUnknown:
            raise NewConnectionError(connection, _UNKNOWN) from None
        except NameUnanswered:
            raise NewConnectionError(connection, _UNANSWERED) from None
        except sockets.Unreachable:
            raise NewConnectionError(connection, _NOBODY) from None
        lines.add(made)
        timeout = connection.timeout
        made.settimeout(timeout if isinstance(timeout, int | float) else CONNECT_SECONDS)
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> Any:
            return connected(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> Any:
            return connected(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
