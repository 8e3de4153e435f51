"""Calls: what blocks its thread, waited for within a time and until stopped."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TypeVar

from motion_desk.services.jobs import THREAD_PREFIX, Stopped
from motion_desk.services.mail.names import TICK

T = TypeVar("T")


class Lines:
    """The open connections of one client, so that another thread can break them off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.ended = threading.Event()

    def add(self, connected: socket.socket) -> None:
        """Note a connection. A duplicate is kept: wrapping in TLS takes the socket itself away."""
        with self._lock:
            if self.ended.is_set():
                with suppress(OSError):
                    connected.shutdown(socket.SHUT_RDWR)
            else:
                self._open.append(connected.dup())

    def cut(self) -> None:
        """Break all of them off: whoever waits there wakes at once, with an error."""
        self.ended.set()
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the duplicates, for good."""
        self.ended.set()
        with self._lock:
            for each in self._open:
                each.close()
            self._open.clear()


class TooLate(Exception):  # noqa: N818 - it says what happened
    """The call took longer than it was given."""


def answered(call: Callable[[], T], lines: Lines, stop: threading.Event, seconds: float) -> T:
    """The result of a call, made on a thread of its own; raises what it raises.

    Raises ``Stopped`` within ``TICK`` of ``stop``, and ``TooLate`` after ``seconds``. The lines are
    cut then, which ends the call's thread too; its result is dropped.
    """
    results: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put((call(), None))
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            results.put((None, error))

    threading.Thread(target=work, name=f"{THREAD_PREFIX}oauth-call", daemon=True).start()
    until = monotonic() + seconds
    while True:
        try:
            result, error = results.get(timeout=TICK)
        except queue.Empty:
            if stop.is_set():
                lines.cut()
                raise Stopped from None
            if monotonic() > until:
                lines.cut()
                raise TooLate from None
            continue
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # there was no error, so it is a T
