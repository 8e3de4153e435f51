"""The board's report: saved in each form, with what was found, and without what is secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import StepName
from tests.journeys.boards import open_board
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.ui.kept_runs import a_test, keep
from tests.ui.scripted import DENIED, Script, claims
from tests.ui.scripted_fleet import FAILS, FleetScript, run_all

SENTENCE = "2 of 4 would work; 2 fail."
DENIES = Script(ends={(Protocol.SMTP, StepName.LOGIN): DENIED})


@pytest.fixture
def driver(many: Driver) -> Driver:
    """A window on the board of four accounts, of which two have failed."""
    run_all(many, FleetScript({"Orders": FAILS, "Sales": DENIES}))
    return many


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("html", "<!DOCTYPE html>"), ("md", f"# {SENTENCE}"), ("json", '{\n  "motion_desk_board"')],
)
def test_a_report_of_all_is_saved_in_the_form_that_its_name_says(
    driver: Driver, answers: Answers, tmp_path: Path, ending: str, begins: str
) -> None:
    file = tmp_path / f"all.{ending}"
    answers.answers["save_report"] = file
    driver.press("board:save")
    driver.settled()
    text = file.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert SENTENCE in text
    assert all(name in text for name in ("Claims", "Orders", "Sales", "Support"))
    assert "The port is closed" in text
    assert "Ask for port 993 to be opened." in text, "what can be done is in it"
    assert driver.said() == f"The report is in {file}."
    [suggested] = [values[0] for name, values in answers.asked if name == "save_report"]
    assert str(suggested).startswith("All-accounts-")


def test_reports_of_earlier_sessions_are_read_again_for_it(
    path: Path, stage: Stage, answers: Answers, tmp_path: Path
) -> None:
    [found] = stored(path, claims())
    keep(path, found, a_test(FAILS))
    driver = stage()
    open_board(driver)
    answers.answers["save_report"] = tmp_path / "all.json"
    driver.press("board:save")
    driver.settled()
    [account] = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["accounts"]
    assert (account["name"], account["tone"], account["imap"], account["smtp"]) == (
        "Claims",
        "failed",
        "failed",
        "passed",
    )
    assert account["report"]["probes"][0]["transcript"]


def test_a_report_that_cannot_be_written_is_told(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "missing" / "all.html"
    answers.answers["save_report"] = file
    driver.press("board:save")
    driver.settled()
    told = driver.console.window.notices.texts[-1]
    assert told == f"The report was not written to {file}: No such file or directory."
