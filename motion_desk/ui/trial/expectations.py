"""Results of expectations: each pinned message and scenario, and whether it is met now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from motion_desk.models.account import Account
from motion_desk.models.choices import Expected
from motion_desk.models.engines.timeline.expected import without_message
from motion_desk.models.kinds import Choice
from motion_desk.models.sections.expectations import MESSAGES, SCENARIOS, KeptScenario
from motion_desk.models.views import SectionView
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import sentence, tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.trial.sentences import Sentence, SentenceList
from motion_desk.ui.trial.watching import Standing, watching
from motion_desk.ui.trial.words import shortened

if TYPE_CHECKING:
    from motion_desk.ui.form.page import SectionPage
    from motion_desk.ui.form.tools import FormTools

_SIGNS = {True: ("circle-check", "success"), False: ("circle-x", "error")}
EMPTY = (
    "Nothing is expected yet. In the filter trial, pin a message as one that must pass or must be "
    "rejected; in the timeline, keep a scenario with its ending."
)


class Result(NamedTuple):
    """One expectation: where it is, what is said of it, and whether it is met."""

    key: str
    text: str
    is_met: bool


class ExpectationResults(Addition):
    """Says of each expectation whether it is met now; a click goes to its form."""

    PLACE = Place.ABOVE

    def __init__(self, form: FormTools, page: SectionPage, tools: PanelTools) -> None:
        super().__init__(page)
        self.setObjectName("expectation-results")
        self._tools = tools
        self._watching = watching(tools)
        frame = QFrame(self)
        frame.setProperty("role", "card")
        self.sum = wrapped("", "heading")
        self.sum.setObjectName("expectation-results:sum")
        self.list = SentenceList(tools.theme, page.go_to, frame)
        self.list.setObjectName("expectation-results:list")
        self.list.setAccessibleName(tr("Expectations and whether they are met"))
        self._trial = self._link("trial", tr("Go to the filter trial"))
        self._timeline = self._link("timeline", tr("Go to the timeline"))
        links = QHBoxLayout()
        links.addWidget(self._trial)
        links.addWidget(self._timeline)
        links.addStretch(1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(self.sum)
        column.addWidget(self.list)
        column.addLayout(links)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 4, 0, 10)
        outer.addWidget(frame)
        self._watching.changed.connect(self._look)

    def _link(self, panel: str, text: str) -> QPushButton:
        link = link_button(text, f"expectation-results:{panel}", self, flush=True)
        link.clicked.connect(lambda: self._open(panel))
        return link

    # What the program shows

    def show_view(self, view: SectionView) -> None:
        self._draw()

    def _look(self, _: str) -> None:
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        account = self._tools.desk.account
        if account is None:
            return
        standing = self._watching.standing(account.id)
        results = _results(account, standing) if standing else ()
        in_order = sorted(results, key=lambda each: each.is_met)
        self.list.show_sentences(
            Sentence(each.text, *_SIGNS[each.is_met], each.key) for each in in_order
        )
        wanted = account.expectations
        count = len(wanted.messages) + len(wanted.scenarios)
        met = sum(result.is_met for result in results)
        if not count:
            said = tr(EMPTY)
        elif standing is None:
            said = tr("Checking…")
        elif met == count:
            said = tr("It is met now.") if count == 1 else tr("All {} are met now.")
        else:
            said = tr("It is not met now.") if count == 1 else tr("{met} of {} are met now.")
        self.sum.setText(said.format(count, met=met))
        role = "heading" if count else "muted"
        if self.sum.property("role") != role:
            self.sum.setProperty("role", role)
            self.sum.style().unpolish(self.sum)
            self.sum.style().polish(self.sum)

    # What a person does

    def _open(self, panel: str) -> None:
        if account := self._tools.desk.account:
            self._tools.open(account.id, panel)


def _results(account: Account, standing: Standing) -> tuple[Result, ...]:
    """Whether each expectation is met, of those that were checked."""
    checked = standing.account.expectations
    known = {row.id for row in (*checked.messages, *checked.scenarios)}
    results = []
    for key, rows in (
        (MESSAGES, account.expectations.messages),
        (SCENARIOS, account.expectations.scenarios),
    ):
        for row in rows:
            if row.id not in known:
                continue
            problem = standing.problem_of(key, row.id)
            gone = without_message(row, account) if isinstance(row, KeptScenario) else ""
            name = shortened(row.name, 60)
            if gone:
                said = tr(gone)
            elif problem is not None:
                said = sentence(problem)
                if name not in said:
                    said = tr("“{name}”: {what}").format(name=name, what=said)
            elif isinstance(row, KeptScenario):
                ending = Choice(type(row.expected)).format(row.expected)
                said = tr("“{name}” ends as expected: {what}.").format(name=name, what=ending)
            elif row.expected is Expected.PASS:
                said = tr("“{name}” passes, as it must.").format(name=name)
            else:
                said = tr("“{name}” is rejected, as it must be.").format(name=name)
            results.append(Result(f"{key}/{row.id}/expected", said, not gone and problem is None))
    return tuple(results)
