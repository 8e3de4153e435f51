"""The board: which accounts it lists, what it says of each, and where a line leads."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.choices import Service
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.ui.board.lines import Column
from tests.journeys.boards import (
    cell,
    choose,
    lines,
    open_board,
    results,
    sentence,
)
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import states
from tests.ui.kept_runs import MOMENT, a_test, keep
from tests.ui.scripted import claims
from tests.ui.scripted_fleet import FAILS, NAMES, FleetScript, run_all

IMAP = Protocol.IMAP


@pytest.fixture
def driver(many: Driver) -> Driver:
    """A window on the board of four complete accounts."""
    return many


def test_accounts_that_were_never_tested_are_listed_as_such(driver: Driver) -> None:
    assert results(driver) == dict.fromkeys(NAMES, "Not tested yet")
    assert cell(driver, "Claims", Column.PROVED).text == "never"
    assert sentence(driver) == "0 of 4 would work; 4 were never tested."
    assert driver.line("board").marks == ()


def test_an_empty_workspace_says_what_the_page_is_for(stage: Stage) -> None:
    driver = stage(how="new")
    open_board(driver)
    assert driver.find("board:empty").text().startswith("There is no account yet.")
    assert not driver.is_there("board:table")
    assert not driver.find("board:test").isEnabled()


def test_what_kept_tests_showed_is_there_at_once_and_the_lab_proves_nothing(
    path: Path, stage: Stage
) -> None:
    first, second, third = stored(path, *map(claims, NAMES[:3]))
    keep(path, first, a_test(), a_test(FAILS))
    keep(path, second, a_test(), a_test(lab=True))
    keep(path, third, a_test(lab=True))
    driver = stage()
    open_board(driver)
    assert results(driver) == {"Claims": "Failed", "Orders": "Passed", "Sales": "Passed"}
    assert cell(driver, "Claims", Column.RESULT).below == "IMAP: The port is closed"
    assert cell(driver, "Claims", Column.IMAP).text == "Failed"
    assert cell(driver, "Claims", Column.SMTP).text == "Passed"
    day = MOMENT.astimezone().date().isoformat()
    assert [cell(driver, name, Column.PROVED).text for name in NAMES[:3]] == [day, day, "never"]
    assert [cell(driver, name, Column.RESULT).below for name in NAMES[1:3]] == ["in the lab"] * 2
    assert sentence(driver) == (
        "2 of 3 would work; 1 fails. "
        "2 of these tests went to the lab, which proves nothing of the real servers."
    )


def test_days_are_coloured_the_more_the_nearer_they_are(path: Path, stage: Stage) -> None:
    today = datetime.now().astimezone().date()
    ends = {"Claims": 3, "Orders": 12, "Sales": 25, "Support": 90}
    accounts = [
        put(
            put(claims(name), "imap.any_certificate", True),
            "imap.any_certificate_review",
            today + timedelta(days=days),
        )
        for name, days in ends.items()
    ]
    stored(path, *accounts)
    driver = stage()
    open_board(driver)
    review = {name: cell(driver, name, Column.REVIEW) for name in ends}
    assert [(each.below, each.colour, each.ground) for each in review.values()] == [
        ("in 3 days", "error", "error_ground"),
        ("in 12 days", "warning", "warning_ground"),
        ("in 25 days", "warning", ""),
        ("in 90 days", "text", ""),
    ]
    driver.press("board:filter-expiring")
    assert list(lines(driver)) == ["Claims", "Orders", "Sales"]
    hint = "Something of 3 accounts ends within 30 days"
    assert driver.line("board").hint == hint
    assert driver.line("board").marks == (("triangle-alert", "warning"),)


def test_lines_are_sorted_by_a_click_on_a_title_and_narrowed_down_by_a_filter(
    path: Path, stage: Stage
) -> None:
    found = stored(path, *map(claims, NAMES))
    keep(path, found[0], a_test())
    keep(path, found[3], a_test(FAILS))
    driver = stage()
    open_board(driver)
    table = driver.find("board:table")
    table.sortByColumn(Column.RESULT, Qt.SortOrder.AscendingOrder)
    assert list(lines(driver)) == ["Support", "Orders", "Sales", "Claims"]
    table.sortByColumn(Column.PROVED, Qt.SortOrder.DescendingOrder)
    assert next(iter(lines(driver))) == "Claims"
    for word, names in (
        ("failed", {"Support"}),
        ("unproved", {"Orders", "Sales", "Support"}),
        ("expiring", set()),
        ("inactive", set(NAMES)),
        ("all", set(NAMES)),
    ):
        driver.press(f"board:filter-{word}")
        assert set(lines(driver)) == names, word
        assert driver.find(f"board:filter-{word}").text().endswith(f" {len(names)}")
    driver.press("board:filter-expiring")
    assert driver.find("board:empty").text().startswith("Nothing of any account ends")


# Ways on


def test_enter_opens_the_test_or_the_field_of_a_day(path: Path, stage: Stage) -> None:
    today = datetime.now().astimezone().date()
    provider = CloudProviderEntry(id="entra", name="Entra", secret_expires=today)
    modern = claims("Modern")
    for key, value in {
        "settings.service": Service.OUTLOOK365,
        "authentication.modern": True,
        "authentication.cloud_provider": "entra",
        "authentication.any_certificate": True,
        "authentication.any_certificate_review": today,
    }.items():
        modern = put(modern, key, value)
    workspace = put(Workspace(id="w"), "cloud_providers.entries", (provider,))
    stored(path, workspace, modern)
    driver = stage()

    def enter(column: Column) -> None:
        open_board(driver)
        choose(driver, "Modern")
        table = driver.find("board:table")
        table.setFocus()
        table.selectionModel().setCurrentIndex(
            table.sorted.index(0, column), table.selectionModel().SelectionFlag.NoUpdate
        )
        driver.press_key(Qt.Key.Key_Return)
        driver.settled()

    enter(Column.RESULT)
    assert driver.console.window.section == "test"
    assert driver.account_draft().settings.name == "Modern"
    enter(Column.REVIEW)
    assert driver.focused() == "authentication.any_certificate_review"
    enter(Column.SECRET)
    assert driver.console.window.section == "cloud_providers"
    assert driver.chosen("cloud_providers.entries") == "entra"


def test_the_detail_says_all_of_the_chosen_account_and_leads_on(driver: Driver) -> None:
    assert driver.find("board:detail-sentence").text() == "Choose an account"
    run_all(driver, FleetScript({"Orders": FAILS}))
    choose(driver, "Orders")
    said = driver.find("board:detail-sentence").text()
    assert said == "Orders: Motion would send but not receive."
    assert driver.find("board:detail-text").text() == "IMAP: The port is closed."
    assert "never proved" in driver.find("board:detail-about").text()
    assert not driver.is_there("board:open-secret")
    driver.press("board:open-result")
    driver.settled()
    assert driver.console.window.section == "test"
    assert states(driver, IMAP)
