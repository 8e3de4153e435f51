"""The window during a test: how long its thread is kept from the next event at most."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from motion_desk.app import SWITCH, collect_again
from motion_desk.models.secret import Secret
from motion_desk.services.tester.run import Order, Run
from tests.bench.figures import Figure
from tests.journeys.driver import Driver
from tests.journeys.testing import over, verdict
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, PEOPLE

BEAT = 1
"""Milliseconds between two beats, each of which is an event of the window's thread."""
TURNS = 9
REST = 2.0
"""Seconds."""


class Pulse:
    """Beats as an event of the window's thread, and notes the longest pause."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Begin to beat."""
        self.longest, self._last = 0.0, perf_counter()
        self._timer.start()

    def end(self) -> float:
        """Stop, and return the longest pause beyond a beat, in milliseconds."""
        self._timer.stop()
        return max(0.0, self.longest - BEAT)

    def _beat(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


def _point_at(driver: Driver, dovecot: Dovecot) -> None:
    """Let the open account be one that Dovecot serves."""
    values: dict[str, object] = {
        "settings.address": ALICE,
        "imap.host": dovecot.name,
        "imap.port": dovecot.imaps,
        "imap.username": ALICE,
        "imap.password": Secret(typed=PEOPLE[ALICE]),
        "imap.mailbox": "INBOX",
        "imap.any_certificate": True,
        "smtp.host": dovecot.name,
        "smtp.secure": False,
        "smtp.port": dovecot.submission,
        "smtp.username": ALICE,
        "smtp.password": Secret(typed=PEOPLE[ALICE]),
    }
    for key, value in values.items():
        driver.console.desk.edit(key, value)

    def begin(order: Order) -> Run:
        return Run(replace(order, route=dovecot.route))

    driver.console.testing.begin = begin


def rest() -> None:
    """Let the window do what it does by itself."""
    end = perf_counter() + REST
    while perf_counter() < end:
        QApplication.processEvents()


def figures(driver: Driver) -> Iterator[Figure]:
    """Test an account again and again; the first test imports what it needs."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        with Dovecot() as dovecot:
            driver.open("Trade desk")
            driver.console.testing.lab.turn_off()
            _point_at(driver, dovecot)
            collect_again()  # as the program does after its start
            rest()  # as a person does before the first press: the page is made meanwhile
            pulse, pauses = Pulse(), []
            for _ in range(TURNS):
                pulse.begin()
                driver.command("test")
                over(driver)
                pauses.append(pulse.end())
            assert "receive" in verdict(driver)
    finally:
        sys.setswitchinterval(before)
    pulse.begin()
    rest()
    idle = pulse.end()
    what = "longest pause of the window during a test"
    yield Figure(
        f"{what}, the first of a run (with nothing to do: {idle:.1f} ms)", pauses[0], 0, 16
    )
    yield Figure(f"{what}, median of later ones", statistics.median(pauses[1:]), 0, 16)
    yield Figure(f"{what}, worst of {TURNS - 1} later ones", max(pauses[1:]), 0, 16)
