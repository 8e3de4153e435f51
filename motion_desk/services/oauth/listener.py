"""Listener: waits on this computer for the browser to come back from the sign-in page (RFC 8252)."""

from __future__ import annotations

import hmac
import selectors
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from time import monotonic
from typing import Self
from urllib.parse import parse_qs, urlsplit

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.names import TICK

LARGEST = 65_536
"""Bytes of one request."""
MOST = 32
"""Connections at a time; browsers open a few that they never use."""
REQUEST_SECONDS = 10.0
"""Seconds that a request may take to arrive."""

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Motion Desk</title>"
    "<body style='font:16px system-ui;margin:4em'><p>{}</p>"
)
_HEAD = (
    "HTTP/1.1 {} {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n"
    "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; "
    "style-src 'unsafe-inline'\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
)
_DONE = "The sign-in page has answered. You can close this window and go back to Motion Desk."
_STRANGER = "Motion Desk has not asked for this. It goes on waiting for its own sign-in."


class Listener:
    """A tiny HTTP server on 127.0.0.1, for one answer. Belongs to one thread.

    ``address`` is what the sign-in page is to lead back to; it says “localhost”, as Microsoft
    allows any port of that name alone.
    """

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._begun: dict[socket.socket, tuple[bytearray, float]] = {}
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"
        self.refused = 0
        """How many requests were none of ours."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in list(self._begun):
            self._end(connection)
        self._selector.close()
        self._listening.close()

    def wait(self, state: str, until: float, stop: threading.Event) -> Mapping[str, str] | None:
        """What the sign-in page answered, or ``None`` at ``until`` (of ``time.monotonic``).

        An answer whose state is not ours comes from another program: it is refused, and waiting
        goes on. Raises ``Stopped`` within ``TICK`` of ``stop``.
        """
        while monotonic() < until:
            if stop.is_set():
                raise Stopped
            for request in self._arrived():
                if answer := self._answered(request, state):
                    return answer
        return None

    def _arrived(self) -> Iterator[tuple[socket.socket, bytes]]:
        """The requests that are complete now, after at most ``TICK``."""
        for key, _ in self._selector.select(TICK):
            if key.fileobj is self._listening:
                self._accept()
            elif isinstance(key.fileobj, socket.socket):
                request = self._read(key.fileobj)
                if request is not None:
                    yield key.fileobj, request
        for connection, (_, until) in list(self._begun.items()):
            if monotonic() > until:
                self._end(connection)

    def _accept(self) -> None:
        with suppress(OSError):  # it has gone again
            connection, _ = self._listening.accept()
            connection.setblocking(False)
            if len(self._begun) >= MOST:
                connection.close()
                return
            self._begun[connection] = bytearray(), monotonic() + REQUEST_SECONDS
            self._selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection: socket.socket) -> bytes | None:
        """The whole request, once it is there."""
        data, _ = self._begun[connection]
        try:
            piece = connection.recv(16_384)
        except OSError:
            piece = b""
        data += piece
        if not piece or len(data) > LARGEST:
            self._end(connection)
            return None
        head, ended, body = bytes(data).partition(b"\r\n\r\n")
        return bytes(data) if ended and len(body) >= _length(head) else None

    def _answered(self, request: tuple[socket.socket, bytes], state: str) -> dict[str, str] | None:
        connection, data = request
        answer = _answer(data)
        given = answer.get("state", "")
        ours = hmac.compare_digest(given.encode(), state.encode())
        if ours and ("code" in answer or "error" in answer):
            self._say(connection, 200, "OK", _DONE)
            return answer
        self.refused += 1
        self._say(connection, 400, "Bad Request", _STRANGER)
        return None

    def _say(self, connection: socket.socket, status: int, word: str, text: str) -> None:
        body = _PAGE.format(text).encode()
        with suppress(OSError):  # a few hundred bytes always fit into an empty socket
            connection.sendall(_HEAD.format(status, word, len(body)).encode() + body)
            connection.shutdown(socket.SHUT_WR)
        self._end(connection)

    def _end(self, connection: socket.socket) -> None:
        self._begun.pop(connection, None)
        self._selector.unregister(connection)
        connection.close()


def _length(head: bytes) -> int:
    """The bytes that the head announces."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return min(int(value), LARGEST)
    return 0


def _answer(data: bytes) -> dict[str, str]:
    """What the sign-in page says: in the address (GET), or as a form (POST). Empty for nothing."""
    head, _, body = data.partition(b"\r\n\r\n")
    try:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("ascii").split(" ")
        said = body.decode("ascii") if method == "POST" else urlsplit(target).query
        found = parse_qs(said, max_num_fields=50)
    except ValueError:
        return {}
    # A field that comes twice is nobody's honest answer (RFC 6749 §3.1).
    return {name: values[0] for name, values in found.items() if len(values) == 1}
