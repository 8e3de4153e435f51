"""Scripted servers: they say on a connection what a test wants, and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from motion_desk.services.mail.names import Place

Play = Callable[[socket.socket], None]


@contextmanager
def server(play: Play) -> Iterator[tuple[str, int]]:
    """A server on loopback; each connection is given to ``play``, which may just raise OSError."""
    listening = socket.create_server(("127.0.0.1", 0))
    opened: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                opened.append(connection)
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            play(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in opened:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        thread.join(5)


def saying(*lines: bytes) -> Play:
    """Say some lines, then stay until the other side leaves."""

    def play(connection: socket.socket) -> None:
        for line in lines:
            connection.sendall(line)
        while connection.recv(4096):
            pass

    return play


def without_end(piece: bytes) -> Play:
    """Say the same again and again, for as long as it is taken."""

    def play(connection: socket.socket) -> None:
        while True:
            connection.sendall(piece)

    return play


def silence(connection: socket.socket) -> None:
    """Say nothing, and listen to nothing, until the other side leaves."""
    while connection.recv(4096):
        pass


@contextmanager
def silent_place() -> Iterator[Place]:
    """A place that never answers: its queue of connections is full."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(0)
    waiting = []
    for _ in range(4):
        each = socket.socket()
        each.setblocking(False)
        each.connect_ex(listening.getsockname())
        waiting.append(each)
    yield Place(*listening.getsockname())
    for each in (*waiting, listening):
        each.close()
