"""The timeline's scales: waits on a slider, bars, the clock, and a sign for each kind of event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.choices import Ending
from motion_desk.models.engines.timeline.events import Event, EventKind
from motion_desk.models.sections.settings import LONGEST_WAIT
from motion_desk.ui.timeline.events.list import ENDINGS
from motion_desk.ui.timeline.events.marks import LONGEST, SIGNS, moment, short
from motion_desk.ui.timeline.scale import (
    POSITIONS,
    Course,
    longest_whole,
    position,
    stepped,
    wait_at,
)

WAITS = st.integers(1, LONGEST_WAIT)


@given(st.integers(-5, POSITIONS + 5), st.integers(-5, POSITIONS + 5))
def test_further_right_is_never_a_shorter_wait_and_always_an_allowed_one(a: int, b: int) -> None:
    assert 1 <= wait_at(a) <= LONGEST_WAIT
    assert wait_at(min(a, b)) <= wait_at(max(a, b))


def test_a_slider_reaches_from_a_second_to_the_longest_wait() -> None:
    assert wait_at(0) == 1
    assert wait_at(POSITIONS) == LONGEST_WAIT
    assert position(LONGEST_WAIT + 9) == POSITIONS
    assert position(0) == 0


@given(WAITS)
def test_a_dragged_wait_is_near_the_one_whose_place_it_is(seconds: int) -> None:
    assert abs(wait_at(position(seconds)) - seconds) <= max(2, seconds * 0.25)


@given(WAITS, st.integers(1, 5))
def test_each_step_makes_a_wait_longer_or_shorter_until_the_end(seconds: int, by: int) -> None:
    longer, shorter = stepped(seconds, by), stepped(seconds, -by)
    assert longer > seconds or longer == LONGEST_WAIT
    assert shorter < seconds or shorter == 1


@pytest.mark.parametrize(
    ("seconds", "by", "after"),
    [
        (1, 1, 2),
        (20, 1, 25),
        (25, -1, 20),
        (20, -1, 19),
        (60, 1, 70),
        (61, -1, 60),
        (3600, -1, 3540),
    ],
)
def test_steps_go_by_round_numbers(seconds: int, by: int, after: int) -> None:
    assert stepped(seconds, by) == after


def test_bars_are_drawn_whole_until_one_is_too_long_to_compare() -> None:
    assert longest_whole([]) == 0
    assert longest_whole([0, 0]) == 0
    assert longest_whole([10, 300, 0]) == 300
    assert longest_whole([10, 600, 86_400]) == 10


def test_the_clock_gives_each_event_the_same_share_and_ends_with_the_last() -> None:
    events = [Event(at, EventKind.JUMPED, "") for at in (0, 0, 100, 1000)]
    course = Course(events, 1200)
    assert [course.newest(share) for share in (0, 0.24, 0.25, 0.75, 1)] == [0, 0, 1, 3, 3]
    assert [course.clock(share) for share in (0, 0.25, 0.375, 0.5, 0.75, 1)] == [
        0, 0, 50, 100, 1000, 1200
    ]  # fmt: skip


def test_a_timeline_without_events_has_a_clock_that_is_at_its_end() -> None:
    assert Course([], 0).newest(0.5) == -1
    assert Course([], 0).clock(0.5) == 0


def test_every_kind_of_event_and_every_ending_has_its_sign() -> None:
    assert set(SIGNS) == set(EventKind)
    assert set(ENDINGS) == set(Ending)


def test_moments_are_words_in_which_a_number_keeps_its_unit() -> None:
    assert moment(0) == "at once"
    assert moment(260) == "after 4\u00a0min 20\u00a0s"


@given(st.text(max_size=200))
def test_a_name_in_a_button_is_never_too_long(text: str) -> None:
    assert len(short(text)) <= LONGEST + 1
    assert short(text) == text or "…" in short(text)
