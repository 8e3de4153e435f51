"""Storable: keeps out of the database what no database takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import resolve, visible_cells
from motion_desk.models.document import Document, put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Row, Rows

D = TypeVar("D", bound=Document)

# Codes of ``kinds.SENTENCES``; what other codes name is wrong but can be kept.
_UNSTORABLE = frozenset(
    {"type", "character", "whole", "choice", "date", "private_key", "binary_certificate"}
)

_LARGEST = 2**31 - 1
"""The largest number that every database takes."""


def storable(document: D) -> D:
    """The document with only such values as can be stored.

    Checks do not look at hidden fields and cells, so that one may hold, say, letters in a port:
    it is stored as its suggested value. Raises ``ValueError`` naming the key of a field that is
    shown and cannot be stored; checks keep such a document from being saved.
    """
    resolved = resolve(document)
    for key, field in catalogue_of(document).fields.items():
        value = resolved.values[key]
        if not _can_be_stored(field, value):
            if resolved.visible[key]:
                raise ValueError(f"{key} holds a value that cannot be stored")
            document = put(document, key, resolved.effective[key])
        elif isinstance(field.kind, Rows):
            rows = tuple(_storable(key, row) for row in value)
            if rows != value:
                document = put(document, key, rows)
    return document


def _storable(key: str, row: Row) -> Row:
    shown = visible_cells(row)
    cells: dict[str, Any] = {}
    for field in fields_of(type(row)):
        if not _can_be_stored(field, getattr(row, field.name)):
            if shown[field.name]:
                raise ValueError(f"{key}/{row.id}/{field.name} cannot be stored")
            cells[field.name] = field.default
    return replace(row, **cells) if cells else row


def _can_be_stored(field: Field, value: object) -> bool:
    if isinstance(value, int) and abs(value) > _LARGEST:
        return False
    return not any(code in _UNSTORABLE for code, _ in field.kind.check(value))
