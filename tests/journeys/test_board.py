"""All accounts at once: in the real window, by the real tester, against the real lab."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.ui.board.lines import Column
from tests.journeys.boards import (
    cell,
    choose,
    days,
    lines,
    open_board,
    open_calendar,
    results,
    run_in_lab,
    sentence,
    tested,
)
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage
from tests.journeys.testing import complete, verdict
from tests.patience import PROMPT

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

IN_LAB = " By tests in the lab, which prove nothing of the real servers."


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the board of the demo workspace, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    open_board(driver)
    return driver


def test_a_newcomer_presses_the_button_and_all_accounts_of_the_demo_pass_in_the_lab(
    demo: Driver,
) -> None:
    run_in_lab(demo)
    assert set(results(demo).values()) == {"Passed"}, results(demo)
    assert len(results(demo)) == 5, "one of them signs in"
    assert sentence(demo) == demo.said() == f"5 of 5 would work.{IN_LAB}"
    assert cell(demo, "Trade desk", Column.PROVED).text == "never"
    demo.open("Customer care")
    demo.section("test")
    demo.settled()
    complete(demo)
    assert verdict(demo) == "Motion would receive and send."


def test_a_fault_is_told_in_each_line_and_the_remedy_of_one_is_tested_by_itself(
    demo: Driver,
) -> None:
    run_in_lab(demo, "wrong-password")
    failed = {name for name, text in results(demo).items() if text == "Failed"}
    assert "Trade desk" in failed
    assert cell(demo, "Trade desk", Column.RESULT).below == "Username or password is refused"
    demo.press("board:filter-failed")
    assert set(lines(demo)) == failed
    demo.press("board:filter-all")
    choose(demo, "Trade desk")
    run_in_lab(demo, "healthy", "board:test-chosen")
    assert results(demo)["Trade desk"] == "Passed"
    assert demo.said() == f"1 of 1 would work.{IN_LAB}"


def test_silent_servers_are_given_up_at_once_when_asked_to(demo: Driver) -> None:
    demo.console.testing.lab.turn_on("port-silent")
    demo.press("board:test")
    board = demo.console.board
    demo.wait(lambda: board.begun, "the first tests")
    begun = monotonic()
    demo.press("board:test")
    demo.wait(lambda: not board.running.under_way, "the end")
    assert monotonic() - begun < PROMPT, "the connection timeout is 10 s"
    tested(demo)
    assert set(results(demo).values()) == {"Not tested yet"}
    assert demo.said() == "Stopped before anything was tested."


def test_results_are_there_again_after_reopening(demo: Driver, stage: Stage) -> None:
    run_in_lab(demo, "port-refused")
    before = results(demo)
    demo = stage(None, "demo")
    open_board(demo)
    assert results(demo) == before
    assert "Failed" in before.values()


def test_a_report_of_all_holds_no_password(demo: Driver, answers: Answers, tmp_path: Path) -> None:
    demo.open("Trade desk")
    demo.section("imap")
    demo.type("imap.password", "a canary in the mine")
    open_board(demo)
    run_in_lab(demo)
    answers.answers["save_report"] = tmp_path / "all.json"
    demo.press("board:save")
    demo.settled()
    text = (tmp_path / "all.json").read_text(encoding="utf-8")
    assert len(json.loads(text)["accounts"]) == 5
    assert "canary" not in text


def test_the_demos_days_are_in_the_calendar_and_lead_to_their_fields(demo: Driver) -> None:
    open_calendar(demo)
    found = days(demo)
    assert any("Client secret ends: Entra – customer care" in each for each in found)
    assert any(
        "Review a pinned certificate: mail.graz.meridia.example:587" in each for each in found
    )
    assert not any("Certificate ends" in each for each in found), "the lab's do not count"
