"""The panel of problems: the worst first, each with its place, its sentence and a way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.actions import Noop, ToQueue
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.views import view
from motion_desk.ui.panels.problems import KEY, ProblemPanel
from tests.journeys.stage import the_application

PROBLEMS = (
    Problem("settings.name", "n", "A note.", {}, Severity.NOTE),
    Problem("imap.port", "w", "{value} is odd.", {"value": 25}, Severity.WARNING),
    Problem("actions.plan/a1/timeout", "e", "Fill it in.", {}, Severity.ERROR),
    Problem("smtp.port", "w", "Odd too.", {}, Severity.WARNING),
)


@pytest.fixture
def panel(qapp: QApplication) -> Iterator[ProblemPanel]:
    application, _ = the_application()
    shown = ProblemPanel(application.theme)
    shown.resize(260, 500)
    shown.show()
    yield shown
    shown.close()
    shown.deleteLater()


def keys(panel: ProblemPanel) -> list[str]:
    return [panel.list.item(n).data(KEY) for n in range(panel.list.count())]


def test_the_worst_stand_first_and_equals_in_the_pages_order(panel: ProblemPanel) -> None:
    panel.show_problems(PROBLEMS, ACCOUNT)
    assert keys(panel) == ["actions.plan/a1/timeout", "imap.port", "smtp.port", "settings.name"]
    assert panel.title.text() == "Problems (4)"
    assert panel.list.item(0).text() == "Actions · Timeout\nFill it in."
    assert panel.list.item(1).text() == "IMAP · IMAP port\n25 is odd."
    assert not panel.list.item(0).icon().isNull()


def test_a_problem_of_a_row_says_which_row_it_is_by_its_name_or_else_its_place(
    panel: ProblemPanel,
) -> None:
    plan = (Noop(id="n"), ToQueue(id="a1"))
    labels = (DispositionEntry(id="d1", name="Late"), DispositionEntry(id="d2"))
    draft = put(put(Account(), "actions.plan", plan), "dispositions.entries", labels)
    problems = (
        PROBLEMS[2],
        Problem("dispositions.entries/d1/name", "e", "Odd.", {}),
        Problem("dispositions.entries/d2/name", "e", "Fill it in.", {}),
        Problem("actions.plan", "e", "Nobody is asked.", {}),
    )

    def places() -> list[str]:
        sections = view(draft, draft, Surroundings()).sections
        panel.show_problems(problems, ACCOUNT, sections)
        lines = [panel.list.item(n).text() for n in range(panel.list.count())]
        return [line.partition("\n")[0] for line in lines]

    said = ["Disposition “Late” · Name", "Disposition 2 · Name", "Actions · Plan"]
    assert places() == ["Action 2 · Timeout", *said]
    assert panel.list.item(0).toolTip() == "Go to Action 2 · Timeout"
    draft = put(draft, "actions.plan", plan[::-1])
    assert places() == ["Action 1 · Timeout", *said]


def test_a_click_and_the_return_key_lead_to_the_field(panel: ProblemPanel) -> None:
    panel.show_problems(PROBLEMS, ACCOUNT)
    spy = QSignalSpy(panel.chosen)
    place = panel.list.visualItemRect(panel.list.item(1)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    panel.list.setCurrentRow(3)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert [spy.at(n)[0] for n in range(spy.count())] == ["imap.port", "settings.name"]


def test_where_nothing_is_wrong_it_says_so(panel: ProblemPanel) -> None:
    panel.show_problems(PROBLEMS, ACCOUNT)
    panel.show_problems((), ACCOUNT)
    assert panel.title.text() == "Problems"
    assert not panel.list.isVisible()
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Nothing to mend: every value is complete and plausible." in said


def test_while_nothing_is_open_it_claims_nothing(panel: ProblemPanel) -> None:
    panel.show_problems((), None)
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert said == ["Problems"]


def test_other_colours_keep_the_lines(panel: ProblemPanel) -> None:
    application, _ = the_application()
    panel.show_problems(PROBLEMS, ACCOUNT)
    before = keys(panel)
    application.theme.changed.emit()
    assert keys(panel) == before
