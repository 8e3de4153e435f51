"""Beside dispositions and canned answers: six labels to insert, CSV in and out, a search."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.answers import (
    CANNED_ANSWERS,
    DISPOSITIONS,
    GLOBAL_NAMES,
    CannedAnswer,
    DispositionEntry,
)
from tests.journeys.answering import accept, export, listed, preview, said, told
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored

LABELS = (
    DispositionEntry(id="o", name="Order"),
    DispositionEntry(id="c", parent="o", name="Cancelled", description="By phone"),
    DispositionEntry(id="s", name="sold"),
)
TEXTS = tuple(
    CannedAnswer(id=f"a{n:02}", key=f"key{n}", value=f"<p>Text &amp; number {n}</p>")
    for n in range(14)
)


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on an account with labels and answers."""
    made = put(put(Account(), "settings.name", "Alpha"), DISPOSITIONS, LABELS)
    stored(path, put(made, CANNED_ANSWERS, TEXTS))
    return stage()


def names(driver: Driver) -> list[str]:
    return [row.name for row in driver.value(DISPOSITIONS)]


def test_the_six_are_inserted_where_they_are_missing_and_go_again_by_one_undo(
    window: Driver,
) -> None:
    window.section("dispositions")
    window.press("dispositions:six")
    missing = [name for name in GLOBAL_NAMES if name != "Sold"]
    assert names(window) == ["Order", "Cancelled", "sold", *missing]
    assert all(not row.parent for row in window.value(DISPOSITIONS)[3:])
    assert not window.find("dispositions:six").isEnabled()
    window.command("undo")
    assert window.value(DISPOSITIONS) == LABELS
    assert not window.can("undo")
    assert window.find("dispositions:six").isEnabled()


def test_one_of_the_six_that_lies_below_another_label_is_inserted_all_the_same(
    window: Driver,
) -> None:
    window.console.desk.edit(f"{DISPOSITIONS}/c/name", "Fax")
    window.section("dispositions")
    window.press("dispositions:six")
    assert [row.name for row in window.value(DISPOSITIONS) if row.name == "Fax"] == ["Fax", "Fax"]


def test_the_page_says_how_many_labels_stand_on_which_level(window: Driver) -> None:
    window.section("dispositions")
    count = "3 dispositions: 2 on the first level, 1 on the second."
    assert said(window, "dispositions:count") == count
    window.choose(DISPOSITIONS, "s")
    window.press(f"{DISPOSITIONS}:delete")
    window.choose(DISPOSITIONS, "c")
    window.press(f"{DISPOSITIONS}:unnest")
    count = "2 dispositions, all on the first level."
    assert said(window, "dispositions:count") == count


def test_labels_that_lie_too_deep_are_counted(path: Path, stage: Stage) -> None:
    rows = tuple(
        DispositionEntry(id=str(n), parent=str(n - 1) if n else "", name=f"L{n}") for n in range(5)
    )
    stored(path, put(put(Account(), "settings.name", "Alpha"), DISPOSITIONS, rows))
    driver = stage()
    driver.section("dispositions")
    end = "2 lie deeper, and Motion has three levels: move them up."
    assert said(driver, "dispositions:count").endswith(end)


def test_an_import_is_shown_first_and_is_one_step(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("Level 1;Level 2;Description\nOrder;Cancelled;By mail\nOrder;Late;\nNew;;\n")
    preview(window, answers, "dispositions", path)
    assert said(window, "csv-import:sum") == "2 dispositions added, 1 disposition changed."
    assert said(window, "csv-import:about") == (
        "From “labels.csv”, in one step that can be undone. The 2 dispositions that the file does "
        "not name stay."
    )
    assert told(window) == [
        "Added: Order › Late (line 3)",
        "Added: New (line 4)",
        "Changed: Order › Cancelled (description, line 2)",
    ]
    assert window.value(DISPOSITIONS) == LABELS, "nothing changes before it is accepted"
    accept(window)
    assert names(window) == ["Order", "Cancelled", "sold", "Late", "New"]
    assert window.value(f"{DISPOSITIONS}/c/description") == "By mail"
    window.command("undo")
    assert window.value(DISPOSITIONS) == LABELS
    assert not window.can("undo")


def test_a_file_with_a_wrong_row_is_refused_as_a_whole(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("key,value\nnew,Hello\n,lost\nkey1,\n")
    preview(window, answers, "canned_answers", path)
    assert said(window, "csv-import:sum") == (
        "Nothing can be imported until 2 rows of the file are mended."
    )
    assert told(window)[:2] == ["Line 3: The key is empty.", "Line 4: “key1”: The value is empty."]
    assert not window.is_there("csv-import:do")
    window.press("Close")
    assert window.value(CANNED_ANSWERS) == TEXTS
    assert not window.can("undo")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x89PNG\0\0\0", "“file.csv”: This is no text file."),
        (b"colour\nred\n", "“file.csv”: No column of the file holds the keys."),
        (b"", "“file.csv”: The file holds no rows."),
        (None, "“file.csv” is no file. Choose a CSV file."),
    ],
    ids=["picture", "columns", "empty", "missing"],
)
def test_what_is_no_table_is_said_above_the_page(
    window: Driver, answers: Answers, tmp_path: Path, data: bytes | None, text: str
) -> None:
    path = tmp_path / "file.csv"
    if data is not None:
        path.write_bytes(data)
    window.section("canned_answers")
    answers.answers["open_csv"] = path
    window.press("canned_answers:import")
    window.settled()
    assert window.console.window.notices.texts[-1].startswith(text)
    assert window.value(CANNED_ANSWERS) == TEXTS


