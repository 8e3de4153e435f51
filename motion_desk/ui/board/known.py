"""Known: what is known of each account, by the file, by the screen, and by tests made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from motion_desk.models.account import Account, AccountSummary
from motion_desk.services.tester.board import BoardRow, Past, after, row_of, summary
from motion_desk.services.tester.steps import Report
from motion_desk.ui.board.lines import Line, Phase, Subject, line_of
from motion_desk.ui.board.survey import Survey
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr


class Known:
    """Joins what the survey has read with the drafts on the desk and the tests of this session.

    ``reports`` are those of tests that cannot be kept, by account: the others are in the file.
    """

    def __init__(self, desk: Desk, survey: Survey) -> None:
        self._desk = desk
        self._survey = survey
        self._past: dict[str, Past] = {}
        self._phases: dict[str, Phase] = {}
        self._refused: dict[str, str] = {}
        self.reports: dict[str, Report] = {}

    # Tests

    def wait(self, accounts: Iterable[str]) -> None:
        """Note that these accounts are about to be tested."""
        self._refused.clear()
        self._phases = dict.fromkeys(accounts, Phase.WAITING)

    def begin(self, account: str) -> None:
        """Note that the test of one of them began."""
        self._phases[account] = Phase.RUNNING

    def end(self) -> tuple[str, ...]:
        """Note that no more is tested; the accounts to which it did not come."""
        left, self._phases = tuple(self._phases), {}
        return left

    @property
    def begun(self) -> bool:
        """Whether an account is being tested."""
        return Phase.RUNNING in self._phases.values()

    def drop(self, account: str) -> None:
        """Note that the test of one of them was stopped, so that what was known still is."""
        self._phases.pop(account, None)

    def refuse(self, account: str, why: str) -> None:
        """Note that an account cannot be tested, for it cannot be loaded."""
        self._phases.pop(account, None)
        self._refused[account] = why

    def take(self, report: Report, past: Past | None = None) -> None:
        """Take note of a test that ended, and of what is known then, where that is known."""
        account = report.account
        self._phases.pop(account, None)
        self._past[account] = past or after(self.past(account), report)
        if self._survey.read_only:
            self.reports[account] = report

    # What is known

    def past(self, account: str) -> Past:
        """What the tests of an account show: those in the file, or one that is not there (yet)."""
        known = self._survey.standings.get(account)
        stored = known.row.past if known else Past()
        here = self._past.get(account)
        if here is None or here.at is None or (stored.at is not None and stored.at >= here.at):
            return stored
        return replace(here, certificates=stored.certificates)

    def row(self, account: str) -> BoardRow | None:
        """The account's row: by the values on screen where it is open, else by those stored."""
        opened = self._desk.opened(account)
        if opened is not None and isinstance(opened.draft, Account):
            return row_of(opened.draft, self._desk.workspace, self.past(account))
        known = self._survey.standings.get(account)
        return replace(known.row, past=self.past(account)) if known else None

    def line(self, shown: AccountSummary, now: date) -> Line:
        """The line of an account; ``now`` is the day where the reader is."""
        account = shown.id
        opened = self._desk.opened(account)
        unsaved = opened is not None and opened.changed
        refused = self._survey.refused.get(account) or self._refused.get(account, "")
        subject = Subject(
            account,
            shown.name,
            shown.address,
            shown.active,
            unsaved,
            self.row(account),
            "" if opened else refused,
            self._phases.get(account, Phase.NONE),
        )
        return line_of(subject, now)


def summed(rows: Sequence[BoardRow | None]) -> str:
    """How many accounts would work, and how many of their tests prove nothing of that."""
    verdicts = [row.verdict if row else None for row in rows]
    said = tr(summary(each.tone if each else None for each in verdicts))
    in_lab = sum(bool(row and row.verdict and row.past.lab) for row in rows)
    if not in_lab:
        return said
    if in_lab == len([each for each in verdicts if each]):
        return f"{said} {tr('By tests in the lab, which prove nothing of the real servers.')}"
    note = tr("{} of these tests went to the lab, which proves nothing of the real servers.")
    return f"{said} {note.format(in_lab)}"
