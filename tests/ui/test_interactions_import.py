"""A CSV export is looked at, its columns are chosen, and all of it comes in or nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

from motion_desk.services.interactions.archive import path_beside
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import (
    column,
    counted,
    errand,
    import_file,
    lines,
    open_interactions,
    page,
    shown,
)
from tests.journeys.stage import Stage

HEADER = "ID,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,User,Read\n"
ROWS = (
    "7,Sofia <sofia@example.com>,Broken lamp,2026-01-31 10:00,2026-02-01 11:30,Open,"
    'Waiting,"lamp,urgent",Anna,0\n'
    "8,Ada <ada@example.org>,Thanks,2026-01-30 09:00,2026-01-30 09:15,Closed,,,Karim,1\n"
)


@pytest.fixture
def empty(stage: Stage, path: Path) -> Driver:
    """A window on the panel of an account of which nothing is kept."""
    driver = stage(path, "demo")
    open_interactions(driver)
    return driver


def written(folder: Path, text: str, name: str = "export.csv") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(preview: QTableWidget, row: int, place: int) -> str:
    """What a cell of the preview says."""
    item = preview.item(row, place)
    return item.text() if item is not None else ""


def test_an_export_with_motions_columns_needs_no_choice_but_a_press(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    import_file(empty, answers, written(tmp_path, HEADER + ROWS))
    preview: QTableWidget = empty.find("interactions-import:preview")
    assert preview.rowCount() == 2
    assert preview.model().headerData(3, Qt.Orientation.Horizontal) == "Started at"
    assert said(preview, 0, 3) == "2026-01-31 10:00"
    assert not empty.is_there("interactions-import:dates")
    empty.press("interactions-import:import")
    assert errand(empty) == "Imported: 2 new conversations, 0 brought up to date."
    assert counted(empty) == "2 conversations"
    first = lines(empty)[0]
    assert first.unread
    assert first.conversation.tags == ("lamp", "urgent")
    assert column(empty, "owner") == ["Anna", "Karim"]


def test_the_same_export_again_is_brought_up_to_date_and_its_columns_are_remembered(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    text = "Nr,Wer,Was\n1,Sofia,Lamp\n2,Ada,Thanks\n"
    import_file(empty, answers, written(tmp_path, text))
    assert "No column is the ID" in empty.find("interactions-import:wrong").text()
    assert not empty.find("interactions-import:import").isEnabled()
    for place, label in enumerate(("ID", "Contact", "Subject")):
        empty.pick(f"interactions-import:column:{place}", label)
    empty.press("interactions-import:import")
    assert errand(empty) == "Imported: 2 new conversations, 0 brought up to date."
    import_file(empty, answers, written(tmp_path, text.replace("Lamp", "Broken lamp")))
    assert empty.find("interactions-import:column:1").currentText() == "Contact"
    empty.press("interactions-import:import")
    assert errand(empty) == "Imported: 0 new conversations, 2 brought up to date."
    assert "Broken lamp" in column(empty, "subject")


def test_a_column_is_one_thing_only_and_the_other_lets_go_of_it(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    import_file(empty, answers, written(tmp_path, HEADER + ROWS))
    empty.pick("interactions-import:column:2", "Contact")
    assert empty.find("interactions-import:column:1").currentText() == "Nothing"
    assert "Subject" not in [
        empty.find("interactions-import:preview").horizontalHeaderItem(n).text() for n in range(9)
    ]


def test_dates_that_mean_two_days_are_asked_for_and_shown_as_understood(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    text = "ID,Subject,Started At\n1,One,03/04/2026 10:00\n2,Two,05/06/2026 11:00\n"
    import_file(empty, answers, written(tmp_path, text))
    assert empty.is_there("interactions-import:dates")
    assert not empty.find("interactions-import:import").isEnabled()
    empty.find("interactions-import:day-first").click()
    preview: QTableWidget = empty.find("interactions-import:preview")
    assert said(preview, 0, 2) == "2026-04-03 10:00"
    empty.find("interactions-import:month-first").click()
    assert said(preview, 0, 2) == "2026-03-04 10:00"
    empty.press("interactions-import:import")
    errand(empty)
    found = dict(zip(column(empty, "id"), column(empty, "started"), strict=True))
    assert found == {"1": "2026-03-04 10:00", "2": "2026-05-06 11:00"}


def test_refused_rows_are_told_by_their_lines_and_nothing_comes_in_until_agreed(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    bad = "9,Eve,Late,the day before yesterday,,Open,,,,\n"
    import_file(empty, answers, written(tmp_path, HEADER + ROWS + bad))
    empty.press("interactions-import:import")
    assert errand(empty) == "Nothing was imported: 1 of 3 rows cannot be read."
    told = empty.find("interactions:errand-lines").toPlainText()
    assert told == "Line 4: Started at is “the day before yesterday”, which is no date."
    assert empty.is_there("interactions:empty")
    empty.press("interactions:agree")
    assert errand(empty) == "Imported: 2 new conversations, 0 brought up to date."
    assert counted(empty) == "2 conversations"
    assert "1 row was left out" in empty.find("interactions:errand-more").text()
    empty.press("interactions:errand-close")
    assert not empty.is_there("interactions:errand")


def test_one_row_is_counted_as_one(empty: Driver, answers: Answers, tmp_path: Path) -> None:
    import_file(empty, answers, written(tmp_path, HEADER + ROWS.splitlines()[0] + "\n"))
    empty.press("interactions-import:import")
    assert errand(empty) == "Imported: 1 new conversation, 0 brought up to date."
    assert counted(empty) == "1 conversation"
    target = answers.answers["save_interactions"] = tmp_path / "list.csv"
    empty.press("interactions:export")
    empty.wait(lambda: empty.said() == f"1 conversation is in {target}.", "the file")


def test_a_list_that_cannot_be_written_is_told_and_no_longer_said_to_be_written(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    import_file(empty, answers, written(tmp_path, HEADER + ROWS))
    empty.press("interactions-import:import")
    errand(empty)
    answers.answers["save_interactions"] = tmp_path / "gone" / "list.csv"
    empty.press("interactions:export")
    empty.wait(lambda: empty.said() == "list.csv was not written.", "the failure")
    assert empty.console.window.notices.texts[-1].startswith("The file was not written:")


def test_a_file_that_is_no_table_is_refused_with_its_reason(
    empty: Driver, answers: Answers, tmp_path: Path, path: Path
) -> None:
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(bytes(range(256)) * 40)
    answers.answers["open_interactions"] = wrong
    empty.press("interactions:import")
    assert errand(empty) == "Nothing was imported."
    assert "photo.csv" in empty.find("interactions:errand-more").text().replace("\u200b", "")
    assert not path_beside(path).exists()


def test_escape_stops_an_import_and_keeps_nothing_of_it(
    empty: Driver, answers: Answers, tmp_path: Path
) -> None:
    rows = "".join(f"{n},Someone,Subject {n},2026-01-01 10:00,,Open,,,,\n" for n in range(150_000))
    import_file(empty, answers, written(tmp_path, HEADER + rows))
    empty.press("interactions-import:import")
    bar = empty.find("interactions:errand-bar")
    empty.wait(lambda: bar.part > 0, "the first rows")
    empty.find("interactions:stop").setFocus()
    empty.press_key(Qt.Key.Key_Escape)
    assert errand(empty) == "Stopped: nothing was imported."
    assert empty.is_there("interactions:empty")


def test_a_declined_dialog_imports_nothing(
    empty: Driver, answers: Answers, tmp_path: Path, path: Path
) -> None:
    import_file(empty, answers, written(tmp_path, HEADER + ROWS))
    empty.find("interactions-import").reject()
    shown(empty)
    assert empty.is_there("interactions:empty")
    assert not page(empty).adding.running
    assert not path_beside(path).exists()
