"""The list of conversations is the heart of its page: all columns, and room for them until one is read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.services.interactions.archive import path_beside
from motion_desk.services.interactions.query import Column
from motion_desk.ui.interactions.columns import COLUMNS, PLACE, minute, moment, name
from motion_desk.ui.interactions.model import Conversations
from motion_desk.ui.interactions.table import ConversationTable
from tests.journeys.driver import Driver
from tests.journeys.interacting import (
    choose,
    counted,
    lines,
    open_interactions,
    page,
    pick,
    shown,
    unfold,
)
from tests.journeys.stage import Stage
from tests.ui.conversations import fill, told

FOLDED = ("from", "to", "substatus", "tag", "owner", "more")
CONTACT, LAST = PLACE[Column.CONTACT], PLACE[Column.LAST]


@pytest.fixture
def listed(stage: Stage, path: Path) -> Driver:
    """A window on the panel of an account of which conversations are kept."""
    driver = stage(path, "demo")
    driver.open("Customer care")
    fill(path_beside(path), driver.account_draft().id, 60)
    open_interactions(driver)
    return driver


def resized(driver: Driver, width: int, height: int) -> ConversationTable:
    """The table in a window of a size."""
    found = page(driver)
    inner = found.widget()
    assert inner is not None
    driver.console.window.resize(width, height)
    driver.wait(lambda: inner.width() == found.viewport().width(), "a page as wide as its window")
    driver.settled()
    return found.table


def test_all_columns_are_shown_and_those_without_room_are_scrolled_to(listed: Driver) -> None:
    for width, height in ((1005, 600), (1320, 840)):
        table = resized(listed, width, height)
        assert not any(table.isColumnHidden(place) for place in range(len(COLUMNS)))
        bar, header = table.horizontalScrollBar(), table.horizontalHeader()
        assert bar.maximum() == max(0, header.length() - table.viewport().width())
        bar.setValue(bar.maximum())
        last = len(COLUMNS) - 1
        end = header.sectionViewportPosition(last) + header.sectionSize(last)
        assert end <= table.viewport().width()


def test_a_wide_window_gives_each_column_more_and_leaves_nothing_empty(listed: Driver) -> None:
    small = [resized(listed, 1005, 600).columnWidth(place) for place in range(len(COLUMNS))]
    table = resized(listed, 1900, 1000)
    wide = [table.columnWidth(place) for place in range(len(COLUMNS))]
    assert all(more >= less for more, less in zip(wide, small, strict=True))
    assert table.columnWidth(CONTACT) > small[CONTACT]
    assert sum(wide) == table.viewport().width()


def test_a_line_draws_names_and_short_instants_and_tells_all_in_its_tip(listed: Driver) -> None:
    line, row = lines(listed)[0], told(60)
    assert line.drawn[CONTACT] == "Sofia Marchetti"
    assert line.texts[CONTACT] == row.contact == "Sofia Marchetti <sofia@example.com>"
    assert line.conversation.last is not None
    assert line.texts[LAST] == minute(line.conversation.last)
    assert len(line.drawn[LAST]) < len(line.texts[LAST])
    model = page(listed).model
    assert isinstance(model, Conversations)
    assert model.data(model.index(0, CONTACT), Qt.ItemDataRole.ToolTipRole) == row.contact


def test_the_watching_column_has_an_icon_for_a_title_and_a_name_for_who_cannot_see_it(
    listed: Driver,
) -> None:
    def says(role: Qt.ItemDataRole) -> object:
        across = Qt.Orientation.Horizontal
        return page(listed).model.headerData(PLACE[Column.WATCHING], across, role)

    assert says(Qt.ItemDataRole.DisplayRole) == ""
    assert says(Qt.ItemDataRole.DecorationRole) is not None
    assert says(Qt.ItemDataRole.AccessibleTextRole) == "Watching"


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("Marta Holm <marta.holm@example.com>", "Marta Holm"),
        ('"Holm, Marta" <marta.holm@example.com>', "Holm, Marta"),
        ("marta.holm@example.com", "marta.holm@example.com"),
        ("<marta.holm@example.com>", "<marta.holm@example.com>"),
        ('"" <marta.holm@example.com>', '"" <marta.holm@example.com>'),
        ("A <a@example.com>, B <b@example.com>", "A <a@example.com>, B <b@example.com>"),
        ("Marta <3 cats", "Marta <3 cats"),
        ("", ""),
    ],
    ids=["named", "quoted", "bare", "angles", "nameless", "two", "no-address", "nobody"],
)
def test_a_contact_is_drawn_by_name_where_there_is_one(contact: str, said: str) -> None:
    assert name(contact) == said


def test_an_instant_has_its_time_in_this_year_and_its_year_in_others() -> None:
    at = datetime(2026, 7, 5, 12, 30, tzinfo=UTC)
    here = at.astimezone()
    assert moment(at, 2026) == f"{here.day} Jul {here:%H:%M}"
    assert moment(at, 2027) == f"{here.day} Jul 2026"
    assert moment(None, 2026) == ""
    assert moment(datetime.max.replace(tzinfo=UTC), 2026)
    assert moment(datetime.min.replace(tzinfo=UTC), 2026)


def test_the_list_has_all_the_room_until_a_conversation_is_read_and_again_after(
    listed: Driver,
) -> None:
    table = page(listed).table
    before = table.height()
    assert listed.is_there("interactions:nothing")
    assert not listed.is_there("interactions:reading")
    choose(listed, 1)
    assert listed.is_there("interactions:reading")
    assert not listed.is_there("interactions:nothing")
    listed.wait(lambda: table.height() < before, "room to read")
    listed.press("interactions:close-reading")
    shown(listed)
    assert not listed.is_there("interactions:reading")
    listed.wait(lambda: table.height() == before, "the room as before")
    assert not table.selectionModel().hasSelection()
    choose(listed, 1)
    assert listed.is_there("interactions:reading"), "the same one can be read again"


def test_the_line_that_is_read_stays_in_view_when_the_list_gets_shorter(listed: Driver) -> None:
    table = page(listed).table
    table.setFocus()
    listed.press_key(Qt.Key.Key_Home)
    listed.press_key(Qt.Key.Key_PageDown)
    shown(listed)
    listed.wait(lambda: listed.is_there("interactions:reading"), "what is read")
    assert table.currentIndex().row() > 3
    listed.wait(
        lambda: table.viewport().rect().contains(table.visualRect(table.currentIndex()).center()),
        "the line in view",
    )


def test_in_a_wide_window_the_letters_stand_beside_the_list_and_else_below(
    listed: Driver,
) -> None:
    choose(listed, 0)
    for width, height, beside in ((2200, 1000, True), (1320, 840, False), (1005, 600, False)):
        table = resized(listed, width, height)
        reading = listed.find("interactions:reading")
        origin = table.rect().topLeft()
        right, below = table.rect().topRight(), table.rect().bottomLeft()
        place = reading.mapTo(listed.console.window, origin)
        if beside:
            assert place.x() > table.mapTo(listed.console.window, right).x()
        else:
            assert place.y() > table.mapTo(listed.console.window, below).y()


def test_filters_used_less_are_folded_away_and_show_as_chips_while_they_are_on(
    listed: Driver,
) -> None:
    assert not any(listed.is_there(f"interactions:{each}") for each in FOLDED)
    unfold(listed)
    assert all(listed.is_there(f"interactions:{each}") for each in FOLDED)
    pick(listed, "tag", "invoice")
    listed.press("interactions:fold")
    assert not any(listed.is_there(f"interactions:{each}") for each in FOLDED)
    assert listed.is_there("interactions:chip-tag")
    assert counted(listed) == "12 of 60 conversations"


def test_nothing_of_the_page_is_cut_at_the_side_of_the_smallest_window(listed: Driver) -> None:
    pick(listed, "tag", "invoice")
    table = resized(listed, 1005, 600)
    right = table.mapTo(page(listed).viewport(), table.rect().topRight())
    assert right.x() < page(listed).viewport().width()


def test_where_all_is_kept_is_told_in_full_when_asked(listed: Driver) -> None:
    assert (
        listed.find("interactions:kept-short")
        .text()
        .startswith("Kept on this computer only: 60 conversations, ")
    )
    assert not listed.is_there("interactions:kept")
    listed.press("interactions:where")
    assert listed.is_there("interactions:kept")
    listed.press("interactions:where")
    assert not listed.is_there("interactions:kept")
