"""A preview shows what is sent: rendered, inlined, and in the colours of the reader's program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motion_desk.models.surfaces import Surface
from motion_desk.services.templates.finished.inlining import InliningError
from motion_desk.services.templates.preview import Asked, Look, considered, preview
from motion_desk.services.templates.rendering import MISSING_CLASS, Renderer, RenderError

DATA = {"user.name": "Ada <Lovelace>"}
DARK = "<style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style>"


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


def test_what_is_sent_has_its_values_escaped_and_its_styles_inlined(renderer: Renderer) -> None:
    source = "<style>p { color: red }</style><p>Hello {{ user.name }}</p>"
    made = preview(Asked(source, Surface.BODY, DATA, subject="For {{ user.name }}"), renderer)
    assert "Ada &lt;Lovelace&gt;" in made.html
    assert 'style="color: red' in made.html
    assert made.weight == len(made.html.encode())


def test_a_subject_is_plain_text_and_nothing_of_html(renderer: Renderer) -> None:
    data = {"user.name": "O'Brien & <Sons>", "other": None}
    asked = Asked("", Surface.INVITATION, data, subject="For {{ user.name }}, {{ other }}")
    assert preview(asked, renderer).subject == "For O'Brien & <Sons>, {{ other }}"


def test_css_that_is_too_much_is_told_in_a_sentence(renderer: Renderer) -> None:
    css = "".join(f"p:not(.a{n}){{top:0}}" for n in range(20_000))
    asked = Asked(f"<style>{css}</style>{'<p>a' * 10_000}", Surface.BODY, {})
    with pytest.raises(InliningError) as refused:
        preview(asked, renderer)
    assert refused.value.sentence.startswith("The CSS in <style> cannot be moved")


def test_a_missing_value_stands_out_in_the_page_and_not_in_what_is_sent(renderer: Renderer) -> None:
    made = preview(Asked("<p>{{ nobody }}</p>", Surface.BODY, {}), renderer)
    assert MISSING_CLASS in made.page.partition("</style>")[2]
    assert MISSING_CLASS not in made.html
    assert "{{ nobody }}" in made.html


def test_the_default_bodys_font_frames_it(renderer: Renderer) -> None:
    made = preview(Asked("<p>x</p>", Surface.BODY, {}, font='font-family: "A"'), renderer)
    assert "font-family" in made.html
    assert "x" in made.html


@pytest.mark.parametrize("look", Look, ids=lambda look: look.value)
def test_each_look_has_a_name_and_a_page(look: Look, renderer: Renderer) -> None:
    page = preview(Asked("<p style='color: #111'>x</p>", Surface.BODY, {}, look), renderer).page
    assert look.label
    assert ("#111" in page) is (look.way is None)
    if look.way is not None:
        assert "approximation" in look.label


def test_dark_styles_of_the_mail_count_in_the_dark_only(renderer: Renderer) -> None:
    pages = {
        look: preview(Asked(DARK + "<p>x</p>", Surface.BODY, {}, look), renderer).page
        for look in (Look.LIGHT, Look.DARK)
    }
    assert "color-scheme: dark" in pages[Look.DARK]
    assert "color-scheme: light" in pages[Look.LIGHT]
    assert "(min-width: 0)" in pages[Look.DARK]
    assert "(max-width: 0)" in pages[Look.LIGHT]


def test_a_mail_without_dark_styles_stays_light_where_nothing_inverts_it(
    renderer: Renderer,
) -> None:
    assert (
        "color-scheme: light" in preview(Asked("<p>x", Surface.BODY, {}, Look.DARK), renderer).page
    )


def test_nothing_stands_before_the_document_type(renderer: Renderer) -> None:
    source = "<!DOCTYPE html><html><head><title>t</title></head><body>x</body></html>"
    page = preview(Asked(source, Surface.BODY, {}), renderer).page
    assert page.lower().startswith("<!doctype html>")


@pytest.mark.parametrize("shake", [True, False])
def test_a_notification_is_a_pop_up_that_shakes_where_it_is_to(
    shake: bool, renderer: Renderer
) -> None:
    asked = Asked(
        "<b>{{ from }}</b>", Surface.NOTIFICATION, {"from": "Ada"}, account="A&B", shake=shake
    )
    page = preview(asked, renderer).page
    assert "<b>Ada</b>" in page
    assert "Email · A&amp;B" in page
    assert ("class='motion-desk-popup motion-desk-shake'" in page) is shake
    assert "prefers-reduced-motion" in page
    assert "<script" not in page


def test_what_is_said_of_a_preview_is_of_the_templates_own_lines(renderer: Renderer) -> None:
    asked = Asked("<p>{{ user.name }}</p>\n<img src='x.png'>", Surface.BODY, DATA)
    found = considered(asked, preview(asked, renderer))
    assert {remark.line for remark in found.review.remarks} == {2}
    assert found.text.startswith("Ada <Lovelace>")


def test_a_template_that_reaches_out_has_no_preview(renderer: Renderer) -> None:
    with pytest.raises(RenderError):
        preview(Asked("{{ ''.__class__ }}", Surface.BODY, {}), renderer)
