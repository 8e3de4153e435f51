"""Plain values: a document as JSON-able data and back, for the store, its digest and the journal.

Secrets are written as the reference of their keyring entry; typed text is never written, and a
private key that was pasted in place of a certificate neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.certificates import Certificates, holds_private_key
from motion_desk.models.document import D, Document, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Choice, Date, Kind, Option, Row, Rows, SecretText, Unreadable
from motion_desk.models.rows import parent_of
from motion_desk.models.secret import Secret


def word(row: type[Row]) -> str:
    """The word that names a type of row in stored data; it never changes."""
    return str(getattr(row, "WORD", row.__name__))


def dump(kind: Kind, value: object) -> Any:
    """A value as JSON-able data. ``load`` of the same kind gives it back (typed secrets aside)."""
    if isinstance(kind, Certificates) and isinstance(value, str) and holds_private_key(value):
        return ""
    match value:
        case Unreadable(text):
            return {"unreadable": text}
        case Secret(reference):
            return reference
        case Option():
            return value.value
        case date():
            return value.isoformat()
        case tuple() if isinstance(kind, Rows):
            return [_dump_row(row) for row in value]
        case tuple():
            return list(value)
    return value


def _dump_row(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": word(type(row)), "id": row.id}
    if parent := parent_of(row):
        plain["parent"] = parent
    for field in fields_of(type(row)):
        plain[field.name] = dump(field.kind, getattr(row, field.name))
    return plain


def load(kind: Kind, plain: Any) -> Any:
    """The value that ``dump`` wrote. Raises ``ValueError`` for what no ``dump`` has written."""
    if isinstance(plain, dict) and plain.keys() == {"unreadable"}:
        return Unreadable(plain["unreadable"])
    match kind:
        case Choice(options):
            return options(plain)
        case Date():
            return date.fromisoformat(plain) if plain else None
        case SecretText():
            return Secret(plain or "")
        case Rows(types):
            return tuple(_load_row({word(row): row for row in types}, item) for item in plain)
    return tuple(plain) if isinstance(plain, list) else plain


def _load_row(types: Mapping[str, type[Row]], plain: Mapping[str, Any]) -> Row:
    if plain.get("type") not in types:
        raise ValueError(f"unknown type of row: {plain.get('type')!r}")
    row = types[plain["type"]](id=plain["id"])
    cells: dict[str, Any] = {"parent": plain["parent"]} if "parent" in plain else {}
    for field in fields_of(type(row)):
        if field.name in plain:
            cells[field.name] = load(field.kind, plain[field.name])
    return replace(row, **cells)


def content(document: Document) -> dict[str, Any]:
    """All fields of a document as JSON-able data, by key, in the order of the page."""
    fields = catalogue_of(document).fields
    return {key: dump(field.kind, get(document, key)) for key, field in fields.items()}


def with_content(document: D, plain: Mapping[str, Any]) -> D:
    """The document with all fields set that ``plain`` has; the others keep their values."""
    for key, field in catalogue_of(document).fields.items():
        if key in plain:
            document = put(document, key, load(field.kind, plain[key]))
    return document


def digest(document: Document) -> str:
    """The SHA-256 of a document's content, in hexadecimal: equal for equal content."""
    # Neither is needed to draw the window, and both take milliseconds to import.
    import hashlib
    import json

    text = json.dumps(content(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
