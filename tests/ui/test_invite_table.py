"""The table of people: columns that somebody fills, sorting by a title, a search for many."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from motion_desk.models.sent import Purpose
from motion_desk.services.invitations.staff import Person
from motion_desk.ui.invite.cells import Column
from tests.journeys.driver import Driver
from tests.journeys.inviting import (
    choose,
    choose_by_menu,
    drawn,
    go,
    open_invite,
    page,
    people,
    put,
)
from tests.journeys.stage import Stage, stored
from tests.ui.invited import NAMES, sender, workspace

# Off screen, an editor in a table is answered with a warning.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MANY = tuple(
    Person(
        name=f"Person {n:02}",
        address=f"p{n}@example.com",
        internal=f"{900 - n}" if n % 2 else "",
        alias="Desk" if n == 3 else "",
        values={"site.name": f"Site {n % 4}"} if n > 8 else {},
    )
    for n in range(14)
)


@pytest.fixture
def desk(path: Path, stage: Stage) -> Driver:
    """A window on the panel."""
    stored(path, workspace(), sender())
    driver = stage()
    open_invite(driver)
    return driver


@pytest.fixture
def lab(desk: Driver) -> Driver:
    """The panel with the lab on and its authority noted."""
    switch = desk.console.testing.lab
    switch.scale = 0.05
    switch.turn_on("healthy")
    switch.introduce()
    desk.wait(lambda: desk.console.desk.workspace.authorities.entries, "the lab's authority")
    return desk


def add(driver: Driver, *persons: Person) -> None:
    page(driver).people.add(persons)
    drawn(driver)


def titles(driver: Driver) -> list[str]:
    """The titles of the columns in sight, from left to right."""
    table = driver.find("invite:people")
    header = table.horizontalHeader()
    logical = [header.logicalIndex(place) for place in range(header.count())]
    return [
        str(table.model().headerData(column, Qt.Orientation.Horizontal))
        for column in logical
        if not header.isSectionHidden(column)
    ]


def shown(driver: Driver) -> list[str]:
    """The names in the table, from top to bottom."""
    model = driver.find("invite:people").model()
    return [str(model.index(row, Column.NAME).data()) for row in range(model.rowCount())]


def click_title(driver: Driver, column: int) -> None:
    header = driver.find("invite:people").horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    drawn(driver)


def test_columns_are_there_for_what_somebody_fills_and_no_others(desk: Driver) -> None:
    add(desk, Person(name="A", address="a@example.com"))
    assert titles(desk)[-2:] == ["Link", "State"]
    assert not {"Internal", "Alias", "site.name"} & {*titles(desk)}
    add(desk, *MANY)
    assert titles(desk)[-5:] == ["Link", "State", "Internal", "Alias", "site.name"]
    choose(desk, "A", *(each.name for each in MANY[9:]))
    desk.press("invite:remove")
    drawn(desk)
    assert "site.name" not in titles(desk)
    assert "Alias" in titles(desk)


def test_a_variable_is_edited_in_its_column(desk: Driver) -> None:
    add(desk, *MANY[9:11])
    put(desk, "Person 09", Column(len(Column) - 1), "Care")  # the alias
    table = desk.find("invite:people")
    table.setCurrentIndex(table.model().index(0, len(Column)))
    table.edit(table.currentIndex())
    editor = desk.find("invite:editor")
    assert editor.text() == "Site 1"
    editor.setText("Site 9")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    drawn(desk)
    person = people(desk)[0].listed.person
    assert (person.values["site.name"], person.alias) == ("Site 9", "Care")


def test_a_click_on_a_title_sorts_a_second_turns_it_and_a_third_undoes_it(desk: Driver) -> None:
    add(desk, *MANY[:6])
    choose(desk, "Person 03", "Person 04")
    came = shown(desk)
    click_title(desk, Column.INTERNAL)
    assert shown(desk) == ["Person 05", "Person 03", "Person 01", "Person 00", "Person 02", "Person 04"]  # fmt: skip
    chosen = [state.listed.person.name for state in desk.find("invite:people").chosen]
    assert chosen == ["Person 03", "Person 04"], "who is chosen stays so"
    click_title(desk, Column.INTERNAL)
    assert shown(desk)[:3] == ["Person 01", "Person 03", "Person 05"]
    assert shown(desk)[3:] == ["Person 00", "Person 02", "Person 04"], "what is empty stays last"
    click_title(desk, Column.INTERNAL)
    assert shown(desk) == came


def test_the_search_shows_whom_it_finds_and_only_those_can_be_chosen(lab: Driver) -> None:
    desk = lab
    add(desk, *MANY)
    choose_by_menu(desk, "all")
    desk.type("invite:search", "site 1")
    drawn(desk)
    assert shown(desk) == ["Person 09", "Person 13"]
    table = desk.find("invite:people")
    assert [state.listed.person.name for state in table.chosen] == shown(desk)
    assert desk.find("invite:counts").text().startswith("14 people, 2 chosen, 2 shown.")
    choose_by_menu(desk, "none")
    choose_by_menu(desk, "all")
    assert len(table.chosen) == 2
    assert go(desk, Purpose.LAB) == "To the lab: 2 of 2 sent."
    QTest.keyClick(desk.find("invite:search"), Qt.Key.Key_Escape)
    drawn(desk)
    assert len(shown(desk)) == 14
    assert not page(desk).people.state(0).done


def test_few_people_need_no_search(desk: Driver) -> None:
    add(desk, *MANY[:10])
    assert not desk.is_there("invite:search")
    add(desk, *MANY[10:])
    assert desk.is_there("invite:search")


def test_who_is_added_by_hand_is_seen_past_the_search(desk: Driver) -> None:
    add(desk, *MANY)
    desk.type("invite:search", "Person 03")
    drawn(desk)
    desk.press("invite:add")
    drawn(desk)
    assert len(shown(desk)) == 15
    assert desk.find("invite:search").text() == ""
    current = desk.find("invite:people").current
    assert current is not None
    assert current.listed.person == Person()


def test_a_link_can_be_neither_searched_for_nor_read_by_sorting(desk: Driver) -> None:
    base = "https://motion.example.com/i/"
    add(desk, *MANY[:11], Person(name="Z", address="z@example.com", link=f"{base}secret"))
    desk.type("invite:search", "secret")
    drawn(desk)
    assert shown(desk) == []


def test_a_table_of_ten_thousand_is_sorted_and_searched(desk: Driver) -> None:
    add(desk, *(Person(name=f"N{n * 7919 % 10_000:05}", address=f"n{n}@x.example") for n in range(9_000)))  # fmt: skip
    page(desk).people.arrange(Column.NAME, descending=False)
    desk.find("invite:people").look_for("N0123")
    assert len(shown(desk)) in (9, 10)


def test_a_limit_a_minute_keeps_letters_apart_and_a_wrong_one_is_told(lab: Driver) -> None:
    desk = lab
    add(desk, *MANY[:3])
    choose_by_menu(desk, "all")
    desk.type("invite:a-minute", "0")
    assert "outside 1 to 1000" in desk.find("invite:why").text()
    assert not desk.find("invite:send").isEnabled()
    desk.type("invite:a-minute", "600")
    began = time.monotonic()
    assert go(desk, Purpose.LAB) == "To the lab: 3 of 3 sent."
    assert time.monotonic() - began >= 0.2, "600 a minute are 0.1 s apart"
    errand = page(desk).post.errand
    assert errand is not None
    assert errand.a_minute == 600


def test_names_of_the_directory_still_come_in_their_order(desk: Driver) -> None:
    desk.press("invite:directory")
    drawn(desk)
    assert shown(desk) == list(NAMES)
