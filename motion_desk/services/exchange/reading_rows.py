"""Reading rows: a list of mappings in a document's text as the rows of a rows field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from motion_desk.models.changes import visible_cells
from motion_desk.models.directory import own_name
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.plain import word
from motion_desk.services.exchange.faults import shortened
from motion_desk.services.exchange.findings import Findings
from motion_desk.services.exchange.form import CHILDREN, type_key
from motion_desk.services.exchange.ids import row_ids
from motion_desk.services.exchange.said import rule_of_row
from motion_desk.services.exchange.values import WrongValueError, expected, text_of, value_of
from motion_desk.services.exchange.yaml_tree import Listing, Node, Pair, Scalar, Table


@dataclass(frozen=True, slots=True)
class LaterCell:
    """A cell that refers to a row; it is read when all rows are known."""

    row_id: str
    field: Field
    node: Node
    key: str


class RowsReader:
    """Reads the rows of one field. Whatever is wrong, each row of the text keeps its position."""

    def __init__(self, key: str, kind: Rows, findings: Findings) -> None:
        self.later: list[LaterCell] = []
        self._key = key
        self._kind = kind
        self._findings = findings
        self._rows: list[Row] = []
        self._used: set[str] = set()
        self._ids: dict[str, Iterator[str]] = {}

    def rows(self, node: Node) -> tuple[Row, ...]:
        """The rows, in the order of the text; those of a tree have their parent's id."""
        self._read(node, "")
        return tuple(self._rows)

    def _read(self, node: Node, parent: str) -> None:
        if isinstance(node, Scalar) and node.value is None:
            return
        if not isinstance(node, Listing):
            self._findings.wrong(node.place, self._key, expected("a list", node))
            return
        for item in node.items:
            self._read_row(item, parent)

    def _read_row(self, node: Node, parent: str) -> None:
        key = f"{self._key}/{len(self._rows) + 1}"
        self._findings.places[key] = node.place
        if not isinstance(node, Table):
            self._findings.wrong(node.place, key, expected("names with values", node))
            self._rows.append(self._kind.types[0](id=self._id("", parent)))
            return
        pairs = {pair.name: pair for pair in node.pairs}
        row_type = self._type_of(node, pairs, key)
        children = pairs.pop(CHILDREN, None) if self._kind.tree else None
        row = self._row(row_type, pairs, key, parent)
        self._rows.append(row)
        if children:
            self._read(children.node, row.id)

    def _type_of(self, node: Table, pairs: dict[str, Pair], key: str) -> type[Row]:
        types = {word(row): row for row in self._kind.types}
        name = type_key(self._kind)
        if not name:
            return self._kind.types[0]
        pair = pairs.pop(name, None)
        if pair is None:
            text = f"“{name}:” is missing. It is one of: {', '.join(types)}."
            self._findings.wrong(node.place, key, text)
            # Nothing can be said about cells of an unknown type.
            pairs.clear()
            return self._kind.types[0]
        try:
            said = text_of(pair.node)
        except WrongValueError:
            said = "?"
        if said not in types:
            text = f"“{shortened(said)}” is no {name}. Choose one of: {', '.join(types)}."
            self._findings.wrong(pair.node.place, key, text + self._findings.hint(said, types))
            pairs.clear()
            return self._kind.types[0]
        return types[said]

    def _row(self, row_type: type[Row], pairs: dict[str, Pair], key: str, parent: str) -> Row:
        known = {name: field for field in fields_of(row_type) for name in written_names(field)}
        cells: dict[str, Any] = {"parent": parent} if self._kind.tree else {}
        given: dict[str, tuple[Pair, Field]] = {}
        for name, pair in pairs.items():
            if name not in known:
                self._unknown(pair, key, row_type, known)
            elif known[name].name in given:
                other = given[known[name].name][0]
                text = f"“{name}” and “{other.name}” are the same. Keep one of them."
                self._findings.wrong(pair.place, f"{key}/{known[name].name}", text)
            else:
                given[known[name].name] = pair, known[name]
        for name, (pair, field) in given.items():
            self._findings.places[f"{key}/{name}"] = pair.place
            if not isinstance(field.kind, Reference | References):
                try:
                    cells[name] = value_of(field, pair.node)
                except WrongValueError as error:
                    self._findings.wrong(pair.node.place, f"{key}/{name}", *error.sentences)
        row = row_type(**cells)
        row = replace(row, id=self._id(own_name(row), parent))
        self._note_hidden(row, given, key)
        self.later.extend(
            LaterCell(row.id, field, pair.node, f"{key}/{name}")
            for name, (pair, field) in given.items()
            if isinstance(field.kind, Reference | References)
        )
        return row

    def _id(self, name: str, parent: str) -> str:
        seed = f"{parent}\0{name or len(self._rows)}"
        if seed not in self._ids:
            self._ids[seed] = row_ids(self._key, seed)
        identity = next(each for each in self._ids[seed] if each not in self._used)
        self._used.add(identity)
        return identity

    def _unknown(self, pair: Pair, key: str, row_type: type[Row], known: dict[str, Field]) -> None:
        what = str(getattr(row_type, "TITLE", row_type.__name__))
        hint = self._findings.hint(pair.name, known)
        text = f"“{shortened(pair.name)}” is no field of {what}.{hint}"
        self._findings.wrong(pair.place, key, text)

    def _note_hidden(self, row: Row, given: dict[str, tuple[Pair, Field]], key: str) -> None:
        shown = visible_cells(row)
        for name, (pair, field) in given.items():
            leaders = field.visible.keys()
            if not shown[name] and all(self._findings.is_sound(f"{key}/{at}") for at in leaders):
                self._findings.wrong(
                    pair.place,
                    f"{key}/{name}",
                    hidden(field, rule_of_row(field.visible, type(row))),
                )


def hidden(field: Field, rule: str) -> str:
    """The sentence for a field that is given although it is not shown."""
    return f"{field.label} counts for nothing here: it is shown when {rule}. Delete this line."


def written_names(field: Field) -> tuple[str, ...]:
    """The names under which a field of a section or row may stand in a text: its own, and former."""
    return (field.name, *(name for name in field.former if "." not in name))
