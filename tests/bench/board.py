"""The board: how long the window's thread is kept from the next event while 200 accounts are tested."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import thread_time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from motion_desk.app import SWITCH, Application, collect_again
from motion_desk.models.document import new_id
from motion_desk.models.endpoints import Protocol
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester.fleet import Fleet
from motion_desk.services.tester.run import Order
from tests.bench.far import Far
from tests.bench.figures import Figure
from tests.bench.fleet import ACCOUNTS, LATENCY, SERVERS
from tests.bench.window import Pulse, rest
from tests.journeys.boards import open_board, sentence
from tests.journeys.driver import Answers, Driver
from tests.services.tester import orders

TURNS = 3
PAUSE = 100
"""Milliseconds before the press."""


class OwnPulse(Pulse):
    """Notes besides how much of a pause the window's thread itself computed at most.

    That is what the program decides; the rest is for the machine and whoever else uses it.
    """

    def begin(self) -> None:
        """Begin to beat."""
        self.own, self._before = 0.0, thread_time()
        super().begin()

    def _beat(self) -> None:
        super()._beat()
        now = thread_time()
        self.own, self._before = max(self.own, 1000 * (now - self._before)), now


def store(path: Path, names: Sequence[str]) -> None:
    """Make a workspace of many accounts, of which several are on each server."""
    made = Store.create(path, Secrets(system=False))
    for number in range(ACCOUNTS):
        values: dict[str, object] = {
            "settings__name": f"Account {number:03}",
            "settings__active": True,
            "imap__port": 143,
            "imap__ssl": False,
            "smtp__port": 587,
            "smtp__secure": False,
        }
        host = names[number % len(names)]
        account = orders.account(host, f"a{number}@example.test", "secret", **values)
        made.save(replace(account, id=new_id()))
    made.close()


def figures() -> Iterator[Figure]:
    """The figures of the board. Raises ``AssertionError`` where a server saw two logins at once."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)  # as the program does
    try:
        with Far(SERVERS, LATENCY) as far:
            yield from _measured(far)
    finally:
        sys.setswitchinterval(before)
    assert set(far.most.values()) == {1}, far.most
    assert sum(far.logins.values()) == 2 * ACCOUNTS * TURNS


def _measured(far: Far) -> Iterator[Figure]:
    def begin(given: Sequence[Order]) -> Fleet:
        passwords = dict.fromkeys(Protocol, "secret")  # which the keyring has lost
        led = [replace(each, route=far.route, passwords=passwords, missing={}) for each in given]
        return Fleet(led)

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "many.motiondesk"
        store(path, far.names)
        application = Application(app, Answers(save_changes="discard"))
        driver = Driver(application)
        console = application.open(path, "open")
        driver.wait(lambda: console.desk.current is not None)
        open_board(driver)
        console.board.running.begin = begin
        collect_again()  # as the program does after its start
        rest()
        pulse, pauses, own = OwnPulse(), [], []
        pulse.begin()
        rest()
        idle = pulse.end()
        for _ in range(TURNS):
            loop = QEventLoop()  # and no loop of Python's, which would itself keep others waiting
            console.board.surveyed.connect(loop.quit)  # as it is again after a test
            QTimer.singleShot(PAUSE, driver.find("board:test").click)
            pulse.begin()
            loop.exec()
            console.board.surveyed.disconnect(loop.quit)
            pauses.append(pulse.end())
            own.append(pulse.own)
            rest()
        assert sentence(driver).startswith(f"{ACCOUNTS} of {ACCOUNTS} would work"), sentence(driver)
        driver.close()
    what = f"longest pause of the window while {ACCOUNTS} accounts are tested"
    yield Figure(f"{what}, the first time (with nothing to do: {idle:.1f} ms)", pauses[0], 0, 16)
    yield Figure(f"{what}, worst of {TURNS - 1} later ones", max(pauses[1:]), 0, 16)
    yield Figure("the most that the window's own thread computed in one of them", max(own), 0, 16)
