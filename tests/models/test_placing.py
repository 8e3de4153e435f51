"""A row is placed anywhere in its tree: it moves whole, nothing is lost, nothing lies below itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models import rows
from motion_desk.models.kinds import Row
from motion_desk.models.sections.answers import DispositionEntry
from tests.models.plans import plan, plans
from tests.models.test_rows import an_id, forests, said, tangles, tree


def a_place(data: st.DataObject, forest: tuple[DispositionEntry, ...]) -> tuple[str, str]:
    """A row of the forest or the first level, and one of the rows directly below it or none."""
    parent = data.draw(st.sampled_from(["", *(row.id for row in forest)]))
    below = [row.id for row in rows.children(forest, parent)]
    return parent, data.draw(st.sampled_from(["", *below]))


@given(forests(), st.data())
def test_a_placed_row_stands_where_it_was_put_or_all_stays(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    parent, before = a_place(data, forest)
    inside = set(rows.subtree(forest, row_id))
    after = rows.placed(forest, row_id, parent, before)
    if parent in inside:
        assert after is forest
        return
    order = [row.id for row in rows.children(after, parent)]
    assert row_id in order
    following = order[order.index(row_id) + 1 :]
    if before and before != row_id:
        assert following[0] == before
    elif not before:
        assert following == []


@given(forests(), st.data())
def test_a_placed_row_moves_whole_and_all_others_stay_in_order(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    after = rows.placed(forest, row_id, *a_place(data, forest))
    inside = set(rows.subtree(forest, row_id))
    assert set(rows.subtree(after, row_id)) == inside
    assert [row for row in after if row.id not in inside] == [
        row for row in forest if row.id not in inside
    ]
    assert [row for row in after if row.id in inside - {row_id}] == [
        row for row in forest if row.id in inside - {row_id}
    ]
    assert all(rows.depth(after, row.id) for row in after), "nothing lies below itself"
    if after is not forest:
        places = [place for place, row in enumerate(after) if row.id in inside]
        assert places == list(range(places[0], places[0] + len(places)))


@given(tangles(), st.data())
def test_circles_of_parents_are_no_trap(
    tangle: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, tangle)
    after = rows.placed(tangle, row_id, *a_place(data, tangle))
    assert sorted(row.id for row in after) == sorted(row.id for row in tangle)
    assert rows.height(tangle, row_id) >= 1


@given(plans(), st.data())
def test_actions_are_placed_as_they_are(plan_: tuple[Row, ...], data: st.DataObject) -> None:
    ids = [row.id for row in plan_]
    if not ids:
        return
    row_id = data.draw(st.sampled_from(ids))
    before = data.draw(st.sampled_from(["", *ids]))
    after = rows.placed(plan_, row_id, "", before)
    assert set(after) == set(plan_)
    assert [row for row in after if row.id != row_id] == [r for r in plan_ if r.id != row_id]


@pytest.mark.parametrize(
    ("row_id", "parent", "before", "after"),
    [
        ("c", "", "a", ["c", "a", "a1 a", "b"]),
        ("a", "", "", ["b", "c", "a", "a1 a"]),
        ("a", "c", "", ["b", "c", "a c", "a1 a"]),
        ("b", "a", "a1", ["a", "b a", "a1 a", "c"]),
        ("b", "a", "", ["a", "a1 a", "b a", "c"]),
        ("a1", "", "b", ["a", "a1", "b", "c"]),
        ("a", "a1", "", ["a", "a1 a", "b", "c"]),
        ("a", "", "b", ["a", "a1 a", "b", "c"]),
        ("b", "", "b", ["a", "a1 a", "b", "c"]),
        ("c", "", "", ["a", "a1 a", "b", "c"]),
    ],
)
def test_placing_in_a_tree(row_id: str, parent: str, before: str, after: list[str]) -> None:
    forest = tree("a", "a1 a", "b", "c")
    placed = rows.placed(forest, row_id, parent, before)
    assert said(placed) == after
    if after == said(forest):
        assert placed is forest


def test_a_row_is_put_before_its_own_siblings_only() -> None:
    with pytest.raises(KeyError):
        rows.placed(tree("a", "a1 a", "b"), "b", "", "a1")
    with pytest.raises(KeyError):
        rows.placed(plan("log"), "gone", "")


@given(forests(), st.data())
def test_a_height_is_that_of_the_deepest_row_within(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    levels = [rows.depth(forest, inner) for inner in rows.subtree(forest, row_id)]
    assert rows.height(forest, row_id) == max(levels) - min(levels) + 1
