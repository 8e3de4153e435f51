"""Rows: added, copied, moved, nested and deleted, each by one edit; entries in use are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.actions import GotoP, Noop, ToQueue
from motion_desk.models.sections.answers import CannedAnswer, DispositionEntry
from motion_desk.models.sections.directory import QueueEntry
from motion_desk.models.workspace import Workspace
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored

TREE = "dispositions.entries"
ANSWERS = "canned_answers.entries"
PLAN = "actions.plan"
QUEUES = "queues.entries"


def account(name: str, queue: str = "q1") -> Account:
    made = put(Account(), "settings.name", name)
    for key, value in {
        TREE: (
            DispositionEntry(id="a", name="A"),
            DispositionEntry(id="b", name="B"),
            DispositionEntry(id="b1", name="B1", parent="b"),
            DispositionEntry(id="c", name="C"),
        ),
        PLAN: (
            Noop(id="n", value="start"),
            ToQueue(id="q", queue=queue, timeout=30),
            GotoP(id="g", target="n"),
        ),
        ANSWERS: (CannedAnswer(id="one", key="one"), CannedAnswer(id="two", key="two")),
    }.items():
        made = put(made, key, value)
    return made


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on Alpha, whose rows are above; Beta uses the same queue."""
    workspace = put(
        Workspace(), QUEUES, tuple(QueueEntry(id=f"q{n}", name=f"Queue {n}") for n in (1, 2, 3))
    )
    stored(path, workspace, account("Alpha"), account("Beta"))
    return stage()


def ids(driver: Driver, key: str) -> list[str]:
    return [row.id for row in driver.value(key)]


def names(driver: Driver, key: str) -> list[str]:
    """The lines of the list, each with a dot for every level below the first."""

    def lines(item: QTreeWidgetItem | None, level: int) -> list[str]:
        assert item is not None
        found = ["." * level + item.text(0)]
        for n in range(item.childCount()):
            found += lines(item.child(n), level + 1)
        return found

    tree = driver.find(key).tree
    return [
        line for n in range(tree.topLevelItemCount()) for line in lines(tree.topLevelItem(n), 0)
    ]


def test_an_empty_list_says_so_and_offers_only_to_add(path: Path, stage: Stage) -> None:
    stored(path, put(Account(), "settings.name", "Alpha"))
    driver = stage()
    driver.section("dispositions")
    editor = driver.find(TREE)
    assert not editor.tree.isVisible()
    assert [
        button.objectName()
        for button in editor.findChildren(type(driver.find(f"{TREE}:add")))
        if button.isEnabled() and button.objectName()
    ] == [f"{TREE}:add"]


