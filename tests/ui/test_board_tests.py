"""The board: accounts tested side by side, stopped, kept, and known to their own pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.endpoints import Protocol
from motion_desk.services.oauth import cache
from motion_desk.services.secrets import service_of
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import Finding, Renewed, StepName
from motion_desk.ui.board.lines import Column
from motion_desk.ui.board.running import begin
from tests.journeys.boards import (
    cell,
    choose,
    drawn,
    ids,
    open_board,
    results,
    sentence,
    tested,
)
from tests.journeys.driver import Driver
from tests.journeys.testing import complete, verdict
from tests.ui.kept_runs import MOMENT, runs_of
from tests.ui.scripted import DENIED, Script, run
from tests.ui.scripted_fleet import FAILS, NAMES, FleetScript, begin_all, run_all

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
DENIES = Script(ends={(IMAP, StepName.LOGIN): DENIED, (SMTP, StepName.LOGIN): DENIED})
WARNS = Script(
    ends={(IMAP, StepName.TCP): Finding(Failure.NEAR_TIMEOUT, {"taken": "8", "limit": "10"})},
    warned=frozenset({StepName.TCP}),
)


@pytest.fixture
def driver(many: Driver) -> Driver:
    """A window on the board of four complete accounts."""
    return many


def test_all_accounts_are_tested_kept_and_known_to_their_own_pages(
    driver: Driver, path: Path
) -> None:
    script = FleetScript({"Orders": FAILS, "Sales": DENIES, "Support": WARNS})
    run_all(driver, script)
    assert results(driver) == {
        "Claims": "Passed",
        "Orders": "Failed",
        "Sales": "Failed",
        "Support": "Passed with warnings",
    }
    assert sentence(driver) == driver.said() == "2 of 4 would work; 2 fail."
    assert driver.line("board").hint == "2 accounts fail"
    assert {order.account.settings.name for order in script.orders} == set(NAMES)
    driver.open("Orders")
    assert driver.line("test").hint == "The last test failed"
    driver.section("test")
    driver.settled()
    complete(driver)
    assert verdict(driver) == "Motion would send but not receive."
    assert not driver.is_there("strip:stale")
    driver.press("apply:imap:1")
    assert driver.value("imap.port") == 143, "its remedy can be applied"
    driver.open("Claims")
    driver.section("test")
    driver.settled()
    complete(driver)
    assert verdict(driver) == "Motion would receive and send."
    [kept] = runs_of(path, driver.account_draft().id)
    assert kept == ("passed", "", False)


def test_the_test_of_one_account_is_on_the_board_too(driver: Driver) -> None:
    driver.open("Sales")
    run(driver, FAILS)
    open_board(driver)
    assert results(driver)["Sales"] == "Failed"


def test_only_the_chosen_are_tested(driver: Driver) -> None:
    assert not driver.find("board:test-chosen").isEnabled()
    choose(driver, "Claims", "Sales")
    assert driver.find("board:test-chosen").text() == "Test the chosen (2)"
    run_all(driver, FleetScript(), "board:test-chosen")
    assert results(driver) == {
        "Claims": "Passed",
        "Orders": "Not tested yet",
        "Sales": "Passed",
        "Support": "Not tested yet",
    }
    assert driver.said() == "2 of 2 would work."
    assert sentence(driver) == "2 of 4 would work; 2 were never tested."
    assert driver.find("board:table").chosen == {ids(driver)[name] for name in ("Claims", "Sales")}


def test_open_accounts_are_tested_as_they_are_on_screen_the_others_as_stored(
    driver: Driver,
) -> None:
    driver.open("Orders")
    driver.section("imap")
    driver.type("imap.host", "unsaved.example.com")
    driver.type("imap.password", "typed one")
    open_board(driver)
    assert cell(driver, "Orders", Column.ACCOUNT).below == "Unsaved changes · Not active"
    choose(driver, "Orders")
    assert "unsaved values" in driver.find("board:detail-about").text()
    script = FleetScript()
    run_all(driver, script)
    orders = {order.account.settings.name: order for order in script.orders}
    assert orders["Orders"].account.imap.host == "unsaved.example.com"
    assert orders["Orders"].passwords == {IMAP: "typed one"}
    assert orders["Claims"].account.imap.host == "mail.example.com"
    assert driver.console.desk.unsaved, "testing saves nothing"


def test_stored_passwords_are_fetched_and_missing_ones_are_told_in_the_line(
    driver: Driver,
) -> None:
    driver.open("Orders")
    driver.section("imap")
    driver.type("imap.password", "stored one")
    driver.save()
    open_board(driver)
    script = FleetScript(change=lambda report: replace(report, at=MOMENT))
    run_all(driver, script)
    orders = {order.account.settings.name: order for order in script.orders}
    assert orders["Orders"].passwords == {IMAP: "stored one"}
    assert set(orders["Claims"].missing) == {IMAP, SMTP}
    assert "stored one" not in repr(orders)
    choose(driver, "Claims")
    driver.console.board.running.begin = begin  # the real one, which goes no further than that
    driver.press("board:test-chosen")
    tested(driver)
    assert cell(driver, "Claims", Column.RESULT).text == "Failed"
    assert "password" in cell(driver, "Claims", Column.RESULT).below.lower()


def test_a_test_of_many_says_how_far_it_is_and_escape_stops_it(driver: Driver) -> None:
    script = FleetScript()
    begin_all(driver, script)
    drawn(driver)
    assert results(driver) == {
        "Claims": "Testing…",
        "Orders": "Testing…",
        "Sales": "Waiting its turn",
        "Support": "Waiting its turn",
    }
    assert sentence(driver) == "Tested 0 of 4."
    assert driver.find("board:progress").whole == 4
    assert driver.find("board:test").text() == "Stop"
    assert driver.line("board").hint == "Accounts are being tested"
    driver.find("board:table").setFocus()
    driver.press_key(Qt.Key.Key_Escape)
    tested(driver)
    assert results(driver) == dict.fromkeys(NAMES, "Not tested yet")
    assert driver.said() == "Stopped before anything was tested."
    assert driver.find("board:test").text() == "Test all"


def test_what_was_stopped_leaves_what_was_known_and_what_ended_before_counts(
    driver: Driver, path: Path
) -> None:
    run_all(driver, FleetScript({"Orders": FAILS}))
    script = FleetScript({"Claims": FAILS}, together=1, waits_after=1)
    script.change = lambda report: replace(report, at=report.at + timedelta(minutes=1))
    begin_all(driver, script)
    driver.wait(lambda: driver.console.board.done, "the first of them")
    driver.press("board:test")
    tested(driver)
    assert results(driver) == {
        "Claims": "Failed",
        "Orders": "Failed",
        "Sales": "Passed",
        "Support": "Passed",
    }
    assert driver.said() == "0 of 1 would work; 1 fails. Stopped before 3 were tested."
    assert len(runs_of(path, ids(driver)["Orders"])) == 1, "a stopped test is not kept"


def test_it_can_be_stopped_before_the_passwords_are_there(driver: Driver) -> None:
    script = FleetScript()
    driver.console.board.running.begin = script.begin
    driver.press("board:test")
    driver.press("board:test")
    tested(driver)
    assert script.orders == []
    assert driver.said() == "Stopped before anything was tested."
    assert results(driver) == dict.fromkeys(NAMES, "Not tested yet")


def test_it_goes_on_while_other_pages_are_on_screen(driver: Driver) -> None:
    script = FleetScript()
    begin_all(driver, script)
    driver.open("Sales")
    script.goes_on.set()
    tested(driver)
    assert driver.line("test").hint == "The last test passed"
    open_board(driver)
    assert set(results(driver).values()) == {"Passed"}


def test_lines_are_never_laid_out_anew_while_accounts_are_tested(driver: Driver) -> None:
    resets: list[str] = []
    source = driver.find("board:table").sorted.sourceModel()
    source.modelReset.connect(lambda: resets.append("reset"))
    run_all(driver, FleetScript({"Orders": FAILS}))
    assert resets == []


def test_a_sign_in_that_was_renewed_is_kept_unless_it_is_the_labs(driver: Driver) -> None:
    def kept() -> str:
        found: list[str] = []
        driver.console.session.ask(
            lambda store: cache.kept(store.secrets, service_of(store.identity), "entra"),
            found.append,
        )
        driver.settled()
        return found[0]

    driver.console.testing.lab.turn_on("healthy")
    run_all(driver, FleetScript(events=(Renewed("entra", "of the lab"),)))
    assert kept() == ""
    driver.console.testing.lab.turn_off()
    run_all(driver, FleetScript(events=(Renewed("entra", "renewed"),)))
    assert kept() == "renewed"


def test_tests_in_the_lab_are_marked_and_the_page_says_so(driver: Driver) -> None:
    driver.console.testing.lab.turn_on("healthy")
    assert driver.find("strip-text:board-lab").text().startswith("In the lab: Healthy.")
    script = FleetScript({"Orders": FAILS})
    run_all(driver, script)
    assert all(order.lab and order.route for order in script.orders)
    assert cell(driver, "Claims", Column.PROVED).text == "never"
    assert driver.line("board").hint == "1 account fails, in the lab"
    driver.press("strip-button:board-lab")
    assert not driver.is_there("strip:board-lab")
