"""The table of people on the page “Timeline”: by mouse and by keys, for three and for thousands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from motion_desk.models.document import put
from motion_desk.models.sections.directory import AgentEntry
from motion_desk.ui.timeline.situation.people import MOST, QUEUES
from motion_desk.ui.timeline.situation.people_model import Column
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.timelines import (
    arrange,
    choose,
    click_cell,
    drawn,
    open_timeline,
    people,
    set_seconds,
    shown,
)
from tests.ui.scripted import claims
from tests.ui.timed import ANA, BEN, SUPPORT, account, open_account, workspace

MANY = 1_000


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the timeline of the small account."""
    return open_account(path, stage)


def cell(driver: Driver, name: str, column: Column) -> None:
    """Let the keyboard be at a cell."""
    table = driver.find("timeline:people")
    table.setFocus()
    table.setCurrentIndex(table.model().index(list(people(driver)).index(name), column))


def test_each_person_is_a_line_with_state_reaction_and_time(driver: Driver) -> None:
    nobody = ("on line", "no answer", "")
    assert people(driver) == {SUPPORT: nobody, BEN: nobody, ANA: nobody}
    arrange(driver, "everybody")
    assert set(people(driver).values()) == {("on line", "answers", "20 s")}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
def test_a_state_offers_the_others_below_its_cell(way: str, driver: Driver) -> None:
    table = driver.find("timeline:people")
    if way == "click":
        click_cell(driver, BEN, Column.PRESENCE)
    else:
        cell(driver, BEN, Column.PRESENCE)
        QTest.keyClick(table, {"Enter": Qt.Key.Key_Return, "Space": Qt.Key.Key_Space}[way])
    driver.wait(lambda: driver.is_there("timeline:people-menu"), "the menu")
    menu = driver.find("timeline:people-menu")
    assert [each.text() for each in menu.actions()] == ["on line", "on pause", "logged out"]
    assert [each.isChecked() for each in menu.actions()] == [True, False, False]
    row = list(people(driver)).index(BEN)
    place = table.visualRect(table.model().index(row, Column.PRESENCE)).bottomLeft()
    assert menu.pos() == table.viewport().mapToGlobal(place + QPoint(0, 1))
    menu.actions()[2].trigger()
    menu.close()
    drawn(driver)
    assert people(driver)[BEN][0] == "logged out"


def test_who_is_away_is_not_offered_to_reject(driver: Driver) -> None:
    table = driver.find("timeline:people")
    index = table.model().index(list(people(driver)).index(BEN), Column.REACTION)

    def offered() -> list[str]:
        menu = table.menu(index)
        assert isinstance(menu, QMenu)
        menu.deleteLater()
        return [each.text() for each in menu.actions()]

    assert offered() == ["no answer", "answers", "rejects"]
    choose(driver, BEN, Column.PRESENCE, "logged out")
    assert offered() == ["no answer", "answers"]


def test_digits_at_the_seconds_replace_them_and_the_keyboard_stays(driver: Driver) -> None:
    arrange(driver, "everybody")
    cell(driver, SUPPORT, Column.SECONDS)
    table = driver.find("timeline:people")
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = driver.find("timeline:people-seconds")
    box.selectAll()
    QTest.keyClicks(box, "45")
    QTest.keyClick(box, Qt.Key.Key_Return)
    drawn(driver)
    assert people(driver)[SUPPORT] == ("on line", "answers", "45 s")
    assert shown(driver).accepted == 45
    at = table.currentIndex()
    assert (table.model().person(at.row()).name, at.column()) == (SUPPORT, Column.SECONDS)
    assert table.hasFocus()


def test_escape_leaves_the_seconds_as_they_were(driver: Driver) -> None:
    arrange(driver, "everybody")
    click_cell(driver, SUPPORT, Column.SECONDS)
    box = driver.find("timeline:people-seconds")
    box.selectAll()
    QTest.keyClicks(box, "45")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    drawn(driver)
    assert people(driver)[SUPPORT] == ("on line", "answers", "20 s")


def test_seconds_for_somebody_who_never_answers_let_them_answer(driver: Driver) -> None:
    set_seconds(driver, BEN, 7)
    assert people(driver)[BEN] == ("on line", "answers", "7 s")


def test_a_queue_is_said_to_be_asked_as_a_whole_only_where_there_is_one(
    driver: Driver,
) -> None:
    assert driver.find("timeline:people-note").text() == QUEUES
    driver.console.desk.edit("actions.plan", ())
    drawn(driver)
    assert not driver.is_there("timeline:people-note")


def test_it_is_told_where_nobody_can_be_asked(path: Path, stage: Stage) -> None:
    driver = open_account(path, stage, claims())
    assert people(driver) == {}
    assert driver.find("timeline:people-note").text().startswith("Nobody can be asked")


def test_a_thousand_agents_are_listed_and_take_no_more_widgets_than_three(
    path: Path, stage: Stage
) -> None:
    def opened(count: int) -> tuple[Driver, int]:
        agents = tuple(AgentEntry(id=f"a{n}", name=f"Agent {n}") for n in range(count))
        directory = put(workspace(), "agents.entries", agents)
        made = put(account(), "settings.agents", tuple(each.id for each in agents))
        path.unlink(missing_ok=True)
        stored(path, directory, put(made, "actions.plan", made.actions.plan[2:3]))
        driver = stage()
        driver.open("Claims")
        open_timeline(driver)
        arrange(driver, "everybody")
        arrange(driver, "night")
        return driver, len(driver.find("panel:timeline").findChildren(QWidget))

    _, few = opened(3)
    driver, many = opened(MANY)
    assert many == few
    lines = people(driver)
    assert len(lines) == MANY + 1
    assert set(lines.values()) == {("logged out", "no answer", "")}
    table = driver.find("timeline:people")
    inside = table.viewport().height() // table.rowHeight(0)
    assert inside == MOST
    choose(driver, f"Agent {MANY - 1}", Column.PRESENCE, "on pause")
    assert people(driver)[f"Agent {MANY - 1}"][0] == "on pause"