def test_what_is_here_already_need_not_be_imported(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    data = export(window, answers, "canned_answers", path)
    assert data.startswith(b"\xef\xbb\xbfKey,Value (HTML),Description\r\nkey0,<p>Text &amp; number")
    preview(window, answers, "canned_answers", path)
    text = "There is nothing to import: all of it is here already."
    assert said(window, "csv-import:sum") == text
    assert "14 of the file's rows are here as they are." in said(window, "csv-import:about")
    window.press("Close")


def test_a_file_of_column_names_alone_has_nothing_to_import(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "head.csv"
    path.write_text("Key,Value,Description\n", encoding="utf-8")
    preview(window, answers, "canned_answers", path)
    text = "The file holds no canned answers, only the names of its columns."
    assert said(window, "csv-import:sum") == text
    assert not window.is_there("csv-import:do")
    window.press("Close")


def test_an_export_is_named_after_the_account(window: Driver, answers: Answers) -> None:
    window.section("dispositions")
    answers.answers["save_csv"] = None
    window.press("dispositions:export")
    asked = ("save_csv", ("Export dispositions", "Alpha - Dispositions.csv"))
    assert answers.asked[-1] == asked


def test_a_file_that_cannot_be_written_is_told(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    window.section("dispositions")
    answers.answers["save_csv"] = tmp_path / "missing" / "out.csv"
    window.press("dispositions:export")
    window.settled()
    assert "No such file or directory" in window.console.window.notices.texts[-1]


def test_a_list_that_changed_while_it_was_looked_at_is_left_alone(
    window: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("Level 1\nNew\n")
    preview(window, answers, "dispositions", path)
    window.console.desk.edit(f"{DISPOSITIONS}/o/name", "Orders")
    accept(window)
    assert names(window) == ["Orders", "Cancelled", "sold"]
    assert "changed meanwhile" in window.console.window.notices.texts[-1]


# The search


def test_the_search_finds_words_of_keys_texts_and_descriptions(window: Driver) -> None:
    window.section("canned_answers")
    window.type("canned_answers:search", "& number 7")
    assert listed(window) == ["key7"]
    assert window.chosen(CANNED_ANSWERS) == "a07"
    assert said(window, "canned_answers:found") == "1 of 14 answers"
    window.type("canned_answers:search", "KEY1")
    assert listed(window) == ["key1", "key10", "key11", "key12", "key13"]
    window.type("canned_answers:search", "p>")
    assert listed(window) == [], "tags are no words"
    assert said(window, "canned_answers:found") == "No answer holds these words."
    QTest.keyClick(window.find("canned_answers:search"), Qt.Key.Key_Escape)
    assert len(listed(window)) == 14


def test_an_answer_stays_in_sight_while_it_is_written(window: Driver) -> None:
    window.section("canned_answers")
    window.type("canned_answers:search", "key7")
    window.type(f"{CANNED_ANSWERS}/a07/key", "hours")
    assert window.focused() == f"{CANNED_ANSWERS}/a07/key"
    assert listed(window) == ["hours"]
    row = window.add(CANNED_ANSWERS)
    assert window.chosen(CANNED_ANSWERS) == row
    assert "New canned answer" in listed(window)


def test_a_problem_leads_to_an_answer_past_the_search(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(CANNED_ANSWERS, "a03")
    window.type(f"{CANNED_ANSWERS}/a03/key", "")
    window.type("canned_answers:search", "key9")
    assert listed(window) == ["key9"]
    window.go_to_problem(f"{CANNED_ANSWERS}/a03/key")
    assert window.chosen(CANNED_ANSWERS) == "a03"
    assert window.focused() == f"{CANNED_ANSWERS}/a03/key"
    assert "New canned answer" in listed(window)


def test_few_answers_need_no_search(path: Path, stage: Stage) -> None:
    stored(path, put(put(Account(), "settings.name", "Alpha"), CANNED_ANSWERS, TEXTS[:10]))
    driver = stage()
    driver.section("canned_answers")
    assert not driver.is_there("canned_answers:search")
    driver.add(CANNED_ANSWERS)
    assert driver.is_there("canned_answers:search")


# Variables, and the preview


def test_a_wrong_variable_of_an_answer_is_told_with_its_line(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(CANNED_ANSWERS, "a00")
    window.write(f"{CANNED_ANSWERS}/a00/value", "<p>Hello</p>\n<p>{{ agent.alais }}</p>")
    window.settled()
    view = window.console.desk.view()
    assert view is not None
    [problem] = [each for each in view.problems if each.key == f"{CANNED_ANSWERS}/a00/value"]
    assert problem.sentence.startswith("Line 2, column 4")
