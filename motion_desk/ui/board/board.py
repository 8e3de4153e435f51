"""The board: all accounts of the workspace at a glance, tested side by side, and their signs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.account import Account
from motion_desk.models.workspace import Workspace
from motion_desk.ui.board.running import Asked, Running
from motion_desk.ui.board.survey import Survey
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.panels import Signs
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch

if TYPE_CHECKING:
    from motion_desk.services.tester.board import Past
    from motion_desk.services.tester.steps import Report
    from motion_desk.ui.board.known import Known
    from motion_desk.ui.board.lines import Line
    from motion_desk.ui.test.tested import Used

TOGETHER, NEXT = 60, 5
"""Milliseconds within which all that has changed is drawn together, and between its turns."""
AT_ONCE = 12
"""Lines that are made in one turn; each takes a tenth of a millisecond."""


class Board(QObject):
    """Knows one line of each account; ``changed`` tells that some differ, or how far a test is.

    It reads the file when the workspace comes to the screen, and again whenever it is ``watched``.
    ``tested`` brings the report of each test that it made, and what was used; ``ended`` the
    sentence that sums up a test of many; ``surveyed`` tells that the file was read.
    """

    changed = Signal()
    surveyed = Signal()
    tested = Signal(object, object)
    ended = Signal(str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        lab: LabSwitch,
        sign: Callable[[str, Signs], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sign = sign
        self.survey = Survey(session, self)
        self.running = Running(session, lab, self)
        self._made: Known | None = None
        self._lines: dict[str, Line] = {}
        self._due: set[str] = set()
        self._watched = False
        self._on_screen = False
        self.lines: tuple[Line, ...] = ()
        """The lines of all accounts, in the order of the list."""
        self.asked: tuple[str, ...] = ()
        """The accounts of the test under way, or of the last one."""
        self.done: set[str] = set()
        """Those of them that are done with."""
        self._together = QTimer(self)
        self._together.setObjectName("board-together")
        self._together.setSingleShot(True)
        self._together.timeout.connect(self._draw)
        desk.shown.connect(self._look)
        desk.marked.connect(self._look)
        self.survey.found.connect(self._touch)
        self.survey.over.connect(self._read)
        self.running.begun.connect(self._begun)
        self.running.ended.connect(self._ended)
        self.running.refused.connect(self._cannot)
        self.running.over.connect(self._over)

    @property
    def _known(self) -> Known:
        if self._made is None:
            # Late, with all that tests consist of: nothing of it is needed to open a file.
            from motion_desk.ui.board.known import Known

            self._made = Known(self._desk, self.survey)
        return self._made

    # What is shown

    @property
    def reports(self) -> dict[str, Report]:
        """The reports of tests that cannot be kept, by account."""
        return dict(self._known.reports)

    @property
    def begun(self) -> bool:
        """Whether, of the test under way, an account is being tested or done with."""
        return bool(self.done) or self._known.begun

    @property
    def sentence(self) -> str:
        """How many accounts would work by their newest tests; empty until the file was read."""
        from motion_desk.ui.board.known import summed

        return summed([line.subject.row for line in self.lines]) if self.survey.complete else ""

    @property
    def drawing(self) -> bool:
        """Whether something has changed that is not drawn yet."""
        return self._together.isActive()

    def watch(self, watched: bool) -> None:
        """Say whether a page is on the screen that shows this: the file is then read again."""
        self._watched = watched
        if watched:
            self.read()
            self._touch(self._desk.summaries())

    def read(self) -> None:
        """Read the file again."""
        if self._desk.workspace.id:
            self.survey.read(self._desk.workspace)

    def note(self, report: Report) -> None:
        """Take note of a test of one account that was made elsewhere in the window."""
        self._known.take(report)
        self._touch((report.account,))

    def _look(self, _: object = None) -> None:
        """Read the file when the workspace comes to the screen, and follow who came and went."""
        current = self._desk.current
        before = self._on_screen
        self._on_screen = current is not None and isinstance(current.draft, Workspace)
        if self._on_screen and not before and not self._watched:
            self.read()
        if self._watched:
            new = self._desk.summaries().keys() - self._lines.keys()
            self._touch({*new, *(draft.id for draft in self._desk.drafts)})

    def _touch(self, accounts: Iterable[str]) -> None:
        """Draw these accounts' lines again, together with others that change at the same time."""
        self._due.update(accounts)
        if not self._together.isActive():
            self._together.start(TOGETHER)

    def _draw(self) -> None:
        """Make some of the lines that are due again; the others in the next turn."""
        from motion_desk.ui.calendar.days import today

        known, summaries, now = self._known, self._desk.summaries(), today()
        due = [each for each in summaries if each in self._due]
        for account in due[:AT_ONCE]:
            self._lines[account] = known.line(summaries[account], now)
        self._due = set(due[AT_ONCE:])
        self._lines = {each: self._lines[each] for each in summaries if each in self._lines}
        if self._due:
            self._together.start(NEXT)
        if len(self._lines) == len(summaries):  # or a table would be laid out again and again
            self.lines = tuple(self._lines.values())
            self._show_sign()
            self.changed.emit()

    def _show_sign(self) -> None:
        from motion_desk.ui.board.signs import of_board

        self._sign("board", of_board(self.lines, running=self.running.under_way))

    def _read(self) -> None:
        """Tell what the file says, once all of it was read."""
        from motion_desk.ui.board.signs import of_calendar
        from motion_desk.ui.calendar.days import today

        self._sign("calendar", of_calendar(self.survey.entries(), today()))
        self._touch(())
        self.surveyed.emit()

    # Tests

    def test(self, accounts: Collection[str] | None = None) -> None:
        """Test these accounts, or all: as they are on screen where they are open, else as stored."""
        wanted = [each for each in self._desk.summaries() if accounts is None or each in accounts]
        if self.running.under_way or not wanted:
            return
        self._desk.settle()
        self.asked, self.done = tuple(wanted), set()
        known = self._known
        asked = []
        for each in self.asked:
            opened = self._desk.opened(each)
            draft = opened.draft if opened and isinstance(opened.draft, Account) else None
            asked.append(Asked(each, draft, known.past(each)))
        known.wait(self.asked)
        self.running.test(asked, self._desk.workspace)
        self._touch(self.asked)

    def stop(self) -> None:
        """End the test of many."""
        self.running.stop()

    def _begun(self, account: str) -> None:
        self._known.begin(account)
        self._touch((account,))

    def _ended(self, report: Report, past: Past, used: Used) -> None:
        if past.verdict is not None and past.verdict.tone.value == "stopped":
            self._known.drop(report.account)  # of which nothing new is known
            self._touch((report.account,))
            return
        self.done.add(report.account)
        self._known.take(report, past)
        self._touch((report.account,))
        self.tested.emit(report, used)

    def _cannot(self, account: str, why: str) -> None:
        self.done.add(account)
        self._known.refuse(account, why)
        self._touch((account,))

    def _over(self, why: str) -> None:
        self._touch(self._known.end())
        self.ended.emit(why or self._outcome())
        self.read()

    def _outcome(self) -> str:
        """How the test of many ended, in a sentence or two."""
        from motion_desk.ui.board.known import summed

        tested = [each for each in self.asked if each in self.done]
        if not tested:
            return tr("Stopped before anything was tested.")
        said = summed([self._known.row(each) for each in tested])
        left = len(self.asked) - len(tested)
        return f"{said} {tr('Stopped before {} were tested.').format(left)}" if left else said

    def close(self) -> None:
        """Stop everything, and show no more."""
        self._together.stop()
        self.running.close()
