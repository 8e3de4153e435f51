"""What expires: the days in their groups, where they lead, the file, and what is not among them."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.sections.trust import PinEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.tester.steps import Fact, StepName
from motion_desk.ui.calendar.days import distance
from motion_desk.ui.calendar.model import Day
from tests.journeys.boards import days, drawn, open_calendar
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.ui.kept_runs import a_test, keep
from tests.ui.scripted import Script, claims

TODAY = datetime.now().astimezone().date()


def on(left: int) -> date:
    """The day that is so many days from today."""
    return TODAY + timedelta(days=left)


def reviewed(name: str, left: int) -> Account:
    """An account that accepts any certificate until a day."""
    made = put(claims(name), "imap.any_certificate", True)
    made = put(made, "imap.any_certificate_reason", f"{name}'s own")
    return put(made, "imap.any_certificate_review", on(left))


def shown(until: date) -> Script:
    """A test that was shown a certificate."""
    group = "Certificate 1 (the server's)"
    facts = (
        Fact("certificate.subject", "Subject", "CN=mail.example.com", group),
        Fact("certificate.valid", "Valid", f"2026-01-01 to {until.isoformat()}", group),
        Fact("certificate.sha256", "SHA-256", "ab" * 32, group),
    )
    return Script(facts={StepName.TLS: facts})


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the calendar of a workspace with a day of each kind."""
    provider = CloudProviderEntry(id="entra", name="Entra", secret_expires=on(20))
    workspace = put(Workspace(id="w"), "cloud_providers.entries", (provider,))
    pin = PinEntry(id="p1", host="mail.example.com", fingerprint="ab" * 32, review=on(-2))
    pinned = put(claims("Sales"), "trust.pins", (pin,))
    found = stored(path, workspace, reviewed("Claims", 5), pinned, claims("Tested"))
    keep(path, found[2], a_test(shown(on(60))))
    driver = stage()
    open_calendar(driver)
    return driver


def open_day(driver: Driver, place: int) -> None:
    """Click on a day, by its place among the days."""
    view = driver.find("calendar:list")
    rows = [row for row, item in enumerate(view.items) if isinstance(item, Day)]
    view.clicked.emit(view.model().index(rows[place], 0))
    driver.settled()


def test_days_are_listed_in_groups_the_earliest_first(driver: Driver) -> None:
    found = days(driver)
    assert found[0] == "Past (1)"
    assert (
        found[1]
        == f"{on(-2)} Review a pinned certificate: mail.example.com:993 – Sales · Trust: Review on"
    )
    assert found[2] == "Within 7 days (1)"
    assert "Accept any certificate”: Claims's own – Claims · IMAP: Review" in found[3]
    assert found[4] == "Within 30 days (1)"
    assert found[5].startswith(f"{on(20)} Client secret ends: Entra – used by no account")
    assert found[6] == "Within 90 days (1)"
    assert found[7].startswith(f"{on(60)} Certificate ends: CN=mail.example.com – Tested · Test of")
    assert len(found) == 8
    assert driver.find("calendar:sentence").text() == "4 days, 1 past, 2 within 30 days."


def test_the_workspaces_line_says_that_something_ends(driver: Driver) -> None:
    line = driver.line("calendar")
    assert line.marks == (("circle-alert", "error"),)
    assert line.hint == "1 past, 2 within 30 days"


def test_the_line_says_so_before_the_page_was_ever_chosen(path: Path, stage: Stage) -> None:
    stored(path, reviewed("Claims", 25))
    driver = stage()
    driver.open("Workspace")
    drawn(driver)
    assert driver.line("calendar").marks == (("triangle-alert", "warning"),)
    assert driver.line("board").hint == "Something of 1 account ends within 30 days"


def test_a_day_leads_to_its_field_or_to_the_test_that_found_it(driver: Driver) -> None:
    open_day(driver, 0)
    assert driver.console.window.section == "trust"
    assert driver.chosen("trust.pins") == "p1"
    open_calendar(driver)
    open_day(driver, 1)
    assert driver.focused() == "imap.any_certificate_review"
    open_calendar(driver)
    open_day(driver, 2)
    assert driver.console.window.section == "cloud_providers"
    assert driver.chosen("cloud_providers.entries") == "entra"
    open_calendar(driver)
    open_day(driver, 3)
    assert driver.console.window.section == "test"
    assert driver.account_draft().settings.name == "Tested"


def test_the_calendar_file_has_an_event_for_each_day(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_calendar"] = tmp_path / "days.ics"
    driver.press("calendar:save")
    driver.settled()
    text = (tmp_path / "days.ics").read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == text.count("BEGIN:VALARM") == 4
    assert driver.said() == f"4 events are in {tmp_path / 'days.ics'}."


def test_a_calendar_file_that_cannot_be_written_is_told(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "missing" / "days.ics"
    answers.answers["save_calendar"] = file
    driver.press("calendar:save")
    driver.settled()
    told = driver.console.window.notices.texts[-1]
    assert told == f"The calendar was not written to {file}: No such file or directory."


def test_unsaved_changes_do_not_count_and_the_page_says_whose(driver: Driver) -> None:
    driver.open("Claims")
    driver.section("imap")
    driver.turn("imap.any_certificate")
    open_calendar(driver)
    said = "Unsaved changes do not count: Claims. Save them to see their days."
    assert driver.find("strip-text:calendar-unsaved").text() == said
    assert any("Claims's own" in each for each in days(driver))
    driver.open("Claims")
    driver.save()
    open_calendar(driver)
    assert not driver.is_there("strip:calendar-unsaved")
    assert not any("Claims's own" in each for each in days(driver))


def test_one_certificate_of_several_accounts_is_one_day_and_several_events(
    path: Path, stage: Stage, answers: Answers, tmp_path: Path
) -> None:
    for found in stored(path, claims("Claims"), claims("Sales")):
        keep(path, found, a_test(shown(on(60))))
    driver = stage()
    open_calendar(driver)
    _, day = days(driver)
    assert day.partition(" – ")[2].startswith("Claims, Sales · Test of")
    answers.answers["save_calendar"] = tmp_path / "days.ics"
    driver.press("calendar:save")
    driver.settled()
    text = (tmp_path / "days.ics").read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 2


def test_a_workspace_without_days_says_where_they_come_from(stage: Stage) -> None:
    driver = stage(how="new")
    open_calendar(driver)
    assert driver.is_there("calendar:empty")
    assert not driver.is_there("calendar:list")
    assert not driver.find("calendar:save").isEnabled()
    assert driver.line("calendar").marks == ()
    driver.press("calendar:board")
    assert driver.console.window.section == "board"


def test_an_account_that_cannot_be_read_is_named_and_the_other_days_stay(
    path: Path, stage: Stage
) -> None:
    found = stored(path, reviewed("Claims", 5), reviewed("Sales", 6))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute('UPDATE account SET "imap.port" = 992 WHERE id = ?', [found[0]])
    connection.close()
    driver = stage(loads=False)
    driver.settled()
    open_calendar(driver)
    assert [each for each in days(driver) if "Sales" in each]
    told = driver.find("strip-text:calendar-unread").text().replace("\u200b", "")
    assert told.startswith("The days of accounts that cannot be read are missing. Claims: ")


def test_a_days_distance_is_said_in_words() -> None:
    said = [distance(days) for days in (-40, -1, 0, 1, 2)]
    assert said == ["40 days ago", "yesterday", "today", "tomorrow", "in 2 days"]
