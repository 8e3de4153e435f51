"""Rows are moved, nested, copied and removed by their id, and nothing else happens to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motion_desk.models import rows
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import PLAN, Close, GotoIf, GotoP, Noop
from motion_desk.models.sections.answers import DispositionEntry

IDS = "abcdefg"


def tree(*lines: str) -> tuple[DispositionEntry, ...]:
    """Dispositions from lines such as "b a": the row b below the row a."""
    pairs = (f"{line} ".split(" ")[:2] for line in lines)
    return tuple(DispositionEntry(id=own, parent=parent, name=own) for own, parent in pairs)


def said(found: tuple[DispositionEntry, ...]) -> list[str]:
    """The lines that `tree` makes of rows."""
    return [f"{row.id} {row.parent}".strip() for row in found]


@st.composite
def forests(draw: st.DrawFn) -> tuple[DispositionEntry, ...]:
    """Trees of dispositions, without circles, in any order."""
    ids = list(IDS[: draw(st.integers(1, len(IDS)))])
    parents = [draw(st.sampled_from(["", *ids[:place]])) for place in range(len(ids))]
    found = [
        DispositionEntry(id=own, parent=parent) for own, parent in zip(ids, parents, strict=True)
    ]
    return tuple(draw(st.permutations(found)))


@st.composite
def tangles(draw: st.DrawFn) -> tuple[DispositionEntry, ...]:
    """Dispositions whose parents may be anything: themselves, each other, or gone."""
    return tuple(
        DispositionEntry(id=own, parent=draw(st.sampled_from(["", "gone", *IDS]))) for own in IDS
    )


@st.composite
def plans(draw: st.DrawFn) -> tuple[Row, ...]:
    """Plans full of jumps."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    targets = st.sampled_from(["", "gone", *ids])
    jumps = st.one_of(
        st.builds(GotoP, target=targets), st.builds(GotoIf, when_true=targets, when_false=targets)
    )
    return tuple(replace(draw(jumps | st.builds(Noop)), id=own) for own in ids)


def without(found: tuple[Row, ...], row_id: str) -> list[Row]:
    """All other rows."""
    return [row for row in found if row.id != row_id]


def an_id(data: st.DataObject, found: tuple[Row, ...]) -> str:
    """The id of one of the rows."""
    return data.draw(st.sampled_from([row.id for row in found]))


@given(plans(), st.integers(-3, 9), st.data())
def test_moving_puts_one_row_in_its_place_and_keeps_the_others_in_order(
    plan: tuple[Row, ...], to: int, data: st.DataObject
) -> None:
    row_id = an_id(data, plan)
    after = rows.moved(plan, row_id, to)
    assert without(after, row_id) == without(plan, row_id)
    assert rows.index(after, row_id) == min(max(to, 0), len(plan) - 1)
    assert set(after) == set(plan)  # jump targets, being ids, stay as they are


