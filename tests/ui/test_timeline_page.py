"""The page “Timeline”: situations, events, texts, the message, and the clock that plays them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.models.choices import Ending, Operator
from motion_desk.models.document import put
from motion_desk.models.engines.timeline.events import EventKind
from motion_desk.models.incoming import Header, Incoming
from motion_desk.ui.messages import Messages
from motion_desk.ui.timeline.situation.people_model import Column
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage
from tests.journeys.timelines import (
    arrange,
    choose,
    drawn,
    events,
    people,
    set_seconds,
    shown,
    unfold,
)
from tests.ui.timed import ANA, BEN, SUPPORT, account, open_account


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the timeline of the small account."""
    return open_account(path, stage)


def choose_message(driver: Driver, name: str) -> None:
    driver.pick("timeline:message", name)
    drawn(driver)


def test_at_first_nobody_answers_and_all_of_the_plan_is_seen(driver: Driver) -> None:
    found = [each.replace("\u00a0", " ") for each in events(driver)]
    assert found[0] == "at once: An ordinary message arrives."
    assert f"at once: The agents of {SUPPORT} are asked, for 1 min at most." in found
    assert f"after 1 min: {BEN} is asked, for 2 h at most." in found
    assert found[-1] == "after 2 h 1 min: The plan closes the interaction."
    assert driver.find("timeline:ending").text() == (
        "The plan closes the interaction after 2 h 1 min."
    )


def test_one_click_has_everybody_answer_and_the_list_shrinks_to_what_happens(
    driver: Driver,
) -> None:
    arrange(driver, "everybody")
    assert driver.find("timeline:arranged:everybody").isChecked()
    assert not driver.find("timeline:arranged:nobody").isChecked()
    assert driver.find("timeline:ending").text() == "A person accepts the message after 20 s."
    assert shown(driver).ending is Ending.ANSWERED
    assert len(events(driver)) == len(shown(driver).events)


def test_an_assigned_agent_who_is_logged_out_is_waited_for_before_the_queue(
    driver: Driver,
) -> None:
    arrange(driver, "logged-out")
    assert driver.find("timeline:agent").currentText() == ANA
    assert driver.find("timeline:queue").currentText() == SUPPORT
    waiting = next(e for e in shown(driver).events if e.key == "settings.wait_agent")
    assert (waiting.kind, waiting.at, waiting.until) == (EventKind.WAITING, 0, 30)
    # The queue is asked for 10 s only; the plan asks it again.
    assert shown(driver).accepted == 30 + 10 + 20


def test_what_a_person_says_of_an_agent_decides(driver: Driver) -> None:
    choose(driver, SUPPORT, Column.REACTION, "answers")
    assert shown(driver).accepted == 20
    set_seconds(driver, SUPPORT, 45)
    assert shown(driver).accepted == 45
    choose(driver, SUPPORT, Column.REACTION, "rejects")
    assert shown(driver).accepted is None


def test_who_goes_on_pause_no_longer_rejects(driver: Driver) -> None:
    choose(driver, BEN, Column.REACTION, "rejects")
    choose(driver, BEN, Column.PRESENCE, "on pause")
    assert people(driver)[BEN] == ("on pause", "no answer", "")


def test_a_condition_that_holds_takes_the_other_way(driver: Driver) -> None:
    driver.find("timeline:condition:cond").click()
    drawn(driver)
    asked = [each.person for each in shown(driver).events if each.kind.value == "asked"]
    assert asked == [BEN]


def test_the_setting_that_decides_is_a_click_away(driver: Driver) -> None:
    row = next(
        number
        for number, event in enumerate(shown(driver).events, 1)
        if event.key == "actions.plan/ask1/timeout"
    )
    link = driver.find(f"timeline:setting:{row}")
    assert link.text() == "Action 3: Timeout"
    driver.press(f"timeline:setting:{row}")
    assert driver.focused() == "actions.plan/ask1/timeout"


def test_what_is_no_documented_behaviour_says_so(driver: Driver) -> None:
    for number, event in enumerate(shown(driver).events, 1):
        wanted = {"given": ""}.get(event.basis.value, event.basis.mark)
        name = f"timeline:basis:{number}"
        assert (driver.find(name).text() if driver.is_there(name) else "") == wanted


def test_the_reply_and_the_notification_unfold_as_text(driver: Driver) -> None:
    choose_message(driver, "Pinned: A prize")
    numbers = {event.kind.value: n for n, event in enumerate(shown(driver).events, 1)}
    assert "replied" not in numbers
    changed = put(driver.account_draft(), "advanced.header_filters", ())
    driver.console.desk.edit("advanced.header_filters", changed.advanced.header_filters)
    drawn(driver)
    numbers = {}
    for number, event in enumerate(shown(driver).events, 1):
        numbers.setdefault(event.kind.value, number)
    assert unfold(driver, numbers["replied"]) == "We have You have won."
    popup = unfold(driver, numbers["notified"])
    assert popup.startswith("Email · Claims\n")
    assert "From prize@example.net: You have won" in popup


