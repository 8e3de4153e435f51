"""Kept scenarios on the page “Timeline”: kept, met or not, loaded, updated, deleted, undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from motion_desk.models.choices import Conversation, Ending, Expected
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.sections.expectations import MESSAGES, SCENARIOS, KeptScenario
from motion_desk.ui.messages import Messages
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage
from tests.journeys.timelines import arrange, drag, drawn, keep, open_timeline, shown
from tests.ui.timed import ANA, QUEUE_WAIT, SPAM, open_account


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on the timeline of the small account."""
    return open_account(path, stage)


def scenarios(driver: Driver) -> tuple[KeptScenario, ...]:
    found: tuple[KeptScenario, ...] = driver.value(SCENARIOS)
    return found


def line(driver: Driver, row: KeptScenario) -> str:
    """What is said below a scenario's name."""
    return str(driver.find(f"timeline:standing:{row.id}").text())


def test_the_form_proposes_what_happens_now(driver: Driver) -> None:
    arrange(driver, "everybody")
    driver.press("timeline:keep")
    assert driver.find("timeline:keep-name").text() == "Everybody on line"
    assert driver.find("timeline:keep-expected").currentText() == Ending.ANSWERED.label
    assert driver.find("timeline:keep-within").value() == 20
    driver.press("timeline:keep-cancel")
    assert not driver.is_there("timeline:keep-form")
    assert scenarios(driver) == ()


def test_what_nobody_changed_in_the_open_form_follows_the_situation(driver: Driver) -> None:
    arrange(driver, "everybody")
    driver.press("timeline:keep")
    driver.find("timeline:keep-within").setValue(45)
    arrange(driver, "nobody")
    assert driver.find("timeline:keep-name").text() == "Nobody answers"
    assert driver.find("timeline:keep-expected").currentText() == Ending.CLOSED.label
    assert driver.find("timeline:keep-within").value() == 45
    driver.find("timeline:keep-name").setText("Mine")
    arrange(driver, "night")
    assert driver.find("timeline:keep-name").text() == "Mine"


def test_a_kept_scenario_is_the_situation_on_screen_and_one_undo_takes_it_back(
    driver: Driver,
) -> None:
    arrange(driver, "logged-out")
    keep(driver, "Ana is away")
    (row,) = scenarios(driver)
    assert (row.name, row.agent, row.conversation) == ("Ana is away", "ana", Conversation.OPEN)
    assert f"{ANA}: logged out" in row.people
    assert (row.expected, row.within) == (Ending.ANSWERED, 60)
    assert line(driver, row) == "A person accepts it, within 1 min"
    assert driver.find(f"timeline:scenario:{row.id}:choose").text() == "Ana is away (on screen)"
    driver.command("undo")
    assert scenarios(driver) == ()


def test_a_name_is_taken_once(driver: Driver) -> None:
    keep(driver, "Twice")
    driver.press("timeline:keep")
    driver.find("timeline:keep-name").setText("Twice")
    assert driver.is_there("timeline:keep-wrong")
    assert not driver.find("timeline:keep-save").isEnabled()


def test_a_scenario_is_no_longer_met_once_a_wait_makes_it_late(driver: Driver) -> None:
    keep(driver, "Nobody there")
    (row,) = scenarios(driver)
    assert line(driver, row) == "It is closed by the plan, within 2 h 1 min"
    drag(driver, QUEUE_WAIT, 1800)
    assert line(driver, row).endswith("but after 2 h 30 min instead of within 2 h 1 min.")
    driver.console.desk.edit(QUEUE_WAIT, 60)
    drawn(driver)
    assert line(driver, row) == "It is closed by the plan, within 2 h 1 min"


def test_a_click_loads_a_scenario(driver: Driver) -> None:
    arrange(driver, "logged-out")
    keep(driver, "Ana is away")
    before = shown(driver)
    arrange(driver, "nobody")
    (row,) = scenarios(driver)
    assert "changed" in driver.find(f"timeline:scenario:{row.id}:choose").text()
    driver.press(f"timeline:scenario:{row.id}:choose")
    drawn(driver)
    assert shown(driver) == before
    assert driver.find("timeline:arranged:logged-out").isChecked()


def test_update_takes_what_is_on_screen_and_delete_can_be_undone(driver: Driver) -> None:
    arrange(driver, "everybody")
    keep(driver, "One")
    (row,) = scenarios(driver)
    assert not driver.find(f"timeline:scenario:{row.id}:update").isEnabled()
    arrange(driver, "night")
    driver.press(f"timeline:scenario:{row.id}:update")
    drawn(driver)
    (updated,) = scenarios(driver)
    assert (updated.id, updated.name) == (row.id, "One")
    assert (updated.expected, updated.within) == (Ending.CLOSED, 60 + 7200)
    assert "logged out" in updated.people
    driver.press(f"timeline:scenario:{row.id}:remove")
    assert scenarios(driver) == ()
    driver.command("undo")
    assert scenarios(driver) == (updated,)


def test_all_cells_of_a_scenario_are_on_its_section(driver: Driver) -> None:
    keep(driver, "One")
    (row,) = scenarios(driver)
    driver.press(f"timeline:scenario:{row.id}:edit")
    assert driver.console.window.section == "expectations"
    assert driver.chosen(SCENARIOS) == row.id


@pytest.mark.parametrize(
    ("flag", "expected"), [("NO", Expected.PASS), ("YES", Expected.REJECTED)], ids=["pass", "spam"]
)
def test_an_opened_message_is_pinned_with_its_scenario(
    driver: Driver, flag: str, expected: Expected
) -> None:
    messages = driver.console.findChild(Messages)
    assert messages is not None
    headers = (Header("Subject", "A question", "A question"), Header("X-Spam-Flag", flag, flag))
    text = "".join(f"{each.name}: {each.raw}\n" for each in headers)
    incoming = Incoming("A question", headers, text, "e" * 64)
    messages.add(driver.account_draft().id, [incoming])
    drawn(driver)
    keep(driver, "A question comes")
    (row,) = scenarios(driver)
    pins = driver.value(MESSAGES)
    assert [pin.name for pin in pins] == ["A prize", "A question"]
    assert pins[1].expected is expected
    assert row.message == pins[1].id
    driver.command("undo")
    assert len(driver.value(MESSAGES)) == 1, "one step takes both back"


def test_a_scenario_with_a_pinned_message_is_judged_by_the_filters(driver: Driver) -> None:
    row = KeptScenario(id="won", name="A prize", message="won1", expected=Ending.REJECTED)
    driver.console.desk.edit(SCENARIOS, (row,))
    drawn(driver)
    assert line(driver, row) == "A header filter rejects it"
    driver.console.desk.edit(f"{MESSAGES}/won1/headers", SPAM.replace("YES", "NO"))
    drawn(driver)
    assert line(driver, row).endswith("after 2 h 1 min the plan closes it.")


def test_the_situation_is_kept_for_each_account_while_the_window_is(driver: Driver) -> None:
    arrange(driver, "night")
    driver.section("settings")
    open_timeline(driver)
    assert driver.find("timeline:arranged:night").isChecked()


def test_a_scenario_whose_cells_are_unreadable_does_no_harm(driver: Driver) -> None:
    broken = KeptScenario(id="odd", name="", people="???\nNobody knows: flies away")
    broken = replace(broken, agent="gone", passed_to_queue="gone", within=None)
    driver.console.desk.edit(SCENARIOS, (broken,))
    drawn(driver)
    driver.press("timeline:scenario:odd:choose")
    drawn(driver)
    assert driver.find("timeline:scenario:odd:choose").text() == "Unnamed scenario (on screen)"