def test_an_added_row_stands_behind_the_chosen_one_and_takes_the_focus(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(ANSWERS, "one")
    row = window.add(ANSWERS)
    assert ids(window, ANSWERS) == ["one", row, "two"]
    assert window.focused() == f"{ANSWERS}/{row}/key"
    window.type_on("hours")
    assert names(window, ANSWERS) == ["one", "hours", "two"]
    window.command("undo")
    window.command("undo")
    assert ids(window, ANSWERS) == ["one", "two"]


def test_typing_in_a_cell_keeps_the_cursor_where_it_is(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(ANSWERS, "two")
    line = window.focus(f"{ANSWERS}/two/key")
    assert isinstance(line, QLineEdit)
    window.press_key(Qt.Key.Key_End)
    window.type_on("-answers")
    window.press_key(Qt.Key.Key_Left)
    window.type_on("XY")
    assert line.text() == "two-answerXYs"
    assert line.cursorPosition() == 12
    assert window.focused() == f"{ANSWERS}/two/key"
    assert window.chosen(ANSWERS) == "two"


def test_a_copy_stands_behind_its_row_with_all_that_is_nested(window: Driver) -> None:
    window.section("dispositions")
    window.choose(TREE, "b")
    window.press(f"{TREE}:duplicate")
    assert names(window, TREE) == ["A", "B", ".B1", "B", ".B1", "C"]
    assert len(set(ids(window, TREE))) == 6
    assert window.chosen(TREE) == ids(window, TREE)[3]
    window.command("undo")
    assert names(window, TREE) == ["A", "B", ".B1", "C"]


def test_rows_move_among_their_siblings_and_stop_at_either_end(window: Driver) -> None:
    window.section("dispositions")
    window.choose(TREE, "c")
    window.press(f"{TREE}:up")
    assert names(window, TREE) == ["A", "C", "B", ".B1"]
    assert window.chosen(TREE) == "c"
    window.press(f"{TREE}:up")
    window.press(f"{TREE}:up")
    assert names(window, TREE) == ["C", "A", "B", ".B1"]
    window.press(f"{TREE}:down")
    assert names(window, TREE) == ["A", "C", "B", ".B1"]
    for _ in range(3):
        window.command("undo")
    assert names(window, TREE) == ["A", "B", ".B1", "C"]
    assert not window.can("undo"), "what changes nothing is no edit"


def test_jumps_name_the_moved_action_by_its_new_place(window: Driver) -> None:
    window.section("actions")
    assert names(window, PLAN) == ["1. Noop: start", "2. Queue: Queue 1, 30 s", "3. GotoP → 1"]
    window.choose(PLAN, "n")
    window.press(f"{PLAN}:down")
    assert names(window, PLAN) == ["1. Queue: Queue 1, 30 s", "2. Noop: start", "3. GotoP → 2"]


def test_a_row_goes_below_the_one_above_and_back(window: Driver) -> None:
    window.section("dispositions")
    window.choose(TREE, "c")
    window.press(f"{TREE}:nest")
    assert names(window, TREE) == ["A", "B", ".B1", ".C"]
    window.press(f"{TREE}:nest")
    assert names(window, TREE) == ["A", "B", ".B1", "..C"]
    window.press(f"{TREE}:unnest")
    window.press(f"{TREE}:unnest")
    assert names(window, TREE) == ["A", "B", ".B1", "C"]
    assert window.chosen(TREE) == "c"


def test_a_deleted_row_goes_with_what_is_nested_and_its_neighbour_is_chosen(
    window: Driver, answers: Answers
) -> None:
    answers.answers["delete_rows"] = True
    window.section("dispositions")
    window.choose(TREE, "b")
    window.press(f"{TREE}:delete")
    assert names(window, TREE) == ["A", "C"]
    assert window.chosen(TREE) == "c"
    window.command("undo")
    assert names(window, TREE) == ["A", "B", ".B1", "C"]
    assert len(answers.asked) == 1, "nothing is asked where a row goes alone"
    window.choose(TREE, "a")
    window.press(f"{TREE}:delete")
    assert names(window, TREE) == ["B", ".B1", "C"]
    assert len(answers.asked) == 1


def test_the_keyboard_goes_through_the_rows(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(ANSWERS, "one")
    QTest.keyClick(window.find(ANSWERS).tree, Qt.Key.Key_Down)
    window.rest()
    assert window.is_there(f"{ANSWERS}/two/key")
    assert not window.is_there(f"{ANSWERS}/one/key")


def test_each_document_shows_rows_of_its_own(window: Driver) -> None:
    window.section("canned_answers")
    window.choose(ANSWERS, "two")
    window.press(f"{ANSWERS}:delete")
    window.open("Beta")
    assert names(window, ANSWERS) == ["one", "two"]
    window.open("Alpha")
    assert names(window, ANSWERS) == ["one"]


# Entries of the directory


@pytest.fixture
def queues(window: Driver) -> Driver:
    """The workspace's queues on screen; Alpha is open with unsaved changes."""
    window.type("settings.key", "ALPHA")
    window.open("Workspace")
    window.section("queues")
    return window


def delete(driver: Driver, row: str) -> None:
    driver.choose(QUEUES, row)
    driver.press(f"{QUEUES}:delete")
    driver.settled()


def queue_of(driver: Driver, name: str) -> str:
    driver.open(name)
    return str(driver.value(PLAN)[1].queue)


def test_an_entry_that_nothing_uses_is_deleted_at_once(queues: Driver, answers: Answers) -> None:
    delete(queues, "q3")
    assert ids(queues, QUEUES) == ["q1", "q2"]
    assert answers.asked == []


def test_an_entry_in_use_stays_unless_that_is_decided(queues: Driver, answers: Answers) -> None:
    delete(queues, "q1")
    others = {"q2": "Queue 2", "q3": "Queue 3"}
    assert answers.asked == [("in_use", ("Queue 1", ["Alpha", "Beta"], others))]
    assert ids(queues, QUEUES) == ["q1", "q2", "q3"]


def test_a_retired_entry_stays_where_it_is_used_and_is_offered_no_more(
    queues: Driver, answers: Answers
) -> None:
    answers.answers["in_use"] = "retire"
    delete(queues, "q1")
    assert ids(queues, QUEUES) == ["q1", "q2", "q3"]
    assert queues.value(f"{QUEUES}/q1/retired") is True
    queues.open("Alpha")
    queues.section("actions")
    queues.choose(PLAN, "q")
    combo = queues.find(f"{PLAN}/q/queue").combo
    assert combo.currentText() == "Queue 1 (retired)"
    row = queues.add(PLAN, "queue")
    combo = queues.find(f"{PLAN}/{row}/queue").combo
    offered = [combo.itemText(n) for n in range(combo.count())]
    assert offered == ["None", "Queue 2", "Queue 3"]


def test_a_replaced_entry_is_replaced_wherever_it_is_used(queues: Driver, answers: Answers) -> None:
    answers.answers["in_use"] = "q2"
    delete(queues, "q1")
    assert ids(queues, QUEUES) == ["q2", "q3"]
    assert queue_of(queues, "Beta") == "q2"
    assert queue_of(queues, "Alpha") == "q2"
    assert queues.value("settings.key") == "ALPHA", "other changes stay, and stay unsaved"
    unsaved = {opened.draft.id for opened in queues.console.desk.unsaved}
    assert unsaved == {queues.console.desk.workspace.id, queues.account("Alpha").id}


def test_an_entry_used_only_by_an_unsaved_draft_counts_as_used(
    queues: Driver, answers: Answers
) -> None:
    queues.open("Alpha")
    queues.section("actions")
    queues.choose(PLAN, "q")
    queues.pick(f"{PLAN}/q/queue", "Queue 3")
    queues.open("Workspace")
    queues.section("queues")
    delete(queues, "q3")
    assert answers.asked[-1][1][:2] == ("Queue 3", ["Alpha"])
    assert "q3" in ids(queues, QUEUES)


def test_what_is_folded_stays_folded_when_rows_change(window: Driver) -> None:
    window.section("dispositions")
    tree = window.find(TREE).tree
    window.choose(TREE, "a")
    tree.topLevelItem(1).setExpanded(False)
    window.type(f"{TREE}/a/name", "Another")
    assert names(window, TREE) == ["Another", "B", ".B1", "C"]
    assert not tree.topLevelItem(1).isExpanded()
    window.press(f"{TREE}:duplicate")
    assert names(window, TREE) == ["Another", "Another", "B", ".B1", "C"]
    assert not tree.topLevelItem(2).isExpanded()
    window.go_to_problem(f"{TREE}/a/name")
    assert window.chosen(TREE) == "a"
    window.console.window.go_to(f"{TREE}/b1/name")
    assert tree.topLevelItem(2).isExpanded(), "what was gone to lies in it"


def test_rows_that_hang_on_nothing_or_in_a_circle_are_shown_once(path: Path, stage: Stage) -> None:
    rows = (
        DispositionEntry(id="x", name="X", parent="y"),
        DispositionEntry(id="y", name="Y", parent="x"),
        DispositionEntry(id="late", name="Late child", parent="top"),
        DispositionEntry(id="lost", name="Lost", parent="gone"),
        DispositionEntry(id="top", name="Top"),
    )
    stored(path, put(put(Account(), "settings.name", "Alpha"), TREE, rows))
    driver = stage()
    driver.section("dispositions")
    assert names(driver, TREE) == ["Top", ".Late child", "X", ".Y", "Lost"]


def test_a_row_is_written_anew_while_one_types_and_its_line_is_kept(
    path: Path, stage: Stage
) -> None:
    rows = tuple(
        DispositionEntry(
            id=f"{n}", name=f"Label {n}", parent="" if n % 30 == 0 else f"{n // 30 * 30}"
        )
        for n in range(300)
    )
    stored(path, put(put(Account(), "settings.name", "Alpha"), TREE, rows))
    driver = stage()
    driver.section("dispositions")
    driver.choose(TREE, "65")
    lines = driver.find(TREE).tree.findItems("Label 65", Qt.MatchFlag.MatchRecursive)
    for n in range(9):
        driver.console.desk.edit(f"{TREE}/65/name", f"Name {n}")
    assert lines[0].text(0) == "Name 8", "the line is written, not made anew"
