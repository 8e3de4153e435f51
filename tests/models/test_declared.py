"""Sections and rows are frozen values: made by keyword, equal by content, and never changed."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.declared import declared
from motion_desk.models.sections.actions import Noop
from motion_desk.models.sections.imap import Imap
from motion_desk.models.sections.smtp import Smtp
from motion_desk.models.workspace import Workspace
from tests.laws.declared import FEW, ROWS
from tests.strategies import rows

SECTIONS = [getattr(made, each.name) for made in (Account(), Workspace()) for each in fields(made)]
MADE = [each for each in SECTIONS if is_dataclass(each)]


@pytest.mark.parametrize("made", MADE, ids=lambda made: type(made).__name__)
def test_a_section_is_its_defaults_until_something_else_is_said(made: Any) -> None:
    for field in fields(made):
        assert getattr(made, field.name) == field.default
    assert type(made)() == made
    assert hash(type(made)()) == hash(made)


@pytest.mark.parametrize("place", ROWS)
@FEW
@given(data=st.data())
def test_rows_are_equal_exactly_where_their_cells_are(place: str, data: st.DataObject) -> None:
    one, other = data.draw(rows(ROWS[place])), data.draw(rows(ROWS[place]))
    same = all(getattr(one, each.name) == getattr(other, each.name) for each in fields(one))
    assert (one == other) is same
    again = type(one)(**{each.name: getattr(one, each.name) for each in reversed(fields(one))})
    assert again == one
    assert hash(again) == hash(one)


def test_sections_of_two_types_are_never_equal() -> None:
    assert Imap() != Smtp()
    assert Noop() != "Noop"


@pytest.mark.parametrize("made", [Imap(), Noop(id="2abc")])
def test_a_value_is_frozen(made: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        made.id = "other"
    with pytest.raises(FrozenInstanceError):
        del made.id
    with pytest.raises(FrozenInstanceError):
        made.colour = "red"


def test_what_is_not_declared_is_refused() -> None:
    with pytest.raises(TypeError, match="Noop has no colour, size"):
        Noop(colour="red", size=5)  # type: ignore[call-arg]  # that is the test
    with pytest.raises(TypeError, match="colour"):
        replace(Noop(), colour="red")  # type: ignore[call-arg]  # that is the test


def test_replacing_leaves_the_original_and_its_other_values() -> None:
    before = Imap(host="imap.example.com", port=1993)
    after = replace(before, port=143)
    assert (after.host, after.port) == ("imap.example.com", 143)
    assert before == Imap(host="imap.example.com", port=1993)


def test_a_value_is_shown_with_all_that_it_holds() -> None:
    assert repr(Noop(id="2abc", value="x")) == "Noop(id='2abc', value='x')"


def test_a_copy_is_equal() -> None:
    made = Imap(host="imap.example.com")
    assert copy.copy(made) == made
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301


def test_a_type_adds_to_what_it_inherits() -> None:
    @declared
    class Inner(Noop):
        more: str = "x"

    assert Inner(id="2abc").more == "x"
    assert Inner().value == ""
    assert is_dataclass(Inner)
