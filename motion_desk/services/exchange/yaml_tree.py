"""YAML as a tree of nodes that know their place: no tags, no aliases, no key twice.

The tree is built from the parser's events, so nothing is constructed that the text names, and
nesting is bounded before it can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from motion_desk.services.exchange.faults import DocumentError, Fault, Place, shortened

DEEPEST = 60
"""Levels of nesting. Documents need fewer than ten; a tree of dispositions may have more."""
MOST_NODES = 200_000
"""Names, values, lists and tables of a text: 10,000 people with nine cells each.
Reading this much takes about eight seconds."""
MOST_FAULTS = 100
"""Faults after which the text is given up."""

Plain = None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its text, and whether it stands there without quotes."""

    place: Place
    text: str
    plain: bool

    @property
    def value(self) -> Plain:
        """What the text is in YAML 1.2's core schema: ``yes`` is text, ``0039`` a number."""
        return _plain_value(self.text) if self.plain else self.text


@dataclass(frozen=True, slots=True)
class Pair:
    """One ``name: value`` of a table."""

    place: Place
    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, in the order of the text; no name stands in it twice."""

    place: Place
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence."""

    place: Place
    items: tuple[Node, ...]


Node = Scalar | Table | Listing

_NULL = re.compile(r"(~|null|Null|NULL)?\Z")
_TRUE = re.compile(r"(true|True|TRUE)\Z")
_FALSE = re.compile(r"(false|False|FALSE)\Z")
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}\Z", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]{1,4000}\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,3000}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z", re.ASCII)
_SPECIAL_FLOAT = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")


def _plain_value(text: str) -> Plain:
    if _NULL.match(text):
        return None
    if _TRUE.match(text):
        return True
    if _FALSE.match(text):
        return False
    if _INTEGER.match(text):
        return int(text)
    if _OCTAL.match(text) or _HEXADECIMAL.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        return float(text)
    if _SPECIAL_FLOAT.match(text):
        return float(text.replace(".", "", 1))
    return text


def tree(text: str) -> Node | None:
    """The text's tree, or ``None`` where there is nothing in it.

    Raises ``DocumentError`` (unreadable) for what is no YAML, for more than one document in the
    text, for tags, aliases and keys that stand twice in one mapping, and for too deep nesting.
    """
    builder = _Builder()
    try:
        for event in YAML(typ="rt", pure=True).parse(text):
            builder.add(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        builder.faults.append(_fault(place, f"This is not YAML: {error.problem}."))
    except YAMLError as error:
        place = _place_of_character(text, getattr(error, "position", 0))
        reason = shortened(str(error).partition("\n")[0])
        builder.faults.append(_fault(place, f"This is not YAML: {reason}."))
    except _GivenUpError:
        pass  # its fault is among the others
    if builder.faults:
        raise DocumentError(builder.faults, unreadable=True)
    return builder.root


def _fault(place: Place, sentence: str) -> Fault:
    return Fault(*place, "", sentence)


def _place_of_character(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - before.rfind("\n"))


class _GivenUpError(Exception):
    """Ends the parsing; the fault was noted."""


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not come yet."""

    place: Place
    is_table: bool
    nodes: list[Node]


class _Builder:
    """Builds the tree from events, iteratively."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def add(self, event: Any) -> None:
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if getattr(event, "tag", None) is not None and isinstance(
            event, ScalarEvent | MappingStartEvent | SequenceStartEvent
        ):
            self.faults.append(
                _fault(place, "Tags (words that begin with !) have no meaning here. Delete it.")
            )
        match event:
            case DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    text = "A second document begins here. Put each into a file of its own."
                    self.faults.append(_fault(place, text))
            case AliasEvent():
                self._count(place)
                text = f"*{event.anchor} repeats another part. Write its content out here."
                self.faults.append(_fault(place, text))
                self._put(Scalar(place, "", plain=True))
            case ScalarEvent():
                self._count(place)
                self._put(Scalar(place, event.value, plain=bool(event.implicit[0])))
            case MappingStartEvent() | SequenceStartEvent():
                self._count(place)
                if len(self._open) == DEEPEST:
                    text = f"This is nested more than {DEEPEST} levels deep."
                    self.faults.append(_fault(place, text))
                    raise _GivenUpError
                self._open.append(_Open(place, isinstance(event, MappingStartEvent), []))
            case MappingEndEvent() | SequenceEndEvent():
                self._close()

        if len(self.faults) > MOST_FAULTS:
            del self.faults[MOST_FAULTS:]
            text = f"More than {MOST_FAULTS} things are wrong here. The rest was not read."
            self.faults.append(_fault(place, text))
            raise _GivenUpError

    def _put(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        elif self._documents == 1:
            self.root = node

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            text = f"This holds more than {MOST_NODES:,} names and values. Split it."
            self.faults.append(_fault(place, text))
            raise _GivenUpError

    def _close(self) -> None:
        done = self._open.pop()
        if done.is_table:
            self._put(Table(done.place, tuple(self._pairs(done.nodes))))
        else:
            self._put(Listing(done.place, tuple(done.nodes)))

    def _pairs(self, nodes: list[Node]) -> Iterator[Pair]:
        lines: dict[str, int] = {}
        for name, node in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(name, Scalar):
                self.faults.append(_fault(name.place, "A name is expected here, not a list."))
            elif name.text in lines:
                text = f"“{shortened(name.text)}” stands in line {lines[name.text]} already."
                self.faults.append(_fault(name.place, f"{text} Keep one of them."))
            else:
                lines[name.text] = name.place.line
                yield Pair(name.place, name.text, node)
