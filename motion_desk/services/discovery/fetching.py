"""Fetching: one file by HTTPS, within a time and a size, with any proxy of the system."""

from __future__ import annotations

import http.client
import io
from dataclasses import dataclass
from time import monotonic
from typing import Any, cast
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from motion_desk.services.discovery.candidates import Ending, SourceEnded
from motion_desk.services.discovery.search import Search
from motion_desk.services.mail.certificates import Roots, described, judge, names_host
from motion_desk.services.mail.errors import Late, MailError, TlsRefused, TooMuch
from motion_desk.services.mail.names import Place, resolve
from motion_desk.services.mail.sockets import connect
from motion_desk.services.mail.tls import secure
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.mail.wire import Wire

MOST_REDIRECTS = 3
_HTTPS = 443
_LARGEST_HEAD = 32 * 1024
_OK, _NOT_FOUND, _PROXY_LOGIN = 200, (404, 410), 407
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class File:
    """A file, and the address that led to it in the end."""

    url: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    location: str
    body: bytes


def fetch(url: str, search: Search, largest: int) -> File:
    """The file behind an https address, redirects to https followed.

    At most ``largest`` bytes are ever held. The certificate must be trusted by Mozilla's roots, this
    workstation's, or those given. Raises ``SourceEnded`` for whatever does not go well, and
    ``Stopped``.
    """
    for _ in range(MOST_REDIRECTS + 1):
        split = urlsplit(url)
        host = split.hostname or ""
        if split.scheme != "https" or not host or not url.isascii() or not url.isprintable():
            raise SourceEnded(
                Ending.REFUSED, f"It leads to “{url[:200]}”, which is no https address."
            )
        try:
            response = _asked(host, split.port or _HTTPS, _target(url), search, largest)
        except ValueError:  # a port out of range
            raise SourceEnded(Ending.NONSENSE, "It leads to an address that is none.") from None
        if response.status == _OK:
            return File(url, response.body)
        if response.status in _NOT_FOUND:
            raise SourceEnded(Ending.NOTHING, f"{host} has no such file.")
        if response.status not in _MOVED or not response.location:
            raise SourceEnded(Ending.REFUSED, f"{host} answers with HTTP {response.status}.")
        url = urljoin(url, response.location)
    raise SourceEnded(Ending.LOOP, f"It leads on and on, more than {MOST_REDIRECTS} times.")


def _target(url: str) -> str:
    split = urlsplit(url)
    return (split.path or "/") + (f"?{split.query}" if split.query else "")


def _asked(host: str, port: int, target: str, search: Search, largest: int) -> _Response:
    try:
        wire = _connected(host, port, search)
        try:
            _secured(wire, host, search)
            wire.allow_until(search.asking.until, _LARGEST_HEAD + largest)
            lines = [
                f"GET {target} HTTP/1.1",
                f"Host: {host}" if port == _HTTPS else f"Host: {host}:{port}",
                "Accept: application/xml, text/xml",
                "User-Agent: Motion-Desk",
                "Connection: close",
            ]
            wire.send("\r\n".join([*lines, "", ""]).encode("ascii"))
            return _response(_head(wire), wire, host, search, largest)
        finally:
            wire.close()
    except TooMuch:
        raise SourceEnded(
            Ending.TOO_LARGE, f"{host} sends more than {largest // 1024} KB."
        ) from None
    except Late:
        raise SourceEnded(Ending.UNANSWERED, f"{host} did not answer in time.") from None
    except TlsRefused as error:
        raise SourceEnded(Ending.UNREACHABLE, f"{host}: no TLS ({error.reason}).") from None
    except MailError:
        raise SourceEnded(Ending.UNREACHABLE, f"{host} cannot be reached on port {port}.") from None


def _connected(host: str, port: int, search: Search) -> Wire:
    proxy = _proxy(host, search)
    if proxy is None:
        places = search.places(host, port)
        if not places:
            raise SourceEnded(Ending.NOTHING, f"There is no host {host}.")
        return _wire(places, search)
    places = resolve(*proxy, until=search.asking.until, stop=search.asking.stop)
    wire = _wire(places, search)
    try:
        wire.allow_until(search.asking.until, _LARGEST_HEAD)
        wire.send(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode("ascii"))
        _agreed(_parsed(_head(wire), host).status)
    except BaseException:
        wire.close()
        raise
    return wire


def _agreed(status: int) -> None:
    if status == _PROXY_LOGIN:
        raise SourceEnded(Ending.REFUSED, "The proxy wants a login first.")
    if status != _OK:
        raise SourceEnded(Ending.REFUSED, f"The proxy answers with HTTP {status}.")


def _wire(places: tuple[Place, ...], search: Search) -> Wire:
    connected, _ = connect(places, until=search.asking.until, stop=search.asking.stop)
    return Wire(connected, Transcript(), search.asking.stop)


def _proxy(host: str, search: Search) -> tuple[str, int] | None:
    """The proxy for https, by its host and port, where there is one."""
    given = search.request.proxy
    if given is None:
        given = "" if search.request.route or proxy_bypass(host) else getproxies().get("https", "")
    if not given:
        return None
    split = urlsplit(given if "://" in given else f"http://{given}")
    try:
        return (split.hostname, split.port or 8080) if split.hostname else None
    except ValueError:
        return None


def _secured(wire: Wire, host: str, search: Search) -> None:
    wire.allow_until(search.asking.until)
    chain = secure(wire, host).chain
    judged = judge(chain, Roots(search.request.given, mozilla=True, system=True))
    if not judged.trusted:
        raise SourceEnded(
            Ending.UNTRUSTED, f"The certificate of {host} is not trusted: {judged.words}."
        )
    if not names_host(described(chain[0]).names, host):
        raise SourceEnded(Ending.UNTRUSTED, f"The certificate of {host} is for another name.")


def _head(wire: Wire) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = wire.readline()
        head += line
        if line == b"\n" or len(head) > _LARGEST_HEAD:
            break
    return head


class _Bytes:
    """What ``HTTPResponse`` takes for a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def _parsed(data: bytes, host: str) -> http.client.HTTPResponse:
    """A response whose head was read. Raises ``SourceEnded`` for what is none."""
    found = http.client.HTTPResponse(cast("Any", _Bytes(data)))
    try:
        found.begin()
    except (http.client.HTTPException, ValueError):
        raise SourceEnded(Ending.NONSENSE, f"{host} does not speak HTTP.") from None
    return found


def _response(head: bytes, wire: Wire, host: str, search: Search, largest: int) -> _Response:
    found = _parsed(head, host)
    location = (found.getheader("Location") or "").strip()
    if found.status != _OK:
        return _Response(found.status, location, b"")
    if found.length is not None:  # more than is allowed the wire refuses to read
        return _Response(found.status, location, wire.read(found.length))
    whole = _parsed(head + _rest(wire, search, largest), host)
    try:
        return _Response(whole.status, location, whole.read(largest + 1))
    except (http.client.HTTPException, ValueError):
        raise SourceEnded(Ending.NONSENSE, f"{host} broke off in the middle.") from None


def _rest(wire: Wire, search: Search, largest: int) -> bytes:
    """All until the other side closes, which it was asked to do."""
    parts: list[bytes] = []
    size = 0
    while monotonic() < search.asking.until:
        part = wire.received(search.asking.left)
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > largest:
            raise TooMuch("a file without end")
    else:
        raise Late(begun=True)
    return b"".join(parts)
