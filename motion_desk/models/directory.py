"""The directory: the names behind references, from the workspace and the document itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from motion_desk.models.account import AccountSummary
from motion_desk.models.catalogue import DIRECTORY, catalogue_of
from motion_desk.models.document import Document, get
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.variables import Variables
from motion_desk.models.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that can be referred to."""

    id: str
    name: str
    retired: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What a document is seen against: the workspace, and the other accounts.

    ``variables`` are those that the program ships with. Where they are not given, templates are
    not looked at.
    """

    workspace: Workspace = field(default_factory=Workspace)
    peers: tuple[AccountSummary, ...] = ()
    variables: Variables | None = None

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Named]]:
        """The workspace's entries: by the rows field, then by id."""
        return {key: _named(get(self.workspace, key)) for key in DIRECTORY}

    def names(self, document: Document) -> Names:
        """The names that the document's references stand for."""
        return Names(self, document)


class Names:
    """Looks up the names behind the references of one document."""

    def __init__(self, surroundings: Surroundings, document: Document) -> None:
        self._surroundings = surroundings
        self._document = document
        self._own: dict[str, Mapping[str, Named]] = {}

    def entries(self, to: str) -> Mapping[str, Named]:
        """The entries of the rows field ``to``, by id, in their order."""
        if to in DIRECTORY and isinstance(self._document, Workspace):
            return self._of_document(to)
        if to in DIRECTORY:
            return self._surroundings.entries[to]
        return self._of_document(to)

    def _of_document(self, to: str) -> Mapping[str, Named]:
        if to not in self._own:
            rows = get(self._document, to)
            self._own[to] = {
                row.id: Named(
                    row.id, row_title(row, self, position), getattr(row, "retired", False)
                )
                for position, row in enumerate(rows, 1)
            }
        return self._own[to]

    def said(self, to: str, entry: str) -> str:
        """How a row that refers to an entry says so: by its name, or its position in a plan."""
        if to in DIRECTORY:
            return self.name(to, entry)
        for position, row in enumerate(get(self._document, to), 1):
            if row.id == entry:
                return own_name(row) or str(position)
        return ""

    def name(self, to: str, entry: str) -> str:
        """The name of an entry, or empty where there is no such entry."""
        found = self.entries(to).get(entry)
        return found.name if found else ""


def _named(rows: tuple[Row, ...]) -> Mapping[str, Named]:
    return {row.id: Named(row.id, own_name(row), getattr(row, "retired", False)) for row in rows}


def own_name(row: Row) -> str:
    """The name that a row bears itself; empty for rows that bear none, such as actions."""
    return str(getattr(row, getattr(row, "NAMED", "name"), ""))


def is_named(row: type[Row]) -> bool:
    """Whether rows of this type bear a name of their own."""
    named = getattr(row, "NAMED", "name")
    return any(field.name == named for field in fields_of(row))


def row_title(row: Row, names: Names, position: int) -> str:
    """How a row is called on screen: by its name, or by what it does and its position.

    The class of a row without a name says in ``SAID`` which of its cells are told, each in a part
    of its own with the cell's name in braces; without that it is the first.
    """
    if is_named(type(row)):
        return own_name(row) or f"New {row_type_title(type(row)).lower()}"
    if said := str(getattr(row, "said", "")):
        return f"{position}. {said}"
    what = row_type_title(type(row))
    if said := _said(row, names):
        return f"{position}. {what}{' ' if said.startswith('→') else ': '}{said}"
    return f"{position}. {what}"


def _said(row: Row, names: Names) -> str:
    """What tells a row from others of its type: the parts of its ``SAID`` that are filled in."""
    declared = {field.name: field for field in fields_of(type(row))}
    parts = []
    for part in getattr(row, "SAID", ("{" + next(iter(declared)) + "}",)):
        name = part[part.index("{") + 1 : part.index("}")]
        value, kind = getattr(row, name), declared[name].kind
        said = names.said(kind.to, value) if isinstance(kind, Reference) else kind.format(value)
        if said:
            parts.append(part.replace("{" + name + "}", said))
    return ", ".join(parts)


def row_type_title(row: type[Row]) -> str:
    """What a type of row is called on screen."""
    return str(getattr(row, "TITLE", row.__name__))


def uses(document: Document) -> list[tuple[str, str, str]]:
    """All references of a document: (the key that refers, the rows field, the entry's id)."""
    found: list[tuple[str, str, str]] = []
    for key, declared in catalogue_of(document).fields.items():
        value = get(document, key)
        _collect(found, key, declared.kind, value)
        if isinstance(declared.kind, Rows):
            for row in value:
                for cell in fields_of(type(row)):
                    _collect(
                        found, f"{key}/{row.id}/{cell.name}", cell.kind, getattr(row, cell.name)
                    )
    return found


def _collect(found: list[tuple[str, str, str]], key: str, kind: object, value: object) -> None:
    if isinstance(kind, Reference) and isinstance(value, str) and value:
        found.append((key, kind.to, value))
    elif isinstance(kind, References) and isinstance(value, tuple):
        found.extend((key, kind.to, str(entry)) for entry in value)
