"""What is shown and what counts, for every field, cell and section."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.catalogue import ACCOUNT, catalogue_of
from motion_desk.models.changes import effective, effective_rows, resolve, visible_cells
from motion_desk.models.checks import check
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Rows
from motion_desk.models.rules import ALWAYS
from tests.laws.declared import (
    CELLS,
    FEW,
    FIELDS,
    ROWS,
    SECTIONS,
    by_every_choice,
    catalogue_with,
    choices,
    row_of,
    whole_rule,
)
from tests.strategies import accounts, rows, workspaces

documents = st.one_of(accounts(), workspaces())


@pytest.mark.parametrize("key", FIELDS)
def test_a_field_is_shown_by_some_choice_and_hidden_by_another(key: str) -> None:
    catalogue = catalogue_with(key)
    rule = whole_rule(key)
    shown = {resolve(document).visible[key] for document in by_every_choice(catalogue, rule)}
    assert shown == ({True} if rule == ALWAYS else {True, False})


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_shown_by_some_choice_and_hidden_by_another(name: str) -> None:
    info = SECTIONS[name]
    catalogue = catalogue_with(info.fields[0].key)
    shown = {
        info.visible.holds(resolve(document).effective.__getitem__)
        for document in by_every_choice(catalogue, info.visible)
    }
    assert shown == ({True} if info.visible == ALWAYS else {True, False})


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_that_is_shown_shows_a_field_and_a_hidden_one_none(name: str) -> None:
    info = SECTIONS[name]
    for document in by_every_choice(catalogue_with(info.fields[0].key), info.visible):
        resolved = resolve(document)
        shown = info.visible.holds(resolved.effective.__getitem__)
        assert any(resolved.visible[field.key] for field in info.fields) is shown


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_shown_by_some_choice_and_hidden_by_another(cell: str) -> None:
    row, name = row_of(cell), CELLS[cell].name
    known = {field.name: field for field in fields_of(row)}
    leading = [known[key] for key in sorted(CELLS[cell].visible.keys())]
    shown = {visible_cells(replace(row(), **choice))[name] for choice in choices(leading)}
    assert shown == ({True} if CELLS[cell].visible == ALWAYS else {True, False})


@given(documents)
def test_what_counts_of_what_counts_is_the_same(document: Document) -> None:
    counted = effective(document)
    assert effective(counted) == counted
    assert resolve(counted).visible == resolve(document).visible


@given(documents)
def test_a_shown_field_counts_as_entered_and_a_hidden_one_as_suggested(document: Document) -> None:
    counted, visible = effective(document), resolve(document).visible
    for key, field in catalogue_of(document).fields.items():
        if visible[key]:
            assert get(counted, key) == effective_rows(get(document, key))
        elif field.follow:
            assert get(counted, key) == field.follow.suggestion(get(counted, field.follow.leader))
        else:
            assert get(counted, key) == field.default


@pytest.mark.parametrize("place", ROWS)
@FEW
@given(data=st.data())
def test_a_shown_cell_counts_as_entered_and_a_hidden_one_as_its_default(
    place: str, data: st.DataObject
) -> None:
    row = data.draw(rows(ROWS[place]))
    [counted] = effective_rows((row,))
    for name, shown in visible_cells(row).items():
        default = CELLS[f"{place}/{name}"].default
        assert getattr(counted, name) == (getattr(row, name) if shown else default)


@given(documents)
def test_a_hidden_field_or_cell_has_no_problem(document: Document) -> None:
    resolved = resolve(document)
    for problem in check(document):
        head, _, cell = problem.key.partition("/")
        assert resolved.visible[head]
        if "/" in cell:
            row_id, _, name = cell.partition("/")
            [row] = [row for row in resolved.effective[head] if row.id == row_id]
            assert visible_cells(row)[name]


@pytest.mark.parametrize("key", [key for key in ACCOUNT.fields if whole_rule(key) != ALWAYS])
def test_a_hidden_field_keeps_its_value_and_loses_its_say(key: str) -> None:
    """Also where the kept value is one that its kind refuses."""
    wrong = ("wrong",) if isinstance(FIELDS[key].kind, Rows) else object()
    for document in by_every_choice(ACCOUNT, whole_rule(key)):
        if not resolve(document).visible[key]:
            kept = put(document, key, wrong)
            assert get(kept, key) is wrong
            assert effective(kept) == effective(document)
            assert check(kept) == check(document)
