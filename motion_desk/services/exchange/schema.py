"""Schema: a JSON Schema (2020-12) of documents, with visibility and what is needed as if/then.

It says what the first two rings of checks say (each value by its kind; what is needed), as far
as that can be told from one file: whether a name is in the directory cannot.
"""

from __future__ import annotations

import json

from motion_desk.models.catalogue import ACCOUNT, Catalogue, SectionInfo
from motion_desk.models.kinds import Rows
from motion_desk.models.rules import ALWAYS, When
from motion_desk.services.exchange.form import (
    CATALOGUES,
    FORMAT,
    FORMAT_KEY,
    ID_KEY,
    ID_PATTERN,
    KIND_KEY,
)
from motion_desk.services.exchange.said import rule_of_document
from motion_desk.services.exchange.schema_fields import (
    definition,
    field_schema,
    joined,
    row_definitions,
)
from motion_desk.services.exchange.schema_kinds import Schema
from motion_desk.services.exchange.schema_rules import (
    all_of,
    complete,
    condition,
    hidden,
    in_document,
)


def schema_text() -> str:
    """The schema of both kinds of documents as a file's text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> Schema:
    """The schema of both kinds of documents: ``kind`` decides which of the two holds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Motion Desk document",
        "type": "object",
        "description": "An email account of an XCALLY Motion server, or what its accounts share.",
        "required": [FORMAT_KEY, KIND_KEY],
        "properties": _header(list(CATALOGUES)),
        "allOf": [
            {
                "if": {"properties": {KIND_KEY: {"const": kind}}, "required": [KIND_KEY]},
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in CATALOGUES
        ],
        "$defs": {kind: document_schema(kind, each) for kind, each in CATALOGUES.items()},
    }


def _header(kinds: list[str]) -> Schema:
    return {
        FORMAT_KEY: {
            "const": FORMAT,
            "title": "Format",
            "description": "The version of this form of documents.",
        },
        KIND_KEY: {
            "enum": kinds,
            "title": "Kind",
            "description": "Whether this file is one account, or what all accounts share.",
        },
        ID_KEY: {
            "type": "string",
            "pattern": rf"^{ID_PATTERN}(?![\s\S])",
            "title": "Id",
            "description": "By this an import finds the document again. Leave it out to get one.",
        },
    }


def document_schema(kind: str, catalogue: Catalogue) -> Schema:
    """The schema of one kind of documents, whose sections and fields the catalogue declares."""
    rows = [field.kind for field in catalogue.fields.values() if isinstance(field.kind, Rows)]
    needed = [each for info in catalogue.sections for each in _needed(info, catalogue)]
    if catalogue is ACCOUNT:
        # An unfinished account may be kept; one that is active must be complete.
        active = condition(When("settings.active", (True,)), catalogue.fields, in_document)
        needed = [{"if": active, "then": all_of(needed)}]
    return {
        "type": "object",
        "properties": _header([kind])
        | {info.name: _section(info, catalogue) for info in catalogue.sections},
        "additionalProperties": False,
        "allOf": [*_hidden(catalogue), *needed],
        "$defs": {
            name: made for each in rows for name, made in row_definitions(each, kind).items()
        },
    }


def _section(info: SectionInfo, catalogue: Catalogue) -> Schema:
    kind = next(word for word, each in CATALOGUES.items() if each is catalogue)
    shown = f"Shown when {rule_of_document(info.visible, catalogue)}."
    return {
        "title": info.title,
        "description": joined(info.about, "" if info.visible == ALWAYS else shown),
        "type": ["object", "null"],
        "properties": {
            field.name: field_schema(field, rule_of_document(field.visible, catalogue))
            | (_items(field.kind, kind) if isinstance(field.kind, Rows) else {})
            for field in info.fields
            if not field.secret
        },
        "additionalProperties": False,
    }


def _items(kind: Rows, document: str) -> Schema:
    return {"items": {"$ref": f"#/$defs/{document}/$defs/{definition(kind)}"}}


def _hidden(catalogue: Catalogue) -> list[Schema]:
    """Sections and fields that must be absent while their rule does not hold."""
    schemas: list[Schema] = []
    for info in catalogue.sections:
        if info.visible != ALWAYS:
            shown = condition(info.visible, catalogue.fields, in_document)
            schemas.append({"if": shown, "else": {"properties": {info.name: False}}})
        given = (field for field in info.fields if not field.secret)
        schemas.extend(hidden(given, catalogue.fields, in_document))
    return schemas


def _needed(info: SectionInfo, catalogue: Catalogue) -> list[Schema]:
    """What a complete document has filled in of a section, while it is shown."""
    wanted = complete(info.fields, catalogue.fields, in_document)
    kind = next(word for word, each in CATALOGUES.items() if each is catalogue)
    for field in info.fields:
        if isinstance(field.kind, Rows):
            items = {"$ref": f"#/$defs/{kind}/$defs/complete_{definition(field.kind)}"}
            wanted.append(in_document(field.key, {"properties": {field.name: {"items": items}}}))
    if info.visible == ALWAYS or not wanted:
        return wanted
    shown = condition(info.visible, catalogue.fields, in_document)
    return [{"if": shown, "then": all_of(wanted)}]
