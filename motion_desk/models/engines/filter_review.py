"""Filter review: rules that decide nothing or too much, by the model of the documentation.

A finding is only given where it holds for every message: two rules are compared where both look at
one header and their operators allow to tell. An expression may be none, or too slow, and then
matches neither way: what matches where it does not is never taken for certain. What “never” rests
on is told apart: ``review`` says that a rule can never match or decide, ``idle`` only that it
matched none of some messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import eq
from typing import NamedTuple

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.engines.header_filters import Judgement, incomplete
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.routing import HEADER_FILTERS, HeaderFilter

ALWAYS_THERE = {
    "from": "RFC 5322 §3.6",
    "date": "RFC 5322 §3.6",
    "message-id": "RFC 5322 §3.6.4",
    "received": "RFC 5321 §4.4",
}
"""The headers that each message has that comes through mail servers, and where that is said."""
_NAME = re.compile(r"[!-9;-~]+")
"""What a header can be called (RFC 5322 §2.2)."""
_ANYTHING = frozenset(
    ("^", "$", ".*", "^.*", ".*$", "(.*)", "^(.*)", "(.*)$", "[^]*", r"[\s\S]*", r"^[\s\S]*$")
)
"""Expressions that are found in every text. “^.*$” is not in one that holds a line end."""

_NAMELESS = "No header can be called “{header}”, so this rule matches {what}. {remedy}"
_EVERY = "Every message has a header “{header}” ({source}), so this rule {does} each message that no rule above takes."
_NEVER = "Every message has a header “{header}” ({source}), so this rule never matches."
_SAME = "This is the same as {other} above. Remove one of them."
_SHADOWED = "By the model of the documentation, {other} above {does} each message that this rule matches. {remedy}"
_UNREACHED = "By the model of the documentation, {other} above leaves no message over, so this rule is never reached. Move it up, or remove it."
_PAIR = "By the model of the documentation, this rule takes each message that {other} above leaves: no rule below decides anything."
_NO_EFFECT = "By the model of the documentation, what no rule matches is accepted. No rule below rejects anything, so this rule changes nothing."
_IDLE = "This rule matched none of the {count} messages."
_IDLE_ONE = "This rule did not match the message."


class _Rule(NamedTuple):
    """A complete rule, as it is compared: what is found in any text counts as “exists”."""

    id: str
    position: int
    name: str
    negated: bool
    operator: Operator
    value: str
    verdict: Verdict

    @property
    def called(self) -> str:
        """How sentences name it."""
        return f"rule {self.position}"

    @property
    def does(self) -> str:
        """What it does with a message."""
        return "rejects" if self.verdict is Verdict.REJECT else "accepts"

    @property
    def comparison(self) -> tuple[str, Operator, str]:
        """What it looks for, whether negated or not."""
        return self.name, self.operator, self.value


def review(rules: Sequence[HeaderFilter]) -> tuple[Problem, ...]:
    """What is wrong with rules whatever arrives, as warnings, in their order, one a rule at most.

    Incomplete rules are passed over: they match nothing, and the other checks tell.
    """
    return _reviewed(tuple(rules))


@lru_cache(8)
def _reviewed(rules: tuple[HeaderFilter, ...]) -> tuple[Problem, ...]:
    complete = [
        _rule(rule, position) for position, rule in enumerate(rules, 1) if not incomplete(rule)
    ]
    return tuple(_findings(complete))


def idle(rules: Sequence[HeaderFilter], judgements: Iterable[Judgement]) -> tuple[Problem, ...]:
    """The rules that matched none of some messages, as notes; none where there is no message.

    Rules that cannot be applied are passed over: their cells say why.
    """
    waiting = {at: rule for at, rule in enumerate(rules) if not incomplete(rule)}
    count = 0
    for judgement in judgements:
        count += 1
        for at in [
            at for at in waiting if judgement.cells[at].matched or judgement.cells[at].wrong
        ]:
            del waiting[at]
    if not count:
        return ()
    text = _IDLE_ONE if count == 1 else _IDLE
    return tuple(
        Problem(_key(rule.id, _cell(rule)), "idle", text, {"count": f"{count:,}"}, Severity.NOTE)
        for rule in waiting.values()
    )


def _rule(rule: HeaderFilter, position: int) -> _Rule:
    operator, value = rule.operator, rule.value
    if operator is Operator.EXISTS or (operator is Operator.MATCHES and value in _ANYTHING):
        operator, value = Operator.EXISTS, ""
    elif operator is not Operator.MATCHES:
        value = value.casefold()
    name = rule.header.strip().casefold()
    return _Rule(rule.id, position, name, rule.negated is True, operator, value, rule.verdict)


def _findings(rules: Sequence[_Rule]) -> Iterator[Problem]:
    last_reject = max(
        (each.position for each in rules if each.verdict is Verdict.REJECT), default=0
    )
    by_name: dict[str, list[_Rule]] = {}
    everything: _Rule | None = None
    for rule in rules:
        same_header = by_name.setdefault(rule.name, [])
        if everything:
            yield _warn(rule, "unreached", _UNREACHED, other=everything.called)
            continue
        problem, takes_all = _finding(rule, same_header)
        if problem is None and rule.verdict is Verdict.ACCEPT and rule.position > last_reject:
            problem = _warn(rule, "no_effect", _NO_EFFECT, at="verdict")
        if problem:
            yield problem
        if takes_all:
            everything = rule
        same_header.append(rule)


def _finding(rule: _Rule, above: Sequence[_Rule]) -> tuple[Problem | None, bool]:
    """What is wrong with a rule, and whether it is certain that no message gets behind it."""
    if not _NAME.fullmatch(rule.name):
        return _nameless(rule), rule.negated and rule.operator is not Operator.MATCHES
    for other in above:
        if _takes(other, rule):
            return _shadowed(rule, other), False
    if rule.operator is Operator.EXISTS and rule.name in ALWAYS_THERE:
        values = {"header": rule.name.title(), "source": ALWAYS_THERE[rule.name]}
        if rule.negated:
            return _warn(rule, "never", _NEVER, **values), False
        # Not certain, for what does not keep to the standard may arrive: no rule below is blamed.
        return _warn(rule, "catch_all", _EVERY, does=rule.does, **values), False
    for other in above:
        opposite = other.comparison == rule.comparison and other.negated is not rule.negated
        if opposite and rule.operator is not Operator.MATCHES:
            return _warn(rule, "catch_all", _PAIR, other=other.called), True
    return None, False


def _nameless(rule: _Rule) -> Problem:
    what, code = ("every message", "catch_all") if rule.negated else ("nothing", "never")
    if rule.negated and rule.operator is Operator.MATCHES:
        what, code = "either every message or none", "nameless"
    bare = rule.name.rstrip(": ")
    remedy = "Write the name without the colon." if _NAME.fullmatch(bare) else "Correct the name."
    values = {"header": rule.name, "what": what, "remedy": remedy}
    return _warn(rule, code, _NAMELESS, at="header", **values)


def _shadowed(rule: _Rule, other: _Rule) -> Problem:
    if rule[2:] == other[2:]:
        return _warn(rule, "shadowed", _SAME, other=other.called)
    remedy = "Remove this one." if rule.verdict is other.verdict else "Move this one above it."
    values = {"other": other.called, "does": other.does, "remedy": remedy}
    return _warn(rule, "shadowed", _SHADOWED, **values)


def _takes(first: _Rule, second: _Rule) -> bool:
    """Whether the first rule matches whatever the second does; both look at one header.

    A negated rule and one that is not are never compared: a message may lack the header, and it
    may have it twice.
    """
    if first.negated is not second.negated:
        return False
    if not first.negated:
        return _implies(second, first)
    certain = first.operator is not Operator.MATCHES or first.comparison == second.comparison
    return certain and _implies(first, second)


def _implies(narrow: _Rule, wide: _Rule) -> bool:
    """Whether a content that the one comparison finds is certain to be found by the other."""
    if wide.operator is Operator.EXISTS:
        return True
    if Operator.MATCHES in (narrow.operator, wide.operator):
        return narrow.comparison == wide.comparison
    holds = _IMPLIED.get((narrow.operator, wide.operator))
    return holds is not None and holds(narrow.value, wide.value)


def _within(narrow: str, wide: str) -> bool:
    return wide in narrow


_IMPLIED: Mapping[tuple[Operator, Operator], Callable[[str, str], bool]] = {
    (Operator.EQUALS, Operator.EQUALS): eq,
    (Operator.EQUALS, Operator.CONTAINS): _within,
    (Operator.EQUALS, Operator.STARTS): str.startswith,
    (Operator.EQUALS, Operator.ENDS): str.endswith,
    (Operator.CONTAINS, Operator.CONTAINS): _within,
    (Operator.STARTS, Operator.CONTAINS): _within,
    (Operator.STARTS, Operator.STARTS): str.startswith,
    (Operator.ENDS, Operator.CONTAINS): _within,
    (Operator.ENDS, Operator.ENDS): str.endswith,
}
"""By the narrow and the wide operator, whether it holds for their values; else it never does."""


def _warn(rule: _Rule, code: str, text: str, /, at: str = "", **values: object) -> Problem:
    cell = at or ("header" if rule.operator is Operator.EXISTS else "value")
    return Problem(_key(rule.id, cell), code, text, values, Severity.WARNING)


def _cell(rule: HeaderFilter) -> str:
    return "header" if rule.operator is Operator.EXISTS else "value"


def _key(rule_id: str, cell: str) -> str:
    return f"{HEADER_FILTERS}/{rule_id}/{cell}"
