"""Deleting rows of an account: what goes along and what refers to it is said before."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.actions import PLAN, Close, GotoP, Noop
from motion_desk.models.sections.answers import DISPOSITIONS, DispositionEntry
from motion_desk.models.sections.expectations import (
    MESSAGES,
    SCENARIOS,
    KeptScenario,
    PinnedMessage,
)
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored

LABELS = (
    DispositionEntry(id="o", name="Order"),
    DispositionEntry(id="c", parent="o", name="Cancelled"),
    DispositionEntry(id="r", parent="c", name="Refunded"),
    DispositionEntry(id="s", name="Spam"),
    DispositionEntry(id="x", name="Other"),
)


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on an account whose actions name labels and each other."""
    made = put(put(Account(), "settings.name", "Alpha"), DISPOSITIONS, LABELS)
    plan = (Noop(id="n", value="start"), Close(id="1", disposition="r"), Close(id="2", disposition="s"), GotoP(id="g", target="n"))  # fmt: skip
    made = put(made, PLAN, plan)
    made = put(made, MESSAGES, (PinnedMessage(id="m", name="Order mail", headers="Subject: x"),))
    made = put(made, SCENARIOS, (KeptScenario(id="k", name="At night", message="m"),))
    stored(path, made)
    driver = stage()
    driver.section("dispositions")
    return driver


def delete(driver: Driver, row: str) -> None:
    driver.choose(DISPOSITIONS, row)
    driver.press(f"{DISPOSITIONS}:delete")
    driver.settled()


def remove(driver: Driver, key: str, row: str) -> None:
    """Delete a row as the button of its list does."""
    tools = driver.console.window.pages.tools
    assert tools is not None
    tools.remove(key, row)


def question(answers: Answers) -> tuple[str, str]:
    name, (text, detail) = answers.asked[-1]
    assert name == "delete_rows"
    return str(text), str(detail)


def ids(driver: Driver) -> list[str]:
    return [row.id for row in driver.value(DISPOSITIONS)]


def test_the_question_says_how_many_go_along_and_who_names_one_of_them(
    window: Driver, answers: Answers
) -> None:
    delete(window, "o")
    text, detail = question(answers)
    assert text == "Delete “Order” and the 2 dispositions below it?"
    assert detail == (
        "“Actions: 2. Close: Refunded” refers to “Refunded”. It will have to name another one, "
        "and is shown as a problem until it does. Undo brings all of it back."
    )
    assert ids(window) == [row.id for row in LABELS], "nothing goes unless that is confirmed"


def test_one_undo_brings_back_all_that_went(window: Driver, answers: Answers) -> None:
    answers.answers["delete_rows"] = True
    delete(window, "o")
    assert ids(window) == ["s", "x"]
    view = window.console.desk.view()
    assert view is not None
    assert f"{PLAN}/1/disposition" in [each.key for each in view.problems], "as was announced"
    window.command("undo")
    assert window.value(DISPOSITIONS) == LABELS
    assert window.value(f"{PLAN}/1/disposition") == "r"
    assert not window.can("undo")


def test_a_label_that_goes_alone_is_asked_for_only_where_it_is_used(
    window: Driver, answers: Answers
) -> None:
    delete(window, "x")
    assert answers.asked == []
    delete(window, "s")
    text, detail = question(answers)
    assert text == "Delete “Spam”?"
    assert "“Actions: 3. Close: Spam” refers to “Spam”." in detail
    assert detail.endswith("Undo brings it back.")
    delete(window, "c")
    assert question(answers)[0] == "Delete “Cancelled” and the disposition below it?"


def test_a_pinned_message_that_a_scenario_needs_is_asked_for(
    window: Driver, answers: Answers
) -> None:
    window.console.desk.settle()
    remove(window, MESSAGES, "m")
    text, detail = question(answers)
    assert text == "Delete “Order mail”?"
    assert "“Expectations: At night” refers to “Order mail”." in detail


def test_a_jump_that_leads_to_an_action_is_said_before_that_goes(
    window: Driver, answers: Answers
) -> None:
    remove(window, PLAN, "n")
    text, detail = question(answers)
    assert text.startswith("Delete “1. Noop")
    assert "“Actions: 4. GotoP" in detail
    assert "refers to “1. Noop" in detail


def test_an_action_that_only_jumps_to_itself_goes_without_a_question(
    window: Driver, answers: Answers
) -> None:
    window.console.desk.edit(f"{PLAN}/g/target", "g")
    remove(window, PLAN, "g")
    assert answers.asked == []
    assert [row.id for row in window.value(PLAN)] == ["n", "1", "2"]


def test_a_long_list_of_users_is_cut(path: Path, stage: Stage, answers: Answers) -> None:
    made = put(put(Account(), "settings.name", "Alpha"), DISPOSITIONS, LABELS)
    stored(path, put(made, PLAN, tuple(Close(id=f"p{n}", disposition="s") for n in range(10))))
    driver = stage()
    driver.section("dispositions")
    delete(driver, "s")
    assert "; 4 more refer to others of them. They will have to name others" in question(answers)[1]
