"""Ports for servers: which are free, and when somebody answers there."""

from __future__ import annotations

import random
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress

START_SECONDS = 30.0
# Below those that Linux gives to outgoing connections (32768 and up), which come and go.
PORTS = range(20_000, 32_000)
# Not the generator that pytest-randomly seeds alike in every worker.
CHANCE = random.SystemRandom()


class StartError(Exception):
    """A server did not start; the text says why."""


def free_ports(host: str, count: int) -> list[int]:
    """Different ports that nobody listens on now; another process may be quicker to take one."""
    ports: list[int] = []
    with ExitStack() as held:
        while len(ports) < count:
            candidate = held.enter_context(socket.socket())
            with suppress(OSError):
                candidate.bind((host, CHANCE.choice(PORTS)))
                ports.append(candidate.getsockname()[1])
    return ports


def wait_for_greetings(process: subprocess.Popen[bytes], host: str, ports: Sequence[int]) -> None:
    """Return when a starting server has greeted a client at each port, all of them in the clear.

    Raises `StartError` when the process ends, or when 30 seconds have passed.
    """
    late = time.monotonic() + START_SECONDS
    for port in ports:
        while not greeting(host, port):
            # A server that cannot start ends: the wait for the one is also that for the other.
            with suppress(subprocess.TimeoutExpired):
                raise StartError(f"it ended with {process.wait(0.005)}")
            if time.monotonic() > late:
                raise StartError(f"port {port} of {host} does not answer")


def greeting(host: str, port: int) -> bytes:
    """The first that a server says; nothing, if nobody listens or says anything in a second."""
    with suppress(OSError), socket.create_connection((host, port), timeout=1) as connection:
        return connection.recv(1024)
    return b""
