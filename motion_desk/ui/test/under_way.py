"""Under way: prepares, begins, follows and stops tests, several accounts' beside each other."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.ui.test.tested import Ongoing, Tested, Used

TICK = 30
"""Milliseconds between two looks at running tests."""
PAINTED = 1
"""Milliseconds after which what was asked for before is painted: a painting waits for no timer."""


class UnderWay(QObject):
    """The tests that are being prepared or run.

    ``changed`` names an account (its id) whose test is not as it was, and ``ended`` brings the id,
    what is known of its tests, and the report of the one that has just ended.
    """

    changed = Signal(str)
    ended = Signal(str, object, object)

    def __init__(
        self,
        session: Session,
        lab: LabSwitch,
        begin: Callable[[Order], Ongoing],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lab = lab
        self._begin = begin
        self._tests: dict[str, Tested] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._drain)

    def begin(self, tested: Tested, using: Used) -> None:
        """Begin a test as soon as its passwords are there, and the lab if it goes to the lab."""
        from motion_desk.ui.test.preparing import prepare

        account = using.order.account.id
        self._tests[account] = tested
        tested.asked += 1
        tested.preparing = True
        number = tested.asked

        def ready(order: Order) -> None:
            if number != tested.asked:  # it was stopped meanwhile
                return
            if self._lab.shown != using.lab:  # and must not go elsewhere than it was meant to
                self._drop(account)
                return
            self._start(tested, using, order)

        def failed(error: Exception) -> None:
            if number == tested.asked:
                self._drop(account)
                self._session.failed.emit(error)

        def begin_preparing() -> None:
            if number == tested.asked:
                prepare(using.order, self._session, self._lab, ready, failed)

        # Painted first: the threads of a test would hold the painting up.
        QTimer.singleShot(PAINTED, self, begin_preparing)
        self.changed.emit(account)

    def _start(self, tested: Tested, using: Used, order: Order) -> None:
        from motion_desk.ui.test.progress import Progress

        tested.begin(using, self._begin(order), Progress(order))
        self._timer.start()
        self.changed.emit(order.account.id)

    def _drop(self, account: str) -> None:
        """Forget a test that is not to be, or not to go on."""
        self._tests.pop(account).drop()
        self.changed.emit(account)

    def stop(self, account: str) -> None:
        """Stop the test of an account, if there is one."""
        tested = self._tests.get(account)
        if tested is None:
            return
        if tested.preparing:
            tested.asked += 1
            self._drop(account)
        elif tested.run is not None:
            tested.run.stop()

    def close(self) -> None:
        """Stop everything; the threads of running tests end by themselves within 100 ms."""
        self._timer.stop()
        for tested in self._tests.values():
            tested.asked += 1
            if tested.run is not None:
                tested.run.stop()

    def _drain(self) -> None:
        for account, tested in tuple(self._tests.items()):
            if tested.run is not None:
                self._follow(account, tested, tested.run)
        if not any(tested.run for tested in self._tests.values()):
            self._timer.stop()

    def _follow(self, account: str, tested: Tested, run: Ongoing) -> None:
        """Take note of what happened in a test."""
        from motion_desk.services.tester.steps import Renewed
        from motion_desk.ui.test.preparing import keep_sign_in

        progress, using = tested.progress, tested.using
        assert progress is not None  # noqa: S101 - made with the run
        assert using is not None  # noqa: S101 - likewise
        before = progress.left
        try:
            events = run.drain()
        except Exception as error:  # whatever a probe should not have raised
            run.stop()
            self._drop(account)
            self._session.failed.emit(error)
            return
        for event in events:
            progress.note(event, monotonic())
            if isinstance(event, Renewed):
                keep_sign_in(event, self._session, in_lab=using.lab is not None)
        if not run.running:
            del self._tests[account]
            self.ended.emit(account, tested, run.report())
        elif progress.count(monotonic()) != before or events:
            self.changed.emit(account)
