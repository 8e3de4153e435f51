"""Comparing on the test page: any kept test beside any other, and beside the last that passed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.models.changes import change
from motion_desk.models.endpoints import Protocol
from motion_desk.models.records import seal
from motion_desk.services.tester.steps import StepName
from motion_desk.ui.test.page import COMPARE, STEPS
from motion_desk.ui.test.side_rows import Kind
from tests.journeys.comparing import (
    body,
    compare_with_last_good,
    heading,
    marked,
    open_comparison,
    rows,
    values,
)
from tests.journeys.stage import Stage
from tests.ui.kept_runs import FAILED, GROUP, Made, Open, a_test, certificate, hours, moments
from tests.ui.scripted import DENIED, Script, run

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
BROKE = "Nothing was changed in the account, and yet it broke: the reason is outside."


OLD = Script(facts=certificate("0a" * 20, "CN=Old CA"))
NEW = Script(facts=certificate("0b" * 20, "CN=New CA"), ends={(SMTP, StepName.LOGIN): DENIED})


# What is compared


@pytest.mark.parametrize("count", [0, 1])
def test_without_two_kept_tests_the_view_says_what_it_is_for(kept: Open, count: int) -> None:
    driver = kept(*[a_test()] * count)
    open_comparison(driver)
    assert "Two kept tests are needed" in driver.find("compare:about").text()
    assert not driver.is_there("compare:before")
    assert not driver.is_there("compare:steps")
    assert not driver.is_there("compare:outcome")


def test_a_failed_test_offers_the_last_one_that_passed_by_one_press(kept: Open) -> None:
    driver = kept(a_test(), a_test(), a_test(FAILED), a_test(FAILED))
    assert driver.find("strip-text:last-good").text().startswith("The last test that passed is of")
    compare_with_last_good(driver)
    assert driver.find("test:views").currentIndex() == COMPARE
    first, second, _, fourth = reversed(hours(driver))
    assert moments(driver) == [second, fourth]
    assert first != second
    assert heading(driver) == BROKE
    assert driver.find("compare:outcome").property("level") == "error"
    assert marked(driver) == [("IMAP", "Connection")]


@pytest.mark.parametrize("tests", [(a_test(),), (a_test(), a_test()), (a_test(FAILED),)])
def test_nothing_is_offered_where_nothing_failed_or_passed_before(
    kept: Open, tests: tuple[Made, ...]
) -> None:
    driver = kept(*tests)
    assert not driver.is_there("strip:last-good")


def test_a_test_that_fails_now_offers_a_kept_one_that_passed(kept: Open) -> None:
    driver = kept(a_test())
    run(driver, FAILED)
    assert driver.is_there("strip:last-good")
    compare_with_last_good(driver)
    assert heading(driver) == BROKE


def test_while_a_test_runs_nothing_is_offered(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    assert driver.is_there("strip:last-good")
    script = Script(waits_at=StepName.LOGIN)
    driver.console.testing.begin = script.begin
    driver.command("test")
    driver.wait(lambda: script.orders, "the test")
    assert not driver.is_there("strip:last-good")
    driver.command("test")
    driver.wait(lambda: not driver.console.testing.under_way, "the end")


def test_a_failure_in_the_lab_is_compared_with_what_passed_in_the_lab(kept: Open) -> None:
    driver = kept(a_test(lab=True), a_test(), a_test(FAILED, lab=True))
    compare_with_last_good(driver)
    oldest, _, newest = reversed(hours(driver))
    assert moments(driver) == [oldest, newest]


def test_evidence_that_differs_stands_in_both_columns(kept: Open) -> None:
    driver = kept(a_test(OLD), a_test(NEW))
    open_comparison(driver)
    assert marked(driver) == [("SMTP", "Encryption")]
    assert values(driver, "Serial number") == ("0a" * 20, "0b" * 20)
    assert values(driver, "Issuer") == ("CN=Old CA", "CN=New CA")
    assert "The test now fails at SMTP, Login" in body(driver)
    groups = [row.label for row in rows(driver) if row.kind is Kind.GROUP]
    assert groups == [GROUP, GROUP], "once a protocol, not once a fact"


def test_steps_that_do_not_differ_are_folded_and_unfold_by_click_and_key(kept: Open) -> None:
    driver = kept(a_test(OLD), a_test(NEW))
    open_comparison(driver)
    folds = [row.label for row in rows(driver) if row.kind is Kind.FOLD]
    assert "Values, Name, Connection: no difference" in folds
    assert any(label.endswith(": not run now") for label in folds)
    steps = driver.find("compare:steps")
    place = next(n for n, row in enumerate(rows(driver)) if row.kind is Kind.FOLD)
    spot = steps.visualRect(steps.model().index(place, 0)).center()
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    driver.rest()
    assert [row.label for row in rows(driver)[place + 1 : place + 4]] == [
        "Values",
        "Name",
        "Connection",
    ]
    steps.setFocus()
    steps.setCurrentIndex(steps.model().index(place, 0))
    QTest.keyClick(steps, Qt.Key.Key_Space)
    driver.rest()
    assert rows(driver)[place + 1].label == "Encryption"


def test_values_that_differ_come_first(kept: Open) -> None:
    driver = kept(a_test(of=lambda old: change(old, "imap.port", 995)), a_test(FAILED))
    open_comparison(driver)
    assert heading(driver).startswith("The account was changed, and it broke: IMAP: IMAP port")
    assert [row.label for row in rows(driver)[1:3]] == ["Values", "IMAP: IMAP port"]
    assert values(driver, "IMAP: IMAP port") == ("995", "993")


def test_a_protocol_that_one_test_left_out_is_said_to_be(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED, only=(IMAP,)))
    open_comparison(driver)
    assert values(driver, "SMTP")[1] == "not tested"


def test_two_tests_that_showed_the_same_are_all_folded(kept: Open) -> None:
    driver = kept(a_test(OLD), a_test(OLD))
    open_comparison(driver)
    assert heading(driver) == "Nothing was changed in the account between the two tests."
    assert body(driver) == "The servers showed the same in both tests."
    assert marked(driver) == []
    assert not driver.is_there("compare:to-first")
    assert {row.kind for row in rows(driver)} == {Kind.TITLES, Kind.HEADING, Kind.FOLD}


# Choosing


def test_any_two_can_be_chosen_and_the_later_one_is_always_now(kept: Open) -> None:
    driver = kept(a_test(OLD), a_test(FAILED), a_test())
    open_comparison(driver)
    newest, middle, oldest = hours(driver)
    assert moments(driver) == [oldest, newest]
    combo = driver.find("compare:now")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    driver.settled()
    assert moments(driver) == [oldest, middle]
    assert heading(driver) == BROKE
    combo = driver.find("compare:before")
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    driver.settled()
    assert moments(driver) == [middle, newest]
    assert "it works again" in heading(driver)
    assert driver.find("compare:outcome").property("level") == "success"


def test_one_test_chosen_twice_is_told(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    open_comparison(driver)
    combo = driver.find("compare:before")
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    driver.settled()
    assert heading(driver) == "This is one test twice. Choose another."
    assert not driver.is_there("compare:steps")
    driver.press("compare:last-good")
    driver.settled()
    assert heading(driver) == BROKE


def test_what_was_chosen_last_is_shown_whichever_is_loaded_first(kept: Open) -> None:
    driver = kept(a_test(OLD), a_test(FAILED), a_test())
    open_comparison(driver)
    combo = driver.find("compare:now")
    for place in (1, 0, 1):
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
    driver.settled()
    assert heading(driver) == BROKE
    for place in (0, 2):  # the second is the test on the other side
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
    driver.settled()
    assert heading(driver) == "This is one test twice. Choose another."


def test_another_account_has_other_tests(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    open_comparison(driver)
    driver.open("Sales")
    open_comparison(driver)
    assert not driver.is_there("compare:steps")
    driver.open("Claims")
    assert driver.find("test:views").currentIndex() == STEPS
    open_comparison(driver)
    assert heading(driver) == BROKE


def test_a_test_of_a_newer_version_is_told_in_its_place(
    kept: Open, path: Path, stage: Stage
) -> None:
    kept(a_test(), a_test(FAILED)).close()
    spoil(path)
    driver = stage()
    driver.section("test")
    driver.settled()
    open_comparison(driver)
    assert heading(driver) == "These two tests cannot be compared."
    assert body(driver).startswith("This report was written by a newer Motion Desk.")


def spoil(path: Path) -> None:
    """Let the oldest kept test be one of a newer version."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    row = dict(connection.execute("SELECT * FROM test_run ORDER BY at LIMIT 1").fetchone())
    content = json.loads(row["content"]) | {"motion_desk_report": 99}
    row["content"] = json.dumps(content)
    sealed = row | {"at": f"{row['at'].replace(' ', 'T')}+00:00".replace(".000000", "")}
    connection.execute(
        "UPDATE test_run SET content = ?, digest = ? WHERE id = ?",
        [row["content"], seal(sealed), row["id"]],
    )
    connection.close()
