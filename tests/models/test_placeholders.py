"""Placeholders: what of a template is not plain text, also where people and editors broke it."""

import sys
import time
from itertools import islice
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.placeholders import Found, Lines, Part, placeholders

BRACES = ("{{", "}}", "{%", "%}", "{#", "#}", "{{}}", "{{ a }}", "{{ {% ", "{% {{a}} ", "{{<b>x ")


def parts(source: str) -> list[tuple[str, str]]:
    """What was found, with the text it stands for."""
    return [(each.part.value, source[each.start : each.end]) for each in placeholders(source)]


@pytest.mark.parametrize("text", ["{{ user.name }}", "{{user.name}}", "{{\n user.name\t}}"])
def test_a_name_is_a_placeholder_with_or_without_spaces(text: str) -> None:
    assert list(placeholders(f"Dear {text},")) == [
        Found(Part.PLACEHOLDER, 5, 5 + len(text), "user.name")
    ]


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("{{ name|upper }}", "expression"),
        ("{{ first-name }}", "expression"),
        ("{{ user . name }}", "expression"),
        ("{{ a.0 }}", "expression"),
        ("{{- name -}}", "expression"),
        ("{{ '<b>x</b>' }}", "expression"),
        ("{% if name %}", "statement"),
        ("{% set x = {{}} %}", "statement"),
        ("{% raw %}{{ x }} {% y{% endraw %}", "statement"),
        ("{# {{ name }} {% if %} #}", "comment"),
        ("{{}}", "empty"),
        ("{{ \n }}", "empty"),
    ],
)
def test_what_goes_beyond_a_name_is_told_by_its_sort(source: str, part: str) -> None:
    assert parts(source) == [(part, source)]


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("{{ <b>na</b>me }}", "split"),
        ('{{<span style="color: red"> name </span>}}', "split"),
        ("{{&nbsp;name&nbsp;}}", "spaced"),
        ("{{\u00a0name }}", "spaced"),
        ("{{ name\u200b }}", "spaced"),
    ],
)
def test_a_name_that_an_editor_broke_is_still_known(source: str, part: str) -> None:
    [found] = placeholders(source)
    assert (found.part.value, found.name) == (part, "name")


def test_a_placeholder_may_stand_in_text_attributes_and_styles() -> None:
    source = '<style>a{color:{{ a }}}</style><a href="{{ b }}">{{ c }}</a><!-- {{ d }} -->'
    assert [each.name for each in placeholders(source)] == ["a", "b", "c", "d"]


def test_braces_of_style_sheets_are_no_mistakes() -> None:
    source = "<style>@media print{#top{left:0%}}@media screen{a{b:c}}</style>"
    assert [part for part, _ in parts(source)] == ["style"]
    assert parts("@media print{a{b:c}}") == [("stray", "}}")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ a {{ b }}", [("unclosed", "{{"), ("placeholder", "{{ b }}")]),
        ("{{ a } text", [("unclosed", "{{")]),
        ("{% if a {{ b }} {% c %}", [*[("unclosed", "{%")], ("placeholder", "{{ b }}")]),
        ("{# no end {{ a }}", [("unclosed", "{#"), ("placeholder", "{{ a }}")]),
        ("{{ a <style>b{c:d}}</style>", [("unclosed", "{{")]),
        ("{{ a <p>b</p> c }}", [("unclosed", "{{"), ("stray", "}}")]),
        ("a }} b", [("stray", "}}")]),
        ("{ { a }}", [("stray", "}}")]),
        ("{% raw %}{{ a }}", [("statement", "{% raw %}"), ("placeholder", "{{ a }}")]),
    ],
)
def test_what_is_left_open_hides_nothing_behind_it(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert parts(source)[: len(expected)] == expected


@given(st.lists(st.sampled_from([*BRACES, "a", " ", "\n", "<style>", "</style>", "<b>"])))
def test_parts_never_overlap_and_leave_every_other_character(pieces: list[str]) -> None:
    source = "".join(pieces)
    at = 0
    for found in placeholders(source):
        assert at <= found.start < found.end <= len(source)
        at = found.end


def lines_run(source: str) -> int:
    """How many lines of the scanner run until a text is read."""
    count = 0

    def trace(frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        if "placeholders" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in placeholders(source):
            pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("brace", BRACES)
@pytest.mark.parametrize("end", ["", "}}%}#}"], ids=["open", "closed"])
def test_twice_the_braces_take_twice_the_steps(brace: str, end: str) -> None:
    once, twice = (lines_run(brace * count + end) for count in (2_000, 4_000))
    assert twice <= 2.1 * once + 100


def spent(brace: str, length: int) -> float:
    """The thread's own seconds that a text of braces takes."""
    source = brace * (length // len(brace)) + "}}%}#}"
    start = time.thread_time()
    for _ in placeholders(source):
        pass
    return time.thread_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("brace", ["{{", "{{ a }}", "{% {{a}} "])
def test_five_megabytes_of_braces_take_no_more_than_their_share_of_time(brace: str) -> None:
    assert spent(brace, 5_000_000) <= 30 * spent(brace, 500_000) + 0.5


@pytest.mark.parametrize("brace", ["{% raw %}", "{{ <b>", "{{ '", "{{ &nbsp;", "<style>{{"])
def test_what_is_looked_for_in_vain_is_not_looked_for_again(brace: str) -> None:
    assert spent(brace, 400_000) <= 30 * spent(brace, 40_000) + 0.3


def test_the_rest_is_not_read_when_nobody_asks_for_it() -> None:
    source = "{{ a }}" * 700_000
    start = time.thread_time()
    assert len(list(islice(placeholders(source), 3))) == 3
    first = time.thread_time() - start
    start = time.thread_time()
    assert len(list(islice(placeholders(source), 300_000))) == 300_000
    assert first * 100 < time.thread_time() - start


@given(st.text("ab\n"), st.lists(st.integers(0, 12)))
def test_a_place_is_the_same_in_whatever_order_it_is_asked_for(
    text: str, offsets: list[int]
) -> None:
    lines = Lines(text)
    for offset in (min(each, len(text)) for each in offsets):
        before = text[:offset].split("\n")
        assert lines.place(offset) == (len(before), len(before[-1]) + 1)


def test_places_count_lines_and_columns_from_one() -> None:
    lines = Lines("ab\r\ncd\n\nefg")
    assert [lines.place(at) for at in (0, 4, 7, 8, 10)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 3)]
