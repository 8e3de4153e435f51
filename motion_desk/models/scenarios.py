"""Scenarios: the lines that say who is there, read and written, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motion_desk.models.durations import in_words, seconds_of
from motion_desk.models.engines.timeline.scenario import Availability, Presence
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.expectations import SCENARIOS, KeptScenario
from motion_desk.models.sections.settings import LONGEST_WAIT

_PRESENCES = {each.label: each for each in Presence} | {"online": Presence.ON_LINE}
_NEVER = ("nobody answers", "never answers")
_AFTER = re.compile(r"(answers|rejects) (?:after (.+)|at once)")

_NO_COLON = "“{line}” names nobody. Write “Name: on line, answers after 20 s”."
_NO_NAME = "Nobody is named before the colon. Write “Name: on line, answers after 20 s”."
_WORDS = (
    "“{word}” is not understood. Write on line, on pause, logged out, answers after 20 s, rejects "
    "after 5 s or never answers."
)
_TWICE = "“{word}” contradicts what stands before it. Keep one of them."
_AWAY = "Who is {presence} cannot reject. Write “on line”, or leave the rejection out."
_AGAIN = "“{name}” stands here already, on line {first}. Keep one of them."
_UNKNOWN = "There is no agent or queue “{name}” in the directory.{hint}"
_TOO_LONG = "{words} is longer than Motion's longest wait, {longest}."


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a line; lines count from 1. ``sentence`` is filled with ``values``."""

    line: int
    sentence: str
    values: Mapping[str, object]


def people_of(text: str) -> tuple[tuple[Availability, ...], tuple[Complaint, ...]]:
    """Who is there by these lines, and what is wrong with the lines that are left out.

    Capitals of the words behind the name do not matter, empty lines neither. Of two lines on one
    name the first counts.
    """
    people: dict[str, Availability] = {}
    lines_by_name: dict[str, int] = {}
    complaints: list[Complaint] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _read(line.strip())
        if not isinstance(found, Availability):
            complaints.append(Complaint(number, *found))
        elif found.name in people:
            values = {"name": found.name, "first": lines_by_name[found.name]}
            complaints.append(Complaint(number, _AGAIN, values))
        else:
            people[found.name] = found
            lines_by_name[found.name] = number
    return tuple(people.values()), tuple(complaints)


def people_text(people: Collection[Availability]) -> str:
    """The lines that say who is there; ``people_of`` undone."""
    return "\n".join(f"{each.name}: {said(each)}" for each in people)


def said(person: Availability) -> str:
    """How somebody takes being asked, in the words of these lines, without the name."""
    words = [person.presence.label]
    if person.rejects is not None:
        words.append(f"rejects after {in_words(person.rejects)}")
    if person.answers is not None:
        words.append(f"answers after {in_words(person.answers)}")
    elif person.presence is Presence.ON_LINE and person.rejects is None:
        words.append("never answers")
    return ", ".join(words)


def _read(line: str) -> Availability | tuple[str, dict[str, object]]:
    """What a line says, or a sentence on what is wrong with it, and its values."""
    name, colon, words = line.rpartition(":")
    if not colon:
        return _NO_COLON, {"line": line}
    if not name.strip():
        return _NO_NAME, {}
    found: dict[str, Any] = {}
    for word in words.split(","):
        bare = " ".join(word.split()).casefold()
        read = _word(bare)
        if isinstance(read, str):
            return read, {"word": word.strip()}
        what, value = read
        if isinstance(value, int) and value > LONGEST_WAIT:
            return _TOO_LONG, {"words": in_words(value), "longest": in_words(LONGEST_WAIT)}
        if what in found:
            return _TWICE, {"word": word.strip()}
        found[what] = value
    presence = found.get("presence", Presence.ON_LINE)
    if "rejects" in found and presence is not Presence.ON_LINE:
        return _AWAY, {"presence": presence.label}
    return Availability(name.strip(), **found)


def _word(bare: str) -> tuple[str, object] | str:
    """The attribute that a word sets, and to what; or what is wrong with it."""
    if bare in _PRESENCES:
        return "presence", _PRESENCES[bare]
    if bare in _NEVER:
        return "answers", None
    if after := _AFTER.fullmatch(bare):
        seconds = seconds_of(after[2] or "0 s")
        return _WORDS if seconds is None else (after[1], seconds)
    return _WORDS


def problems_of_people(rows: Collection[KeptScenario], names: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the people of kept scenarios; ``names`` are the directory's.

    Warnings only: a scenario keeps no account from being saved.
    """
    known = set(names)
    for row in rows:
        key = f"{SCENARIOS}/{row.id}/people"
        people, complaints = people_of(row.people)
        for each in complaints:
            values = {**each.values, "number": each.line}
            yield Problem(key, "people", f"Line {{number}}: {each.sentence}", values, _WARNING)
        for person in people:
            if person.name not in known:
                values = {"name": person.name, "hint": _hint(person.name, known)}
                yield Problem(key, "person", _UNKNOWN, values, _WARNING)


_WARNING = Severity.WARNING


def _hint(name: str, known: Collection[str]) -> str:
    # Takes milliseconds to import, and is needed for a wrong name only.
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1)
    return f" Did you mean “{near[0]}”?" if near else ""
