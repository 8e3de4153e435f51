"""Reports of tests: saved, copied, kept in the workspace, and opened again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import StepName
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import open_earlier, verdict
from tests.ui.scripted import REFUSED, Script, claims, run, spoken

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
FAILS = {(IMAP, StepName.TCP): REFUSED}


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on a complete account."""
    stored(path, claims())
    return stage()


def runs(driver: Driver) -> list[list[str]]:
    """The lines of the list of earlier tests."""
    tree = driver.find("runs")
    items = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items]


# Saving and copying


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("html", "<!DOCTYPE html>"), ("md", "# Motion would"), ("JSON", '{\n  "motion_desk_report"')],
)
def test_a_report_is_saved_in_the_form_that_its_name_says(
    driver: Driver, answers: Answers, tmp_path: Path, ending: str, begins: str
) -> None:
    file = tmp_path / f"report.{ending}"
    answers.answers["save_report"] = file
    run(driver, Script(ends=FAILS))
    driver.press("test:save")
    driver.settled()
    text = file.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert "Motion would send but not receive." in text
    assert driver.said() == f"The report is in {file}."
    ((_, (suggested,)),) = [asked for asked in answers.asked if asked[0] == "save_report"]
    assert str(suggested).startswith("Claims-2026-11-23-")
    assert str(suggested).endswith(".html")


def test_a_report_of_no_known_form_is_refused_with_a_reason(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_report"] = tmp_path / "report.docx"
    run(driver, Script())
    driver.press("test:save")
    driver.settled()
    assert driver.console.window.notices.texts[-1] == (
        "report.docx was not written: the name of a report ends in .html, .md or .json."
    )
    assert not (tmp_path / "report.docx").exists()


def test_a_report_that_cannot_be_written_is_told(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "missing" / "report.html"
    answers.answers["save_report"] = file
    run(driver, Script())
    driver.press("test:save")
    driver.settled()
    told = driver.console.window.notices.texts[-1]
    assert told == f"The report was not written to {file}: No such file or directory."


def test_a_report_that_is_not_saved_after_all_leaves_nothing(driver: Driver) -> None:
    run(driver, Script())
    driver.press("test:save")
    driver.settled()
    assert all("keyring" in text for text in driver.console.window.notices.texts)
    assert driver.said() == ""


def test_a_report_is_copied_as_text(driver: Driver) -> None:
    run(driver, Script(ends=FAILS))
    driver.press("test:copy")
    driver.settled()
    assert QGuiApplication.clipboard().text().startswith("# Motion would send but")
    assert driver.said() == "The report is on the clipboard."


def test_transcripts_are_shown_and_copied(driver: Driver) -> None:
    run(driver, Script())
    driver.find("test:views").setCurrentIndex(1)
    driver.rest()
    shown = driver.find("transcript:smtp").toPlainText()
    assert shown.splitlines()[1] == "   0.020  C  AAAA1 LOGIN care ‹hidden›"
    driver.press("copy-transcript:smtp")
    assert QGuiApplication.clipboard().text() == shown


# Earlier tests


def test_earlier_tests_are_listed_the_newest_first_and_say_of_which_values(driver: Driver) -> None:
    run(driver, Script(ends=FAILS))
    driver.section("imap")
    driver.type("imap.host", "other.example.com")
    run(driver, Script())
    driver.find("test:views").setCurrentIndex(2)
    driver.rest()
    assert {tuple(line[1:]) for line in runs(driver)} == {
        ("Passed", "the same as now"),
        ("Failed", "other than now"),
    }
    driver.command("undo")
    driver.section("test")
    driver.find("test:views").setCurrentIndex(2)
    driver.rest()
    assert {tuple(line[1:]) for line in runs(driver)} == {
        ("Passed", "other than now"),
        ("Failed", "the same as now"),
    }


def test_an_earlier_test_is_shown_and_marked_as_one(driver: Driver) -> None:
    run(driver, Script(ends=FAILS))
    run(driver, Script())
    failed = next(n for n in (0, 1) if list_of(driver)[n][1] == "Failed")
    open_earlier(driver, failed)
    assert verdict(driver) == "Motion would send but not receive."
    assert driver.find("strip-text:earlier").text().startswith("This is an earlier test, of 2026-")
    assert driver.is_there("details:imap:tcp")
    driver.press("strip-button:earlier")
    assert verdict(driver) == "Motion would receive and send."
    assert not driver.is_there("strip:earlier")


def list_of(driver: Driver) -> list[list[str]]:
    """The list of earlier tests, brought to the screen."""
    driver.find("test:views").setCurrentIndex(2)
    driver.rest()
    return runs(driver)


def test_a_new_test_leaves_the_earlier_one_and_the_list(driver: Driver) -> None:
    run(driver, Script(ends=FAILS))
    open_earlier(driver, 0)
    assert driver.is_there("strip:earlier")
    driver.find("test:views").setCurrentIndex(2)
    run(driver, Script())
    assert driver.find("test:views").currentIndex() == 0
    assert not driver.is_there("strip:earlier")
    assert verdict(driver) == "Motion would receive and send."


def test_the_last_test_is_there_again_after_reopening(stage: Stage, driver: Driver) -> None:
    run(driver, Script(ends=FAILS))
    driver = stage()
    line = driver.line("test")
    assert line.hint == "The last test failed"
    driver.section("test")
    driver.settled()
    assert verdict(driver) == "Motion would send but not receive."
    assert not driver.is_there("strip:stale")
    assert spoken(driver, IMAP)[2].startswith("Connection: failed")


def test_a_kept_test_that_was_damaged_is_told(path: Path, stage: Stage, driver: Driver) -> None:
    run(driver, Script())
    driver.close()
    damaged = path.read_bytes().replace(b"login as it should be", b"login as it should bE")
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    driver = stage()
    driver.section("test")
    driver.settled()
    assert any("damaged" in text for text in driver.console.window.notices.texts)
    assert verdict(driver) == "Not tested yet"
    run(driver, Script())
    assert verdict(driver) == "Motion would receive and send."


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs permissions of POSIX")
def test_in_a_workspace_that_cannot_be_written_to_a_test_is_not_kept_and_says_so(
    path: Path, stage: Stage, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:  # who may write everywhere
        monkeypatch.setattr("os.access", lambda *_, **__: False)
    driver = stage()
    try:
        run(driver, Script())
        about = driver.find("verdict:about").text()
        assert about.endswith("Not kept: this workspace cannot be written to.")
        assert list_of_none(driver)
    finally:
        path.parent.chmod(0o755)


def list_of_none(driver: Driver) -> bool:
    driver.find("test:views").setCurrentIndex(2)
    driver.rest()
    return not driver.is_there("runs")


def test_a_report_says_nothing_secret(driver: Driver, answers: Answers, tmp_path: Path) -> None:
    answers.answers["save_report"] = tmp_path / "report.json"
    driver.section("imap")
    driver.type("imap.password", "a canary in the mine")
    run(driver, Script(ends=FAILS))
    driver.press("test:save")
    driver.settled()
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(text)["name"] == "Claims"
    assert "canary" not in text
