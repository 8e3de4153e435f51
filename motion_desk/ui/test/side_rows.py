"""Side rows: two reports beside each other, as the rows of a list with two columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Probe, Report, State, Step, StepName
from motion_desk.ui.form.lines import breakable
from motion_desk.ui.form.words import tr
from motion_desk.ui.test import words

if TYPE_CHECKING:
    from motion_desk.services.tester.comparison import Comparison, StepDifference
    from motion_desk.services.tester.evidence import FactDifference

Place = tuple[Protocol, StepName]
NOTHING = "–"


class Kind(Enum):
    """What a row is: the columns' titles, a heading, a group's name, a step, a value, or a fold."""

    TITLES = "titles"
    HEADING = "heading"
    GROUP = "group"
    STEP = "step"
    VALUE = "value"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a row. ``state`` is the word of a step's state; ``paced``: its time differs."""

    text: str = ""
    state: str = ""
    time: str = ""
    paced: bool = False


Both = tuple[Side, Side]
"""The two columns of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``fold`` names what a click on it folds or unfolds, ``is_open`` which of them.

    ``differs``: it tells of a difference; ``first``: of the one to look at first, of which the
    step's own row is ``marked``.
    """

    kind: Kind
    label: str
    sides: Both = (Side(), Side())
    differs: bool = False
    first: bool = False
    marked: bool = False
    fold: str = ""
    is_open: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = [self.label, *map(_spoken, self.sides)]
        if self.kind is Kind.STEP:
            parts.append(tr("differs") if self.differs else tr("does not differ"))
        if self.marked:
            parts.append(tr("the first difference"))
        return ". ".join(part for part in parts if part).replace("\u200b", "")


def _spoken(side: Side) -> str:
    return ", ".join(part for part in (side.state, side.text, side.time) if part)


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two columns are called: at their heads, and in a sentence (“now”, “there”)."""

    titles: tuple[str, str]
    words: tuple[str, str]


def side_rows(
    before: Report | None,
    now: Report,
    found: Comparison | None,
    marked: Collection[Place],
    unfolded: Collection[str],
    sides: Sides,
) -> tuple[Row, ...]:
    """Two reports row by row; without ``before`` and ``found``, ``now`` alone.

    ``marked`` are the steps to look at first; ``unfolded`` names the folds that are open. Steps
    that do not differ, and those that were not run, are folded.
    """
    differing = {(each.protocol, each.name): each for each in found.steps} if found else {}
    first, second = sides.titles
    rows = [Row(Kind.TITLES, "", (Side(first), Side(second)))]
    if found and found.values:
        rows.append(Row(Kind.HEADING, tr("Values")))
        rows += (
            Row(Kind.VALUE, each.label, (_value(each.before), _value(each.after)), differs=True)
            for each in found.values
        )
    for protocol in Protocol:
        pair = before.probe(protocol) if before else None, now.probe(protocol)
        if any(pair):
            targets = _target(pair[0]), _target(pair[1])
            rows.append(Row(Kind.HEADING, protocol.label, targets))
            rows += _steps(pair, differing, marked, unfolded, sides)
    return tuple(rows)


def _target(probe: Probe | None) -> Side:
    return Side(breakable(probe.target) if probe else tr("not tested"))


def _value(text: str) -> Side:
    return Side(breakable(wording.one_line(text)) or NOTHING)


def _steps(
    pair: tuple[Probe | None, Probe | None],
    differing: Mapping[Place, StepDifference],
    marked: Collection[Place],
    unfolded: Collection[str],
    sides: Sides,
) -> Iterator[Row]:
    before, now = pair
    protocol = next(probe.protocol for probe in pair if probe)
    names = [step.name for probe in (now, before) if probe for step in probe.steps]

    def fate(name: StepName) -> str:
        """Why a step is folded; empty for one that is to be seen."""
        if (protocol, name) in differing or (protocol, name) in marked:
            return ""
        left_out = tuple(_is_left_out(probe, name) for probe in pair)
        if all(left_out):
            return tr("{}: not run in either")
        if any(left_out):
            return tr("{{}}: not run {}").format(sides.words[left_out.index(True)])
        return tr("{}: no difference") if before and now else ""

    for reason, group in groupby(dict.fromkeys(names), fate):
        members = list(group)
        fold = f"{protocol.value}:{members[0].value}" if reason else ""
        is_open = fold in unfolded
        if fold:
            listed = ", ".join(tr(name.title) for name in members)
            yield Row(Kind.FOLD, reason.format(listed), fold=fold, is_open=is_open)
        for name in members if is_open or not fold else ():
            each, first = differing.get((protocol, name)), (protocol, name) in marked
            columns = _side(before, name, each), _side(now, name, each)
            differs = each is not None or first
            yield Row(Kind.STEP, tr(name.title), columns, differs, first, marked=first)
            if each is not None:
                yield from _facts(each, first)


def _is_left_out(probe: Probe | None, name: StepName) -> bool:
    step = probe.step(name) if probe else None
    return step is not None and step.state is State.NOT_RUN


def _side(probe: Probe | None, name: StepName, found: StepDifference | None) -> Side:
    if probe is None:
        return Side()
    step: Step | None = probe.step(name)
    if step is None:
        return Side(tr("not part of the test"))
    paced = found is not None and found.paced
    said = breakable(words.summary(step)) or words.state(step)
    return Side(said, step.state.value, words.time(step, None), paced)


def _facts(found: StepDifference, first: bool) -> Iterator[Row]:
    """The evidence of a step that differs, below the names of what it belongs to."""
    for group, facts in groupby(found.facts, lambda fact: fact.group):
        if group:
            yield Row(Kind.GROUP, group, differs=True, first=first)
        for fact in facts:
            yield Row(Kind.VALUE, fact.label, _values(fact), differs=True, first=first)


def _values(fact: FactDifference) -> Both:
    """Both values; of several, only those that the other side does not have."""
    if len(fact.before) <= 1 and len(fact.now) <= 1:
        return _value("".join(fact.before)), _value("".join(fact.now))
    return _value(", ".join(fact.gone)), _value(", ".join(fact.came))
