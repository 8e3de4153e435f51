"""Columns: what each gets of a table's room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motion_desk.ui.columns import Width, widths

WIDTHS = st.lists(st.builds(Width, st.integers(20, 300), st.integers(0, 3)), min_size=1, max_size=9)


@given(st.integers(0, 2_000), WIDTHS)
def test_no_column_gets_less_than_it_needs_and_the_room_is_filled(
    room: int, columns: list[Width]
) -> None:
    found = widths(room, dict(enumerate(columns)))
    assert all(found[column] >= each.least for column, each in enumerate(columns))
    needed = sum(each.least for each in columns)
    if any(each.share for each in columns):
        assert sum(found.values()) == max(room, needed)
    else:
        assert sum(found.values()) == needed


def test_what_is_left_goes_to_those_with_a_share_by_their_share() -> None:
    found = widths(600, {4: Width(100), 2: Width(100, 1), 7: Width(100, 2)})
    assert found == {4: 100, 2: 200, 7: 300}
