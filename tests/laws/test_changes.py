"""Every field changes alone, takes its followers along where they follow, and changes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.changes import change, value_at
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Choice, Toggle
from tests.laws.declared import (
    CELLS,
    FEW,
    FIELDS,
    ROWS,
    catalogue_with,
    conditions,
    empty_with,
    row_of,
)
from tests.strategies import accounts, values, workspaces

FOLLOWERS = [key for key, field in FIELDS.items() if field.follow]
OWN = {"authentication.username": "info", "imap.port": 1993, "smtp.port": 2525}
"""Values that no leader suggests."""


def moved(before: Document, after: Document) -> set[str]:
    """The keys of the fields that differ."""
    catalogue = catalogue_with(next(iter(FIELDS)))
    if not hasattr(before, catalogue.sections[0].name):
        catalogue = WORKSPACE
    return {key for key in catalogue.fields if get(before, key) != get(after, key)}


@pytest.mark.parametrize("key", FIELDS)
@FEW
@given(data=st.data())
def test_changing_back_restores_the_document(key: str, data: st.DataObject) -> None:
    before = empty_with(key)
    after = change(before, key, data.draw(values(FIELDS[key].kind)))
    assert change(after, key, get(before, key)) == before


@given(st.data())
def test_a_field_that_nobody_follows_changes_alone(data: st.DataObject) -> None:
    catalogue, documents = data.draw(
        st.sampled_from([(ACCOUNT, accounts()), (WORKSPACE, workspaces())])
    )
    document: Document = data.draw(documents)
    key = data.draw(st.sampled_from(sorted(catalogue.fields.keys() - catalogue.followers.keys())))
    value = data.draw(values(catalogue.fields[key].kind))
    after = change(document, key, value)
    assert get(after, key) == value
    assert moved(document, after) <= {key}
    assert change(after, key, get(document, key)) == document


@pytest.mark.parametrize("key", FOLLOWERS)
@FEW
@given(data=st.data())
def test_a_follower_moves_while_it_holds_the_suggestion(key: str, data: st.DataObject) -> None:
    follow = FIELDS[key].follow
    assert follow
    leading = data.draw(values(FIELDS[follow.leader].kind))
    after = change(empty_with(key), follow.leader, leading)
    assert get(after, key) == follow.suggestion(leading)
    assert moved(empty_with(key), after) <= {key, follow.leader}


@pytest.mark.parametrize("key", FOLLOWERS)
@FEW
@given(data=st.data())
def test_a_follower_stays_when_it_holds_a_value_of_its_own(key: str, data: st.DataObject) -> None:
    follow = FIELDS[key].follow
    assert follow
    own = put(empty_with(key), key, OWN[key])
    after = change(own, follow.leader, data.draw(values(FIELDS[follow.leader].kind)))
    assert get(after, key) == OWN[key]


@pytest.mark.parametrize("key", FOLLOWERS)
def test_a_leader_that_is_chosen_suggests_something_for_each_choice(key: str) -> None:
    follow = FIELDS[key].follow
    assert follow
    kind = FIELDS[follow.leader].kind
    if follow.values is not None:
        assert isinstance(kind, Toggle | Choice)
        offered = (False, True) if isinstance(kind, Toggle) else tuple(kind.options)
        assert set(follow.values) == set(offered)
        assert not any(
            fault for value in follow.values.values() for fault in FIELDS[key].kind.check(value)
        )


@pytest.mark.parametrize("cell", CELLS)
@FEW
@given(data=st.data())
def test_a_cell_changes_alone_and_back(cell: str, data: st.DataObject) -> None:
    row, name = row_of(cell), CELLS[cell].name
    key = cell.partition("/")[0]
    before = put(empty_with(key), key, (row(id="2abc"), row(id="3k9f")))
    value = data.draw(values(CELLS[cell].kind))
    after = change(before, f"{key}/3k9f/{name}", value)
    assert value_at(after, f"{key}/3k9f/{name}") == value
    assert value_at(after, key)[0] == row(id="2abc")
    assert moved(before, after) <= {key}
    assert change(after, f"{key}/3k9f/{name}", getattr(row(), name)) == before


@pytest.mark.parametrize("place", ROWS)
def test_cells_follow_nothing(place: str) -> None:
    """Only fields do: a cell that is declared to follow would stay where it is."""
    assert [cell.name for cell in fields_of(ROWS[place]) if cell.follow] == []


@pytest.mark.parametrize("place", ROWS)
def test_cells_decide_only_about_cells_that_decide_nothing(place: str) -> None:
    """Whether a cell is shown is told from its row as entered, in one pass."""
    cells = {cell.name: cell for cell in fields_of(ROWS[place])}
    for cell in cells.values():
        for condition in conditions(cell.visible):
            assert not list(conditions(cells[condition.key].visible))
