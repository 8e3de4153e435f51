"""A flow's layout: the same for the same plan, lanes that never overlap, and every way drawn once."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.engines.plan import reachable, successors
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import PLAN
from motion_desk.models.views import view
from motion_desk.ui.plan.drawing import Measures
from motion_desk.ui.plan.layout import DOWN, START, Ends, Flow, flow_of, in_words, lanes
from tests.models.plans import plan, plans

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


def flow(rows: tuple[Row, ...], waits: str = "") -> Flow:
    """The flow of an account's plan, with the views that the screen has."""
    account = put(Account(id="a"), PLAN, rows)
    field = view(account, account, Surroundings()).section("actions").fields[0]
    return flow_of(field.rows, rows, waits)


def touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@given(st.lists(spans, max_size=40))
def test_no_two_arrows_overlap_in_one_lane(given_: list[tuple[int, int]]) -> None:
    found = lanes(given_)
    for one, other in combinations(range(len(given_)), 2):
        if found[one] == found[other]:
            assert not touch(given_[one], given_[other])
    assert lanes(given_) == found
    # No lane is opened before those nearer to the boxes are taken.
    assert set(found) == set(range(max(found, default=-1) + 1))


@given(plans())
def test_every_way_is_drawn_once(rows: tuple[Row, ...]) -> None:
    drawn = flow(rows)
    ways = successors(rows)
    end_is_drawn = len(rows) in reachable(ways)
    wanted = {
        (place, way.to)
        for place, leading in enumerate(ways)
        for way in leading
        if way.to < len(rows) or end_is_drawn
    }
    found = [(arrow.start, arrow.end) for arrow in drawn.arrows]
    assert sorted(found) == sorted({(START, 0), *wanted})
    places = {step.place for step in drawn.steps}
    assert {place for pair in found for place in pair} <= places
    for arrow in drawn.arrows:
        assert (arrow.lane == DOWN) == (arrow.end == arrow.start + 1)
        assert arrow.lane < max(drawn.lanes, 1)
    assert drawn == flow(rows)


@given(plans())
def test_steps_stand_in_the_order_of_the_plan(rows: tuple[Row, ...]) -> None:
    drawn = flow(rows)
    assert [step.id for step in drawn.steps if step.id] == [row.id for row in rows]
    assert [step.place for step in drawn.steps] == list(range(START, len(drawn.steps) + START))
    reached = reachable(successors(rows))
    assert {step.place for step in drawn.steps if step.reached} - {START} == reached
    assert in_words(drawn).count("No message comes here.") == len(set(range(len(rows))) - reached)


def test_steps_say_what_they_do_and_how_it_can_end() -> None:
    drawn = flow(plan("if 2 3", "queue 30", "close"), "first an agent")
    said = [(step.name, step.detail, step.ends) for step in drawn.steps]
    assert said == [
        ("Message arrives", "first an agent", Ends.NOT),
        ("1  GotoIf", "x, true → 2, false → 3", Ends.NOT),
        ("2  Queue", "30 s", Ends.ANSWERED),
        ("3  Close", "", Ends.CLOSED),
    ]
    assert [(arrow.start, arrow.end, arrow.label) for arrow in drawn.arrows] == [
        (START, 0, ""),
        (0, 1, "true"),
        (0, 2, "false"),
        (1, 2, "nobody accepts"),
    ]


def test_an_empty_plan_leaves_a_message_unread() -> None:
    drawn = flow(())
    assert [step.name for step in drawn.steps] == ["Message arrives", "Stays unread"]
    assert drawn.steps[-1].detail == "model of the documentation"
    assert in_words(drawn) == "Message arrives. Stays unread: model of the documentation."


def test_circles_that_never_end_are_marked_and_those_with_a_way_out_are_not() -> None:
    endless = flow(plan("queue", "log", "goto 2"))
    assert [step.looped for step in endless.steps] == [False, False, True, True]
    assert [arrow.looped for arrow in endless.arrows] == [False, False, True, True]
    ending = flow(plan("queue", "if 1 3", "close"))
    assert not any(step.looped for step in ending.steps)
    assert not any(arrow.looped for arrow in ending.arrows)


def test_a_jump_to_nowhere_is_told_at_its_step() -> None:
    drawn = flow(plan("if 9 1", "goto 9", "queue"))
    assert [[by.value for by in step.lost] for step in drawn.steps] == [[], ["true"], ["jump"], []]


def test_a_condition_with_one_target_has_one_arrow() -> None:
    drawn = flow(plan("if 3 3", "log", "queue"))
    assert [(a.end, a.label) for a in drawn.arrows if a.start == 0] == [(2, "true, false")]


@pytest.mark.parametrize("width", [220, 300, 560, 900])
@pytest.mark.parametrize("count", [0, 1, 8, 40])
def test_boxes_and_lanes_have_room_side_by_side(width: int, count: int) -> None:
    measures = Measures(width, 17, count, 60, labelled=True)
    last = measures.box(START + 59)
    assert measures.box(START).top() > 0
    assert last.bottom() < measures.height
    assert measures.box(0).top() > measures.box(START).bottom()
    if count:
        assert measures.lane_x(0) > last.right() + 10
        beside = [measures.lane_x(lane) for lane in range(count)]
        assert beside == sorted(set(beside))
        assert measures.lane_x(count - 1) < width or (count, width) == (40, 220)
    middle = measures.box(7).center()
    assert measures.place_at(middle.y()) == 7
    assert measures.place_at(measures.box(7).bottom() + 5) is None
