"""A web server on loopback, with TLS and an authority of its own, that answers as it is told."""

from __future__ import annotations

import functools
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.authority import Authority, Certificate

Answer = Callable[[str, str], bytes]
"""Gives the whole response to a request, from its host and its path with the query."""

NAMES = ("autoconfig.shop.test", "shop.test", "autoconfig.thunderbird.net", "elsewhere.test")


@dataclass
class Web:
    """Where it listens, what its authority is, and what it was asked: (host, path)."""

    port: int
    authority: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    """Bytes of each answer that the client took to its end."""

    def route(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Where hosts of the web lead; there are no others."""
        if host in NAMES and port == 443:
            return (("127.0.0.1", self.port),)
        raise LookupError(host)


@functools.cache
def authority() -> Authority:
    """One authority for all tests: keys take a while to make."""
    return Authority()


@functools.cache
def _context(kind: Certificate, names: tuple[str, ...]) -> ssl.SSLContext:
    identity = authority().identity(kind, also=names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "identity.pem"
        file.write_bytes(identity.key + identity.chain)
        context.load_cert_chain(file)
    return context


@contextmanager
def web_server(
    answer: Answer,
    kind: Certificate = Certificate.SOUND,
    names: tuple[str, ...] = NAMES,
) -> Iterator[Web]:
    """A web server that runs until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    made = Web(listening.getsockname()[1], authority().pem)
    threads: list[threading.Thread] = []
    opened: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                opened.append(connection)
                thread = threading.Thread(target=talk, args=(connection,), daemon=True)
                threads.append(thread)
                thread.start()

    def talk(connection: socket.socket) -> None:
        # OSError holds ssl.SSLError: whatever the client does, the next one is served.
        with (
            connection,
            suppress(OSError, ValueError),
            _context(kind, names).wrap_socket(connection, server_side=True) as encrypted,
        ):
            lines = _request(encrypted)
            host = next(line[6:] for line in lines if line.startswith("Host: "))
            request = (host, lines[0].split()[1])
            made.asked.append(request)
            said = answer(*request)
            encrypted.sendall(said)
            made.taken.append(len(said))

    accepting = threading.Thread(target=serve, daemon=True)
    accepting.start()
    try:
        yield made
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in opened:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        accepting.join(5)
        for thread in threads:
            thread.join(5)


def _request(connection: ssl.SSLSocket) -> list[str]:
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        part = connection.recv(4096)
        if not part:
            raise ValueError("the client left")
        data += part
    return data.decode("ascii").split("\r\n")


def page(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A response with its length."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""])
    return head.encode("ascii") + body