@given(forests(), st.sampled_from((-2, -1, 1, 2)), st.data())
def test_shifting_moves_among_siblings_and_keeps_the_others_in_order(
    forest: tuple[DispositionEntry, ...], by: int, data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    after = rows.shifted(forest, row_id, by)
    assert without(after, row_id) == without(forest, row_id)
    assert set(after) == set(forest)
    parent = rows.parent_of(forest[rows.index(forest, row_id)])
    siblings = rows.children(forest, parent)
    place = rows.index(siblings, row_id)
    wanted = place + by if 0 <= place + by < len(siblings) else place
    assert rows.index(rows.children(after, parent), row_id) == wanted


@given(plans(), st.data())
def test_removing_leaves_the_others_untouched(plan: tuple[Row, ...], data: st.DataObject) -> None:
    row_id = an_id(data, plan)
    assert list(rows.removed(plan, row_id)) == without(plan, row_id)


@given(forests(), st.data())
def test_removing_takes_along_what_is_nested_and_nothing_else(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    after = rows.removed(forest, row_id)
    gone = set(rows.subtree(forest, row_id))
    assert [row for row in forest if row.id not in gone] == list(after)
    left = {row.id for row in after}
    assert all(not row.parent or row.parent in left for row in after)


@given(forests(), st.data())
def test_nesting_goes_one_level_down_and_unnesting_back_up(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    before = rows.parent_of(forest[rows.index(forest, row_id)])
    siblings = rows.children(forest, before)
    place = rows.index(siblings, row_id)
    after = rows.nested(forest, row_id)
    if not place:
        assert after == forest
        return
    assert rows.parent_of(after[rows.index(after, row_id)]) == siblings[place - 1].id
    assert rows.depth(after, row_id) == rows.depth(forest, row_id) + 1
    assert without(after, row_id) == without(forest, row_id)
    back = rows.unnested(after, row_id)
    assert rows.parent_of(back[rows.index(back, row_id)]) == before
    assert without(back, row_id) == without(forest, row_id)


@given(forests(), st.data())
def test_unnesting_puts_a_row_right_behind_the_one_above(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    above = rows.parent_of(forest[rows.index(forest, row_id)])
    assume(above)
    after = rows.unnested(forest, row_id)
    siblings = rows.children(after, rows.parent_of(after[rows.index(after, above)]))
    assert rows.index(siblings, row_id) == rows.index(siblings, above) + 1
    assert rows.depth(after, row_id) == rows.depth(forest, row_id) - 1
    assert without(after, row_id) == without(forest, row_id)


def test_unnesting_on_the_first_level_changes_nothing() -> None:
    forest = tree("a", "b a")
    assert rows.unnested(forest, "a") is forest


@pytest.mark.parametrize(
    ("before", "row_id", "by", "after"),
    [
        (("a", "a1 a", "b", "b1 b", "c"), "c", -1, ["a", "a1 a", "c", "b", "b1 b"]),
        (("a", "a1 a", "b", "b1 b", "c"), "a", 1, ["a1 a", "b", "a", "b1 b", "c"]),
        (("a", "a1 a", "a2 a", "b"), "a2", -1, ["a", "a2 a", "a1 a", "b"]),
        (("a", "a1 a", "a2 a", "b"), "a2", 1, ["a", "a1 a", "a2 a", "b"]),
        (("a", "b"), "a", -1, ["a", "b"]),
    ],
)
def test_shifting_in_a_tree(
    before: tuple[str, ...], row_id: str, by: int, after: list[str]
) -> None:
    assert said(rows.shifted(tree(*before), row_id, by)) == after


@given(tangles(), st.data())
def test_a_subtree_ends_and_names_each_row_once(
    tangle: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, tangle)
    found = list(rows.subtree(tangle, row_id))
    assert found[0] == row_id
    assert len(found) == len(set(found))
    below = {row.id for row in tangle if row.parent in found}
    assert below <= set(found)


@given(tangles(), st.data())
def test_a_level_is_one_more_than_that_of_the_row_above(
    tangle: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(tangle))
    level = rows.depth(tangle, row.id)
    if row.parent in ("", "gone"):
        assert level == 1
    else:
        above = rows.depth(tangle, row.parent)
        assert level == (above + 1 if above else 0)


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (("a", "b a", "c b", "d c"), [1, 2, 3, 4]),
        (("d c", "c b", "b a", "a"), [4, 3, 2, 1]),
        (("a a",), [0]),
        (("a b", "b a", "c a", "d"), [0, 0, 0, 1]),
    ],
)
def test_levels_are_counted_from_one_and_a_circle_has_none(
    lines: tuple[str, ...], levels: list[int]
) -> None:
    forest = tree(*lines)
    assert [rows.depth(forest, row.id) for row in forest] == levels


@given(tangles())
def test_all_levels_at_once_are_those_of_each_row(tangle: tuple[Row, ...]) -> None:
    levels = [(row.id, rows.depth(tangle, row.id)) for row in tangle]
    assert list(rows.depths(tangle).items()) == levels


def test_a_circle_is_removed_as_a_whole() -> None:
    assert said(rows.removed(tree("a b", "b a", "c"), "a")) == ["c"]


@given(forests(), st.data())
def test_adding_goes_behind_a_row_and_all_that_is_nested_in_it(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    row_id = an_id(data, forest)
    new = DispositionEntry(id="new")
    after = rows.added(forest, new, row_id)
    assert without(after, "new") == list(forest)
    place = rows.index(after, "new")
    assert after[place - 1].id in set(rows.subtree(forest, row_id))
    assert not {row.id for row in after[place:]} & set(rows.subtree(forest, row_id))
    assert rows.added(forest, new) == (*forest, new)


@given(plans(), plans())
def test_copies_have_ids_of_their_own_and_refer_to_each_other(
    plan: tuple[Row, ...], taken: tuple[Row, ...]
) -> None:
    copies = rows.copied(plan, taken, PLAN)
    fresh = {row.id: copy.id for row, copy in zip(taken, copies, strict=True)}
    assert len(set(fresh.values())) == len(taken)
    assert not {row.id for row in plan} & set(fresh.values())
    for row, copy in zip(taken, copies, strict=True):
        assert type(copy) is type(row)
        for name in ("target", "when_true", "when_false"):
            target = getattr(row, name, None)
            assert getattr(copy, name, None) == fresh.get(target or "", target)


@given(forests(), st.data())
def test_copies_of_a_subtree_are_nested_as_it_is(
    forest: tuple[DispositionEntry, ...], data: st.DataObject
) -> None:
    inner = set(rows.subtree(forest, an_id(data, forest)))
    taken = tuple(row for row in forest if row.id in inner)
    copies = rows.copied(forest, taken, "dispositions.entries")
    fresh = {row.id: copy.id for row, copy in zip(taken, copies, strict=True)}
    assert [copy.parent for copy in copies] == [fresh.get(r.parent, r.parent) for r in taken]


def test_references_to_other_lists_are_not_led_over() -> None:
    """Ids are unique within a list only."""
    [copy] = rows.copied((), (Close(id="a", disposition="a"),), PLAN)
    assert copy.id != "a"
    assert copy.disposition == "a"


def test_a_new_row_has_defaults_and_an_id_of_its_own() -> None:
    one = rows.fresh(GotoP, ())
    other = rows.fresh(GotoP, (one,))
    assert one == GotoP(id=one.id)
    assert len(one.id) == 4
    assert other.id != one.id


def test_a_cell_is_set_in_its_row_alone() -> None:
    forest = tree("a", "b")
    after = rows.with_cell(forest, "b", "name", "Billing")
    assert after == (forest[0], replace(forest[1], name="Billing"))


@pytest.mark.parametrize(("row_id", "name"), [("z", "name"), ("a", "colour"), ("a", "TITLE")])
def test_a_row_or_cell_that_is_not_there_is_a_key_error(row_id: str, name: str) -> None:
    with pytest.raises(KeyError):
        rows.with_cell(tree("a"), row_id, name, "x")
