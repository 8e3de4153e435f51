"""All that is declared, by key, for laws that hold for every part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from itertools import product
from typing import Any

from hypothesis import settings

from motion_desk.models import certificates, internet, kinds
from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE, Catalogue
from motion_desk.models.changes import resolve
from motion_desk.models.document import Document, put
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Choice, Kind, Row, Rows, Toggle
from motion_desk.models.plain import word
from motion_desk.models.rules import Either, Every, Not, Rule, When
from motion_desk.models.workspace import Workspace

# For laws that run once for each of some hundred fields and cells.
FEW = settings(max_examples=max(3, settings().max_examples // 6))


def bounds(kind: Kind) -> tuple[object, ...]:
    """A kind's type and all that was said of it, equal for kinds that take the same values."""
    return (type(kind), *(getattr(kind, each.name) for each in dataclass_fields(kind)))


CATALOGUES = (ACCOUNT, WORKSPACE)
EMPTY: Mapping[Catalogue, Document] = {ACCOUNT: Account(), WORKSPACE: Workspace()}

FIELDS = {**ACCOUNT.fields, **WORKSPACE.fields}
SECTIONS = {info.name: info for catalogue in CATALOGUES for info in catalogue.sections}
# By key and the row type's word: "actions.plan/gotoif".
ROWS = {
    f"{key}/{word(row)}": row
    for key, field in FIELDS.items()
    if isinstance(field.kind, Rows)
    for row in field.kind.types
}
# By the row type's key and the cell's name: "actions.plan/gotoif/when_true".
CELLS = {f"{place}/{cell.name}": cell for place, row in ROWS.items() for cell in fields_of(row)}
DECLARED = {**FIELDS, **CELLS}

KINDS = tuple(
    found
    for module in (kinds, internet, certificates)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Kind) and found is not Kind
    if found.__module__ == module.__name__
)
# Each kind with bounds of its own once, by the first key that has it.
KIND_BY_KEY = {
    key: DECLARED[key].kind
    for key in {bounds(DECLARED[key].kind): key for key in reversed(DECLARED)}.values()
}
# A declared kind of each type, by the type's name.
KIND_BY_NAME = {type(field.kind).__name__: field.kind for field in DECLARED.values()}


def catalogue_with(key: str) -> Catalogue:
    """The catalogue that declares the field `key`."""
    return ACCOUNT if key in ACCOUNT.fields else WORKSPACE


def empty_with(key: str) -> Document:
    """A document at its defaults that has the field `key`."""
    return EMPTY[catalogue_with(key)]


def row_of(cell: str) -> type[Row]:
    """The row type that declares a cell of `CELLS`."""
    return ROWS[cell.rpartition("/")[0]]


def conditions(rule: Rule) -> Iterator[When]:
    """Every comparison within a rule."""
    match rule:
        case When():
            yield rule
        case Every(rules) | Either(rules):
            for part in rules:
                yield from conditions(part)
        case Not(inner):
            yield from conditions(inner)


def choices(fields: Iterable[Field]) -> Iterator[dict[str, Any]]:
    """Every combination of what people can choose in the fields, by key."""
    offered = {field.key: _offered(field) for field in fields}
    for combination in product(*offered.values()):
        yield dict(zip(offered, combination, strict=True))


def _offered(field: Field) -> tuple[object, ...]:
    match field.kind:
        case Toggle():
            return (False, True)
        case Choice(options):
            return tuple(options)
    raise TypeError(f"{field.key} decides what is shown, and its values cannot be counted up")


def whole_rule(key: str) -> Rule:
    """The rule of the field `key` together with its section's."""
    return {field.key: rule for field, rule in catalogue_with(key).in_order}[key]


def leaders(catalogue: Catalogue, rule: Rule) -> dict[str, Field]:
    """The fields that a rule looks at, and those that decide whether these are shown."""
    found: dict[str, Field] = {}
    waiting = sorted(rule.keys())
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = catalogue.fields[key]
            waiting.extend(sorted(whole_rule(key).keys()))
    return found


def by_every_choice(catalogue: Catalogue, rule: Rule) -> Iterator[Document]:
    """Documents for every combination of choices that a rule depends on."""
    for choice in choices(leaders(catalogue, rule).values()):
        document = EMPTY[catalogue]
        for key, value in choice.items():
            document = put(document, key, value)
        yield document


def showing(key: str) -> Document:
    """A document, at its defaults but for what it takes, in which the field `key` is shown."""
    documents = by_every_choice(catalogue_with(key), whole_rule(key))
    return next(document for document in documents if resolve(document).visible[key])
