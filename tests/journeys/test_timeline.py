"""A trainer's way through the timeline of the demo: situations, a drag, a scenario, a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.choices import Ending
from motion_desk.models.sections.expectations import SCENARIOS
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage
from tests.journeys.timelines import (
    arrange,
    drag,
    drawn,
    events,
    hold,
    keep,
    let_go,
    open_timeline,
    shown,
    unfold,
    worst_case,
)


@pytest.fixture
def driver(stage: Stage) -> Driver:
    """The demo, on the timeline of its busiest account."""
    driver = stage(None, "demo")
    driver.open("Customer care")
    open_timeline(driver)
    return driver


def number_of(driver: Driver, kind: str) -> int:
    """The number of the first event of a kind, from 1."""
    return 1 + [event.kind.value for event in shown(driver).events].index(kind)


def test_a_trainer_sees_what_happens_and_what_a_wait_would_do(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    assert shown(driver).ending is Ending.CLOSED
    reply = unfold(driver, number_of(driver, "replied"))
    assert "thank you for your message" in reply
    arrange(driver, "logged-out")
    assert any("logged out. The message waits for" in each for each in events(driver))
    popup = unfold(driver, number_of(driver, "notified"))
    assert popup.startswith("Email · Customer care")
    before = worst_case(driver)
    hold(driver, "settings.wait_agent", 3600)
    assert worst_case(driver) != before
    let_go(driver, "settings.wait_agent")
    assert driver.value("settings.wait_agent") == 3600
    assert worst_case(driver) == "A customer waits at most 1 h before a person is asked."
    driver.command("undo")
    open_timeline(driver)
    assert worst_case(driver) == before
    keep(driver, "The agent is away")
    drag(driver, "settings.wait_queue", 1)
    (row,) = driver.value(SCENARIOS)
    assert "instead of within" in driver.find(f"timeline:standing:{row.id}").text()
    driver.command("undo")
    file = tmp_path / "spam.eml"
    file.write_bytes(b"Subject: A prize\r\nX-Spam-Flag: YES\r\n\r\n")
    answers.answers["open_messages"] = (file,)
    open_timeline(driver)
    driver.press("timeline:open")
    driver.wait(lambda: driver.find("timeline:message").currentText() == "A prize", "the message")
    drawn(driver)
    assert shown(driver).ending is Ending.REJECTED
    driver.save()
    assert driver.value(SCENARIOS) == (row,)


@pytest.mark.parametrize(
    "name", ["Meridia Ibérica", "Outlet marketplace", "System mail", "Trade desk"]
)
def test_every_account_of_the_demo_has_a_timeline_in_each_situation(
    stage: Stage, name: str
) -> None:
    driver = stage(None, "demo")
    driver.open(name)
    open_timeline(driver)
    for situation in ("everybody", "logged-out", "nobody", "night"):
        arrange(driver, situation)
        assert len(events(driver)) == len(shown(driver).events) > 2
        assert driver.find("timeline:ending").text()
    assert worst_case(driver).startswith("A customer ")
