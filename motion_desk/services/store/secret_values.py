"""Secret values: a walk over the secrets that a document holds, in its fields and in its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.secret import Secret

D = TypeVar("D", bound=Document)


def secrets_of(document: Document) -> Iterator[Secret]:
    """Every secret of a document that is not empty, in the order of the page."""
    found: list[Secret] = []

    def note(value: Secret) -> Secret:
        found.append(value)
        return value

    with_secrets(document, note)
    return (value for value in found if value)


def with_secrets(document: D, secret: Callable[[Secret], Secret]) -> D:
    """The document in which ``secret`` gave each secret's new value, in the order of the page."""
    for key, field in catalogue_of(document).fields.items():
        value = get(document, key)
        changed: object = value
        if field.secret:
            changed = secret(value)
        elif isinstance(field.kind, Rows):
            changed = tuple(_with_secrets(row, secret) for row in value)
        if changed != value:
            document = put(document, key, changed)
    return document


def _with_secrets(row: Row, secret: Callable[[Secret], Secret]) -> Row:
    cells: dict[str, Any] = {
        field.name: secret(getattr(row, field.name))
        for field in fields_of(type(row))
        if field.secret
    }
    return replace(row, **cells) if cells else row
