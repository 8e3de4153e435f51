"""Documents: exported from the window, and imported once what that would do was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from tests.journeys.driver import Answers, Driver
from tests.journeys.filling import directory
from tests.journeys.stage import Stage, stored


@pytest.fixture
def exported(path: Path, stage: Stage, answers: Answers, tmp_path: Path) -> tuple[Driver, Path]:
    """A window on Alpha, and the folder with the documents of its workspace."""
    alpha = put(put(Account(), "settings.name", "Alpha"), "settings.list", "list")
    stored(path, directory(), alpha)
    driver = stage()
    folder = tmp_path / "documents"
    folder.mkdir()
    answers.answers["folder"] = folder
    driver.command("export")
    driver.settled()
    return driver, folder


def document(folder: Path) -> Path:
    """The document of the account."""
    [found] = [path for path in folder.glob("*.y*ml") if "name: Alpha" in path.read_text("utf-8")]
    return found


def preview(driver: Driver) -> str:
    driver.command("import")
    driver.settled()
    return str(driver.find("import-preview").text.toPlainText())


def test_an_export_says_what_it_wrote(exported: tuple[Driver, Path]) -> None:
    driver, folder = exported
    assert driver.said() == f"2 documents were written to {folder}."
    assert "list: Customers" in document(folder).read_text("utf-8")


def test_an_import_changes_only_what_was_seen_and_agreed_to(
    exported: tuple[Driver, Path], answers: Answers
) -> None:
    driver, folder = exported
    path = document(folder)
    text = path.read_text("utf-8").replace("list: Customers", "list: New ones\n  wait_agent: 77")
    path.write_text(text.replace("  wait_agent: 10\n", ""), "utf-8")
    answers.answers["documents"] = (path,)
    said = preview(driver)
    assert said.splitlines() == [
        "New in the directory: list “New ones”",
        "Change the workspace: Lists",
        "Change Alpha: List, Wait for the assigned agent",
    ]
    driver.press("Cancel")
    driver.settled()
    assert driver.value("settings.wait_agent") == 10
    preview(driver)
    driver.press("do-import")
    driver.settled()
    assert driver.value("settings.wait_agent") == 77
    assert driver.find("settings.wait_agent").text() == "77"
    assert driver.find("settings.list").combo.currentText() == "New ones"
    assert not driver.console.desk.unsaved


def test_a_wrong_document_is_told_by_line_and_changes_nothing(
    exported: tuple[Driver, Path], answers: Answers
) -> None:
    driver, folder = exported
    path = document(folder)
    path.write_text(path.read_text("utf-8").replace("wait_agent: 10", "wait_agent: soon"), "utf-8")
    answers.answers["documents"] = (path,)
    said = preview(driver)
    line = path.read_text("utf-8").splitlines().index("  wait_agent: soon") + 1
    assert f"{path.name}:{line}" in said
    assert "wait_agent" in said
    assert not driver.is_there("do-import")
    driver.press("Close")
    assert driver.value("settings.wait_agent") == 10


def test_a_file_that_was_changed_since_is_overwritten_only_when_that_is_sure(
    exported: tuple[Driver, Path], answers: Answers
) -> None:
    driver, folder = exported
    path = document(folder)
    path.write_text("mine", "utf-8")
    for sure, left in ((False, True), (True, False)):
        answers.answers["sure"] = sure
        driver.command("export")
        driver.settled()
        assert (path.read_text("utf-8") == "mine") is left
    assert [name for name, _ in answers.asked] == ["folder", "folder", "sure", "folder", "sure"]


def test_giving_up_the_choice_of_files_does_nothing(driver: Driver, answers: Answers) -> None:
    answers.answers["folder"] = None
    driver.command("export")
    driver.command("import")
    driver.settled()
    assert not driver.is_there("import-preview")
    assert [name for name, _ in answers.asked] == ["folder", "documents"]
