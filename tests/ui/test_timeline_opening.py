"""Opening the page “Timeline”: it is made ready before, and first says who is asked and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox, QWidget

from motion_desk.models.document import put
from motion_desk.models.incoming import Incoming
from motion_desk.ui.messages import Messages
from motion_desk.ui.timeline.messages import MOST
from motion_desk.ui.timeline.situation.people_model import Column
from motion_desk.ui.timeline.warming import turns
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.timelines import arrange, choose, drawn, events, open_timeline, people
from tests.ui.timed import ANA, SUPPORT, account, open_account, workspace

MAIL = b"From a@b.example Mon Nov 23 10:00:00 2026\nSubject: Number %d\n\nBody\n\n"
OVER = object()


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the timeline of the small account."""
    return open_account(path, stage)


def test_once_it_is_made_ready_the_first_opening_takes_the_page_as_it_is(
    path: Path, stage: Stage
) -> None:
    stored(path, workspace(), account())
    driver = stage()
    driver.open("Claims")
    console = driver.console
    ready = turns(console.session, lambda: console.window.pages.panel("timeline"))
    driver.wait(lambda: next(ready, OVER) is OVER, "all turns")
    assert not driver.is_there("panel:timeline")
    page = console.window.pages.panel("timeline")
    made = [page, *page.findChildren(QWidget)]
    polished = Qt.WidgetAttribute.WA_WState_Polished
    assert all(widget.testAttribute(polished) for widget in made), "the style sheet is applied"
    assert page.size() == console.window.pages.size()
    console.window.sections.choose("timeline")
    assert driver.find("panel:timeline") is page
    drawn(driver)
    assert events(driver)


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        ("everybody", f"Asked first: {SUPPORT}, at once."),
        ("logged-out", f"Asked first: {SUPPORT}, after 30 s."),
        ("night", "Nobody is asked."),
    ],
)
def test_the_page_says_who_is_asked_first_and_when(
    situation: str, said: str, driver: Driver
) -> None:
    arrange(driver, situation)
    assert driver.find("timeline:asked").text().replace("\u00a0", " ") == said


def test_an_assigned_agent_who_is_there_is_asked_first(driver: Driver) -> None:
    arrange(driver, "logged-out")
    choose(driver, ANA, Column.PRESENCE, "on line")
    assert driver.find("timeline:asked").text() == f"Asked first: {ANA}, at once."


def test_nobody_is_asked_about_a_message_that_a_filter_rejects(driver: Driver) -> None:
    driver.pick("timeline:message", "Pinned: A prize")
    drawn(driver)
    assert driver.find("timeline:asked").text() == "Nobody is asked."


def test_the_situation_at_first_is_marked_as_that_in_which_nobody_answers(driver: Driver) -> None:
    assert driver.find("timeline:arranged:nobody").isChecked()
    choose(driver, ANA, Column.PRESENCE, "logged out")
    assert not driver.find("timeline:arranged:nobody").isChecked()


def test_a_wait_of_an_action_is_called_by_its_number_and_whom_it_asks(driver: Driver) -> None:
    link = driver.find("timeline:wait-link:actions.plan/ask1/timeout")
    assert link.text() == f"3. Queue: {SUPPORT}"


def test_the_filter_that_decides_is_named_by_its_number(driver: Driver) -> None:
    driver.pick("timeline:message", "Pinned: A prize")
    drawn(driver)
    assert driver.find("timeline:setting:2").text() == "Header filter 1: Then"


def test_a_long_subject_ends_in_dots_and_can_be_read_in_whole(driver: Driver) -> None:
    subject = "An order that nobody has heard of for five weeks"
    messages = driver.console.findChild(Messages)
    assert messages is not None
    account_id = driver.account_draft().id
    messages.add(account_id, [Incoming(subject, (), f"Subject: {subject}", "d" * 64)])
    messages.choose(account_id, "d" * 64)
    drawn(driver)
    box = driver.find("timeline:message")
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert box.fontMetrics().horizontalAdvance(option.currentText) < box.width() - 40
    assert box.toolTip() == subject


@pytest.mark.parametrize(("count", "is_told"), [(MOST, False), (MOST + 1, True)])
def test_it_is_told_that_messages_of_a_file_are_left_out_only_where_some_are(
    count: int, is_told: bool, driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "all.mbox"
    file.write_bytes(b"".join(MAIL % number for number in range(count)))
    answers.answers["open_messages"] = (file,)
    driver.press("timeline:open")
    driver.wait(lambda: driver.find("timeline:message").currentText() == "Number 0", "the first")
    drawn(driver)
    assert driver.find("timeline:message").count() == MOST + 2  # an ordinary and a pinned one
    said = f"Of all.mbox only the first {MOST} messages were taken."
    assert any(said in text for text in driver.console.window.notices.texts) is is_told


def test_an_account_opened_while_the_page_was_away_is_the_one_that_is_shown(
    path: Path, stage: Stage
) -> None:
    other = put(put(account(), "settings.name", "Returns"), "settings.address", "back@x.example")
    stored(path, workspace(), account(), other)
    driver = stage()
    driver.open("Claims")
    open_timeline(driver)
    driver.section("settings")
    driver.open("Returns")
    driver.console.desk.edit("settings.wait_agent", 77)
    open_timeline(driver)
    assert driver.find("timeline:seconds:settings.wait_agent").value() == 77


def test_who_is_renamed_or_deleted_in_the_directory_is_so_in_the_situation(driver: Driver) -> None:
    arrange(driver, "logged-out")
    assert f"{ANA} is logged out" in " ".join(events(driver))
    driver.open("Workspace")
    driver.section("agents")
    desk = driver.console.desk
    agents = desk.workspace.agents.entries
    desk.edit("agents.entries", (replace(agents[0], name="Ana Rossi"), *agents[1:]))
    driver.open("Claims")
    open_timeline(driver)
    assert "Ana Rossi is logged out" in " ".join(events(driver))
    assert ANA not in people(driver)
    driver.open("Workspace")
    driver.section("agents")
    desk.edit("agents.entries", agents[1:])
    driver.open("Claims")
    open_timeline(driver)
    assert "Ana" not in " ".join(events(driver))
    assert "Ana Rossi" not in people(driver)


@pytest.mark.parametrize("size", ["wide", "smallest"])
def test_the_tab_key_goes_as_the_page_is_read(size: str, driver: Driver) -> None:
    if size == "smallest":
        window = driver.console.window
        window.resize(window.minimumSize())
    arrange(driver, "everybody")
    waits = ["timeline:wait:settings.wait_agent", "timeline:wait:actions.plan/ask2/timeout"]
    there = ["timeline:arranged:everybody", "timeline:people"]
    beginning = [*waits, *there, "timeline:conversation", "timeline:handling"]
    happening = ["timeline:play", "timeline:setting:2", "timeline:setting:5"]
    keeping = ["timeline:keep"]
    wide, small = keeping + happening, happening + keeping
    wanted = [*beginning, *(wide if size == "wide" else small)]
    driver.find(wanted[0]).setFocus()
    found = []
    for _ in range(100):
        widget = QApplication.focusWidget()
        assert widget is not None
        found += [widget.objectName()] if widget.objectName() in wanted else []
        if len(found) == len(wanted):
            break
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert found == wanted
