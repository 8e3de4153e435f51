"""Fleet: many accounts tested at once, with one login at a time on each server."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.services.jobs import THREAD_PREFIX
from motion_desk.services.tester.run import Order, report_of
from motion_desk.services.tester.steps import Finished, Probe, Renewed, Report
from motion_desk.services.tester.tokens import Tokens
from motion_desk.services.tester.turns import Turn, Turns, server_of

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 16
"""How many probes run at once."""
APART = 0.007
"""Seconds between the beginnings of two threads.

Where all begin together they go on in step: each hears from its server at the same moment as the
others, and together they keep the window's thread waiting for a turn.
"""
TICK = 0.02
"""Seconds between two looks at a fleet, and at whether it is to end."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Tells that the test of the account with a number began."""

    number: int


@dataclass(frozen=True, slots=True)
class Tested:
    """Tells what the test of the account with a number found; it is complete."""

    number: int
    report: Report


Event = Begun | Tested | Renewed


class Fleet:
    """Tests of many accounts, under way from the moment this is made. Belongs to its thread.

    ``drain`` brings what happened since, or ``events`` waits for it; accounts have the numbers of
    their orders. ``stop`` ends it within 100 ms: what was under way is reported as stopped, what
    had not begun is not reported at all. IMAP and SMTP of one account take turns where they are
    on one host. The threads end by themselves.
    """

    def __init__(self, orders: Sequence[Order], at_once: int = AT_ONCE) -> None:
        self._orders = tuple(orders)
        turns = [
            Turn(number, protocol, server_of(order.account, protocol, number))
            for number, order in enumerate(self._orders)
            for protocol in order.protocols
        ]
        self._turns = Turns(turns, at_once)
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._events: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
        self._tokens = self._shared_tokens()
        self._probes: list[dict[Protocol, Probe]] = [{} for _ in self._orders]
        self._began: dict[int, datetime] = {}
        self._under_way = [0] * len(self._orders)
        self._threads = min(at_once, len(turns))
        for number in range(self._threads):
            name = f"{THREAD_PREFIX}fleet-{number}"
            wait = number * APART
            threading.Thread(target=self._work, args=(wait,), name=name, daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether an end of a thread has not been drained yet."""
        return self._threads > 0

    def stop(self) -> None:
        """End it; call ``drain`` for what is left to be told."""
        self._stop.set()
        with self._changed:
            self._turns.drop()
            self._changed.notify_all()

    def drain(self) -> list[Event]:
        """What happened since the last call. Raises what a probe should not have raised."""
        happened: list[Event] = []
        while not self._events.empty():
            happened += self._noted(self._events.get())
        return happened

    def events(self) -> Iterator[Event]:
        """What happens, as it happens, until the end."""
        while self.running:
            yield from self._noted(self._events.get())

    def _noted(self, happened: Event | BaseException | None) -> tuple[Event, ...]:
        if happened is None:
            self._threads -= 1
            return ()
        if isinstance(happened, BaseException):
            raise happened
        return (happened,)

    def _shared_tokens(self) -> list[Tokens]:
        """The tokens of each order; accounts of one sign-in share them, so that one renews it."""
        shared: dict[tuple[str, str, str], Tokens] = {}
        found = []
        for order in self._orders:
            source = order.tokens
            if source is None:
                found.append(Tokens(None, lambda _: None))
                continue
            same = (source.provider.id, source.kept, source.missing)
            tell = partial(_tell, self._events, source.provider.id)
            found.append(shared.setdefault(same, Tokens(source, tell)))
        return found

    def _work(self, wait: float) -> None:
        """Take turns until there is none left; on one of the threads, after some seconds."""
        try:
            self._stop.wait(wait)
            while turn := self._next():
                try:
                    self._probe(turn)
                finally:
                    with self._changed:
                        self._turns.end(turn)
                        self._changed.notify_all()
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            self._events.put(error)
        finally:
            self._events.put(None)

    def _next(self) -> Turn | None:
        """The next turn, waited for where servers are busy; nothing where none is left."""
        with self._changed:
            while self._turns.left:
                if turn := self._turns.begin():
                    if turn.number not in self._began:
                        self._began[turn.number] = datetime.now(UTC)
                        self._events.put(Begun(turn.number))
                    self._under_way[turn.number] += 1
                    return turn
                self._changed.wait()
        return None

    def _probe(self, turn: Turn) -> None:
        # With it come imapclient and OpenSSL, for which nobody should wait.
        from motion_desk.services.tester.probing import probe

        order = self._orders[turn.number]
        for event in probe(order, turn.protocol, self._stop, self._tokens[turn.number]):
            if isinstance(event, Finished):
                self._finished(turn, order, event.probe)

    def _finished(self, turn: Turn, order: Order, found: Probe) -> None:
        with self._changed:
            probes = self._probes[turn.number]
            probes[turn.protocol] = found
            self._under_way[turn.number] -= 1
            last = self._stop.is_set() and not self._under_way[turn.number]
            whole = last or len(probes) == len(order.protocols)
            began = self._began[turn.number]
            if whole:  # what is told needs not be kept: it is much, of many accounts
                self._probes[turn.number] = {}
        if whole:
            self._events.put(Tested(turn.number, report_of(order, began, probes)))


def _tell(
    events: queue.SimpleQueue[Event | BaseException | None], provider: str, cache: str
) -> None:
    """Tell that a sign-in was renewed.

    It knows the queue and not the fleet: in a circle, all its orders would wait for the garbage
    collector, whose look at them stops every thread for tens of milliseconds.
    """
    events.put(Renewed(provider, cache))


def course(
    orders: Sequence[Order],
    stop: threading.Event,
    begin: Callable[[Sequence[Order]], Fleet] = Fleet,
) -> Iterator[Event]:
    """What happens in a fleet, to its end or until ``stop``: the course of a ``Job``.

    ``begin`` makes the fleet, on the thread of the course: to know the servers of many accounts
    takes a while.
    """
    fleet = begin(orders)
    try:
        while fleet.running:
            if stop.is_set():
                fleet.stop()
            yield from fleet.drain()
            time.sleep(TICK)
    finally:
        fleet.stop()
