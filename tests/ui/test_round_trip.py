"""The panel “Round trip”: what is said before, what is asked, what is shown, and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from motion_desk.models.document import put
from motion_desk.ui.round_trip.trips import LIMITS
from tests.journeys.driver import Answers, Driver
from tests.journeys.reach import drawn, ended, round_trip
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import claims

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OWN, OTHER = "claims@example.com", "sales@example.com"


def plain(driver: Driver, name: str) -> str:
    """The text of a label, without the places where it may be broken."""
    return str(driver.find(name).text()).replace("\u200b", "")


@pytest.fixture
def desk(path: Path, stage: Stage) -> Driver:
    """A window on two complete accounts, with the lab on and its authority noted."""
    driver = open_two(path, stage)
    lab = driver.console.testing.lab
    lab.scale = 0.05
    lab.turn_on("healthy")
    lab.introduce()
    driver.wait(lambda: driver.console.desk.workspace.authorities.entries, "the lab's authority")
    driver.section("round-trip")
    return driver


def open_two(path: Path, stage: Stage) -> Driver:
    """A window on two complete accounts."""
    stored(path, claims(), claims("Sales"))
    driver = stage()
    driver.open("Claims")
    return driver


def seen(driver: Driver) -> int:
    """How many messages the lab's server has taken."""
    got: list[int] = []
    driver.console.testing.lab.ask(lambda lab: len(lab.seen.messages), got.append, got.append)  # type: ignore[arg-type]  # an error would be seen as a wrong count
    driver.wait(lambda: got, "the count")
    return got[0]


def test_before_anything_is_sent_it_is_said_what_goes_where(desk: Driver) -> None:
    assert plain(desk, "round-trip:to") == OWN
    assert plain(desk, "round-trip:from") == OWN
    assert plain(desk, "round-trip:through") == "mail.example.com:465"
    assert plain(desk, "round-trip:where") == "mail.example.com:993: INBOX and the junk folder"
    assert desk.find("round-trip:go").text() == f"Send to {OWN}"
    assert not desk.is_there("round-trip:course")
    assert not desk.is_there("round-trip:clearing")
    assert seen(desk) == 0


def test_a_message_goes_to_the_account_and_is_found(desk: Driver) -> None:
    said = round_trip(desk)
    assert said.startswith("The message arrived in “INBOX” after ")
    assert plain(desk, "round-trip:when").endswith(f" · to {OWN} · in the lab")
    assert plain(desk, "round-trip:stage:imap") == "mail.example.com:993"
    assert plain(desk, "round-trip:stage:look") == "In “INBOX”"
    assert plain(desk, "round-trip:stage:signature") == "The signature of example.com is good."
    assert desk.is_there("round-trip:way")
    assert desk.is_there("check:dkim")
    assert seen(desk) == 1


def test_another_recipient_must_be_typed_and_is_asked_about(desk: Driver, answers: Answers) -> None:
    assert not desk.is_there("round-trip:other")
    desk.press("round-trip:another")
    assert desk.find("round-trip:other").text() == ""
    QTest.keyClicks(desk.find("round-trip:other"), "sales@")
    assert plain(desk, "round-trip:wrong") == "“sales@” is no email address."
    assert not desk.find("round-trip:go").isEnabled()
    QTest.keyClicks(desk.find("round-trip:other"), "example.com")
    assert desk.find("round-trip:go").text() == f"Send to {OTHER}"
    assert plain(desk, "round-trip:to") == OTHER
    answers.answers["sure"] = False
    desk.press("round-trip:go")
    [(question, (text, detail, verb))] = answers.asked
    assert (question, text, verb) == ("sure", f"Send a message to {OTHER}?", f"Send to {OTHER}")
    assert OWN in str(detail)
    assert not desk.is_there("round-trip:course")
    assert seen(desk) == 0


def test_one_that_goes_elsewhere_is_stopped_while_it_is_waited_for(
    desk: Driver, answers: Answers
) -> None:
    answers.answers["sure"] = True
    desk.press("round-trip:another")
    QTest.keyClicks(desk.find("round-trip:other"), OTHER)
    desk.press("round-trip:go")
    desk.wait(
        lambda: plain(desk, "round-trip:stage:look").startswith("Not there yet, after one look"),
        "the first look",
    )
    assert desk.is_there("round-trip:stop")
    assert not desk.find("round-trip:go").isEnabled()
    QTest.keyClick(desk.find("round-trip:stop"), Qt.Key.Key_Escape)
    assert ended(desk) == "Stopped: the message may still arrive."
    assert not desk.is_there("round-trip:clearing")


def test_what_is_typed_is_forgotten_with_the_account(desk: Driver) -> None:
    desk.press("round-trip:another")
    QTest.keyClicks(desk.find("round-trip:other"), "boss@example.com")
    desk.open("Sales")
    assert plain(desk, "round-trip:to") == OTHER
    assert not desk.is_there("round-trip:other")
    desk.open("Claims")
    assert desk.find("round-trip:go").text() == f"Send to {OWN}"


def test_the_last_result_of_each_account_is_kept_while_the_window_is_open(desk: Driver) -> None:
    round_trip(desk)
    desk.open("Sales")
    desk.section("round-trip")
    assert not desk.is_there("round-trip:course")
    assert desk.find("round-trip:go").text() == f"Send to {OTHER}"
    desk.open("Claims")
    drawn(desk)
    assert plain(desk, "round-trip:sentence").startswith("The message arrived")
    assert desk.is_there("round-trip:evidence")
    assert desk.find("round-trip:go").text() == f"Send again to {OWN}"


