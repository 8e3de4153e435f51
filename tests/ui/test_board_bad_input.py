"""The board under bad input: damaged accounts and tests, a file that cannot be written, errors."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motion_desk.ui.board.lines import Column, Phase
from tests.journeys.boards import (
    cell,
    choose,
    ids,
    lines,
    open_board,
    results,
    tested,
)
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.ui.kept_runs import a_test, keep, runs_of
from tests.ui.scripted import claims
from tests.ui.scripted_fleet import FAILS, NAMES, FleetScript, begin_all, run_all


@pytest.fixture
def driver(many: Driver) -> Driver:
    """A window on the board of four complete accounts."""
    return many


def damage(path: Path, statement: str, *values: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement, values)
    connection.close()


def test_an_account_that_cannot_be_loaded_is_named_and_the_others_are_tested(
    path: Path, stage: Stage
) -> None:
    found = stored(path, *map(claims, NAMES))
    damage(path, 'UPDATE account SET "imap.port" = 992 WHERE id = ?', found[1])
    driver = stage()
    open_board(driver)
    assert cell(driver, "Orders", Column.RESULT).text == "Cannot be read"
    script = FleetScript()
    run_all(driver, script)
    assert len(script.orders) == 3
    assert results(driver) == {
        "Claims": "Passed",
        "Orders": "Cannot be read",
        "Sales": "Passed",
        "Support": "Passed",
    }
    choose(driver, "Orders")
    assert "is damaged" in driver.find("board:detail-text").text().replace("\u200b", "")
    driver.press("board:filter-failed")
    assert list(lines(driver)) == ["Orders"]


def test_a_damaged_kept_test_is_a_result_that_cannot_be_told(path: Path, stage: Stage) -> None:
    [found] = stored(path, claims())
    keep(path, found, a_test(), a_test())
    damage(path, "UPDATE test_run SET content = replace(content, 'Claims', 'Claimz')")
    driver = stage()
    open_board(driver)
    assert results(driver) == {"Claims": "Cannot be told"}
    choose(driver, "Claims")
    assert driver.find("board:detail-sentence").text() == "Claims: The newest test cannot be read."
    run_all(driver, FleetScript(change=lambda report: replace(report, at=datetime.now(UTC))))
    assert results(driver) == {"Claims": "Passed"}


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs permissions of POSIX")
def test_in_a_workspace_that_cannot_be_written_to_results_are_shown_and_not_kept(
    path: Path, stage: Stage, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:  # who may write everywhere
        monkeypatch.setattr("os.access", lambda *_, **__: False)
    driver = stage()
    try:
        open_board(driver)
        assert driver.find("strip-text:board-note").text() == (
            "This workspace cannot be written to: results are shown here, but not kept."
        )
        run_all(driver, FleetScript({"Orders": FAILS}))
        open_board(driver)
        assert results(driver)["Orders"] == "Failed"
        assert set(driver.console.board.reports) == set(ids(driver).values())
        assert runs_of(path, ids(driver)["Orders"]) == []
    finally:
        path.parent.chmod(0o755)


def test_what_goes_wrong_in_the_tests_themselves_is_told_and_ends_them(driver: Driver) -> None:
    script = FleetScript(raises=ZeroDivisionError("nobody thought of this"))
    driver.console.board.running.begin = script.begin
    driver.press("board:test")
    tested(driver)
    assert "nobody thought of this" in driver.console.window.notices.texts[-1]
    assert results(driver) == dict.fromkeys(NAMES, "Not tested yet")
    assert {line.subject.phase for line in lines(driver).values()} == {Phase.NONE}


def test_an_account_that_is_deleted_meanwhile_goes_from_the_board(driver: Driver) -> None:
    begin_all(driver, script := FleetScript())
    gone = ids(driver)["Sales"]
    driver.console.cabinet.delete(gone, "Sales")
    driver.settled()
    script.goes_on.set()
    tested(driver)
    assert set(results(driver)) == {"Claims", "Orders", "Support"}


def test_leaving_the_lab_while_passwords_are_fetched_tests_nothing(driver: Driver) -> None:
    script = FleetScript()
    driver.console.board.running.begin = script.begin
    driver.console.testing.lab.turn_on("healthy")
    driver.press("board:test")
    driver.console.testing.lab.turn_off()
    tested(driver)
    assert script.orders == []
    assert driver.said() == "The lab was switched off meanwhile. Nothing was tested."
