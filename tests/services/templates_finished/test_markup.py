"""Markup and document: every character is read once, and damage is named with its place."""

import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.templates.finished.document import DEEPEST, Flaw, read
from motion_desk.services.templates.finished.markup import Tag, Text, tokens
from motion_desk.services.templates.finished.places import Place, Places

PIECES = st.sampled_from(
    [
        "<",
        ">",
        "<p",
        "</p>",
        "<!--",
        "-->",
        "<a href='",
        '"',
        "=",
        " ",
        "x",
        "<style>",
        "</style",
        "<table><tr><td>",
        "</table>",
        "\n",
        "&amp;",
        "<![if",
        "{{ a }}",
        "<svg/>",
        "/",
        "\0",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_tokens_follow_each_other_without_gaps(source: str) -> None:
    at = 0
    for token in tokens(source):
        assert token.at == at
        assert token.end > at or isinstance(token, Text)
        at = token.end
    assert at == len(source)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_parents_come_before_children_and_hold_them(source: str) -> None:
    document = read(source)
    for element in document.elements:
        if element.parent >= 0:
            parent = document.elements[element.parent]
            assert parent.index < element.index
            assert parent.tag.at < element.tag.at <= parent.stop


def tag(source: str) -> Tag:
    found = next(tokens(source))
    assert isinstance(found, Tag)
    return found


def test_attributes_are_read_as_a_browser_reads_them() -> None:
    found = tag("<A HREF=x&amp;y checked title='a > b' alt = \"q\" href=second>")
    assert found.name == "a"
    assert {name: each.value for name, each in found.attributes.items()} == {
        "href": "x&y",
        "checked": "",
        "title": "a > b",
        "alt": "q",
    }


def test_an_attribute_knows_where_its_value_stands() -> None:
    source = "<p\n style='color:red'>"
    attribute = tag(source).attributes["style"]
    assert source[attribute.value_at :].startswith("color:red")
    assert source[attribute.at :].startswith("style")


@pytest.mark.parametrize(
    "source",
    [
        "<ul><li>a<li>b</ul>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<p>a<p>b<div>c</div>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<svg><path/><g><circle/></g></svg>",
        "<br><img src=x><hr/>",
        "<!DOCTYPE html><html><head><title>x</title><body>y",
    ],
)
def test_what_may_be_left_out_is_no_damage(source: str) -> None:
    assert read(source).damages == []


@pytest.mark.parametrize(
    ("source", "flaw", "name", "at"),
    [
        ("<p>a</p><div>b", Flaw.UNCLOSED, "div", 8),
        ("a</b>", Flaw.STRAY_END, "b", 1),
        ('x<a href="y', Flaw.CUT_TAG, "a", 1),
        ("x</p", Flaw.CUT_TAG, "p", 1),
        ("x<!-- y", Flaw.CUT_COMMENT, "", 1),
        ("<style>p{}", Flaw.CUT_TEXT, "style", 7),
        ("<table><tr><td></div></td></tr></table>", Flaw.STRAY_END, "div", 15),
    ],
)
def test_damage_is_named_with_its_place(source: str, flaw: Flaw, name: str, at: int) -> None:
    [damage] = read(source).damages
    assert (damage.flaw, damage.name, damage.at) == (flaw, name, at)


def test_nesting_is_told_once_it_is_too_deep() -> None:
    flaws = [each.flaw for each in read("<div>" * (DEEPEST + 2) + "</div>" * (DEEPEST + 2)).damages]
    assert flaws == [Flaw.TOO_DEEP]


@given(st.text(alphabet="ab\r\n", max_size=60))
def test_lines_are_counted_as_editors_count_them(source: str) -> None:
    places = Places(source)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for offset in range(len(source) + 1):
        if source[offset - 1 : offset + 1] == "\r\n":
            continue
        line, column = places.of(offset)
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    assert places.of(len(source)) == Place(len(lines), len(lines[-1]) + 1)


def seconds(work: Callable[[], object]) -> float:
    """The least that this thread needed in three runs."""
    took = []
    for _ in range(3):
        began = time.thread_time()
        work()
        took.append(time.thread_time() - began)
    return min(took)


@pytest.mark.parametrize(
    "bad",
    [
        "<a ",
        "<!--",
        "</",
        "<![",
        "<a b='",
        "<td><b>",
        "<li><ul>",
        "<b><p>",
        "<td><table>",
        "&#",
        "<i><table><td></i>",
        "<p><table><td>",
        "<style>",
        "<a href=",
        "<?",
        "</b>",
    ],
)
def test_damaged_source_takes_linear_time(bad: str) -> None:
    """Quadratic would be 64 times as long for 8 times as much; the bound is far from both."""
    few, many = (seconds(partial(read, bad * times)) for times in (1_500, 12_000))
    assert many < max(few, 0.001) * 24
