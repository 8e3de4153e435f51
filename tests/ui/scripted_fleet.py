"""A scripted fleet: plays tests of many accounts in place of those that talk to servers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.fleet import Begun, Event, Fleet, Tested
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import Report, StepName
from tests.journeys.boards import open_board, tested
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import AT, REFUSED, Script, ScriptedTest, claims

NAMES = ("Claims", "Orders", "Sales", "Support")
FAILS = Script(ends={(Protocol.IMAP, StepName.TCP): REFUSED})
"""A test that passes but for a closed port of IMAP."""


@dataclass
class FleetScript:
    """What a test of many finds: a script for each account's name, the empty one for others.

    ``goes_on`` lets the tests that wait go on: as many begin at once as ``together`` says, and
    none ends before, but for the first ``waits_after``. ``events`` come before all else. It is used
    on the thread of the tests.
    """

    scripts: dict[str, Script] = field(default_factory=dict)
    goes_on: threading.Event = field(default_factory=threading.Event)
    together: int = 2
    waits_after: int = 0
    events: tuple[Event, ...] = ()
    raises: Exception | None = None
    orders: list[Order] = field(default_factory=list)
    change: Callable[[Report], Report] = lambda report: report

    def begin(self, orders: Sequence[Order]) -> Fleet:
        """A fleet that goes by this script."""
        self.orders = list(orders)
        return cast("Fleet", ScriptedFleet(self, orders))

    def of(self, order: Order) -> Report:
        """The report on one account."""
        script = self.scripts.get(order.account.settings.name, Script())
        played = ScriptedTest(script, order)
        while played.running:
            played.drain()
        return self.change(replace(played.report(), lab=order.lab))


class ScriptedFleet:
    """One scripted fleet; each ``drain`` brings it as far as it may go."""

    def __init__(self, script: FleetScript, orders: Sequence[Order]) -> None:
        self._script = script
        self._orders = orders
        self._course = self._played()
        self._stopped = False
        self.running = True

    def stop(self) -> None:
        """End it."""
        self._stopped = True

    def drain(self) -> list[Event]:
        """What happened since the last call."""
        if self._script.raises:
            self.running = False
            raise self._script.raises
        happened: list[Event] = []
        for event in self._course:
            if event is None:
                return happened
            happened.append(event)
        self.running = False
        return happened

    def _played(self) -> Iterator[Event | None]:
        """The events, and ``None`` where it waits."""
        yield from self._script.events
        step = self._script.together
        for first in range(0, len(self._orders), step):
            some = list(enumerate(self._orders))[first : first + step]
            for number, _ in some:
                yield Begun(number)
            waits = first >= self._script.waits_after
            while waits and not self._script.goes_on.is_set() and not self._stopped:
                yield None
            for number, order in some:
                yield Tested(number, self._ended(order))
            if self._stopped:
                return

    def _ended(self, order: Order) -> Report:
        if not self._stopped:
            return self._script.of(order)
        played = ScriptedTest(Script(), order)
        played.stop()
        while played.running:
            played.drain()
        return replace(played.report(), at=AT)


def run_all(driver: Driver, script: FleetScript, button: str = "board:test") -> None:
    """Press the button and let the test of many go by a script, to its end."""
    script.goes_on.set()
    driver.console.board.running.begin = script.begin
    driver.press(button)
    tested(driver)


def begin_all(driver: Driver, script: FleetScript, button: str = "board:test") -> None:
    """Press the button, and wait until the first tests are under way."""
    driver.console.board.running.begin = script.begin
    driver.press(button)
    driver.wait(lambda: driver.console.board.begun, "the first tests")


@pytest.fixture
def many(path: Path, stage: Stage) -> Driver:
    """A window on the board of four complete accounts."""
    stored(path, *map(claims, NAMES))
    driver = stage()
    open_board(driver)
    return driver
