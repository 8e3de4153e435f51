"""Every kind is known wherever kinds are told apart; what is missing is listed by name."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from motion_desk.models.kinds import Kind, Rows, Text
from motion_desk.models.records import column_type
from tests.laws.declared import KIND_BY_KEY, KIND_BY_NAME, KINDS
from tests.strategies import values

KNOWN = tuple(KIND_BY_KEY.values())


@dataclass(frozen=True, slots=True)
class Colour(Kind):
    """A kind that nothing in the program knows."""


def raises(find: Callable[[Kind], object], kind: Kind) -> bool:
    """Whether a look-up of the kind finds nothing."""
    try:
        find(kind)
    except (KeyError, TypeError):
        return True
    return False


def without_strategy(*more: type[Kind]) -> list[str]:
    """The kinds of which the tests can make no values."""
    return [type(kind).__name__ for kind in (*KNOWN, *(m() for m in more)) if raises(values, kind)]


def without_column(*more: type[Kind]) -> list[str]:
    """The kinds that have no type of column in the database."""
    return [
        type(kind).__name__ for kind in (*KNOWN, *(m() for m in more)) if raises(column_type, kind)
    ]


def without_schema(*more: type[Kind]) -> list[str]:
    """The kinds that JSON Schema does not describe."""
    from motion_desk.services.exchange.schema_kinds import BY_KIND

    return [kind.__name__ for kind in (*KINDS, *more) if kind not in BY_KIND]


def without_editor(*more: type[Kind]) -> list[str]:
    """The kinds that the window has no editor for; rows have theirs beside the table."""
    from motion_desk.ui.form.editing import EDITORS

    return [kind.__name__ for kind in (*KINDS, *more) if kind not in EDITORS and kind is not Rows]


def without_field(*more: type[Kind]) -> list[str]:
    """The kinds that no field has: what is known of them is not used, nor tried by any law."""
    return [kind.__name__ for kind in (*KINDS, *more) if kind.__name__ not in KIND_BY_NAME]


LISTS = (without_strategy, without_column, without_schema, without_editor, without_field)


@pytest.mark.parametrize("missing", LISTS, ids=lambda missing: missing.__name__)
def test_every_kind_is_known(missing: Callable[..., list[str]]) -> None:
    assert missing() == []


@pytest.mark.parametrize("missing", LISTS, ids=lambda missing: missing.__name__)
def test_a_new_kind_is_named(missing: Callable[..., list[str]]) -> None:
    assert missing(Colour) == ["Colour"]


def test_the_kinds_of_hosts_and_addresses_are_among_them() -> None:
    """A wrong way to find kinds would leave every list empty."""
    assert {"Text", "Integer", "Rows", "Host", "Address"} <= {kind.__name__ for kind in KINDS}
    assert Text in KINDS
    assert Kind not in KINDS
