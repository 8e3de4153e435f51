"""Dispositions and canned answers in the real window: inserted, deleted, imported, previewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.sections.answers import CANNED_ANSWERS, DISPOSITIONS, GLOBAL_NAMES
from tests.journeys.answering import accept, export, listed, preview, said
from tests.journeys.driver import Answers, Driver
from tests.journeys.previewing import mailed, opened
from tests.journeys.stage import Stage

# Off screen, the web engine's pictures are answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo's customer care."""
    driver = stage(None, "demo")
    driver.open("Customer care")
    return driver


def named(driver: Driver) -> dict[str, str]:
    """The ids of the labels by their names."""
    return {row.name: row.id for row in driver.value(DISPOSITIONS)}


def test_labels_go_out_are_deleted_with_all_below_and_come_in_again(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "labels.csv"
    before = named(demo)
    export(demo, answers, "dispositions", path)
    answers.answers["delete_rows"] = True
    demo.choose(DISPOSITIONS, before["Complaint"])
    demo.press(f"{DISPOSITIONS}:delete")
    assert answers.asked[-1][1][0] == "Delete “Complaint” and the 6 dispositions below it?"
    assert "Complaint" not in named(demo)
    preview(demo, answers, "dispositions", path)
    assert said(demo, "csv-import:sum") == "7 dispositions added."
    accept(demo)
    assert named(demo).keys() == before.keys()
    demo.save()
    demo.open("Workspace")
    demo.open("Customer care")
    demo.section("dispositions")
    assert named(demo).keys() == before.keys()


def test_the_six_are_saved_with_the_account(demo: Driver) -> None:
    demo.section("dispositions")
    demo.press("dispositions:six")
    assert {*GLOBAL_NAMES} <= named(demo).keys()
    demo.save()
    assert not demo.console.desk.unsaved


def test_answers_that_were_imported_are_found_previewed_and_checked(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "answers.csv"
    rows = "".join(
        f'reply{n};"Dear {{{{ contact.firstName }}}},\n\nanswer {n}.";\n' for n in range(9)
    )
    wrong = 'wrong;"<p>Hello</p>\n<p>{{ contact.firstname }}</p>";A slip\n'
    path.write_text(f"Key;Value;Description\n{rows}{wrong}", encoding="cp1252")
    preview(demo, answers, "canned_answers", path)
    assert "9 values are plain text, and made into paragraphs of HTML." in said(
        demo, "csv-import:about"
    )
    accept(demo)
    demo.type("canned_answers:search", "answer 7")
    assert listed(demo) == ["reply7"]
    row = demo.chosen(CANNED_ANSWERS)
    opened(demo, f"{CANNED_ANSWERS}/{row}/value")
    assert mailed(demo).endswith("answer 7.")
    view = demo.console.desk.view()
    assert view is not None
    [problem] = [each for each in view.section("canned_answers").fields[0].rows if each.problems]
    assert problem.title == "wrong"
    [told] = [each for each in view.problems if each.key == f"{CANNED_ANSWERS}/{problem.id}/value"]
    assert told.sentence.startswith("Line 2, column 4")
    assert "contact.firstName" in told.sentence
