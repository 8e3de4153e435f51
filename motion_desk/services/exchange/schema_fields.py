"""Schema of fields and rows: their titles, descriptions, defaults and values, as JSON Schema."""

from __future__ import annotations

from typing import Any

from motion_desk.models.fields import Field, Status, fields_of
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.plain import dump, word
from motion_desk.models.rules import ALWAYS
from motion_desk.services.exchange.form import CHILDREN, type_key
from motion_desk.services.exchange.said import rule_of_row
from motion_desk.services.exchange.schema_kinds import Schema, kind_schema
from motion_desk.services.exchange.schema_rules import all_of, complete, hidden, in_row

SAID_BY_STATUS = {
    Status.DOCUMENTED: "",
    Status.UNCONFIRMED: "Motion's documentation does not confirm this.",
    Status.OURS: "Motion Desk's own.",
}


def joined(*sentences: str) -> str:
    """The sentences that are not empty, one behind the other."""
    return " ".join(filter(None, sentences))


def field_schema(field: Field, shown: str) -> Schema:
    """A field's values with what people should know of it; ``shown`` is its rule in words."""
    about = joined(
        field.help,
        f"Unit: {field.unit}." if field.unit else "",
        field.note,
        SAID_BY_STATUS[field.status],
        f"Needs Motion {field.since}." if field.since else "",
        "" if field.visible == ALWAYS else f"Shown when {shown}.",
    )
    described: Schema = {"title": field.label}
    if about:
        described["description"] = about
    described |= kind_schema(field.kind)
    if not field.follow and field.default != field.kind.empty:
        described["default"] = dump(field.kind, field.default)
    if field.suggestions:
        described["examples"] = list(field.suggestions)
    return described


def definition(kind: Rows) -> str:
    """The name under which a rows field's row stands among a document's definitions."""
    return kind.one.replace(" ", "_")


def row_definitions(kind: Rows, document: str) -> dict[str, Schema]:
    """The definitions of a row, and of what a complete one has filled in."""
    name = definition(kind)
    children = {"type": ["array", "null"], "description": "What stands below this."}
    made: dict[str, Schema] = {}
    if not type_key(kind):
        [row] = kind.types
        whole = _row(row, {})
        filled_in = all_of(_complete(row))
        if kind.tree:
            here = f"#/$defs/{document}/$defs/"
            whole["properties"][CHILDREN] = children | {"items": {"$ref": f"{here}{name}"}}
            below = {"items": {"$ref": f"{here}complete_{name}"}}
            filled_in = all_of([*_complete(row), {"properties": {CHILDREN: below}}])
        return {name: whole, f"complete_{name}": filled_in}
    for row in kind.types:
        made[f"{name}_{word(row)}"] = _row(row, {type_key(kind): {"const": word(row)}})
    made[name] = {
        "type": "object",
        "required": [type_key(kind)],
        "properties": {type_key(kind): {"enum": [word(row) for row in kind.types]}},
        "allOf": [
            _if_type(kind, row, {"$ref": f"#/$defs/{document}/$defs/{name}_{word(row)}"})
            for row in kind.types
        ],
    }
    needs = ((row, _complete(row)) for row in kind.types)
    made[f"complete_{name}"] = all_of(
        [_if_type(kind, row, all_of(wanted)) for row, wanted in needs if wanted]
    )
    return made


def _if_type(kind: Rows, row: type[Row], then: Schema) -> Schema:
    key = type_key(kind)
    return {"if": {"properties": {key: {"const": word(row)}}, "required": [key]}, "then": then}


def _row(row: type[Row], properties: dict[str, Any]) -> Schema:
    fields = [field for field in fields_of(row) if not field.secret]
    for field in fields:
        properties[field.name] = field_schema(field, rule_of_row(field.visible, row))
    made: Schema = {
        "title": str(getattr(row, "TITLE", row.__name__)),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if rules := hidden(fields, {field.name: field for field in fields}, in_row):
        made["allOf"] = rules
    return made


def _complete(row: type[Row]) -> list[Schema]:
    by_name = {field.name: field for field in fields_of(row)}
    return complete(by_name.values(), by_name, in_row)