def test_two_accounts_make_theirs_side_by_side(desk: Driver) -> None:
    desk.console.testing.lab.turn_on("delayed")
    desk.press("round-trip:go")
    desk.open("Sales")
    desk.section("round-trip")
    desk.press("round-trip:go")
    assert ended(desk).startswith("The message arrived")
    desk.open("Claims")
    assert ended(desk).startswith("The message arrived")


def test_changed_values_are_told_and_nothing_is_sent_by_itself(desk: Driver) -> None:
    round_trip(desk)
    assert not desk.is_there("strip:stale")
    desk.section("imap")
    desk.type("imap.mailbox", "Support")
    desk.section("round-trip")
    assert desk.is_there("strip:stale")
    desk.press("strip-button:stale")
    assert desk.find("round-trip:go").hasFocus()
    desk.command("undo")
    desk.section("round-trip")
    assert not desk.is_there("strip:stale")
    assert seen(desk) == 1


def test_the_lab_is_told_and_what_was_made_there_says_so(desk: Driver) -> None:
    assert desk.find("strip-text:lab").text().startswith("In the lab: Healthy.")
    round_trip(desk)
    desk.console.testing.lab.turn_on("junk")
    assert desk.find("strip-text:lab").text().endswith("What is shown is of “Healthy”.")
    desk.press("strip-button:lab")
    assert desk.find("strip-text:lab").text() == "This round trip was made in the lab."
    assert not desk.find("round-trip:delete").isEnabled()
    assert plain(desk, "round-trip:deleted").startswith("It lies in the lab.")


def test_deleting_is_offered_and_asked_about(desk: Driver, answers: Answers) -> None:
    round_trip(desk)
    assert plain(desk, "round-trip:lies") == "The message lies unread in “INBOX”."
    answers.answers["sure"] = False
    desk.press("round-trip:delete")
    assert answers.asked[-1][1][0] == "Delete the message in “INBOX”?"
    assert desk.find("round-trip:delete").isEnabled()
    answers.answers["sure"] = True
    desk.press("round-trip:delete")
    desk.wait(lambda: desk.is_there("round-trip:deleted") and plain(desk, "round-trip:deleted") != "Deleting…", "the end")  # fmt: skip
    assert plain(desk, "round-trip:deleted") == "The message was deleted."
    assert not desk.is_there("round-trip:delete")


def test_a_message_that_comes_twice_is_named_and_both_are_offered(desk: Driver) -> None:
    assert round_trip(desk, "twice").endswith(", 2 times.")
    assert plain(desk, "round-trip:lies") == "2 copies of the message lie unread in “INBOX”."


def test_a_lost_message_is_named_with_what_to_do(desk: Driver, answers: Answers) -> None:
    """To an address whose mail goes elsewhere, in the shortest time that can be chosen."""
    assert min(LIMITS) == desk.find("round-trip:limit").itemData(0)
    desk.find("round-trip:limit").setItemData(0, 1)
    desk.find("round-trip:limit").setCurrentIndex(0)
    answers.answers["sure"] = True
    desk.press("round-trip:another")
    QTest.keyClicks(desk.find("round-trip:other"), OTHER)
    desk.press("round-trip:go")
    assert ended(desk) == "The message did not arrive in time."
    assert desk.is_there("remedy:imap:1")
    assert not desk.is_there("wait:imap:1"), "nothing is sent by itself"


def test_a_step_that_fails_shows_its_remedies_and_applying_one_sends_nothing(
    desk: Driver,
) -> None:
    assert round_trip(desk, "port-refused").startswith("No message was sent: IMAP, Connection:")
    assert desk.is_there("details:imap:tcp")
    assert not desk.is_there("apply-again:imap:2")
    desk.press("apply:imap:2")
    assert desk.is_there("strip:stale")
    assert seen(desk) == 0


def test_a_header_of_a_megabyte_is_folded_away_and_cut_but_copied_whole(desk: Driver) -> None:
    round_trip(desk, "long-header")
    assert not desk.is_there("text:header")
    desk.press("fold:header")
    assert len(desk.find("text:header").toPlainText()) < 20_000
    desk.press("copy:header")
    assert len(QGuiApplication.clipboard().text()) > 1_000_000
    QGuiApplication.clipboard().clear()


def test_what_both_sides_said_holds_no_password(desk: Driver) -> None:
    desk.section("imap")
    desk.type("imap.password", "a canary in the mine")
    round_trip(desk)
    desk.press("fold:transcript")
    said = desk.find("text:transcript").toPlainText()
    assert "SMTP" in said
    assert "canary" not in said


def test_without_an_address_nothing_can_be_sent_and_the_field_is_a_click_away(
    path: Path, stage: Stage
) -> None:
    stored(path, put(claims(), "settings.address", ""))
    driver = stage()
    driver.section("round-trip")
    assert not driver.find("round-trip:go").isEnabled()
    assert plain(driver, "round-trip:wrong") == "The account needs an email address first."
    driver.press("round-trip:go-address")
    assert driver.focused() == "settings.address"


def test_leaving_the_lab_while_it_is_prepared_sends_nothing(desk: Driver) -> None:
    desk.press("round-trip:go")
    desk.console.testing.lab.turn_off()
    desk.wait(lambda: not desk.is_there("round-trip:stop"), "the end")
    desk.settled()
    sentence = plain(desk, "round-trip:sentence")
    assert sentence == "The lab was switched meanwhile; nothing was done."


def test_closing_the_window_ends_what_runs(desk: Driver) -> None:
    desk.console.testing.lab.turn_on("delayed")
    desk.console.testing.lab.scale = 1.0
    desk.press("round-trip:go")
    desk.wait(lambda: "Not there" in plain(desk, "round-trip:stage:look"), "the first look")
