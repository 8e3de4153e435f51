"""Reading: a document's text as a document, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from typing import Any

from motion_desk.models.catalogue import Catalogue, SectionInfo, suggestion
from motion_desk.models.changes import Resolved, resolve
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document, get, put
from motion_desk.models.fields import Field
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.rows import with_cell
from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.faults import DocumentError, Fault, Place, shortened
from motion_desk.services.exchange.findings import Findings
from motion_desk.services.exchange.form import (
    CATALOGUES,
    FORMAT,
    FORMAT_KEY,
    ID_KEY,
    KIND_KEY,
    is_id,
)
from motion_desk.services.exchange.names import in_text_order
from motion_desk.services.exchange.reading_references import Missing, ReferenceReader
from motion_desk.services.exchange.reading_rows import LaterCell, RowsReader, hidden, written_names
from motion_desk.services.exchange.said import rule_of_document
from motion_desk.services.exchange.values import WrongValueError, expected, value_of
from motion_desk.services.exchange.yaml_tree import Node, Pair, Scalar, Table, tree


@dataclass(frozen=True, slots=True)
class Imported:
    """What a text says.

    ``workspace`` is that of the surroundings, with an entry more for each of ``missing``.
    ``places`` tells where fields, rows and cells stand, rows by their position from 1.
    """

    document: Document
    missing: tuple[Missing, ...]
    workspace: Workspace
    places: Mapping[str, Place]
    source_name: str = ""
    _positions: dict[str, tuple[tuple[Row, ...], dict[str, int]]] = with_default(
        default_factory=dict, compare=False, repr=False
    )
    """Where the rows of a field stand, from 1 and by their id, for the rows asked about last."""

    def place(self, key: str, document: Document | None = None) -> Place:
        """Where a problem's key stands, or the nearest thing around it.

        ``document`` is the one that the key is of, if it is not this text's own: the rows of both
        must be in the same order.
        """
        head, *cell = key.split("/")
        if cell:
            positions = self._positions_of(head, get(document or self.document, head))
            cell[0] = str(positions.get(cell[0], 0))
        path = "/".join([head, *cell])
        while path and path not in self.places:
            path = path.rpartition("/")[0] or path.rpartition(".")[0]
        return self.places.get(path, Place())

    def _positions_of(self, key: str, rows: tuple[Row, ...]) -> Mapping[str, int]:
        known = self._positions.get(key)
        if known is None or known[0] is not rows:
            ordered = in_text_order(rows)
            known = rows, {row.id: number for number, row in enumerate(ordered, 1)}
            self._positions[key] = known
        return known[1]


@dataclass(frozen=True, slots=True)
class _Identity:
    text: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that is one of our documents; what its fields say is not known yet."""

    kind: str
    source_name: str
    _root: Table
    _identity: _Identity

    def read(
        self, surroundings: Surroundings | None = None, *, create_missing: bool = False
    ) -> Imported:
        """See ``read``."""
        reader = _Reader(
            CATALOGUES[self.kind], surroundings or Surroundings(), create_missing=create_missing
        )
        imported = reader.imported(self._root)
        if faults := [*self._identity.faults, *reader.findings.faults]:
            raise DocumentError(faults, self.source_name)
        document = replace(imported.document, id=self._identity.text)
        return replace(imported, document=document, source_name=self.source_name)


def parse(text: str, source_name: str = "") -> Parsed:
    """The text as one of our documents. Raises ``DocumentError`` (unreadable) where it is none."""
    try:
        root, kind, identity = _header(tree(text))
    except DocumentError as error:
        raise DocumentError(error.faults, source_name, unreadable=True) from None
    return Parsed(kind, source_name, root, identity)


