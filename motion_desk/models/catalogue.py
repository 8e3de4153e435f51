"""The catalogue: every section and field of a document, collected and proved sound at import."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from motion_desk.models.account import Account
from motion_desk.models.document import Document
from motion_desk.models.fields import Field, Status, fields_of, section_fields
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.rules import Rule
from motion_desk.models.section import Section
from motion_desk.models.workspace import Workspace


@dataclass(frozen=True)
class SectionInfo:
    """One section with its fields, in the order of the page."""

    name: str
    title: str
    about: str
    visible: Rule
    source: str
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> tuple[tuple[str, Field], ...]:
        """Each field with its attribute's name, in order; asked for at every edit."""
        return tuple((field.name, field) for field in self.fields)

    @cached_property
    def depends_on(self) -> tuple[str, ...]:
        """The other sections that its visibility, suggestions and references look at."""
        keys = set(self.visible.keys())
        for field in self.fields:
            keys |= _keys_looked_at(field)
            if isinstance(field.kind, Rows):
                for row in field.kind.types:
                    for cell in fields_of(row):
                        keys |= _keys_looked_at(cell)
        return tuple(sorted({key.partition(".")[0] for key in keys} - {self.name}))


def _keys_looked_at(field: Field) -> set[str]:
    keys = set(field.visible.keys())
    if field.follow:
        keys.add(field.follow.leader)
    if isinstance(field.kind, Reference | References):
        keys.add(field.kind.to)
    return keys


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All that is declared about one type of document."""

    document: type[Document]
    sections: tuple[SectionInfo, ...]

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by its key, in the order of the page."""
        return {field.key: field for section in self.sections for field in section.fields}

    @cached_property
    def section_of(self) -> Mapping[str, SectionInfo]:
        """The section of each field, by the field's key."""
        return {field.key: section for section in self.sections for field in section.fields}

    @cached_property
    def templates(self) -> tuple[Field, ...]:
        """The fields whose value has variables, or which have rows with such a cell."""
        return tuple(
            field
            for field in self.fields.values()
            if field.surface
            or (
                isinstance(field.kind, Rows)
                and any(cell.surface for row in field.kind.types for cell in fields_of(row))
            )
        )

    @cached_property
    def followers(self) -> Mapping[str, tuple[Field, ...]]:
        """The fields that follow each leader, by the leader's key."""
        found: dict[str, tuple[Field, ...]] = {}
        for field in self.fields.values():
            if field.follow:
                found[field.follow.leader] = (*found.get(field.follow.leader, ()), field)
        return found

    @cached_property
    def in_order(self) -> tuple[tuple[Field, Rule], ...]:
        """Fields after all that their visibility and suggestion depend on, with their whole rule."""
        sorter: TopologicalSorter[str] = TopologicalSorter()
        rules = {
            key: self.section_of[key].visible & self.fields[key].visible for key in self.fields
        }
        for key, rule in rules.items():
            follow = self.fields[key].follow
            sorter.add(key, *sorted(rule.keys()), *((follow.leader,) if follow else ()))
        known = (key for key in sorter.static_order() if key in rules)
        return tuple((self.fields[key], rules[key]) for key in known)

    def field(self, key: str) -> Field:
        """The declaration behind a key, also that of a cell (``section.rows/id/name``).

        For a cell the row's type is not known from the key: the first type with that name counts.
        """
        head, *cell = key.split("/")
        field = self.fields[head]
        if cell and isinstance(field.kind, Rows):
            for row in field.kind.types:
                for inner in fields_of(row):
                    if inner.name == cell[-1]:
                        return inner
        return field


_catalogue_by_type: dict[type[Document], Catalogue] = {}


def collect(document: type[Document], known: frozenset[str] = frozenset()) -> Catalogue:
    """Collect a document's declarations; ``known`` are rows fields of the workspace.

    From then on ``catalogue_of`` knows that type of document. Raises ``ValueError`` with a
    sentence for the first declaration that is unsound.
    """
    sections: list[SectionInfo] = []
    for member in dataclasses.fields(document):
        section: object = member.default_factory
        if isinstance(section, type) and issubclass(section, Section):
            if member.name != section.NAME:
                raise ValueError(f"{section.__name__} is named {section.NAME}, not {member.name}")
            info = SectionInfo(
                section.NAME,
                section.TITLE,
                section.ABOUT,
                section.VISIBLE,
                section.SOURCE,
                section_fields(section),
            )
            sections.append(info)
    catalogue = Catalogue(document, tuple(sections))
    for complaint in complaints(catalogue, known):
        raise ValueError(complaint)
    _catalogue_by_type[document] = catalogue
    return catalogue


def complaints(catalogue: Catalogue, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is unsound about the declarations, in sentences; circles raise ``CycleError``."""
    keys = catalogue.fields
    targets = known | {key for key, field in keys.items() if isinstance(field.kind, Rows)}
    for field, rule in catalogue.in_order:
        for key in sorted(rule.keys() - keys.keys()):
            yield f"{field.key} depends on {key}, which is not declared"
        if field.follow and field.follow.leader not in keys:
            yield f"{field.key} follows {field.follow.leader}, which is not declared"
        elif field.follow and not _starts_as_suggested(field, keys[field.follow.leader]):
            yield f"{field.key} starts with another value than its leader suggests"
        yield from _field_complaints(field, targets)
        if isinstance(field.kind, Rows):
            for row in field.kind.types:
                yield from _row_complaints(field, row, targets)


def _starts_as_suggested(field: Field, leader: Field) -> bool:
    try:
        return field.default == suggestion(field, leader.default)
    except KeyError:  # nothing is suggested for the leader's default
        return False


def _row_complaints(owner: Field, row: type[Row], targets: frozenset[str]) -> Iterator[str]:
    names = {field.name for field in fields_of(row)}
    for field in fields_of(row):
        for key in sorted(field.visible.keys() - names):
            yield f"{owner.key}/{field.name} depends on {key}, which its row has not"
        yield from _field_complaints(field, targets)


def _field_complaints(field: Field, targets: frozenset[str]) -> Iterator[str]:
    for code, values in field.kind.check(field.default):
        yield f"the default of {field.key} is wrong: {code} {values}"
    if isinstance(field.kind, Reference | References) and field.kind.to not in targets:
        yield f"{field.key} refers to {field.kind.to}, which is not declared"
    if field.status is not Status.DOCUMENTED and not (field.help or field.note):
        yield f"{field.key} is {field.status.value} and does not say why"


def suggestion(field: Field, leading: object) -> object:
    """What a field is when nobody chose: its follower's suggestion, or its default."""
    return field.follow.suggestion(leading) if field.follow else field.default


WORKSPACE = collect(Workspace)
DIRECTORY = frozenset(
    key for key, field in WORKSPACE.fields.items() if isinstance(field.kind, Rows)
)
ACCOUNT = collect(Account, known=DIRECTORY)


def catalogue_of(document: Document) -> Catalogue:
    """The catalogue of a document's type. Raises ``KeyError`` for a type never collected."""
    return _catalogue_by_type[type(document)]
