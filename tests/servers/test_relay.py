"""The relay adds its delay to every answer, and nothing else: no limit, no loss, no other order."""

from __future__ import annotations

import os
import socket
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from tests.bench.relay import Relay
from tests.servers.ports import free_ports

ONE_WAY = 0.04
TIMEOUT = 10


class Echo(socketserver.BaseRequestHandler):
    """Sends back what comes, until the client ends."""

    def handle(self) -> None:
        while chunk := self.request.recv(1 << 18):
            self.request.sendall(chunk)


class Echoes(socketserver.ThreadingTCPServer):
    """An echo for each client; closing waits for the last."""

    daemon_threads = False


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of an echo on loopback."""
    with Echoes(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def client(echo: int) -> Iterator[socket.socket]:
    """A connection to the echo through a relay."""
    with (
        Relay("127.0.0.1", echo, ONE_WAY) as relay,
        socket.create_connection((relay.host, relay.port), timeout=TIMEOUT) as connection,
    ):
        yield connection


def received(connection: socket.socket, length: int) -> bytes:
    """The next bytes; fewer only if the other side ends before."""
    parts = []
    while length and (part := connection.recv(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def ended(connection: socket.socket) -> bool:
    """Whether the next that comes is the end, in good order or not."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_request_and_its_answer_take_the_delay_of_both_ways(client: socket.socket) -> None:
    ratios = []
    for number in range(5):
        begun = time.monotonic()
        client.sendall(b"%d" % number)
        assert received(client, 1) == b"%d" % number
        ratios.append((time.monotonic() - begun) / (2 * ONE_WAY))
    assert min(ratios) >= 1


def test_what_is_sent_at_once_is_delayed_once_and_stays_in_order(client: socket.socket) -> None:
    content = os.urandom(8 << 20)
    sender = threading.Thread(target=client.sendall, args=(content,))
    begun = time.monotonic()
    sender.start()
    assert received(client, len(content)) == content
    seconds = time.monotonic() - begun
    sender.join()
    # A relay that held each chunk back until the last was through would need 2.5 seconds.
    assert seconds < 25 * ONE_WAY


def test_each_end_of_a_connection_is_passed_on(client: socket.socket) -> None:
    client.sendall(b"the last words")
    client.shutdown(socket.SHUT_WR)
    assert received(client, 100) == b"the last words"


def test_a_server_that_is_not_there_ends_the_connection() -> None:
    (port,) = free_ports("127.0.0.1", 1)
    with (
        Relay("127.0.0.1", port, ONE_WAY) as relay,
        socket.create_connection((relay.host, relay.port), timeout=TIMEOUT) as connection,
    ):
        assert ended(connection)


def test_a_relay_that_ends_breaks_its_connections_off(echo: int) -> None:
    with Relay("127.0.0.1", echo, ONE_WAY) as relay:
        connection = socket.create_connection((relay.host, relay.port), timeout=TIMEOUT)
        connection.sendall(b"1")
        assert connection.recv(1) == b"1"
    with connection:
        assert ended(connection)
    assert not [each for each in threading.enumerate() if each.name == "motion-desk-relay"]