def test_a_pinned_message_goes_through_the_filters(driver: Driver) -> None:
    choose_message(driver, "Pinned: A prize")
    assert shown(driver).ending is Ending.REJECTED
    assert driver.find("timeline:ending").text() == (
        "A header filter rejects the message. Nobody sees it."
    )


def test_a_message_that_is_opened_and_pinned_is_offered_once(driver: Driver) -> None:
    messages = driver.console.findChild(Messages)
    assert messages is not None
    account = driver.account_draft()
    text = account.expectations.messages[0].headers + "\n"
    opened = Incoming(
        "You have won", (Header("Subject", "You have won", "You have won"),), text, "a"
    )
    messages.add(account.id, [opened])
    messages.choose(account.id, "a")
    drawn(driver)
    choice = driver.find("timeline:message")
    assert [choice.itemText(at) for at in range(choice.count())] == [
        "An ordinary message",
        "Pinned: A prize",
    ]
    assert choice.currentText() == "Pinned: A prize"


def test_a_regular_expression_is_searched_on_a_thread_of_its_own(path: Path, stage: Stage) -> None:
    driver = open_account(path, stage, account(Operator.MATCHES))
    driver.pick("timeline:message", "Pinned: A prize")
    assert shown(driver).ending is Ending.CLOSED, "the last timeline stays meanwhile"
    drawn(driver)
    assert shown(driver).ending is Ending.REJECTED


def test_a_message_is_opened_from_a_file(driver: Driver, answers: Answers, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    file.write_bytes(b"Subject: A letter\r\nX-Spam-Flag: YES\r\n\r\nBody")
    answers.answers["open_messages"] = (file,)
    driver.press("timeline:open")
    driver.wait(lambda: driver.find("timeline:message").currentText() == "A letter", "the letter")
    drawn(driver)
    assert shown(driver).ending is Ending.REJECTED


def test_a_file_that_is_no_message_is_told_and_changes_nothing(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "nothing.eml"
    file.write_bytes(b"")
    answers.answers["open_messages"] = (file,)
    driver.press("timeline:open")
    driver.wait(lambda: driver.console.window.notices.texts, "the notice")
    assert driver.find("timeline:message").currentText() == "An ordinary message"


def test_a_message_that_was_chosen_elsewhere_is_shown(driver: Driver) -> None:
    account_id = driver.account_draft().id
    incoming = Incoming("From the trial", (), "Subject: From the trial", "d" * 64)
    beside = driver.console.findChild(Messages)
    assert beside is not None
    beside.add(account_id, [incoming])
    beside.choose(account_id, incoming.digest)
    drawn(driver)
    assert driver.find("timeline:message").currentText() == "From the trial"
    assert events(driver)[0] == "at once: “From the trial” arrives."
    choose_message(driver, "An ordinary message")
    beside.choose(account_id, incoming.digest)
    drawn(driver)
    assert driver.find("timeline:message").currentText() == "From the trial"


def test_playing_lights_one_event_after_another_and_escape_stops(driver: Driver) -> None:
    player = driver.find("timeline:events").player
    driver.press("timeline:play")
    assert player.is_playing
    driver.wait(lambda: player.share > 0.1, "the clock")
    rows = driver.find("timeline:events").rows
    assert sum(row.shown.now for row in rows) == 1
    assert rows[-1].shown.ahead
    driver.press_key(Qt.Key.Key_Escape)
    assert not player.is_playing
    assert 0 < player.share < 1


def test_space_stops_it_and_leaving_the_page_does(driver: Driver) -> None:
    player = driver.find("timeline:events").player
    driver.press("timeline:play")
    QTest.keyClick(driver.console.window, Qt.Key.Key_Space)
    driver.rest()
    assert not player.is_playing
    driver.press("timeline:play")
    driver.section("settings")
    assert not player.is_playing


def test_the_slider_scrubs_and_its_end_shows_all(driver: Driver) -> None:
    slider = driver.find("timeline:scrub")
    slider.setValue(0)
    rows = driver.find("timeline:events").rows
    assert [row.shown.ahead for row in rows] == [False] + [True] * (len(rows) - 1)
    assert driver.find("timeline:clock").text() == "0 s after arrival"
    slider.setValue(slider.maximum())
    assert not any(row.shown.ahead or row.shown.now for row in rows)


@pytest.mark.parametrize("size", [(1005, 600), (1320, 840), (1600, 1000)], ids=lambda s: str(s[0]))
def test_nothing_is_cut_or_squeezed_whatever_the_window(
    driver: Driver, size: tuple[int, int]
) -> None:
    driver.console.window.resize(*size)
    arrange(driver, "logged-out")
    arrange(driver, "nobody")
    page = driver.find("panel:timeline")
    assert page.widget().width() <= page.viewport().width(), "something is cut at the right"
    for row in driver.find("timeline:events").rows:
        assert row.height() >= row.heightForWidth(row.width()), row.accessibleName()
        assert row.sentence.height() >= row.sentence.heightForWidth(row.sentence.width())
