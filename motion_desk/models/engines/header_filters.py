"""Header filters: what each rule says of each message, by a model of the documentation.

Motion documents only that incoming mail is filtered by header. The rest is a model of the
documentation, and screens must call it so:

* Rules apply from top to bottom. The first that matches decides; without any, a message passes.
* A header's name is compared without regard to capitals (RFC 5322 §1.2.2), and every header of
  that name is looked at. Compared is its decoded content.
* Values are compared without regard to capitals, for scanners write “Yes”, “YES” and “yes”. A
  regular expression minds them, as JavaScript does where no flag is given: it can say “[Yy]es”
  by itself, and the page has no place for flags. It is looked for anywhere in the content.
* “Not” turns the whole comparison round: a message without the header does not contain anything,
  so “not contains” matches it.
* A rule that is not complete, or whose regular expression is none or takes too long, matches
  nothing, negated or not, and its cells say why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.routing import HeaderFilter

Span = tuple[int, int]
"""Where in a text something begins, and where it ends: offsets in characters."""

Search = Callable[[str, str], Span | None]
"""Looks for a regular expression (first) in a text (second); raises ``Unsearchable``.

One that has a method ``prepared`` is told each expression once, for many texts are then quicker:
it gives what looks for that expression in a text.
"""


class Unsearchable(ValueError):  # noqa: N818 - a result that a cell shows, not a fault of ours
    """A pattern is no regular expression, or takes too long; ``sentence`` says which."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Cell(NamedTuple):
    """What one rule says of one message.

    ``matched`` is the result, “not” applied. ``header`` is the position in the message's headers
    of the first in which something was found, and ``span`` where in its decoded content; both are
    ``None`` where nothing was. ``wrong`` says why the rule cannot be applied, or is empty.
    """

    matched: bool
    header: int | None = None
    span: Span | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a message: ``decided_by`` is the rule's id, empty where none matched.

    ``cells`` has one for each rule, in their order, those behind the deciding one too.
    """

    verdict: Verdict
    decided_by: str
    cells: tuple[Cell, ...]


class _Content:
    """The content of one header: as it is, and without regard to capitals once that is needed."""

    __slots__ = ("_folded", "at", "text")

    def __init__(self, at: int, text: str) -> None:
        self.at = at
        self.text = text
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """The content without regard to capitals; it may be longer than the content."""
        if self._folded is None:
            self._folded = self.text.casefold()
        return self._folded


_Headers = Mapping[str, list[_Content]]
_Decide = Callable[[_Headers], Cell]
Judge = Callable[[Incoming], Judgement]
"""Judges one message by rules that were made ready once."""

_MATCHED, _NOT_MATCHED = Cell(True), Cell(False)
NO_HEADER = "This rule names no header, so it is not applied. Fill it in."
NO_VALUE = "This rule has no value to compare with, so it is not applied. Fill it in."
NO_OPERATOR = "This rule’s operator or verdict is none of those offered. Choose one."


def judge(rules: Sequence[HeaderFilter], incoming: Incoming, search: Search) -> Judgement:
    """What becomes of one message, by a model of the documentation. Raises nothing."""
    return judged_by(rules, search)(incoming)


def matrix(
    rules: Sequence[HeaderFilter], messages: Iterable[Incoming], search: Search
) -> Iterator[Judgement]:
    """The judgements of messages, in their order, each made when it is asked for.

    Cells in which nothing was found are the same two objects all over: a kept matrix of a million
    cells takes some 10 MB, and 0.1 kB more for each in which something was.
    """
    return map(judged_by(rules, search), messages)


def judged_by(rules: Sequence[HeaderFilter], search: Search) -> Judge:
    """Make rules ready once, to judge any number of messages."""
    decides = [_decide(rule, search) for rule in rules]
    ends = [(rule.verdict, rule.id) for rule in rules]

    wanted = {rule.header.strip().casefold() for rule in rules if not incomplete(rule)}

    def judged(incoming: Incoming) -> Judgement:
        headers = _by_name(incoming, wanted)
        cells = tuple([decide(headers) for decide in decides])
        if cells.count(_NOT_MATCHED) != len(cells):  # by identity, without a look into any
            for cell, (verdict, rule_id) in zip(cells, ends, strict=True):
                if cell.matched:
                    return Judgement(verdict, rule_id, cells)
        return Judgement(Verdict.ACCEPT, "", cells)

    return judged


def _by_name(incoming: Incoming, wanted: Collection[str]) -> _Headers:
    """The contents of the headers that rules name, by these names without regard to capitals."""
    by_name: dict[str, list[_Content]] = {}
    for at, header in enumerate(incoming.headers):
        name = header.name.casefold()
        if name in wanted:
            by_name.setdefault(name, []).append(_Content(at, header.decoded))
    return by_name


def incomplete(rule: HeaderFilter) -> str:
    """Why a rule cannot be applied at all, as a sentence; empty where it can."""
    # A draft may hold what was typed in place of a value.
    header: object = rule.header
    value: object = rule.value
    operator: object = rule.operator
    verdict: object = rule.verdict
    if not isinstance(operator, Operator) or not isinstance(verdict, Verdict):
        return NO_OPERATOR
    if not isinstance(header, str) or not header.strip():
        return NO_HEADER
    if operator is not Operator.EXISTS and (not isinstance(value, str) or not value):
        return NO_VALUE
    return ""


def _decide(rule: HeaderFilter, search: Search) -> _Decide:
    if wrong := incomplete(rule):
        cell = Cell(False, wrong=wrong)
        return lambda _: cell
    name, negated = rule.header.strip().casefold(), rule.negated is True
    missed = _MATCHED if negated else _NOT_MATCHED
    if rule.operator is Operator.EXISTS:
        return _exists(name, negated, missed)
    if rule.operator is Operator.MATCHES:
        try:  # now, for of a message without the header nothing would be asked
            search(rule.value, "")
        except Unsearchable as error:
            refused = Cell(False, wrong=error.sentence)
            return lambda _: refused
        prepare: Any = getattr(search, "prepared", None)
        find = prepare(rule.value) if prepare else partial(search, rule.value)
        return _matches(name, find, negated, missed)
    return _compares(name, _FIND[rule.operator], rule.value.casefold(), negated, missed)


def _exists(name: str, negated: bool, missed: Cell) -> _Decide:
    def decide(headers: _Headers) -> Cell:
        if found := headers.get(name):
            return Cell(not negated, found[0].at, (0, len(found[0].text)))
        return missed

    return decide


def _matches(name: str, find: Callable[[str], Span | None], negated: bool, missed: Cell) -> _Decide:
    hit = not negated

    def decide(headers: _Headers) -> Cell:
        try:
            for content in headers.get(name, ()):
                span = find(content.text)
                if span is not None:
                    return Cell(hit, content.at, span)
        except Unsearchable as error:
            return Cell(False, wrong=error.sentence)
        return missed

    return decide


def _compares(
    name: str, find: Callable[[str, str], int], value: str, negated: bool, missed: Cell
) -> _Decide:
    hit, length = not negated, len(value)

    def decide(headers: _Headers) -> Cell:
        contents = headers.get(name)
        if contents is None:
            return missed
        for content in contents:
            start = find(content.folded, value)
            if start >= 0:
                return Cell(hit, content.at, _unfolded(content, start, start + length))
        return missed

    return decide


def _equal(text: str, value: str) -> int:
    return 0 if text == value else -1


def _start(text: str, value: str) -> int:
    return 0 if text.startswith(value) else -1


def _end(text: str, value: str) -> int:
    return len(text) - len(value) if text.endswith(value) else -1


_FIND: Mapping[Operator, Callable[[str, str], int]] = {
    Operator.CONTAINS: str.find,
    Operator.EQUALS: _equal,
    Operator.STARTS: _start,
    Operator.ENDS: _end,
}
"""Where a value begins in a content, both without regard to capitals, or -1."""


def _unfolded(content: _Content, start: int, stop: int) -> Span:
    """Where a span of the folded content stands in the content itself.

    Each character folds to one or more (“ß” to “ss”), so that texts of one length have all offsets
    in common.
    """
    if len(content.folded) == len(content.text):
        return start, stop
    at, first = 0, None
    for position, character in enumerate(content.text):
        following = at + len(character.casefold())
        if first is None and following > start:
            first = position
        if following >= stop:
            return (position if first is None else first), position + 1
        at = following
    return len(content.text), len(content.text)
