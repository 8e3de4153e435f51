"""The plan as a graph: where each action leads, which are reached, and where it goes in circles.

Positions count from 0, in list order; ``len(plan)`` is the end of the plan, behind the last
action. That list order is the order of the run, that a timeout leads to the next action and what
jumps lead to is documented (S7). A jump whose target is missing leads nowhere: what Motion does
then is not documented. Everything here is pure and takes time in proportion to the plan's length.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from typing import NamedTuple

from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import Close, GotoIf, GotoP, ToAgent, ToQueue

WAITING = (ToAgent, ToQueue)
"""Actions that ask somebody: routing stops until that person accepts or the time is over."""


class By(Enum):
    """What leads from an action to another."""

    NEXT = "next"
    TIMEOUT = "timeout"
    JUMP = "jump"
    TRUE = "true"
    FALSE = "false"


class Way(NamedTuple):
    """A way from an action: to a position, ``len(plan)`` for the end, and what leads there."""

    to: int
    by: By


Ways = tuple[tuple[Way, ...], ...]


class Circle(NamedTuple):
    """Reached actions that lead to each other, so that a message can go round in them for ever.

    ``members`` are their positions, in order. ``closed_by`` is the position of a jump among them
    that leads back, the last of these. ``waits`` tells that each round asks somebody;
    ``escapes`` that a condition leads out of it; ``single`` that there is only one way round.
    """

    members: tuple[int, ...]
    closed_by: int
    waits: bool
    escapes: bool
    single: bool


def successors(plan: Sequence[Row]) -> Ways:
    """The ways from each action, by its position; none from a Close and from a jump to nowhere."""
    places = {row.id: place for place, row in enumerate(plan)}
    return tuple(tuple(_ways(row, place, places)) for place, row in enumerate(plan))


def _ways(row: Row, place: int, places: dict[str, int]) -> list[Way]:
    if isinstance(row, Close):
        return []
    if isinstance(row, GotoP):
        targets = [(row.target, By.JUMP)]
    elif isinstance(row, GotoIf):
        targets = [(row.when_true, By.TRUE), (row.when_false, By.FALSE)]
    else:
        return [Way(place + 1, By.TIMEOUT if isinstance(row, WAITING) else By.NEXT)]
    return [Way(places[target], by) for target, by in targets if target in places]


def reachable(ways: Ways, without: Collection[int] = ()) -> frozenset[int]:
    """The positions that a message can come to, the end among them where it can.

    ``without`` are positions that count as if nothing led on from them; they are reached
    themselves. An empty plan is at its end at once.
    """
    known = {0}
    waiting = [0]
    while waiting:
        place = waiting.pop()
        if place == len(ways) or place in without:
            continue
        for way in ways[place]:
            if way.to not in known:
                known.add(way.to)
                waiting.append(way.to)
    return frozenset(known)


def circles(plan: Sequence[Row], ways: Ways) -> tuple[Circle, ...]:
    """All circles that a message can come to, in the order of their first actions.

    Those in which each round waits are the strongly connected parts of the whole plan; those
    that can be gone round without any wait are such parts of the plan without the actions that
    wait. A part of the whole plan within which there is one of the latter is not given itself.
    """
    reached = reachable(ways)
    if not any(way.to <= place for place in reached if place < len(ways) for way in ways[place]):
        return ()
    waits = {place for place, row in enumerate(plan) if isinstance(row, WAITING)}
    acting = [place for place in range(len(plan)) if place in reached]
    quick = _parts([place for place in acting if place not in waits], ways)
    hurried = {place for part in quick for place in part}
    slow = [part for part in _parts(acting, ways) if hurried.isdisjoint(part)]
    found = [_circle(part, ways, waits=False) for part in quick]
    found += [_circle(part, ways, waits=True) for part in slow]
    return tuple(sorted(found))


def _circle(part: list[int], ways: Ways, *, waits: bool) -> Circle:
    members = set(part)
    inner = [[way.to for way in ways[place] if way.to in members] for place in part]
    return Circle(
        tuple(part),
        max(place for place, to in zip(part, inner, strict=True) if min(to) <= place),
        waits,
        any(way.to not in members for place in part for way in ways[place]),
        all(len(set(to)) == 1 for to in inner),
    )


def _parts(places: list[int], ways: Ways) -> list[list[int]]:
    """The strongly connected parts among some positions that hold a circle, each in order.

    Tarjan's algorithm, without recursion: plans may be longer than Python's stack is deep.
    """
    among = set(places)
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for start in places:
        if start in number:
            continue
        walk = [(start, iter(ways[start]))]
        number[start] = lowest[start] = len(number)
        stack.append(start)
        on_stack.add(start)
        while walk:
            place, rest = walk[-1]
            for way in rest:
                if way.to not in among:
                    continue
                if way.to not in number:
                    number[way.to] = lowest[way.to] = len(number)
                    stack.append(way.to)
                    on_stack.add(way.to)
                    walk.append((way.to, iter(ways[way.to])))
                    break
                if way.to in on_stack:
                    lowest[place] = min(lowest[place], number[way.to])
            else:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[place])
                if lowest[place] == number[place]:
                    part = _taken(stack, place)
                    on_stack.difference_update(part)
                    if len(part) > 1 or any(way.to == place for way in ways[place]):
                        found.append(sorted(part))
    return found


def _taken(stack: list[int], place: int) -> list[int]:
    """Takes what lies above a position off the stack, with that position."""
    part = [stack.pop()]
    while part[-1] != place:
        part.append(stack.pop())
    return part
