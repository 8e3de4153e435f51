"""Jobs: what waits on disks or networks, on threads of its own: calls in turn, or one long course."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")

THREAD_PREFIX = "motion-desk-"
SLICE = 0.05
"""Seconds that a wait for a thread goes on without a look at signals."""

Call = Callable[[], Callable[[], None]]
"""Makes the call and returns what is to be run with its result on the asking thread."""


class Stopped(Exception):
    """A person asked for the end."""


class Worker:
    """One daemon thread that makes calls in the order in which they were asked for.

    All methods belong to one thread, the asking one; only the calls run on the worker's. A call
    must be given values only, never an object that belongs to the asking thread.
    """

    def __init__(self, name: str) -> None:
        self._asked: SimpleQueue[Call | None] = SimpleQueue()
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


class Job(Generic[T]):
    """A course of events that runs from the moment it is made, on a daemon thread of its own.

    ``course`` is called there with the event that asks for the end; what it yields is brought by
    ``drain``, or waited for by ``events``, in order. Both raise what ended the course, once,
    ``Stopped`` aside. All methods belong to the thread that made the job; a course must be given
    values only. The thread ends by itself.
    """

    def __init__(self, name: str, course: Callable[[threading.Event], Iterator[T]]) -> None:
        self._queue: SimpleQueue[_Happened[T] | BaseException | None] = SimpleQueue()
        self._stop = threading.Event()
        self.running = True
        """Whether something may still happen."""
        threading.Thread(
            target=_run,
            args=(course, self._stop, self._queue),
            name=THREAD_PREFIX + name,
            daemon=True,
        ).start()

    def stop(self) -> None:
        """Ask for the end; a course looks at that at least every 100 ms."""
        self._stop.set()

    def drain(self) -> list[T]:
        """What happened since the last call."""
        happened: list[T] = []
        while self.running and not self._queue.empty():
            happened += self._noted(self._queue.get())
        return happened

    def events(self) -> Iterator[T]:
        """What happens, as it happens, until the end."""
        while self.running:
            yield from self._noted(self._queue.get())

    def _noted(self, happened: _Happened[T] | BaseException | None) -> tuple[T, ...]:
        if isinstance(happened, _Happened):
            return (happened.event,)
        self.running = False
        if happened is not None:
            raise happened
        return ()


@dataclass(frozen=True, slots=True)
class _Happened(Generic[T]):
    """An event on its way, told apart from an end."""

    event: T


def _run(
    course: Callable[[threading.Event], Iterator[T]],
    stop: threading.Event,
    happened: SimpleQueue[_Happened[T] | BaseException | None],
) -> None:
    try:
        for event in course(stop):
            happened.put(_Happened(event))
    except Stopped:
        happened.put(None)
    except BaseException as error:  # whatever it is, the asking thread must hear of it
        happened.put(error)
    else:
        happened.put(None)


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


def _work(asked: SimpleQueue[Call | None], results: SimpleQueue[Callable[[], None]]) -> None:
    while job := asked.get():
        results.put(job())
        del job  # it may hold what was typed; the next one may be hours away
