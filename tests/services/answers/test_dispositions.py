"""Dispositions from CSV files and into them: what is added, what is refused, and both ways round."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.services.answers.dispositions import exported, omitted, planned
from motion_desk.services.answers.plan import MOST, Plan
from motion_desk.services.tables import TableError, read_table
from tests.patience import PROMPT

ORDER = (
    DispositionEntry(id="o", name="Order", description="Anything about an order."),
    DispositionEntry(id="c", parent="o", name="Cancelled"),
    DispositionEntry(id="s", name="Spam"),
)


def plan(text: str, rows: tuple[DispositionEntry, ...] = ()) -> Plan:
    return planned(read_table(text.encode()), rows)


def paths(rows: tuple[object, ...]) -> list[str]:
    """Each label's path and description, as the tree shows them."""
    found: list[str] = []

    def walk(parent: str, above: str) -> None:
        for row in rows:
            assert isinstance(row, DispositionEntry)
            if row.parent == parent:
                said = f"{above}/{row.name}"
                found.append(f"{said}: {row.description}" if row.description else said)
                walk(row.id, said)

    walk("", "")
    return found


def test_a_row_for_each_label_makes_the_tree_with_the_labels_above() -> None:
    found = plan("Level 1,Level 2,Level 3,Description\nOrder,Late,Refunded,Money back\nSpam,,,\n")
    assert paths(found.rows) == ["/Order", "/Order/Late", "/Order/Late/Refunded: Money back", "/Spam"]  # fmt: skip
    assert [(each.line, each.name, each.what) for each in found.added] == [
        (0, "Order", "above others"),
        (0, "Order › Late", "above others"),
        (2, "Order › Late › Refunded", ""),
        (3, "Spam", ""),
    ]
    assert found.possible


def test_what_is_there_already_is_known_by_its_path_and_keeps_its_id() -> None:
    found = plan("Level 1;Level 2;Description\nOrder;Cancelled;By phone\nSpam;;\n", ORDER)
    assert [row.id for row in found.rows] == [row.id for row in ORDER]
    assert paths(found.rows)[1] == "/Order/Cancelled: By phone"
    assert [(each.line, each.name, each.what) for each in found.changed] == [
        (2, "Order › Cancelled", "description")
    ]
    assert (found.untouched, found.kept, found.added) == (1, 1, ())


def test_an_empty_description_empties_one_and_without_the_column_all_stay() -> None:
    assert plan("Level 1,Description\nOrder,\n", ORDER).rows[0].description == ""  # type: ignore[attr-defined]  # a disposition
    found = plan("Level 1\nOrder\nNew\n", ORDER)
    assert found.rows[0] is ORDER[0]
    assert not found.changed


@pytest.mark.parametrize(
    "text",
    [
        "Name,Parent\nRefunded,Late\nLate,Order\n",
        "Name,Parent\nLate,Order\nRefunded,Order › Late\n",
        "Name,First-level disposition,Second-level disposition\nRefunded,Order,Late\n",
        "level1\tLEVEL2\tLevel-3\nOrder\tLate\tRefunded\n",
    ],
    ids=["upside-down", "whole-path", "as-motion-calls-them", "tabs"],
)
def test_labels_can_be_named_by_what_stands_above_them(text: str) -> None:
    found = plan(text, ORDER)
    assert "/Order/Late/Refunded" in paths(found.rows)
    assert len(found.rows) == 5


