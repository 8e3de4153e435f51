"""The page of interactions lists what is kept of an account, narrows it down and says where it is."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from motion_desk.services.interactions.archive import path_beside
from motion_desk.services.interactions.query import Column
from motion_desk.ui.interactions.columns import PLACE
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import (
    archive_of,
    choose,
    column,
    counted,
    lines,
    open_interactions,
    page,
    pick,
    search,
    shown,
    unfold,
)
from tests.journeys.stage import Stage
from tests.ui.conversations import fill

COUNT = 600


@pytest.fixture
def listed(stage: Stage, path: Path) -> Driver:
    """A window on the panel of an account of which conversations are kept."""
    driver = stage(path, "demo")
    driver.open("Customer care")
    fill(path_beside(path), driver.account_draft().id, COUNT)
    open_interactions(driver)
    return driver


def test_the_empty_page_says_what_it_is_for_and_makes_no_file(stage: Stage, path: Path) -> None:
    driver = stage(path, "demo")
    open_interactions(driver)
    assert "Import a CSV export" in driver.find("interactions:empty").text()
    assert driver.is_there("interactions:import")
    assert driver.is_there("interactions:mailbox")
    assert not driver.is_there("interactions:table")
    assert not driver.is_there("interactions:export")
    assert not path_beside(path).exists()


def test_the_newest_conversation_comes_first_and_unread_ones_are_known(listed: Driver) -> None:
    assert counted(listed) == "600 conversations"
    assert column(listed, "id")[:3] == ["600", "599", "598"]
    assert [line.unread for line in lines(listed)[:4]] == [True, False, False, False]


def test_rows_far_below_are_drawn_at_once_and_come_when_they_are_looked_at(listed: Driver) -> None:
    model, table = page(listed).model, page(listed).table
    assert model.rowCount() == COUNT
    assert model.known(COUNT - 1) is None
    table.scrollToBottom()
    shown(listed)
    last = model.known(COUNT - 1)
    assert last is not None
    assert last.conversation.id == "1"


def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_around(listed: Driver) -> None:
    header = page(listed).table.horizontalHeader()

    def click(wanted: Column) -> None:
        place = header.sectionPosition(PLACE[wanted]) + 20
        spot = header.viewport().rect().topLeft()
        spot.setX(place)
        spot.setY(header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        shown(listed)

    click(Column.LAST)
    assert column(listed, "id")[0] == "1"
    click(Column.SUBJECT)
    assert column(listed, "subject")[0].startswith("Invoice")
    click(Column.SUBJECT)
    assert column(listed, "subject")[0].startswith("Where is my order?")
    click(Column.STATUS)  # by which the archive does not sort
    assert header.sortIndicatorSection() == PLACE[Column.SUBJECT]


def test_a_search_follows_the_keys_and_finds_words_without_their_accents(listed: Driver) -> None:
    search(listed, "ruckgabe")
    assert counted(listed) == "120 of 600 conversations"
    assert all("Rückgabe" in subject for subject in column(listed, "subject"))
    search(listed, 'no"thing* OR (')
    assert counted(listed) == "0 of 600 conversations"
    assert listed.is_there("interactions:none")
    assert listed.is_there("interactions:search"), "the bar stays to be cleared"


def test_filters_combine_and_each_chip_takes_its_own_away(listed: Driver) -> None:
    unfold(listed)
    assert not listed.find("interactions:substatus").isEnabled()
    pick(listed, "status", "Open")
    assert counted(listed) == "400 of 600 conversations"
    pick(listed, "substatus", "Waiting for parts")
    assert counted(listed) == "200 of 600 conversations"
    pick(listed, "read", "Unread")
    pick(listed, "tag", "lamp")
    found = lines(listed)
    assert found
    assert all(line.unread and "lamp" in line.conversation.tags for line in found)
    listed.press("interactions:chip-status")  # and with it the substatus, which needs it
    shown(listed)
    assert not listed.find("interactions:substatus").isEnabled()
    assert not listed.is_there("interactions:chip-substatus")
    listed.press("interactions:chip-tag")
    shown(listed)
    assert counted(listed) == "150 of 600 conversations"
    listed.press("interactions:clear")
    shown(listed)
    assert counted(listed) == "600 conversations"
    assert listed.find("interactions:read").currentIndex() == 0


def test_days_bound_the_start_and_what_is_no_day_is_marked(listed: Driver) -> None:
    unfold(listed)
    day = column(listed, "started")[0][:10]
    listed.type("interactions:from", day)
    listed.press_key(Qt.Key.Key_Return)
    listed.type("interactions:to", day)
    listed.press_key(Qt.Key.Key_Return)
    shown(listed)
    found = column(listed, "started")
    assert 0 < len(found) < COUNT
    assert {each[:10] for each in found} == {day}
    listed.type("interactions:to", "1/2/2026")
    listed.press_key(Qt.Key.Key_Return)
    shown(listed)
    assert listed.find("interactions:to").property("wrong")
    assert not listed.is_there("interactions:chip-to")
    assert listed.find("interactions:to").text() == "1/2/2026"


def test_more_conditions_hold_all_or_at_least_one(listed: Driver) -> None:
    unfold(listed)
    listed.press("interactions:more")
    listed.type("conditions:value-0", "invoice")
    listed.press("conditions:add")
    listed.pick("conditions:column-1", "Owner")
    listed.pick("conditions:operator-1", "is")
    listed.pick("conditions:choice-1", "Anna Rossi")
    listed.press("conditions:use")
    shown(listed)
    assert counted(listed) == "40 of 600 conversations"
    listed.press("interactions:more")
    listed.find("conditions:any").click()
    listed.press("conditions:use")
    shown(listed)
    assert counted(listed) == "280 of 600 conversations"
    assert listed.find("interactions:chip-condition-1").text() == "or Owner is “Anna Rossi”"
    listed.press("interactions:chip-condition-0")
    shown(listed)
    assert counted(listed) == "200 of 600 conversations"


def test_a_condition_without_a_value_is_told_before_it_is_used(listed: Driver) -> None:
    unfold(listed)
    listed.press("interactions:more")
    listed.press("conditions:use")
    assert listed.find("conditions:wrong").text() == "“Subject” needs a value to compare with."
    listed.pick("conditions:column-0", "Last message")
    listed.type("conditions:value-0", "soon")
    listed.press("conditions:use")
    assert "needs a day" in listed.find("conditions:wrong").text()
    listed.press("conditions:remove-0")
    listed.press("conditions:use")
    shown(listed)
    assert counted(listed) == "600 conversations"


def test_columns_are_chosen_and_kept_with_their_widths(
    listed: Driver, stage: Stage, path: Path
) -> None:
    table = page(listed).table
    assert not table.isColumnHidden(PLACE[Column.ID])
    menu = listed.find("interactions:columns").menu()
    menu.aboutToShow.emit()
    next(a for a in menu.actions() if a.objectName() == "interactions:column-id").trigger()
    table.horizontalHeader().resizeSection(PLACE[Column.CONTACT], 222)
    again = stage(path, "open")
    open_interactions(again)
    table = page(again).table
    assert table.isColumnHidden(PLACE[Column.ID])
    assert table.columnWidth(PLACE[Column.CONTACT]) == 222
    menu = again.find("interactions:columns").menu()
    menu.aboutToShow.emit()
    next(a for a in menu.actions() if a.objectName() == "interactions:column-usual").trigger()
    assert not table.isColumnHidden(PLACE[Column.ID])


def test_escape_stops_an_export_and_leaves_no_file(
    stage: Stage, path: Path, tmp_path: Path, answers: Answers
) -> None:
    driver = stage(path, "demo")
    driver.open("Customer care")
    fill(path_beside(path), driver.account_draft().id, 60_000)
    open_interactions(driver)
    answers.answers["save_interactions"] = tmp_path / "list.csv"
    driver.press("interactions:export")
    end = monotonic() + 10
    # The window's thread is held up, so that what is told of rows is still on its way.
    while not any(each.stat().st_size > 100_000 for each in tmp_path.glob("list.csv*")):
        assert monotonic() < end, "nothing is written"
        sleep(0.01)
    driver.press_key(Qt.Key.Key_Escape)
    timer = page(driver).findChild(QTimer, "interactions-export")
    assert isinstance(timer, QTimer)
    driver.wait(lambda: not timer.isActive(), "the end")
    assert driver.said() == "Stopped: nothing was written."
    assert not [*tmp_path.glob("list.csv*")]


def test_another_account_has_its_own_list_and_no_filter_of_the_one_before(listed: Driver) -> None:
    search(listed, "lamp")
    open_interactions(listed, "Trade desk")
    assert listed.is_there("interactions:empty")
    open_interactions(listed, "Customer care")
    assert counted(listed) == "600 conversations"
    assert listed.find("interactions:search").text() == ""


def test_the_page_says_where_all_is_kept_and_deletes_it_when_asked(
    listed: Driver, answers: Answers, path: Path
) -> None:
    listed.press("interactions:where")
    said = listed.find("interactions:kept").text().replace("\u200b", "")
    assert "“Test.interactions” beside the workspace, on this computer only" in said
    assert "600 conversations of this account" in said
    answers.answers["sure"] = False
    delete = listed.find("interactions:delete").menu()
    own = next(a for a in delete.actions() if a.objectName() == "interactions:delete-own")
    own.trigger()
    shown(listed)
    assert answers.asked[-1][1][0] == "Delete all 600 conversations of “Customer care”?"
    assert counted(listed) == "600 conversations"
    answers.answers["sure"] = True
    own.trigger()
    shown(listed)
    assert listed.is_there("interactions:empty")
    assert listed.said() == "600 were deleted."
    content = path_beside(path).read_bytes()
    assert b"lamp arrived" not in content


def test_older_conversations_are_deleted_after_asking_and_later_by_themselves(
    listed: Driver, answers: Answers, path: Path, stage: Stage
) -> None:
    answers.answers["sure"] = False
    listed.pick("interactions:days", "Keep for 30 days")
    shown(listed)
    name, said = answers.asked[-1]
    assert (name, said[0]) == (
        "sure",
        "Delete 600 conversations that are older than 30 days?",
    )
    assert listed.find("interactions:days").currentText() == "Keep for ever"
    with archive_of(path) as archive:
        archive.kept_days = 30
    again = stage(path, "open")
    open_interactions(again)
    assert again.is_there("interactions:empty")


def test_a_damaged_archive_is_told_and_set_aside_when_asked(
    stage: Stage, path: Path, answers: Answers
) -> None:
    path_beside(path).write_bytes(b"This is no archive at all.\n" * 400)
    driver = stage(path, "demo")
    open_interactions(driver)
    said = driver.find("strip-text:interactions-wrong").text().replace("\u200b", "")
    assert "Test.interactions is no archive of interactions" in said
    assert not driver.is_there("interactions:table")
    answers.answers["sure"] = True
    driver.press("strip-button:interactions-wrong")
    driver.settled()
    shown(driver)
    assert not driver.is_there("strip:interactions-wrong")
    assert driver.is_there("interactions:empty")
    aside = path.with_name("Test.interactions.aside-1")
    assert aside.read_bytes().startswith(b"This is no archive")


def test_a_choice_stays_while_the_list_is_narrowed_to_where_it_is(listed: Driver) -> None:
    choose(listed, 2)
    reading = page(listed).reading
    assert reading.opened is not None
    number = reading.opened.number
    pick(listed, "status", "Open")
    assert reading.opened is not None
    assert reading.opened.number == number
    pick(listed, "status", "Closed")
    assert reading.opened is None
