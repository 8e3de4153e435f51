"""Evidence: which facts of a step can be compared with those of another day, and how they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from motion_desk.services.tester.steps import Fact, Step


@dataclass(frozen=True, slots=True)
class FactDifference:
    """Evidence that is other than it was: all values of one code and group, before and now.

    Where a fact lists several things, such as abilities, each is a value. ``label`` names it.
    """

    code: str
    label: str
    group: str
    before: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """What was there before only."""
        return tuple(each for each in self.before if each not in self.now)

    @property
    def came(self) -> tuple[str, ...]:
        """What is there now only."""
        return tuple(each for each in self.now if each not in self.before)

    @property
    def sentence(self) -> str:
        """The difference in one sentence."""
        label = f"{self.label}, {self.group}" if self.group else self.label
        if len(self.before) == len(self.now) == 1:
            return f"{label}: was “{self.before[0]}”, is “{self.now[0]}”."
        parts = []
        if self.gone:
            parts.append(f"no longer {_quoted(self.gone)}")
        if self.came:
            parts.append(f"now also {_quoted(self.came)}" if self.before else _quoted(self.came))
        return f"{label}: {'; '.join(parts)}."


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"“{value}”" for value in values)


Reading = Callable[[Fact], tuple[str, ...]]


def _whole(fact: Fact) -> tuple[str, ...]:
    return (fact.value,)


def _words(fact: Fact) -> tuple[str, ...]:
    # Abilities are the same in capitals (RFC 3501, section 9; RFC 5321, section 2.4).
    return tuple(fact.value.upper().split())


_COMPARED: dict[str, Reading] = {
    # What identifies a server best comes first: within a step, this is the order of differences.
    "host": _whole,
    "port": _whole,
    "login": _whole,
    "username": _whole,
    "mailbox": _whole,
    "ascii": _whole,
    "address": _whole,
    "certificate.serial": _whole,
    "certificate.issuer": _whole,
    "certificate.subject": _whole,
    "certificate.names": _whole,
    "certificate.valid": _whole,
    "certificate.key": _whole,
    "certificate.sha256": _whole,
    "trust.motion": _whole,
    "trust.workstation": _whole,
    "trust.name": _whole,
    "tls.version": _whole,
    "tls.cipher": _whole,
    "greeting": _whole,
    "abilities": _words,
    "ability": _whole,
    "mechanism": _whole,
    "abilities.after": _words,
    "mailbox.validity": _whole,
}
"""The evidence that stays as it is from day to day; times, mail and answers' ids do not."""

_PASSING = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?: ?[+-]\d{4})?"  # times of the day
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +\d{1,2} +[A-Z][a-z]{2} +\d{4}"  # RFC 5322 days
    r"|\[[A-Za-z0-9+/=]{20,}\]"  # what Exchange puts into brackets
    r"|<[^<>\s]+@[^<>\s]+>"  # the challenge of a server that knows APOP or CRAM
    r"|(?<!\S)(?=[\w.-]*\d)(?=[\w.-]*[a-z])[\w-]{12,}(?:\.\d+)?(?!\S)"  # ids of a conversation
)


def differing(before: Step, now: Step) -> tuple[FactDifference, ...]:
    """How the evidence of one step differs, what identifies a server first.

    The order of addresses and abilities does not matter, nor does what changes in every greeting.
    """
    found = list(_differing(before, now))
    order = list(_COMPARED)
    return tuple(sorted(found, key=lambda each: order.index(each.code)))


def _differing(before: Step, now: Step) -> Iterator[FactDifference]:
    ours, theirs = _grouped(before), _grouped(now)
    for place in dict.fromkeys((*ours, *theirs)):
        then, today = ours.get(place, []), theirs.get(place, [])
        values = tuple(_read(then)), tuple(_read(today))
        code, group = place
        same = _settled if code == "greeting" else str
        if {same(each) for each in values[0]} != {same(each) for each in values[1]}:
            yield FactDifference(code, _label(code, (today or then)[0]), group, *values)


def _label(code: str, fact: Fact) -> str:
    """What all facts of a code are called together."""
    return {"address": "Address", "ability": "Abilities"}.get(code, fact.label)


def _grouped(step: Step) -> dict[tuple[str, str], list[Fact]]:
    """The facts that are compared, by code and group."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in step.facts:
        if fact.code in _COMPARED:
            found.setdefault((fact.code, fact.group), []).append(fact)
    return found


def _read(facts: list[Fact]) -> Iterator[str]:
    for fact in facts:
        yield from _COMPARED[fact.code](fact)


def _settled(text: str) -> str:
    """A greeting without what is another in every conversation."""
    return " ".join(_PASSING.sub("", text).split())
