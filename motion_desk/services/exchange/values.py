"""Values: what a node of a document's text means as a value of a field's kind."""

from __future__ import annotations

from typing import Any

from motion_desk.models.fields import Field
from motion_desk.models.kinds import (
    Choice,
    Date,
    Integer,
    Kind,
    Lines,
    SecretText,
    Text,
    Toggle,
    Unreadable,
)
from motion_desk.services.exchange.faults import sentence, shortened, suggested
from motion_desk.services.exchange.yaml_tree import Listing, Node, Scalar, Table

NULL_MEANS_EMPTY = (Text, Lines, Integer, Date)
"""Kinds for which ``name:`` with nothing behind it means “not filled in”."""


class WrongValueError(Exception):
    """A node that means no value of the kind; ``sentences`` say why."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(*sentences)


def value_of(field: Field, node: Node) -> Any:
    """The node's value, checked by the field's kind.

    Not for references and rows, which need more than their node. Raises ``WrongValueError``.
    """
    kind = field.kind
    if isinstance(kind, SecretText):
        raise WrongValueError(
            f"Secrets are never kept in documents. Delete this line and type the "
            f"{field.label[0].lower()}{field.label[1:]} in Motion Desk."
        )
    if not isinstance(node, Scalar):
        raise WrongValueError(expected(kind.expected, node))
    value = _converted(kind, node)
    if sentences := [sentence(code, values) for code, values in kind.check(value)]:
        raise WrongValueError(*sentences)
    return value


def expected(what: str, node: Node) -> str:
    """A sentence that says what was expected and what stands there."""
    there = {Table: "names with values", Listing: "a list"}.get(type(node), "something else")
    if isinstance(node, Scalar):
        there = f"“{shortened(node.text)}”" if node.value is not None else "nothing"
    return f"{what[0].upper()}{what[1:]} is expected here, not {there}."


def text_of(node: Node) -> str:
    """The node's text; empty where nothing stands there. Raises ``WrongValueError``."""
    if not isinstance(node, Scalar):
        raise WrongValueError(expected("text", node))
    value = node.value
    if value is None:
        return ""
    if not isinstance(value, str):
        taken = "true or false" if isinstance(value, bool) else "a number"
        raise WrongValueError(
            f"Text is expected here, and YAML takes {shortened(node.text)} for {taken}. "
            "Put it in quotes."
        )
    return value


def _converted(kind: Kind, node: Scalar) -> object:
    value = node.value
    if value is None and isinstance(kind, NULL_MEANS_EMPTY):
        return kind.empty
    match kind:
        case Text() | Lines():
            return text_of(node)
        case Integer():
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            return Unreadable(node.text)
        case Toggle():
            if not isinstance(value, bool):
                raise WrongValueError(expected("true or false", node))
            return value
        case Choice(options):
            for option in options:
                if value == option.value:
                    return option
            words = [option.value for option in options]
            said = sentence("choice", {"text": node.text, "offered": ", ".join(words)})
            raise WrongValueError(said + suggested(node.text, words))
        case Date():
            day = kind.parse(node.text)
            # Python also takes 20270331 and 2027-W13-3, which other tools do not.
            return day if kind.format(day) == node.text else Unreadable(node.text)
    raise TypeError(f"not a kind of single values: {kind!r}")
