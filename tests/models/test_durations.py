"""Durations in words, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.durations import in_words, seconds_of


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (60, "1 min"),
        (260, "4 min 20 s"),
        (3780, "1 h 3 min"),
        (86_400, "1 day"),
        (172_800, "2 days"),
        (86_401, "1 day 1 s"),
        (2_147_483, "24 days 20 h 31 min 23 s"),
    ],
)
def test_a_duration_is_said_to_the_second(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


@given(st.integers(0, 10**9))
def test_words_are_read_back(seconds: int) -> None:
    assert seconds_of(in_words(seconds)) == seconds


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("20s", 20), ("1 H 3 MIN", 3780), ("3 min 1 h", 3780), ("1min30s", 90), ("2 day", 172_800)],
)
def test_other_ways_of_writing_are_read_too(words: str, seconds: int) -> None:
    assert seconds_of(words) == seconds


@pytest.mark.parametrize("words", ["", "20", "soon", "20 s or so", "-5 s", "1.5 h", "٣ s", "20 m"])
def test_what_is_no_duration_is_none(words: str) -> None:
    assert seconds_of(words) is None