def read(
    text: str,
    surroundings: Surroundings | None = None,
    *,
    source_name: str = "",
    create_missing: bool = False,
) -> Imported:
    """The document that a text stands for; its ids of rows are made from what the rows say.

    Absent fields have their default or what they follow. With ``create_missing``, names that the
    directory lacks come back in ``missing`` in place of being faults. Raises ``DocumentError``
    with all that is wrong. Pure: the surroundings are not changed.
    """
    return parse(text, source_name).read(surroundings, create_missing=create_missing)


def _header(root: Node | None) -> tuple[Table, str, _Identity]:
    """What the text is. Raises ``DocumentError`` where it is no document that can be read."""
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise _unreadable(Place(), "There is nothing in this document.")
    if not isinstance(root, Table):
        raise _unreadable(root.place, expected("names with values, such as motion_desk: 1,", root))
    given = {pair.name: pair for pair in root.pairs}
    version = _scalar(given.get(FORMAT_KEY))
    if version is None:
        text = f"This is no document of Motion Desk: “{FORMAT_KEY}: {FORMAT}” is missing."
        raise _unreadable(root.place, text)
    if not isinstance(version.value, int) or isinstance(version.value, bool) or version.value < 1:
        text = f"“{shortened(version.text)}” is no version of this format. Write {FORMAT}."
        raise _unreadable(version.place, text)
    if version.value > FORMAT:
        text = (
            f"This was written by a newer Motion Desk (format {version.value}; this one reads "
            f"up to {FORMAT}). Update Motion Desk to read it."
        )
        raise _unreadable(version.place, text)
    kind = _scalar(given.get(KIND_KEY))
    if kind is None or kind.text not in CATALOGUES:
        text = f"“{KIND_KEY}:” must be one of: {', '.join(CATALOGUES)}."
        raise _unreadable(kind.place if kind else root.place, text)
    return root, kind.text, _identity(given.get(ID_KEY))


def _identity(pair: Pair | None) -> _Identity:
    if pair is None:
        return _Identity("")
    node = pair.node
    if isinstance(node, Scalar) and is_id(node.text):
        return _Identity(node.text)
    text = "An id is up to 64 letters, digits, hyphens and underscores. Delete the line to get one."
    return _Identity("", (Fault(*node.place, ID_KEY, text),))


def _scalar(pair: Pair | None) -> Scalar | None:
    return pair.node if pair and isinstance(pair.node, Scalar) else None


def _unreadable(place: Place, sentence: str) -> DocumentError:
    return DocumentError([Fault(*place, "", sentence)], unreadable=True)


