"""Schema of rules: conditions on other fields, as JSON Schema of the mapping around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from motion_desk.models.fields import Field
from motion_desk.models.plain import dump
from motion_desk.models.rules import ALWAYS, Either, Every, Not, Rule, When
from motion_desk.services.exchange.schema_kinds import Schema, filled

Within = Callable[[str, Schema], Schema]
"""Puts a schema of one field's mapping to where the field of a key stands."""


def in_document(key: str, inner: Schema) -> Schema:
    """A schema of the whole document from one of the section that holds the field ``key``."""
    return {"properties": {key.partition(".")[0]: inner}}


def in_row(_: str, inner: Schema) -> Schema:
    """A schema of a row from one of the row."""
    return inner


def condition(rule: Rule, fields: Mapping[str, Field], within: Within) -> Schema:
    """The schema that documents (or rows) meet in which the rule holds.

    An absent field counts as what it follows, or else as its default. Fields that are hidden
    must be absent, so they need no case of their own.
    """
    match rule:
        case Every(()):
            return {}
        case When(key, values):
            return _when(fields[key], values, fields, within)
        case Every(rules):
            return all_of([condition(part, fields, within) for part in rules])
        case Either(rules):
            return {"anyOf": [condition(part, fields, within) for part in rules]}
        case Not(inner):
            return {"not": condition(inner, fields, within)}
    raise TypeError(f"not a rule: {rule!r}")


def _when(
    field: Field, values: tuple[object, ...], fields: Mapping[str, Field], within: Within
) -> Schema:
    allowed = [dump(field.kind, value) for value in values]
    one_of = within(field.key, {"properties": {field.name: {"enum": allowed}}})
    if field.follow:
        leading: tuple[object, ...] = values
        if field.follow.values is not None:
            leading = tuple(at for at, value in field.follow.values.items() if value in values)
        absent_counts = condition(When(field.follow.leader, leading), fields, within)
        return {
            "if": present(field, within),
            "then": one_of,
            "else": absent_counts,
        }
    if field.default in values:
        return one_of
    return {"allOf": [present(field, within), one_of]}


def present(field: Field, within: Within) -> Schema:
    """The schema that documents (or rows) meet which name the field."""
    return _outer_required(within(field.key, {"type": "object", "required": [field.name]}))


def _outer_required(wanted: Schema) -> Schema:
    """What is needed in a section needs the section."""
    if "required" not in wanted:
        wanted["required"] = list(wanted["properties"])
    return wanted


def all_of(schemas: Sequence[Schema]) -> Schema:
    """The schema of what meets each of several; no list of them may be empty."""
    return {"allOf": list(schemas)} if len(schemas) > 1 else dict(*schemas)


def hidden(fields: Iterable[Field], by_key: Mapping[str, Field], within: Within) -> list[Schema]:
    """That fields are absent while their rule does not hold, one schema for each rule."""
    return [
        {
            "if": condition(rule, by_key, within),
            "else": within(together[0].key, {"properties": {at.name: False for at in together}}),
        }
        for rule, together in _by_rule(fields).items()
        if rule != ALWAYS
    ]


def complete(fields: Iterable[Field], by_key: Mapping[str, Field], within: Within) -> list[Schema]:
    """That fields which are needed are filled in while they are shown.

    A default fills in, and so does what a field follows.
    """
    schemas: list[Schema] = []
    needed = (field for field in fields if field.required and not field.secret)
    for rule, together in _by_rule(needed).items():
        wanted = [_filled_in(together, within), *_followed(together, by_key, within)]
        every = all_of(wanted)
        if rule == ALWAYS:
            schemas.append(every)
        else:
            schemas.append({"if": condition(rule, by_key, within), "then": every})
    return schemas


def _by_rule(fields: Iterable[Field]) -> dict[Rule, list[Field]]:
    found: dict[Rule, list[Field]] = {}
    for field in fields:
        found.setdefault(field.visible, []).append(field)
    return found


def _filled_in(fields: list[Field], within: Within) -> Schema:
    inner: Schema = {"properties": {field.name: filled(field.kind) for field in fields}}
    starts_empty = [
        field.name for field in fields if field.default == field.kind.empty and not field.follow
    ]
    if not starts_empty:
        return within(fields[0].key, inner)
    inner |= {"type": "object", "required": starts_empty}
    return _outer_required(within(fields[0].key, inner))


def _followed(fields: list[Field], by_key: Mapping[str, Field], within: Within) -> Iterator[Schema]:
    for field in fields:
        if field.follow and field.default == field.kind.empty:
            leader = by_key[field.follow.leader]
            yield {"anyOf": [present(field, within), _filled_in([leader], within)]}
