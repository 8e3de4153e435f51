"""Pinned messages: noted in one step, judged with the others, and checked again at each edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.choices import Ending, Expected, Verdict
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.expectations import (
    MESSAGES,
    SCENARIOS,
    KeptScenario,
    PinnedMessage,
)
from motion_desk.ui.trial.lines import Line
from motion_desk.ui.trial.pinning import LONGEST_HEADERS
from motion_desk.ui.trial.watching import Watching
from tests.journeys.driver import Driver
from tests.journeys.timelines import open_timeline
from tests.journeys.trial import (
    choose,
    drawn,
    lines,
    matrix,
    open_trial,
    read_files,
    read_samples,
    titles,
    verdicts,
)
from tests.ui.tried import KEY, eml, filters, post

__all__ = ["filters"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def trial(filters: Driver, tmp_path: Path) -> Driver:
    """The trial with three messages from files."""
    open_trial(filters)
    read_files(filters, post(tmp_path))
    return filters


def pin(driver: Driver, title: str, button: str) -> None:
    """Choose a message and press one of the two buttons."""
    choose(driver, title)
    driver.press(f"trial:{button}")
    drawn(driver)


def watching(driver: Driver) -> Watching:
    """What checks the expectations, once it has nothing more to check."""
    found = driver.console.desk.findChild(Watching)
    assert isinstance(found, Watching)
    driver.wait(lambda: not found.busy, "the end of checking")
    driver.rest()
    return found


def results(driver: Driver) -> list[str]:
    """What the page of expectations says of each."""
    driver.section("expectations")
    watching(driver)
    if not driver.is_there("expectation-results:list"):
        return []
    shown = driver.find("expectation-results:list")
    return [shown.item(row).text() for row in range(shown.count())]


def test_a_message_is_pinned_as_it_is_and_undo_takes_it_back(trial: Driver) -> None:
    before = trial.account_draft()
    pin(trial, "You have won", "must-reject")
    (row,) = trial.value(MESSAGES)
    assert (row.name, row.expected) == ("You have won", Expected.REJECTED)
    assert "X-Spam-Flag: YES" in row.headers
    assert lines(trial)[0].pin == row
    assert len(lines(trial)) == 3, "an opened message that is pinned is the same message"
    trial.command("undo")
    trial.section("trial")
    drawn(trial)
    assert trial.account_draft() == before
    assert all(line.pin is None for line in lines(trial))


def test_several_are_pinned_at_once_and_another_press_changes_what_is_expected(
    trial: Driver,
) -> None:
    table = trial.find("trial:matrix")
    table.selectAll()
    trial.press("trial:must-pass")
    drawn(trial)
    assert [row.expected for row in trial.value(MESSAGES)] == [Expected.PASS] * 3
    pin(trial, "Cheap watches", "must-reject")
    rows = {row.name: row.expected for row in trial.value(MESSAGES)}
    assert rows == {
        "Where is my order?": Expected.PASS,
        "You have won": Expected.PASS,
        "Cheap watches": Expected.REJECTED,
    }
    trial.command("undo")
    trial.command("undo")
    assert trial.value(MESSAGES) == ()


def test_a_strip_says_how_many_are_as_expected_and_leads_to_the_first_that_is_not(
    trial: Driver,
) -> None:
    pin(trial, "Where is my order?", "must-pass")
    said = trial.find("strip-text:trial-pins").text()
    assert said == "The pinned message is as expected."
    pin(trial, "Cheap watches", "must-pass")
    said = trial.find("strip-text:trial-pins-wrong").text()
    assert said == "1 of 2 pinned messages are as expected; “Cheap watches” is rejected by rule 2."
    choose(trial, "Where is my order?")
    trial.press("strip-button:trial-pins-wrong")
    assert trial.find("trial:matrix").line.title == "Cheap watches"


def test_the_only_pinned_message_is_told_of_without_counting(trial: Driver) -> None:
    pin(trial, "Cheap watches", "must-pass")
    said = trial.find("strip-text:trial-pins-wrong").text()
    assert said == "The pinned message is not as expected: “Cheap watches” is rejected by rule 2."


def test_a_pinned_message_is_there_without_its_file_and_its_verdict_is_the_matrixs(
    trial: Driver,
) -> None:
    pin(trial, "You have won", "must-reject")
    trial.press("trial:clear")
    drawn(trial)
    assert titles(trial) == ["You have won"]
    assert verdicts(trial) == {"You have won": Verdict.REJECT}
    choose(trial, "You have won")
    assert not trial.find("trial:take-out").isEnabled()
    trial.press("trial:unpin")
    drawn(trial)
    assert trial.is_there("trial:empty")


def test_a_sample_that_was_pinned_is_known_again(filters: Driver) -> None:
    open_trial(filters)
    read_samples(filters)
    pin(filters, "This week: brass is back", "must-pass")
    filters.press("trial:clear")
    drawn(filters)
    read_samples(filters)
    assert titles(filters).count("This week: brass is back") == 1


def test_names_of_pinned_messages_are_told_apart(filters: Driver, tmp_path: Path) -> None:
    open_trial(filters)
    read_files(filters, [eml(tmp_path, name, "Same", f"X-Number: {name}") for name in "ab"])
    filters.find("trial:matrix").selectAll()
    filters.press("trial:must-pass")
    assert [row.name for row in filters.value(MESSAGES)] == ["Same", "Same (2)"]


def test_a_header_that_is_too_long_is_kept_as_far_as_a_field_goes(
    filters: Driver, tmp_path: Path
) -> None:
    many = [f"X-Number-{n}: {'x' * 90}" for n in range(900)]
    open_trial(filters)
    read_files(filters, [eml(tmp_path, "long", "Long", *many)])
    pin(filters, "Long", "must-pass")
    (row,) = filters.value(MESSAGES)
    assert len(row.headers) <= LONGEST_HEADERS
    assert row.headers.endswith("x" * 90), "no line is cut"
    assert any("65,535" in text for text in filters.console.window.notices.texts)
    filters.save()
    assert not filters.console.desk.unsaved


def test_each_expectation_is_listed_with_whether_it_is_met(trial: Driver) -> None:
    pin(trial, "You have won", "must-reject")
    pin(trial, "Cheap watches", "must-pass")
    wrong, right = results(trial)
    assert "“Cheap watches” is rejected by rule 2" in wrong
    assert right == "“You have won” is rejected, as it must be."
    assert trial.find("expectation-results:sum").text() == "1 of 2 are met now."
    shown = trial.find("expectation-results:list")
    shown.itemClicked.emit(shown.item(0))
    row = next(row for row in trial.value(MESSAGES) if row.name == "Cheap watches")
    assert trial.focused() == f"{MESSAGES}/{row.id}/expected"


def test_without_expectations_the_page_says_how_to_come_by_some(filters: Driver) -> None:
    assert results(filters) == []
    said = filters.find("expectation-results:sum")
    assert "pin a message" in said.text()
    assert not said.font().bold()
    filters.press("expectation-results:trial")
    filters.wait(lambda: filters.console.window.section == "trial", "the trial")


def test_an_edit_that_breaks_an_expectation_is_shown_wherever_one_is(trial: Driver) -> None:
    signs: list[object] = []
    pin(trial, "You have won", "must-reject")
    watched = watching(trial)
    watched.noticed.connect(lambda panel, sign: signs.append((panel, sign.hint)))
    trial.section("advanced")
    assert f"{MESSAGES}/" not in str(trial.problems())
    trial.console.desk.edit(f"{KEY}/spam/value", "NO")
    watching(trial)
    (row,) = trial.value(MESSAGES)
    key = f"{MESSAGES}/{row.id}/expected"
    assert "must be rejected" in trial.problems()[key]
    assert trial.line("expectations").count == 1
    assert signs[-1] == ("trial", "1 expectation is not met")
    assert trial.said().startswith("No longer as expected: ")
    trial.go_to_problem(key)
    assert trial.focused() == key
    trial.command("undo")
    watching(trial)
    assert key not in trial.problems()
    assert signs[-1] == ("trial", "")


def test_problems_of_expectations_that_are_gone_are_not_shown(trial: Driver) -> None:
    pin(trial, "You have won", "must-pass")
    pin(trial, "Cheap watches", "must-pass")
    watching(trial)
    gone, kept = (f"{MESSAGES}/{row.id}/expected" for row in trial.value(MESSAGES))
    assert {gone, kept} <= set(trial.problems())
    trial.console.desk.edit(MESSAGES, trial.value(MESSAGES)[1:])
    assert gone not in trial.problems(), "at once, before they are checked again"
    assert kept in trial.problems()
    trial.console.desk.edit(MESSAGES, ())
    assert kept not in trial.problems()


def test_what_is_wrong_with_an_expression_is_said_whole(trial: Driver) -> None:
    trial.console.desk.edit(f"{KEY}/score/value", "[")
    watching(trial)
    assert (
        "which Motion is inferred to use: the “[” is never closed"
        in (trial.problems()[f"{KEY}/score/value"])
    )


def test_each_accounts_expectations_are_its_own(trial: Driver) -> None:
    pin(trial, "You have won", "must-pass")
    watching(trial)
    trial.open("Sales")
    watching(trial)
    assert not any(key.startswith(MESSAGES) for key in trial.problems())
    trial.open("Claims")
    watching(trial)
    assert any(key.startswith(MESSAGES) for key in trial.problems())


def test_what_is_not_met_keeps_nothing_from_being_saved(trial: Driver) -> None:
    pin(trial, "You have won", "must-pass")
    watching(trial)
    trial.save()
    assert not trial.console.desk.unsaved


def test_a_scenario_that_ends_otherwise_is_listed_with_its_ending(filters: Driver) -> None:
    scenario = KeptScenario(id="s1", name="Night", expected=Ending.ANSWERED)
    filters.console.desk.edit(SCENARIOS, (scenario,))
    (text,) = results(filters)
    assert "“Night” does not end as expected" in text
    filters.console.desk.edit(SCENARIOS, (replace(scenario, expected=Ending.UNREAD),))
    (text,) = results(filters)
    assert text == "“Night” ends as expected: It waits as unread."


def test_a_scenario_whose_message_is_no_longer_pinned_is_not_met(filters: Driver) -> None:
    scenario = KeptScenario(id="s1", name="Night", message="gone", expected=Ending.UNREAD)
    filters.console.desk.edit(SCENARIOS, (scenario,))
    (text,) = results(filters)
    assert text == "“Night” names a message that is no longer pinned. Choose another one."
    assert filters.find("expectation-results:sum").text() == "It is not met now."
    open_timeline(filters)
    assert filters.find("timeline:standing:s1").text() == text


def test_a_pinned_message_whose_header_cannot_be_read_is_told_and_passes_by_no_rule(
    filters: Driver,
) -> None:
    row = PinnedMessage(id="p1", name="Nothing", headers="no header at all")
    filters.console.desk.edit(MESSAGES, (row,))
    open_trial(filters)
    assert titles(filters) == ["Nothing"]
    assert matrix(filters).judgements[0].verdict is Verdict.ACCEPT
    (text,) = results(filters)
    assert text.startswith("Nothing has no header: ")


def test_the_results_can_be_read_without_seeing_them(trial: Driver) -> None:
    pin(trial, "You have won", "must-pass")
    results(trial)
    shown = trial.find("expectation-results:list")
    assert shown.accessibleName()
    assert shown.item(0).data(Qt.ItemDataRole.DisplayRole)


def test_no_message_can_make_its_title_look_like_another() -> None:
    incoming = Incoming("\u202eevil\x1b[0m a", (), "", "d")
    assert Line(incoming).title == "·evil·[0m a"