class _Reader:
    """Reads the sections of one document; lives for one call of ``read``."""

    def __init__(
        self, catalogue: Catalogue, surroundings: Surroundings, *, create_missing: bool
    ) -> None:
        self.findings = Findings()
        self._catalogue = catalogue
        self._surroundings = surroundings
        self._create_missing = create_missing
        self._given: dict[str, Pair] = {}
        self._values: dict[str, Any] = {}
        self._later_cells: dict[str, list[LaterCell]] = {}

    def imported(self, root: Table) -> Imported:
        """The document, as far as it could be read; what is wrong stands in ``findings``."""
        sections = {info.name: info for info in self._catalogue.sections}
        for pair in root.pairs:
            if pair.name in sections:
                self._read_section(sections[pair.name], pair)
            elif pair.name not in (FORMAT_KEY, KIND_KEY, ID_KEY):
                text = f"“{shortened(pair.name)}” is no section.{self.findings.hint(pair.name, sections)}"
                self.findings.wrong(pair.place, pair.name, text)
        document = self._filled(self._catalogue.document())
        references = ReferenceReader(
            document, self._surroundings, self.findings, create_missing=self._create_missing
        )
        document = self._with_references(document, references)
        self._note_hidden(resolve(document), root)
        return Imported(
            document, tuple(references.missing), references.workspace, self.findings.places
        )

    def _read_section(self, info: SectionInfo, section: Pair) -> None:
        self.findings.places[info.name] = section.place
        if isinstance(section.node, Scalar) and section.node.value is None:
            return
        if not isinstance(section.node, Table):
            text = expected("names with values", section.node)
            self.findings.wrong(section.node.place, info.name, text)
            return
        known = {name: field for field in info.fields for name in written_names(field)}
        for pair in section.node.pairs:
            field = known.get(pair.name) or self._formerly(f"{info.name}.{pair.name}")
            if field is None:
                self._note_unknown(info, pair, known)
            elif field.key in self._given:
                text = f"“{pair.name}” says the same as line {self._given[field.key].place.line}."
                self.findings.wrong(pair.place, field.key, f"{text} Keep one of them.")
            else:
                self._given[field.key] = pair
                self.findings.places[field.key] = pair.place
                self._read_field(field, pair.node)

    def _formerly(self, key: str) -> Field | None:
        """The field that once had another key."""
        for field in self._catalogue.fields.values():
            if key in field.former:
                return field
        return None

    def _note_unknown(self, info: SectionInfo, pair: Pair, known: Mapping[str, Field]) -> None:
        hint = self.findings.hint(pair.name, known)
        homes = [
            section.name
            for section in self._catalogue.sections
            if any(field.name == pair.name for field in section.fields)
        ]
        if homes and not hint:
            hint = f" It belongs to: {', '.join(homes)}."
        text = f"“{shortened(pair.name)}” is no field of {info.title}.{hint}"
        self.findings.wrong(pair.place, f"{info.name}.{pair.name}", text)

    def _read_field(self, field: Field, node: Node) -> None:
        if isinstance(field.kind, Rows):
            reader = RowsReader(field.key, field.kind, self.findings)
            self._values[field.key] = reader.rows(node)
            self._later_cells[field.key] = reader.later
        elif not isinstance(field.kind, Reference | References):
            try:
                self._values[field.key] = value_of(field, node)
            except WrongValueError as error:
                self.findings.wrong(node.place, field.key, *error.sentences)

    def _filled(self, document: Document) -> Document:
        """The document with all values; what the text does not give is what counts without it."""
        for field, _ in self._catalogue.in_order:
            leading = get(document, field.follow.leader) if field.follow else None
            value = self._values.get(field.key, suggestion(field, leading))
            document = put(document, field.key, value)
        return document

    def _with_references(self, document: Document, references: ReferenceReader) -> Document:
        for key, pair in self._given.items():
            field = self._catalogue.fields[key]
            if isinstance(field.kind, Reference | References):
                value: Any = references.value_of(field, pair.node, key)
                document = put(document, key, value)
        for key, cells in self._later_cells.items():
            rows: tuple[Row, ...] = get(document, key)
            for cell in cells:
                value = references.value_of(cell.field, cell.node, cell.key)
                rows = with_cell(rows, cell.row_id, cell.field.name, value)
            document = put(document, key, rows)
        return document

    def _note_hidden(self, resolved: Resolved, root: Table) -> None:
        hidden_sections = set()
        for pair in root.pairs:
            for info in self._catalogue.sections:
                if (
                    info.name == pair.name
                    and not info.visible.holds(resolved.effective.__getitem__)
                    and all(map(self.findings.is_sound, info.visible.keys()))
                ):
                    hidden_sections.add(info.name)
                    rule = rule_of_document(info.visible, self._catalogue)
                    text = f"{info.title} counts for nothing here: it is shown when {rule}."
                    self.findings.wrong(pair.place, info.name, f"{text} Delete this section.")
        for key, pair in self._given.items():
            field = self._catalogue.fields[key]
            section = self._catalogue.section_of[key]
            leaders = section.visible.keys() | field.visible.keys()
            if (
                not resolved.visible[key]
                and section.name not in hidden_sections
                and all(map(self.findings.is_sound, leaders))
            ):
                rule = rule_of_document(field.visible, self._catalogue)
                self.findings.wrong(pair.place, key, hidden(field, rule))
