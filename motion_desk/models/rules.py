"""Rules: conditions on other fields, kept as data so that they can be tested, said and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Get = Callable[[str], object]
"""Gives the value of the field with a key."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on the values of other fields. Combine with ``&``, ``|`` and ``~``."""

    def holds(self, get: Get) -> bool:
        """Whether the condition is met by the values that ``get`` returns."""
        raise NotImplementedError  # every rule below says it

    def keys(self) -> frozenset[str]:
        """The keys of all fields that the condition looks at."""
        raise NotImplementedError  # every rule below says it

    def __and__(self, other: Rule) -> Rule:
        return other if self == ALWAYS else self if other == ALWAYS else Every((self, other))

    def __or__(self, other: Rule) -> Rule:
        return Either((self, other))

    def __invert__(self) -> Rule:
        return Not(self)


@dataclass(frozen=True, slots=True)
class When(Rule):
    """The field has one of the values."""

    key: str
    values: tuple[object, ...]

    def holds(self, get: Get) -> bool:
        return get(self.key) in self.values

    def keys(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True, slots=True)
class Every(Rule):
    """All the rules hold; with none of them, always."""

    rules: tuple[Rule, ...] = ()

    def holds(self, get: Get) -> bool:
        return all(rule.holds(get) for rule in self.rules)

    def keys(self) -> frozenset[str]:
        return frozenset().union(*(rule.keys() for rule in self.rules))


@dataclass(frozen=True, slots=True)
class Either(Rule):
    """At least one of the rules holds."""

    rules: tuple[Rule, ...]

    def holds(self, get: Get) -> bool:
        return any(rule.holds(get) for rule in self.rules)

    def keys(self) -> frozenset[str]:
        return frozenset().union(*(rule.keys() for rule in self.rules))


@dataclass(frozen=True, slots=True)
class Not(Rule):
    """The rule does not hold."""

    rule: Rule

    def holds(self, get: Get) -> bool:
        return not self.rule.holds(get)

    def keys(self) -> frozenset[str]:
        return self.rule.keys()


ALWAYS = Every()


def when(key: str, *values: object) -> Rule:
    """A rule that holds while the field ``key`` has one of ``values``."""
    return When(key, values)


def words(rule: Rule, label: Callable[[str], str], value: Callable[[str, object], str]) -> str:
    """The rule in words: ``label`` names a field, ``value`` writes a value of it."""
    match rule:
        case When(key, values):
            return f"{label(key)} is {' or '.join(value(key, item) for item in values)}"
        case Every(()):
            return "always"
        case Every(rules):
            return " and ".join(
                f"({said})" if isinstance(part, Either) else said
                for part in rules
                for said in (words(part, label, value),)
            )
        case Either(rules):
            return " or ".join(words(part, label, value) for part in rules)
        case Not(When(key, values)):
            return f"{label(key)} is not {' or '.join(value(key, item) for item in values)}"
        case Not(inner):
            return f"not ({words(inner, label, value)})"
    raise TypeError(f"not a rule: {rule!r}")
