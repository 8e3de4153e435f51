"""Changes: the only way a document changes, and what of it counts (``resolve``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import Catalogue, catalogue_of, suggestion
from motion_desk.models.document import D, Document, get, put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Row
from motion_desk.models.rows import with_cell
from motion_desk.models.rules import ALWAYS


def change(document: D, key: str, value: object) -> D:
    """The document with ``key`` set and the followers that still hold their suggestion moved.

    ``key`` is ``section.name``, or ``section.name/row id/cell`` for one cell of a rows field.
    Raises ``KeyError`` for a key, row or cell that is not there.
    """
    catalogue = catalogue_of(document)
    head, _, cell = key.partition("/")
    if head not in catalogue.fields:
        raise KeyError(key)
    if cell:
        row_id, _, name = cell.partition("/")
        return put(document, head, with_cell(get(document, head), row_id, name, value))
    before = get(document, head)
    changed = put(document, head, value)
    for field in catalogue.followers.get(head, ()):
        if get(document, field.key) == _suggested(field.key, catalogue, before):
            changed = change(changed, field.key, _suggested(field.key, catalogue, value))
    return changed


def with_values(document: D, values: Mapping[str, object]) -> D:
    """The document with all these values, by key, also where one of them leads another."""
    for _ in range(2):  # the second time brings back what a leader moved in the first
        for key, value in values.items():
            if value_at(document, key) != value:
                document = change(document, key, value)
    return document


def _suggested(key: str, catalogue: Catalogue, leading: object) -> object:
    field = catalogue.fields[key]
    try:
        return suggestion(field, leading)
    except KeyError:  # the leader holds a value that was not readable
        return field.default


def value_at(document: Document, key: str) -> Any:
    """The value behind a key, also that of a cell. Raises ``KeyError`` for a missing row."""
    head, _, cell = key.partition("/")
    value = get(document, head)
    if not cell:
        return value
    row_id, _, name = cell.partition("/")
    for row in value:
        if row.id == row_id:
            return getattr(row, name)
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document's values by key: as entered, and as they count; and which fields are shown."""

    values: Mapping[str, Any]
    effective: Mapping[str, Any]
    visible: Mapping[str, bool]


def values_of(document: Document) -> dict[str, Any]:
    """All values of a document as entered, by key, in the order of the page."""
    return {
        field.key: getattr(section, name)
        for info in catalogue_of(document).sections
        for section in (getattr(document, info.name),)
        for name, field in info.by_name
    }


def resolve(document: Document) -> Resolved:
    """Which fields are shown, and what counts: a hidden field counts as its suggested value."""
    catalogue = catalogue_of(document)
    values = values_of(document)
    effective: dict[str, Any] = {}
    visible: dict[str, bool] = {}
    for field, rule in catalogue.in_order:
        shown = rule.holds(effective.__getitem__)
        visible[field.key] = shown
        if shown:
            effective[field.key] = values[field.key]
        else:
            leader = effective[field.follow.leader] if field.follow else None
            effective[field.key] = _suggested(field.key, catalogue, leader)
    return Resolved(values, effective, visible)


def effective(document: D) -> D:
    """The document as it counts: every hidden field and cell has its suggested value."""
    resolved = resolve(document)
    for key, value in resolved.effective.items():
        counted = effective_rows(value)
        if counted != resolved.values[key]:
            document = put(document, key, counted)
    return document


def summary(account: Account) -> AccountSummary:
    """The account as the list shows it."""
    counted = resolve(account).effective
    return AccountSummary(
        account.id,
        counted["settings.name"],
        counted["settings.key"],
        counted["settings.service"],
        counted["settings.address"],
        counted["settings.active"],
        counted["imap.any_certificate"] or counted["authentication.any_certificate"],
        counted["authentication.cloud_provider"],
    )


def effective_rows(value: Any) -> Any:
    """A rows field's value as it counts; any other value as it is."""
    if not (isinstance(value, tuple) and value and isinstance(value[0], Row)):
        return value
    return tuple(_effective_row(row) for row in value)


def _effective_row(row: Row) -> Row:
    shown = visible_cells(row)
    hidden: dict[str, Any] = {
        field.name: field.default
        for field in fields_of(type(row))
        if not shown[field.name] and getattr(row, field.name) != field.default
    }
    return replace(row, **hidden) if hidden else row


def visible_cells(row: Row) -> Mapping[str, bool]:
    """Which cells of a row are shown, by their names."""
    shown, ruled = _shown_cells(type(row))
    if not ruled:
        return shown

    def cell(name: str) -> object:
        return getattr(row, name)

    return {**shown, **{field.name: field.visible.holds(cell) for field in ruled}}


_cells_by_row: dict[type, tuple[Mapping[str, bool], tuple[Field, ...]]] = {}


def _shown_cells(row: type[Row]) -> tuple[Mapping[str, bool], tuple[Field, ...]]:
    """The cells of a type of row, shown unless a rule hides them, and those that have a rule."""
    if row not in _cells_by_row:
        fields = fields_of(row)
        ruled = tuple(field for field in fields if field.visible != ALWAYS)
        _cells_by_row[row] = ({field.name: True for field in fields}, ruled)
    return _cells_by_row[row]
