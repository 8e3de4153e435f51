"""Dark colours are inverted in two ways, and nothing but colours changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.templates.finished.colours import (
    BLACK,
    WHITE,
    Colour,
    Way,
    as_background,
    as_text,
    colour,
    contrast,
    html_colour,
    over,
)
from motion_desk.services.templates.finished.dark import inverted
from tests.services.templates_finished.mails import newsletter


def known(text: str) -> Colour:
    found = colour(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("#fff", "#ffffff"),
        ("Red", "#ff0000"),
        ("rgb(1, 2, 3)", "#010203"),
        ("rgb(1 2 3 / 50%)", "rgba(1, 2, 3, 0.5)"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hwb(0 0% 0%)", "#ff0000"),
        ("rebeccapurple", "#663399"),
    ],
)
def test_colours_of_css_are_read(text: str, shown: str) -> None:
    assert known(text.lower()).text == shown


@pytest.mark.parametrize("text", ["", "#12", "currentcolor", "{{ c }}", "var(--a)", "x" * 300])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert colour(text) is None


def test_an_attribute_may_leave_the_sign_out() -> None:
    assert html_colour(" ffFFff ") == WHITE


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#777", "#fff", 4.478), ("#595959", "#fff", 7.0), ("red", "red", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(known(one), known(other)) == pytest.approx(ratio, abs=0.01)
    assert contrast(known(other), known(one)) == contrast(known(one), known(other))


def test_what_lets_through_is_mixed_with_what_is_behind() -> None:
    assert over(known("rgba(0,0,0,.5)"), WHITE).text == "#808080"


PARTS = st.floats(0, 1)


@given(st.builds(Colour, PARTS, PARTS, PARTS))
def test_full_inversion_turns_light_and_dark_around(given: Colour) -> None:
    for change in (as_background, as_text):
        # Strong colours cannot be made as light as they ought to be.
        lightness = change(given, Way.FULL).lightness
        if given.lightness < 30:
            assert lightness > 50
        if given.lightness > 95:
            assert lightness < 45


@given(st.builds(Colour, PARTS, PARTS, PARTS))
def test_partial_inversion_keeps_dark_backgrounds_and_light_texts(given: Colour) -> None:
    if given.lightness <= 50:
        assert as_background(given, Way.PARTIAL) == given
    if given.lightness >= 50:
        assert as_text(given, Way.PARTIAL) == given


@pytest.mark.parametrize("way", Way)
def test_each_way_says_that_it_is_an_approximation(way: Way) -> None:
    assert "approximation" in way.label


def test_black_on_white_becomes_white_on_dark() -> None:
    done = inverted('<p style="color:#000;background-color:#fff">x</p>', Way.PARTIAL)
    assert '<p style="color:#ffffff;background-color:#333333">' in done


def test_the_two_ways_differ_in_what_is_dark_already() -> None:
    html = '<p style="color:#ffffff;background:#000000">x</p>'
    assert html in inverted(html, Way.PARTIAL)
    assert '<p style="color:#333333;background:#ffffff">' in inverted(html, Way.FULL)


def test_attributes_and_sheets_are_inverted_too() -> None:
    done = inverted(
        "<style>p { color: black } a:hover{border:1px solid #FFF}</style>"
        '<body bgcolor=white text="#000"><font color=black>x',
        Way.PARTIAL,
    )
    assert "p { color: #ffffff }" in done
    assert "border:1px solid #333333" in done
    assert '<body bgcolor=#333333 text="#ffffff"><font color=#ffffff>' in done


KEPT = [
    '<img src="data:image/png;base64,AAAA" alt="black">',
    "<p>black on white, #fff, color:#000</p>",
    '<p style="background-image:url(white.png);--a:#fff;font-family:Black">x</p>',
    '<p style="background:linear-gradient(#fff, black)">x</p>',
    '<p style="color:{{ colour }};background-color:transparent">x</p>',
    "<style>/* color: black */ .a::after { content: 'color: black' }</style>",
    "<!-- <p style='color:black'> --><p title='color:black'>x</p>",
    '<p style="color:',
]


@pytest.mark.parametrize("html", KEPT)
def test_nothing_but_colours_changes(html: str) -> None:
    for way in Way:
        assert inverted(html, way).endswith(html)


def test_references_in_a_style_stay_sound() -> None:
    done = inverted('<p style="color:black;font-family:&quot;A&amp;B&quot;">x</p>', Way.FULL)
    assert '<p style="color:#ffffff;font-family:&quot;A&amp;B&quot;">' in done


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<!DOCTYPE html><html><head><title>x", len("<!DOCTYPE html><html><head>")),
        ("<!DOCTYPE html>\n<p>x", len("<!DOCTYPE html>")),
        ("<p>x", 0),
    ],
)
def test_the_page_is_darkened_behind_the_document_type(html: str, place: int) -> None:
    done = inverted(html, Way.FULL)
    assert done[:place] == html[:place]
    assert done[place:].startswith("<style>:where(html){background-color:#333333;color:#ffffff}")
    assert done.endswith(html[place:])


def test_a_mail_keeps_its_length_but_for_colours() -> None:
    html = newsletter(20_000)
    plain = re.sub(r"<style>:where.*?</style>", "", inverted(html, Way.FULL), count=1)
    assert re.sub(r"#[0-9a-f]{6}", "#", plain) == re.sub(r"#[0-9a-f]{6}", "#", html)
    assert as_text(BLACK, Way.FULL).text == WHITE.text
