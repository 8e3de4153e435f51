"""The plan as a graph: its ways, what is reached, and its circles as a brute force finds them."""

from __future__ import annotations

import time

from hypothesis import given

from motion_desk.models.engines.plan import (
    WAITING,
    By,
    Way,
    Ways,
    circles,
    reachable,
    successors,
)
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import Close, GotoIf, GotoP
from tests.models.plans import plan, plans


def test_each_action_leads_where_its_sort_says() -> None:
    ways = successors(plan("log", "queue", "if 1 5", "goto 2", "close", "goto 9"))
    assert ways == (
        (Way(1, By.NEXT),),
        (Way(2, By.TIMEOUT),),
        (Way(0, By.TRUE), Way(4, By.FALSE)),
        (Way(1, By.JUMP),),
        (),
        (),
    )


def test_the_end_is_reached_where_the_last_action_leads_on() -> None:
    assert reachable(successors(plan("goto 3", "log", "queue"))) == {0, 2, 3}
    assert reachable(successors(plan("queue", "close", "log"))) == {0, 1}
    assert reachable(successors(())) == {0}


def test_positions_may_be_taken_as_dead_ends() -> None:
    ways = successors(plan("if 2 3", "queue", "log"))
    assert reachable(ways) == {0, 1, 2, 3}
    assert reachable(ways, without={1, 2}) == {0, 1, 2}


def test_a_circle_says_how_it_is_closed_and_whether_it_waits_or_can_be_left() -> None:
    rows = plan("queue", "log", "if 1 4", "log", "if 4 6", "log", "goto 6")
    assert circles(rows, successors(rows)) == (
        ((0, 1, 2), 2, True, True, True),
        ((3, 4), 4, False, True, True),
        ((5, 6), 6, False, False, True),
    )


def between(places: set[int], ways: Ways) -> dict[int, set[int]]:
    """By brute force: what can be come to from each position, by one way or more among these."""
    reach = {place: {way.to for way in ways[place] if way.to in places} for place in places}
    for middle in places:
        for place in places:
            if middle in reach[place]:
                reach[place] |= reach[middle]
    return reach


def parts(places: set[int], ways: Ways) -> set[tuple[int, ...]]:
    reach = between(places, ways)
    return {
        tuple(sorted(each for each in places if each in reach[place] and place in reach[each]))
        for place in places
        if place in reach[place]
    }


@given(plans())
def test_circles_are_those_that_a_brute_force_finds(rows: tuple[Row, ...]) -> None:
    ways = successors(rows)
    reached = {
        place
        for place in range(len(rows))
        if place == 0 or place in between(set(range(len(rows))), ways)[0]
    }
    waits = {place for place, row in enumerate(rows) if isinstance(row, WAITING)}
    quick = parts(reached - waits, ways)
    slow = {
        part for part in parts(reached, ways) if not any(set(part) & set(each) for each in quick)
    }
    found = circles(rows, ways)
    assert {each.members for each in found if not each.waits} == quick
    assert {each.members for each in found if each.waits} == slow
    for each in found:
        assert isinstance(rows[each.closed_by], GotoIf | GotoP)
        assert each.closed_by in each.members
        leads = {way.to for place in each.members for way in ways[place]}
        assert each.escapes == bool(leads - set(each.members))
        assert each.single == all(
            len({way.to for way in ways[place]} & set(each.members)) == 1 for place in each.members
        )


@given(plans())
def test_what_is_reached_is_what_a_walk_of_every_way_comes_to(rows: tuple[Row, ...]) -> None:
    ways = successors(rows)
    reached = reachable(ways)
    assert 0 in reached
    for place in reached - {len(rows)}:
        assert isinstance(rows[place], Close) <= (not ways[place])
        assert {way.to for way in ways[place]} <= reached
    for place in reached - {0}:
        assert any(way.to == place for other in reached - {len(rows)} for way in ways[other])


def seconds(count: int) -> float:
    """Seconds of this thread to find the circles of a long plan that goes back everywhere."""
    words = [("log", "queue", "if {} {}", "log")[n % 4] for n in range(count)]
    rows = plan(*(word.format(1, max(1, n)) for n, word in enumerate(words)))
    ways = successors(rows)
    began = time.thread_time()
    circles(rows, ways)
    return time.thread_time() - began


def test_a_long_plan_takes_time_in_proportion() -> None:
    short = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < 40 * short + 0.05
