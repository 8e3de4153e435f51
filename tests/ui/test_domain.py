"""The panel “Sender's domain”: what is asked and when, what is shown, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from motion_desk.models.document import put
from tests.journeys.driver import Driver
from tests.journeys.reach import domain, drawn, round_trip
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import claims

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SOUND = "All that was looked at is as it should be."


def plain(driver: Driver, name: str) -> str:
    """The text of a label, without the places where it may be broken."""
    return str(driver.find(name).text()).replace("\u200b", "")


def words(driver: Driver, name: str) -> str:
    """All that is said on the card of a check."""
    labels = driver.find(f"check:{name}").findChildren(QLabel)
    return "\n".join(label.text().replace("\u200b", "") for label in labels if label.isVisible())


@pytest.fixture
def desk(path: Path, stage: Stage) -> Driver:
    """A window on two complete accounts, with the lab on and its authority noted."""
    stored(path, claims(), put(claims("Sales"), "settings.address", "sales@other.example"))
    driver = stage()
    lab = driver.console.testing.lab
    lab.scale = 0.05
    lab.turn_on("healthy")
    lab.introduce()
    driver.wait(lambda: driver.console.desk.workspace.authorities.entries, "the lab's authority")
    driver.open("Claims")
    driver.section("domain")
    return driver


def test_nothing_is_asked_before_the_button_is_pressed(desk: Driver) -> None:
    drawn(desk)
    assert plain(desk, "domain:name") == "example.com"
    assert plain(desk, "domain:address") == "of claims@example.com"
    assert plain(desk, "domain:sum").startswith("Not checked yet.")
    assert not desk.is_there("check:mx")
    assert "Not told yet." in words(desk, "dkim")


def test_every_check_has_a_card_with_what_it_means_for_replies(desk: Driver) -> None:
    assert domain(desk) == SOUND
    assert "Mail for example.com is received by " in words(desk, "mx")
    assert "example.com names its senders" in words(desk, "spf")
    assert "Replies that Motion sends" in words(desk, "dmarc")
    assert plain(desk, "domain:when").endswith("asked: the lab's name server")
    assert desk.find("domain:go").text() == "Check again"


def test_the_records_are_shown_on_demand_and_copied(desk: Driver) -> None:
    domain(desk)
    card = desk.find("check:spf")
    fold = desk.find("facts:Records", card)
    assert not fold.isChecked()
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    desk.press("copy:spf")
    assert "v=spf1" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()


def test_the_signature_comes_from_the_round_trip_and_a_link_leads_there(desk: Driver) -> None:
    domain(desk)
    desk.press("domain:round-trip")
    desk.wait(lambda: desk.console.window.section == "round-trip", "the other panel")
    round_trip(desk)
    desk.section("domain")
    drawn(desk)
    assert "The signature of example.com is good." in words(desk, "dkim")
    said = plain(desk, "domain:seen")
    assert said.startswith("Seen in the round trip's message of ")
    assert said.endswith(", in the lab.")


def test_mail_that_is_not_signed_counts_in_the_sum(desk: Driver) -> None:
    assert domain(desk) == SOUND
    round_trip(desk, "unsigned")
    desk.section("domain")
    drawn(desk)
    assert "The message bears no DKIM signature." in words(desk, "dkim")
    assert plain(desk, "domain:sum") == "Something is wrong."


@pytest.mark.parametrize(
    ("fault", "total", "named"),
    [
        ("names-loop", "Something is wrong.", "its aliases lead in a circle"),
        ("names-silent", "Not everything can be told.", "the name service did not answer in time"),
    ],
)
def test_a_name_service_that_is_no_help_is_named(
    fault: str, total: str, named: str, desk: Driver
) -> None:
    assert domain(desk, fault) == total
    for name in ("mx", "spf", "dmarc"):
        assert named in words(desk, name)


def test_escape_stops_asking_at_once(desk: Driver) -> None:
    desk.console.testing.lab.turn_on("names-silent")
    desk.press("domain:go")
    assert desk.find("domain:go").text() == "Stop"
    desk.wait(lambda: plain(desk, "domain:sum") == "Asking DNS…", "the question")
    QTest.keyClick(desk.find("domain:go"), Qt.Key.Key_Escape)
    desk.wait(lambda: desk.find("domain:go").text() == "Check again", "the end")
    drawn(desk)
    sentence = plain(desk, "domain:sum")
    assert sentence in ("Stopped.", "Not everything can be told.")
    if sentence != "Stopped.":
        assert "It was stopped." in words(desk, "mx")


def test_each_account_keeps_its_own_answers(desk: Driver) -> None:
    domain(desk)
    desk.open("Sales")
    desk.section("domain")
    drawn(desk)
    assert plain(desk, "domain:name") == "other.example"
    assert not desk.is_there("check:mx")
    desk.open("Claims")
    drawn(desk)
    assert plain(desk, "domain:sum") == SOUND
    assert desk.is_there("check:mx")


def test_another_address_makes_the_answers_stale(desk: Driver) -> None:
    domain(desk)
    desk.section("settings")
    desk.type("settings.address", "claims@another.example")
    desk.section("domain")
    assert "claims@example.com" in plain(desk, "strip-text:stale")
    desk.press("strip-button:stale")
    desk.wait(lambda: not desk.is_there("strip:stale"), "the new answers")
    assert plain(desk, "domain:name") == "another.example"


def test_an_account_without_an_address_asks_nothing(path: Path, stage: Stage) -> None:
    stored(path, put(claims(), "settings.address", ""))
    driver = stage()
    driver.section("domain")
    assert not driver.find("domain:go").isEnabled()
    assert plain(driver, "domain:address") == "The account needs an email address first."


def test_what_was_asked_in_the_lab_says_so_ever_after(desk: Driver) -> None:
    assert desk.find("strip-text:lab").text().startswith("In the lab: Healthy. Its own name server")
    domain(desk)
    desk.press("strip-button:lab")
    assert desk.find("strip-text:lab").text() == "This was asked in the lab."
    assert not desk.is_there("strip-button:lab")
