"""Said: rules and values of declared fields in words, for faults and for the reference."""

from __future__ import annotations

from collections.abc import Callable

from motion_desk.models.catalogue import Catalogue
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Row
from motion_desk.models.rules import Rule, words


def rule_of_document(rule: Rule, catalogue: Catalogue) -> str:
    """A rule over a document's keys, as “Service is Custom and SSL is on”."""
    return _said(rule, catalogue.field)


def rule_of_row(rule: Rule, row: type[Row]) -> str:
    """A rule over the cells of a row, in words."""
    by_name = {field.name: field for field in fields_of(row)}
    return _said(rule, by_name.__getitem__)


def _said(rule: Rule, field: Callable[[str], Field]) -> str:
    return words(
        rule, lambda key: field(key).label, lambda key, value: field(key).kind.format(value)
    )
