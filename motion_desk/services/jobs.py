"""Jobs: calls that wait on disks or networks, made one after another on a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")

THREAD_PREFIX = "motion-desk-"
SLICE = 0.05
"""Seconds that a wait for a thread goes on without a look at signals."""

Job = Callable[[], Callable[[], None]]
"""Makes the call and returns what is to be run with its result on the asking thread."""


class Worker:
    """One daemon thread that makes calls in the order in which they were asked for.

    All methods belong to one thread, the asking one; only the calls run on the worker's. A call
    must be given values only, never an object that belongs to the asking thread.
    """

    def __init__(self, name: str) -> None:
        self._asked: SimpleQueue[Job | None] = SimpleQueue()
        self._results: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._outstanding = 0
        self._closed = False
        self._thread = threading.Thread(
            target=_work, args=(self._asked, self._results), name=THREAD_PREFIX + name, daemon=True
        )
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a call was asked for whose result has not been drained yet."""
        return self._outstanding > 0

    def ask(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Queue a call; ``drain`` later runs ``done`` with its result, or ``failed``.

        Whatever the call raises reaches ``failed``. Raises ``RuntimeError`` after ``close``.
        """
        if self._closed:
            raise RuntimeError(f"{self._thread.name} is closed")

        def job() -> Callable[[], None]:
            try:
                result = call()
            except Exception as error:  # whatever it is, the asking thread must hear of it
                return _bound(failed, error)
            except BaseException as error:  # SystemExit and the like would end the thread unseen
                failure = RuntimeError(f"the call ended with {type(error).__name__}")
                failure.__cause__ = error
                return _bound(failed, failure)
            return lambda: done(result)

        self._outstanding += 1
        self._asked.put(job)

    def drain(self) -> bool:
        """Run ``done`` or ``failed`` of each finished call, in the order of asking.

        Returns whether calls are still outstanding. What a callback raises comes out here; the
        results behind it wait for the next ``drain``.
        """
        while not self._results.empty():
            self._outstanding -= 1
            self._results.get()()
        return self.busy

    def close(self) -> None:
        """Finish the calls that were asked for and end the thread; their results are dropped."""
        if self._closed:
            return
        self._closed = True
        self._asked.put(None)
        self._thread.join()
        while not self._results.empty():
            self._results.get()
        self._outstanding = 0


def wait_for(threads: Iterable[threading.Thread]) -> None:
    """Wait until threads have ended, and be interrupted by Ctrl+C meanwhile.

    In slices, for the system may hand the signal to another thread than the one that waits, which
    then sleeps on.
    """
    for thread in threads:
        while thread.is_alive():
            thread.join(SLICE)


def _bound(failed: Callable[[Exception], None], error: Exception) -> Callable[[], None]:
    return lambda: failed(error)


def _work(asked: SimpleQueue[Job | None], results: SimpleQueue[Callable[[], None]]) -> None:
    while job := asked.get():
        results.put(job())
        del job  # it may hold what was typed; the next one may be hours away
