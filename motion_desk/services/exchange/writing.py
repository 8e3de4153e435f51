"""Writing: a document as YAML text, in the page's order, with all that counts and no secrets."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import resolve, visible_cells
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Option, Reference, References, Row, Rows, Toggle, Unreadable
from motion_desk.models.plain import word
from motion_desk.models.rows import parent_of
from motion_desk.services.exchange.form import (
    CHILDREN,
    FIRST_LINE,
    FORMAT,
    FORMAT_KEY,
    ID_KEY,
    KIND_KEY,
    kind_word,
    type_key,
)
from motion_desk.services.exchange.names import in_text_order, kind_of, rows_of, words_by_id


def write(document: Document, surroundings: Surroundings) -> str:
    """The document as text: every shown field that is filled in, by section, in the page's order.

    Left out are hidden fields, secrets, empty fields whose default is empty too, and references
    to entries that are gone. The same document in the same surroundings gives the same text, to
    the byte. Raises ``ValueError`` for a document that holds a value nobody could read.
    """
    writer = _Writer(document, surroundings)
    header = {FORMAT_KEY: FORMAT, KIND_KEY: kind_word(document)}
    if document.id:
        header[ID_KEY] = document.id
    parts = [header, *writer.sections()]
    return FIRST_LINE + "\n".join(_yaml(part) for part in parts)


def _yaml(part: dict[str, Any]) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 1_000_000  # a folded line would read as another text to people
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(part, stream)
    return stream.getvalue()


class _Writer:
    """Writes one document; lives for one call of ``write``."""

    def __init__(self, document: Document, surroundings: Surroundings) -> None:
        self._document = document
        self._surroundings = surroundings
        self._words: dict[str, dict[str, str]] = {}

    def sections(self) -> list[dict[str, Any]]:
        """One mapping for each section that has anything to say."""
        resolved = resolve(self._document)
        parts = []
        for info in catalogue_of(self._document).sections:
            shown = {
                field.name: self._value(field, resolved.effective[field.key])
                for field in info.fields
                if resolved.visible[field.key]
                and self._is_written(field, resolved.effective[field.key])
            }
            if shown:
                parts.append({info.name: shown})
        return parts

    def _is_written(self, field: Field, value: object) -> bool:
        if field.secret:
            return False
        if isinstance(field.kind, Reference) and value:
            return value in self._words_for(field.kind.to)
        if isinstance(field.kind, References) and isinstance(value, tuple):
            value = tuple(entry for entry in value if entry in self._words_for(field.kind.to))
        is_empty = value == field.kind.empty and not isinstance(field.kind, Toggle)
        return not (is_empty and value == field.default and field.follow is None)

    def _words_for(self, to: str) -> dict[str, str]:
        if to not in self._words:
            rows = rows_of(to, self._document, self._surroundings)
            self._words[to] = words_by_id(kind_of(to, self._document), rows)
        return self._words[to]

    def _value(self, field: Field, value: Any) -> Any:
        match value:
            case Unreadable():
                raise ValueError(f"{field.label} holds text that is no value of its kind")
            case Option():
                return value.value
            case str() if isinstance(field.kind, Reference):
                return _text(self._words_for(field.kind.to)[value]) if value else ""
            case str():
                return _text(value)
            case tuple() if isinstance(field.kind, References):
                words = self._words_for(field.kind.to)
                return [_text(words[entry]) for entry in value if entry in words]
            case tuple() if isinstance(field.kind, Rows):
                return self._rows(field.kind, value)
            case date() | bool() | int() | None:
                return value
        raise ValueError(f"{field.label} holds {type(value).__name__}, which no field has")

    def _rows(self, kind: Rows, rows: tuple[Row, ...]) -> list[dict[str, Any]]:
        """The rows as mappings, those of a tree nested under their parents."""
        first_level: list[dict[str, Any]] = []
        written: dict[str, dict[str, Any]] = {}
        for row in in_text_order(rows):
            cells = self._row(kind, row)
            above = written.get(parent_of(row)) if kind.tree else None
            (first_level if above is None else above.setdefault(CHILDREN, [])).append(cells)
            written[row.id] = cells
        return first_level

    def _row(self, kind: Rows, row: Row) -> dict[str, Any]:
        shown = visible_cells(row)
        cells: dict[str, Any] = {type_key(kind): word(type(row))} if type_key(kind) else {}
        for field in fields_of(type(row)):
            value = getattr(row, field.name)
            if shown[field.name] and self._is_written(field, value):
                cells[field.name] = self._value(field, value)
        return cells


def _text(text: str) -> str:
    """The text in the style that suits it: a block, escaped in quotes, or as YAML pleases."""
    styled: str = text
    if _reads_well_as_block(text):
        styled = LiteralScalarString(text)
    elif not text.isprintable():
        # Left to itself, ruamel.yaml writes U+0085 plainly, and reads it back as a blank.
        styled = DoubleQuotedScalarString(text)
    return styled


def _reads_well_as_block(text: str) -> bool:
    """Whether a text can be a literal block and come back to the letter.

    Blocks keep neither carriage returns nor the other line breaks of YAML 1.1; a first line that
    begins with a blank, and more than one line break at the end, depend on the block's header.
    """
    if "\n" not in text.strip("\n") and not text.endswith("\n"):
        return False
    lines = text.split("\n")
    return (
        bool(lines[0])
        and not lines[0][0].isspace()
        and not text.endswith("\n\n")
        and all(line.rstrip() == line for line in lines)
        and all(character == "\n" or character.isprintable() for character in text)
    )
