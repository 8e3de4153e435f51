"""Testing: asks for, shows and keeps the connection tests of the accounts of one window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.account import Account
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch
from motion_desk.ui.test.marks import Judged
from motion_desk.ui.test.under_way import UnderWay

if TYPE_CHECKING:
    from motion_desk.models.endpoints import Protocol
    from motion_desk.models.runs import RunSummary
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Report
    from motion_desk.ui.test.tested import Ongoing, Tested, Used

COUNT = 200
"""Milliseconds between two looks at what counts down to a new test."""


def begin(order: Order) -> Ongoing:
    """Begin a test; all that it imports is imported on its own threads."""
    from motion_desk.services.tester.run import Run

    return Run(order)


class Testing(QObject):
    """Runs tests of the values on the screen, several accounts' beside each other.

    ``shown`` brings what the page shows of the open account, and only while it is ``watched``.
    ``judged`` brings the last verdict on it, and whether a test of it runs; ``ended``
    the report of a test of it that has just ended, and ``finished`` that of any account.
    """

    shown = Signal(object)
    judged = Signal(object, bool)
    ended = Signal(object)
    finished = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        lab: LabSwitch,
        parent: QObject | None = None,
        begin: Callable[[Order], Ongoing] = begin,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self.lab = lab
        self.begin = begin
        self._tested: dict[str, Tested] = {}
        self._last: dict[str, RunSummary] = {}
        self._watched = False
        self._under_way = UnderWay(
            session,
            lab,
            lambda order: self.begin(order),  # noqa: PLW0108 - whatever it is then
            self,
        )
        self._under_way.changed.connect(self._changed)
        self._under_way.ended.connect(self._finish)
        self._clock = QTimer(self)
        self._clock.setInterval(COUNT)
        self._clock.timeout.connect(self._count_down)
        desk.shown.connect(self._look)
        lab.changed.connect(self._show)

    # What is shown

    def start(self) -> None:
        """Learn how the last tests of all accounts ended."""

        def found(last: dict[str, RunSummary]) -> None:
            self._last = {**last, **self._last}
            self._judge()

        self._session.ask(lambda store: dict(store.last_runs()), found)

    def watch(self, watched: bool) -> None:
        """Say whether the page is on the screen: only then is there anything to show."""
        self._watched = watched
        self._look()

    def _of(self, account_id: str) -> Tested:
        if account_id not in self._tested:
            from motion_desk.ui.test.tested import Tested

            self._tested[account_id] = Tested()
        return self._tested[account_id]

    def _look(self, _: object = None) -> None:
        """Show what is known of the account that is open now, and learn of its kept tests."""
        self._judge()
        if self._watched:
            self._look_up()
            self._show()

    def _judge(self) -> None:
        """Tell the last verdict on the open account."""
        account = self._desk.account
        last = self._last.get(account.id) if account else None
        tested = self._tested.get(account.id) if account else None
        judged = Judged(last.verdict, last.lab) if last else Judged()
        self.judged.emit(judged, bool(tested and tested.under_way))

    def _look_up(self) -> None:
        """Learn of the kept tests of the open account, once."""
        from motion_desk.ui.test import records

        account = self._desk.account
        if account is None or self._of(account.id).runs is not None:
            return
        tested = self._of(account.id)
        tested.runs = ()

        def found(result: tuple[tuple[RunSummary, ...], Report | None]) -> None:
            runs, newest = result
            tested.runs = tested.runs or runs
            tested.report = tested.report or newest
            self._show()

        self._session.ask(lambda store: records.kept(store, account.id), found)

    def _show(self) -> None:
        if self._watched and (account := self._desk.account):
            tested = self._of(account.id)
            self.shown.emit(tested.showing(account, self._desk.workspace, self.lab.shown))

    def _changed(self, account_id: str) -> None:
        """Show that something about an account's tests has changed."""
        account = self._desk.account
        if account is not None and account.id == account_id:
            self._judge()
            self._show()

    # A test

    @property
    def under_way(self) -> bool:
        """Whether a test of the open account is running, or about to."""
        account = self._desk.account
        return account is not None and self._of(account.id).under_way

    def test(self, protocols: Iterable[Protocol] | None = None) -> None:
        """Test the open account as it is on the screen: all of it unless protocols are named.

        A protocol that is not named is tested nevertheless, unless its last result is of what the
        new test would use.
        """
        self._desk.settle()
        if account := self._desk.account:
            self._ask(account, protocols)

    def _ask(
        self, account: Account, named: Iterable[Protocol] | None, *, by_itself: bool = False
    ) -> None:
        # Late, as all that only a test needs.
        from motion_desk.models.endpoints import Protocol
        from motion_desk.services.tester.run import Order
        from motion_desk.ui.test.tested import Used

        protocols = frozenset(Protocol if named is None else named)
        tested = self._of(account.id)
        if tested.under_way:
            return
        lab = self.lab.shown
        tested.by_itself = by_itself
        tested.earlier, tested.again_at = None, None
        using = Used(Order(account, self._desk.workspace, lab=lab is not None), lab)
        due = tuple(each for each in Protocol if each in protocols or not tested.holds(each, using))
        using = replace(using, order=replace(using.order, protocols=due))
        self._under_way.begin(tested, using)

    def stop(self) -> None:
        """Stop the test of the open account."""
        if account := self._desk.account:
            self._under_way.stop(account.id)

    def _finish(self, account_id: str, tested: Tested, found: Report) -> None:
        report = tested.finish(found)
        seconds = again_after(report)
        # Only once: a server that says no every time would be asked for ever.
        if seconds and not tested.by_itself:
            tested.again_at = monotonic() + seconds
            self._clock.start()
        assert tested.used is not None  # noqa: S101 - it has just ended
        self._keep(account_id, tested, report, tested.used)
        self._changed(account_id)
        self.finished.emit(found)
        account = self._desk.account
        if account is not None and account.id == account_id:
            self.ended.emit(report)

    def note(self, report: Report, used: Used) -> None:
        """Take note of a whole test that was made elsewhere, and keep its report."""
        tested = self._of(report.account)
        if not tested.under_way:  # or what runs here will be shown
            tested.using = used
            tested.finish(report)
        self._keep(report.account, tested, report, used)
        self._changed(report.account)

    def _keep(self, account_id: str, tested: Tested, report: Report, used: Used) -> None:
        """Keep a report in the workspace, where that is possible."""
        from motion_desk.models.runs import RunSummary
        from motion_desk.services.tester.verdict import verdict
        from motion_desk.ui.test import records

        word = verdict(report).tone.value
        self._last[account_id] = RunSummary("", report.at, report.fingerprint, word, report.lab)
        if not used.order.account.version:
            tested.kept = tr("Not kept: the account was never saved.")
            return

        def kept(runs: tuple[RunSummary, ...] | None) -> None:
            if runs is not None:
                tested.runs = runs
                if word != "failed" and not self._desk.opened(account_id):
                    self._tested.pop(account_id, None)  # it is read again when it is asked for
            tested.kept = tr("Not kept: this workspace cannot be written to.") * (runs is None)
            self._changed(account_id)

        def failed(error: Exception) -> None:
            tested.kept = tr("Not kept: {}").format(getattr(error, "sentence", "") or error)
            self._changed(account_id)

        self._session.ask(lambda store: records.keep(store, account_id, report, word), kept, failed)

    # A test that begins by itself

    def test_in(self, seconds: float) -> None:
        """Test the open account again in so many seconds."""
        if account := self._desk.account:
            self._of(account.id).again_at = monotonic() + seconds
            self._clock.start()
            self._show()

    def cancel(self) -> None:
        """Let no test of the open account begin by itself."""
        if account := self._desk.account:
            self._of(account.id).again_at = None
            self._show()

    def _count_down(self) -> None:
        for account_id, tested in tuple(self._tested.items()):
            if tested.again_at is not None and tested.again_at <= monotonic():
                tested.again_at = None
                opened = self._desk.opened(account_id)
                if opened and isinstance(opened.draft, Account):
                    self._ask(opened.draft, None, by_itself=True)
        if not any(tested.again_at for tested in self._tested.values()):
            self._clock.stop()
        self._show()

    # Earlier tests

    def show_earlier(self, summary: RunSummary) -> None:
        """Show an earlier test of the open account."""
        from motion_desk.ui.test import records

        account = self._desk.account
        if account is None:
            return
        tested = self._of(account.id)

        def found(report: Report) -> None:
            tested.earlier = (summary, report)
            self._changed(account.id)

        self._session.ask(lambda store: records.report(store, summary.id), found)

    def note_runs(self, account_id: str, runs: tuple[RunSummary, ...]) -> None:
        """Take note of an account's kept tests, among which are new ones from elsewhere."""
        self._of(account_id).runs = runs
        self._changed(account_id)

    def show_latest(self) -> None:
        """Show the latest test of the open account again."""
        if account := self._desk.account:
            self._of(account.id).earlier = None
            self._show()

    def close(self) -> None:
        """Stop everything; the threads of running tests end by themselves within 100 ms."""
        self._clock.stop()
        self._under_way.close()
        self.lab.close()


def again_after(report: Report) -> float:
    """Seconds after which a new test can pass by itself; 0 where time changes nothing."""
    remedies = (
        remedy
        for probe in report.probes
        if (step := probe.failed)
        for finding in step.findings
        for remedy in finding.remedies
    )
    return max((remedy.again_after for remedy in remedies), default=0.0)