def test_a_parent_of_whom_there_are_two_must_be_said_whole() -> None:
    rows = (*ORDER, DispositionEntry(id="x", parent="s", name="Cancelled"))
    found = plan("Name,Parent\nBy phone,Cancelled\n", rows)
    said = (
        "More than one label is called “Cancelled”: “Order › Cancelled” and “Spam › Cancelled”. "
        "Write its whole path."
    )
    assert [(each.line, each.what) for each in found.refused] == [(2, said)]
    whole = plan("Name,Parent\nBy phone,Spam › Cancelled\n", rows)
    assert "/Spam/Cancelled/By phone" in paths(whole.rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Level 1,Level 2,Level 3\nA,,C\n",
            "Level 2 is empty. Write the name of each label above.",
        ),
        ("Level 1,Level 2,Level 3\n,B,C\n", "The first level is empty. Write the name of each"),
        ("Level 1,Level 2,Level 3,Description\n,,,lost\n", "No level has a name."),
        ("Level 1,Level 2,Level 3,Level 4\nA,B,C,D\n", "This lies below level 3, the last that"),
        ("Name,Parent\nD,A › B › C\n", "This lies below level 3, the last that Motion has"),
        ("Name,Parent\n,A\n", "The name is empty."),
        (
            "Name,Parent\nA,A\n",
            "This lies below level 3, the last that Motion has, or below itself.",
        ),
        (
            "Name,Parent\nA,B\nB,C\nC,A\n",
            "This lies below level 3, the last that Motion has, or below itself.",
        ),
        ("Level 1\nA\nA\n", "The label is on line 2, too. Keep one of them."),
        ('Level 1\n"A\nB"\n', "Name: This must be a single line."),
        (f"Level 1,Level 2\n{'x' * 300},B\n", "Name: At most 255 characters are allowed"),
        ("Level 1,Description\nA,b,c\n", "This row has 3 cells, the first one 2."),
    ],
    ids=[
        "gap",
        "no-first",
        "nameless",
        "fourth-level",
        "too-deep",
        "no-name",
        "itself",
        "circle",
        "twice",
        "lines",
        "long",
        "cells",
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_nothing_can_be_done(text: str, said: str) -> None:
    found = plan(text)
    assert found.refused[-1].what.startswith(said)
    assert found.refused[0 if "itself" in said else -1].line == (3 if "A\nA" in text else 2)
    assert not found.possible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Colour,Weight\nred,3\n", "No column of the file names dispositions. Name its columns"),
        ("Level 1,First level\nA,B\n", "“First level” is a column more than once."),
    ],
)
def test_columns_that_say_nothing_of_labels_are_refused(text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        plan(text)


def test_columns_that_are_passed_over_are_told() -> None:
    assert plan("Level 1,Colour\nA,red\n").remarks == ("Column “Colour” is not read.",)


def test_ten_thousand_labels_below_each_other_are_refused_without_delay() -> None:
    names = [f"L{number}" for number in range(100)]
    text = "Name,Parent\n" + "".join(f"{one},{two}\n" for one in names for two in names)
    began = time.thread_time()
    found = plan(text)
    assert time.thread_time() - began < PROMPT
    assert len(found.refused) == 10_000


def test_more_labels_than_a_window_can_edit_are_refused() -> None:
    with pytest.raises(TableError, match=r"1,001 dispositions; at most 1,000"):
        plan("Level 1\n" + "".join(f"L{n}\n" for n in range(MOST + 1)))


def test_what_has_no_place_in_three_columns_is_left_out_and_counted() -> None:
    rows = (
        *ORDER,
        DispositionEntry(id="3", parent="c", name="Third"),
        DispositionEntry(id="4", parent="3", name="Fourth"),
        DispositionEntry(id="p", parent="q", name="P"),
        DispositionEntry(id="q", parent="p", name="Q"),
        DispositionEntry(id="n", name=""),
    )
    assert omitted(rows) == 4
    assert b"Fourth" not in exported(rows)
    assert plan(exported(rows).decode(), rows).refused == ()


def test_a_label_that_would_be_a_formula_is_guarded_on_its_way_out() -> None:
    rows = (DispositionEntry(id="f", name="=1+1", description="@SUM(A1)"),)
    assert exported(rows).decode().splitlines()[1] == "'=1+1,,,'@SUM(A1)"
    assert paths(plan(exported(rows).decode()).rows) == ["/=1+1: @SUM(A1)"]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(lambda text: bool(text.strip()))


@st.composite
def trees(draw: st.DrawFn) -> tuple[DispositionEntry, ...]:
    """Trees of at most three levels whose labels differ from their siblings."""
    rows: list[DispositionEntry] = []
    levels: dict[str, int] = {"": 0}
    for number in range(draw(st.integers(0, 8))):
        parent = draw(st.sampled_from([each for each, level in levels.items() if level < 3]))
        name = draw(NAME.map(str.strip))
        if any((row.parent, row.name) == (parent, name) for row in rows):
            continue
        levels[str(number)] = levels[parent] + 1
        rows.append(
            DispositionEntry(id=str(number), parent=parent, name=name, description=draw(TEXT))
        )
    return tuple(rows)


@given(trees())
def test_what_goes_out_comes_in_as_it_was(rows: tuple[DispositionEntry, ...]) -> None:
    if not rows:
        return
    table = read_table(exported(rows))
    assert paths(planned(table, ()).rows) == paths(rows)
    again = planned(table, rows)
    assert again.rows == rows
    assert not again.possible
    assert again.untouched == len(rows)
