"""Reading references: the entries that names in a document's text mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motion_desk.models.catalogue import DIRECTORY, catalogue_of
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import Field
from motion_desk.models.kinds import Reference, References, Row, Text
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.faults import sentence
from motion_desk.services.exchange.findings import Findings
from motion_desk.services.exchange.ids import row_ids
from motion_desk.services.exchange.names import kind_of, rows_of, words_by_id
from motion_desk.services.exchange.values import WrongValueError, expected, text_of
from motion_desk.services.exchange.yaml_tree import Listing, Node, Scalar


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that the directory does not have: of the rows field ``to``, called a ``what``."""

    to: str
    what: str
    name: str


class ReferenceReader:
    """Finds the entries that names mean, for one document.

    With ``create_missing``, names that the workspace's directory lacks are added to ``workspace``
    and listed in ``missing``.
    """

    def __init__(
        self,
        document: Document,
        surroundings: Surroundings,
        findings: Findings,
        *,
        create_missing: bool,
    ) -> None:
        self.workspace: Workspace = surroundings.workspace
        self.missing: list[Missing] = []
        self._document = document
        self._surroundings = surroundings
        self._findings = findings
        self._create_missing = create_missing
        self._ids: dict[str, dict[str, str]] = {}
        self._used: dict[str, set[str]] = {}

    def value_of(self, field: Field, node: Node, key: str) -> Any:
        """The value of a field of kind reference or references; faults are noted under ``key``."""
        if isinstance(field.kind, Reference):
            return self._entry(field.kind.to, node, key)
        if isinstance(field.kind, References):
            return self._entries(field.kind.to, node, key)
        raise TypeError(f"{field.key} does not refer to anything")

    def _entries(self, to: str, node: Node, key: str) -> tuple[str, ...]:
        if isinstance(node, Scalar) and node.value is None:
            return ()
        if not isinstance(node, Listing):
            self._findings.wrong(node.place, key, expected("a list of names", node))
            return ()
        found: dict[str, None] = {}
        for item in node.items:
            entry = self._entry(to, item, key)
            if entry and entry in found:
                self._findings.wrong(item.place, key, "This name stands here twice.")
            elif entry:
                found[entry] = None
        return tuple(found)

    def _entry(self, to: str, node: Node, key: str) -> str:
        """The id of the entry that a node names; empty for none and after a fault."""
        try:
            name = text_of(node)
        except WrongValueError as error:
            self._findings.wrong(node.place, key, *error.sentences)
            return ""
        ids = self._ids_of(to)
        if not name or name in ids:
            return ids.get(name, "")
        if self._create_missing and self._is_of_workspace(to):
            return self._created(to, name, node, key)
        # Where some of the rows could not be read, this one may be among them.
        if self._is_of_workspace(to) or self._findings.is_sound(to):
            what = kind_of(to, self._document).one
            named = f"“{name}”" if name.startswith(f"{what} ") else f"{what} “{name}”"
            text = f"There is no {named}.{self._findings.hint(name, ids)}"
            self._findings.wrong(node.place, key, text)
        return ""

    def _is_of_workspace(self, to: str) -> bool:
        return to in DIRECTORY and to not in catalogue_of(self._document).fields

    def _ids_of(self, to: str) -> dict[str, str]:
        if to not in self._ids:
            rows = rows_of(to, self._document, self._surroundings)
            words = words_by_id(kind_of(to, self._document), rows)
            self._ids[to] = {word: row for row, word in words.items()}
        return self._ids[to]

    def _created(self, to: str, name: str, node: Node, key: str) -> str:
        kind = kind_of(to, self._document)
        if faults := list(Text().check(name)):
            said = (sentence(code, values) for code, values in faults)
            self._findings.wrong(node.place, key, *said)
            return ""
        rows: tuple[Row, ...] = get(self.workspace, to)
        row_type = kind.types[0]
        cells: dict[str, Any] = {getattr(row_type, "NAMED", "name"): name}
        if to not in self._used:
            self._used[to] = {row.id for row in rows}
        used = self._used[to]
        entry = row_type(id=next(each for each in row_ids(to, name) if each not in used), **cells)
        used.add(entry.id)
        self.workspace = put(self.workspace, to, (*rows, entry))
        self.missing.append(Missing(to, kind.one, name))
        self._ids[to][name] = entry.id
        return entry.id
