"""Sockets: TCP connections to all addresses of a host at once."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.names import TICK, Place

PATIENCE_FOR_OTHERS = 0.25
"""Seconds that an address is still waited for after another one took the connection.

RFC 8305 §5 recommends 250 ms before a client turns to the next address.
"""

_IN_PROGRESS = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one address did: ``connected``, ``refused``, ``silent`` or ``unreachable``; seconds."""

    place: Place
    outcome: str
    seconds: float
    detail: str = ""


class Unreachable(MailError):  # noqa: N818 - it says what happened
    """No address took the connection; ``attempts`` say what each of them did."""

    def __init__(self, attempts: tuple[Attempt, ...]) -> None:
        super().__init__("no address took the connection")
        self.attempts = attempts


class _Try:
    """One address that is being connected to."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.begun = monotonic()
        self.attempt: Attempt | None = None
        family = socket.AF_INET6 if place.is_v6 else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.setblocking(False)
        try:
            code = self.socket.connect_ex((place.address, place.port))
        except OSError as error:
            code = error.errno or errno.EINVAL
        if code and code not in _IN_PROGRESS:
            self.settle(code)

    def settle(self, code: int | None) -> None:
        """Note what came of it; ``None`` is silence until now."""
        seconds = monotonic() - self.begun
        if code is None:
            outcome = "silent"
        elif code == 0:
            outcome = "connected"
        else:
            outcome = "refused" if code == errno.ECONNREFUSED else "unreachable"
        self.attempt = Attempt(self.place, outcome, seconds, os.strerror(code) if code else "")
        if outcome != "connected":
            self.socket.close()


def connect(
    places: Sequence[Place], *, until: float, stop: threading.Event
) -> tuple[socket.socket, tuple[Attempt, ...]]:
    """A non-blocking socket, connected to the first place in order that takes it, and all attempts.

    All are tried at once, so that each can be reported. Raises ``Unreachable`` where none takes
    it until ``until`` (of ``time.monotonic``), and ``Stopped`` within ``TICK`` of ``stop``. The
    caller owns the socket; all others are closed.
    """
    tries: list[_Try] = []
    try:
        tries.extend(_Try(place) for place in places)
        _wait(tries, until, stop)
    except BaseException:
        for each in tries:
            each.socket.close()
        raise
    chosen: socket.socket | None = None
    for each in tries:
        if each.attempt is None:
            each.settle(None)
        elif each.attempt.outcome == "connected" and chosen is None:
            chosen = each.socket
        else:
            each.socket.close()
    attempts = tuple(each.attempt for each in tries if each.attempt)
    if chosen is None:
        raise Unreachable(attempts)
    with suppress(OSError):  # a help for short answers, not a need
        chosen.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return chosen, attempts


def _wait(tries: list[_Try], until: float, stop: threading.Event) -> None:
    """Wait until the first in order is settled well, or all are settled, or time is up."""
    with selectors.DefaultSelector() as selector:
        for each in tries:
            if each.attempt is None:
                selector.register(each.socket, selectors.EVENT_WRITE, each)
        while selector.get_map() and not _enough(tries) and monotonic() < until:
            if stop.is_set():
                raise Stopped
            for key, _ in selector.select(min(TICK, max(until - monotonic(), 0))):
                selector.unregister(key.fileobj)
                each = key.data
                each.settle(each.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


def _enough(tries: list[_Try]) -> bool:
    """Whether no later answer could change what is chosen, or the others had their time."""
    done = [each.attempt for each in tries if each.attempt]
    if len(done) == len(tries):
        return True
    connected = [each for each in tries if each.attempt and each.attempt.outcome == "connected"]
    return bool(connected) and monotonic() - tries[0].begun > PATIENCE_FOR_OTHERS
