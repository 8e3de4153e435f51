"""Onto: an imported document laid over the stored one that it describes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from motion_desk.models.account import AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import resolve, visible_cells
from motion_desk.models.document import Document, get, new_id, put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.rows import parent_of
from motion_desk.services.exchange.names import words_by_id

D = TypeVar("D", bound=Document)


def meant(identity: str, key: str, accounts: Iterable[AccountSummary]) -> AccountSummary | None:
    """The account that a document with this id and account key describes, or none.

    The id decides; where no account has it, the key does, unless several accounts share it.
    """
    known = tuple(accounts)
    for account in known:
        if identity and account.id == identity:
            return account
    same_key = [account for account in known if key and account.key == key]
    return same_key[0] if len(same_key) == 1 else None


def onto(stored: D, imported: D) -> D:
    """The stored document with all that the imported one says.

    What documents do not hold stays: id and version, secrets, and the values of hidden fields
    and cells. Rows that documents would call by the same words keep their ids, so references
    from elsewhere still find them; all others get ids that the stored document never used.
    """
    merged = replace(imported, id=stored.id, version=stored.version)
    visible = resolve(imported).visible
    ids: dict[str, dict[str, str]] = {}
    for key, field in catalogue_of(stored).fields.items():
        if field.secret or not visible[key]:
            merged = put(merged, key, get(stored, key))
        elif isinstance(field.kind, Rows):
            rows, ids[key] = _rows(field.kind, get(stored, key), get(imported, key))
            merged = put(merged, key, rows)
    return _led_over(merged, ids)


def _rows(
    kind: Rows, stored: tuple[Row, ...], imported: tuple[Row, ...]
) -> tuple[tuple[Row, ...], dict[str, str]]:
    """The rows, and the id that each imported one has now."""
    by_id = {row.id: row for row in stored}
    by_word = {word: by_id[at] for at, word in words_by_id(kind, stored).items()}
    words = words_by_id(kind, imported)
    ids: dict[str, str] = {}
    found: dict[str, Row] = {}
    for row in imported:
        before = by_word.get(words[row.id])
        if before is not None and type(before) is type(row):
            ids[row.id] = before.id
            found[row.id] = _row(before, row)
    used = {*by_id, *ids.values()}
    for row in imported:
        if row.id not in ids:
            ids[row.id] = _unused(row.id, used)
            used.add(ids[row.id])
    rows = []
    for row in imported:
        changes: dict[str, Any] = {"id": ids[row.id]}
        if parent := parent_of(row):
            changes["parent"] = ids.get(parent, "")
        rows.append(replace(found.get(row.id, row), **changes))
    return tuple(rows), ids


def _unused(identity: str, used: set[str]) -> str:
    while identity in used:
        identity = new_id(6)
    return identity


def _row(before: Row, row: Row) -> Row:
    shown = visible_cells(row)
    kept: dict[str, Any] = {
        field.name: getattr(before, field.name)
        for field in fields_of(type(row))
        if field.secret or not shown[field.name]
    }
    return replace(row, **kept)


def _led_over(document: D, ids: dict[str, dict[str, str]]) -> D:
    """The document whose references to its own rows name them by their ids of now."""
    for key, field in catalogue_of(document).fields.items():
        value = get(document, key)
        if isinstance(field.kind, Rows) and key in ids:
            changed: Any = tuple(_led_over_row(row, ids) for row in value)
        else:
            changed = _now(field, value, ids)
        if changed != value:
            document = put(document, key, changed)
    return document


def _led_over_row(row: Row, ids: dict[str, dict[str, str]]) -> Row:
    cells: dict[str, Any] = {
        field.name: _now(field, getattr(row, field.name), ids) for field in fields_of(type(row))
    }
    return replace(row, **cells)


def _now(field: Field, value: Any, ids: dict[str, dict[str, str]]) -> Any:
    if isinstance(field.kind, Reference) and field.kind.to in ids:
        return ids[field.kind.to].get(value, value)
    if isinstance(field.kind, References) and field.kind.to in ids:
        return tuple(ids[field.kind.to].get(entry, entry) for entry in value)
    return value
