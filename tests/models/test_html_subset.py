"""The HTML subset: what is read is written with the same meaning, and what is not is listed."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.html_blocks import NO_BREAK_SPACE, Block, Run, Style, normal
from motion_desk.models.engines.html_subset import is_too_large, losses, read
from motion_desk.models.engines.html_writer import write
from tests.models.html_strategies import BLOCKS, CHARACTERS, HTML


def text_of(blocks: tuple[Block, ...]) -> str:
    """All text of blocks, one line a block."""
    return "\n".join(
        "".join(piece.text for piece in block.pieces if isinstance(piece, Run)) for block in blocks
    )


@given(BLOCKS)
def test_what_is_written_reads_back_as_it_was(blocks: tuple[Block, ...]) -> None:
    assert read(write(blocks)).blocks == normal(blocks)


@given(BLOCKS)
def test_what_is_written_can_be_edited_visually_again(blocks: tuple[Block, ...]) -> None:
    html = write(blocks)
    assert "{{" in html or "{%" in html or losses(html) == ()


@given(BLOCKS)
def test_the_normal_form_is_its_own_normal_form(blocks: tuple[Block, ...]) -> None:
    assert normal(normal(blocks)) == normal(blocks)


@given(HTML)
def test_html_of_the_subset_is_written_with_the_same_meaning(html: str) -> None:
    reading = read(html)
    assert reading.losses == ()
    written = write(reading.blocks)
    assert read(written) == reading
    assert write(read(written).blocks) == written


@given(st.text(max_size=60), st.sampled_from(["", "<p>", "<ul><li>", "<table><tr><td>", "<!--"]))
def test_no_text_whatsoever_breaks_the_reader(text: str, before: str) -> None:
    write(read(before + text).blocks)


@given(st.lists(st.sampled_from([*"<>/!?[-='\"&#; \npa", "<p", "<!--", "<![", "style", "{{"])))
def test_no_broken_markup_breaks_the_reader(parts: list[str]) -> None:
    blocks = read("".join(parts)).blocks
    assert read(write(blocks)).blocks == blocks


@pytest.mark.parametrize(
    "part",
    [
        *[
            "<!",
            "<![",
            "<!--",
            "<a ",
            "</a",
            '<a x="',
            '<a x=">',
            "<",
            "&#",
            "{{&",
            "<b>",
            "<ul><li>",
        ],
        *[
            "<div>",
            "<blockquote>",
            "<h1>",
            "<pre>",
            "<ul dir=rtl><li>a</ul>",
            "<p style='margin:0'>",
        ],
    ],
)
def test_crafted_markup_does_not_stop_the_reader(part: str) -> None:
    """The standard library's parser alone takes minutes for some of these (measured: 270 s)."""
    start = perf_counter()
    read(part * (100_000 // len(part)))
    assert perf_counter() - start < 5


@given(st.text(CHARACTERS, min_size=1, max_size=30))
def test_text_as_it_is_typed_survives(text: str) -> None:
    """Spaces may become no-break spaces, which look the same; all else stays."""
    [*found] = read(write([Block((Run(text),))])).blocks
    shown = text_of(tuple(part for part in found if isinstance(part, Block)))
    if "{{" in text or "{%" in text:
        return
    expected = text.replace("\t", "    ").replace(NO_BREAK_SPACE, " ")
    assert shown.replace(NO_BREAK_SPACE, " ") == expected


@pytest.mark.parametrize(
    ("html", "line", "what"),
    [
        ("<table><tr><td>\n<table><tr><td>b</td></tr></table>", 2, "a table in a table or list"),
        ("<ul><li>a\n<table><tr><td>b</table></ul>", 2, "a table in a table or list"),
        ("<table>\n<tr><td onclick='x'>b</td></tr></table>", 2, "the attribute “onclick”"),
        ("<table>\n<col><tr><td>b</td></tr></table>", 2, "the widths of a table's columns (<col>)"),
        ("<table><tr>\nloose<td>b</td></tr></table>", 1, "text in a table but in no cell"),
        (
            "<table><tr><td>b</td></tr><tr><td>c<td>d</tr></table>",
            1,
            "the form of a table whose rows differ in width",
        ),
        ("<table></table>", 1, "a table without cells"),
        ("<td>b</td>", 1, "a cell that is not in a table's row"),
        ("<table style='display:none'><tr><td>b</table>", 1, "hidden text (display: none)"),
        ("<p>a</p>\n\n<p class='lead'>b</p>", 3, "the class “lead”"),
        ("<!--[if mso]>x<![endif]-->", 1, "a conditional comment for Outlook"),
        ("<![if !mso]>x<![endif]>", 1, "a conditional comment for Outlook"),
        ("<!-- note -->", 1, "a comment"),
        ("<p style='padding: 4px'>a</p>", 1, "the style “padding”"),
        ("<p style='text-align: start'>a</p>", 1, "the style “text-align”"),
        ("<span style='display:none'>a</span>", 1, "hidden text (display: none)"),
        ("<span style='font-size: 1em'>a</span>", 1, "the style “font-size”"),
        ("<span style='color: red !important'>a</span>", 1, "the style “color”"),
        ("<div id='x'>a</div>", 1, "a box (<div>)"),
        ("<div style='padding: 4px'>a</div>", 1, "the style “padding”"),
        ("<h2>a<div>b</div></h2>", 1, "a block in a heading (<div>)"),
        ("<h2 style='margin: 0'>a</h2>", 1, "the style “margin”"),
        ("<ul><li>a<p>b</p></li></ul>", 1, "a block in a list item (<p>)"),
        ("<ul><li><div>b</div></li></ul>", 1, "a block in a list item (<div>)"),
        ("<blockquote cite='x'>a</blockquote>", 1, "the attribute “cite”"),
        ("<blockquote>a</blockquote>\n<blockquote>b", 2, "the space between two quotations"),
        ("<blockquote><table><tr><td>a</table>", 1, "a table in a quotation"),
        ("<div align=center><table><tr><td>a</table></div>", 1, "an alignment around a table"),
        ("<p>a <span dir=rtl>b</span></p>", 1, "the attribute “dir”"),
        ("<p dir=upwards>a</p>", 1, "the attribute “dir”"),
        (
            "<ul dir=rtl><li dir=ltr>a</ul>",
            1,
            "the direction of a list with an item of another",
        ),
        ("<font size=5>a</font>", 1, "the attribute “size”"),
        ("<pre>a</pre>", 1, "the font of preformatted text (<pre>)"),
        ("<sup>a<sub>b</sub></sup>", 1, "raised or lowered text in such text"),
        ("<blink>a</blink>", 1, "the tag <blink>"),
        ("<a href='x' target='_blank'>a</a>", 1, "the attribute “target”"),
        ("<a name='x'>a</a>", 1, "a link without an address"),
        ("<p>a <b>b</p>", 1, "<b>, which is not closed"),
        ("a</p>", 1, "an end without a beginning (</p>)"),
        ("<img src='a?b=1&copy=2'>", 1, "an & that could mean two things (write &amp;)"),
        ("<img src='a' width='50%'>", 1, "the attribute “width”"),
        ("{{ a > b }}", 1, "<, > or & inside of a variable"),
        ("<ul><li><p>a</p></li></ul>", 1, "a block in a list item (<p>)"),
        ("<ul>a<li>b</li></ul>", 1, "text beside a list item"),
        ("<ul><ul><li>b</li></ul></ul>", 1, "a misplaced <ul>"),
        ("<p>a\x01b</p>", 1, "the character U+0001"),
        ("<p>a <b", 1, "a tag that does not end"),
        ("<!DOCTYPE html>", 1, "the document type"),
    ],
)
def test_what_would_be_lost_is_named_with_its_line(html: str, line: int, what: str) -> None:
    assert (line, what) in [(loss.line, loss.what) for loss in losses(html)]


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("", ""),
        ("<p><br></p>", ""),
        ("Hello {{ name }}", "Hello {{ name }}"),
        ("<p>a<br></p>", "<p>a</p>"),
        ("<p>a<br><br></p>", "<p>a<br><br></p>"),
        ("<p>a</p><p></p><p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<p>a</p><p><br></p><p>b</p>", "<p>a</p>\n<p><br></p>\n<p>b</p>"),
        ("<b>a </b> b", "<strong>a </strong>b"),
        ("<p style='color:#333'>a</p>", '<p><span style="color: #333333">a</span></p>'),
        (
            "<a href='x' style='color:#fff'>a <b>b</b></a>",
            '<a href="x" style="color: #ffffff">a <strong>b</strong></a>',
        ),
        (
            "<div>a</div><div><br></div><div dir=rtl>b</div>",
            '<div>a</div>\n<div><br></div>\n<div dir="rtl">b</div>',
        ),
        ("<div dir=rtl><p>a</p>b</div>", '<p dir="rtl">a</p>\n<div dir="rtl">b</div>'),
        ("<div><div><p>a</p></div></div>", "<p>a</p>"),
        ("<div align=right><p>a</p></div>", '<p style="text-align: right">a</p>'),
        ("<p align=center dir=RTL>a", '<p dir="rtl" style="text-align: center">a</p>'),
        ("<p style='margin: 0cm 0cm .0001pt'>a</p>", "<div>a</div>"),
        ("<h1 style='color: red'>a <i>b</i></h1>", '<h1 style="color: #ff0000">a <em>b</em></h1>'),
        ("<h3>a <b>b</b></h3>", "<h3>a b</h3>"),
        (
            "<h3>a<span style='font-weight: normal'>b</span></h3>",
            '<h3>a<span style="font-weight: normal">b</span></h3>',
        ),
        ("<blockquote>a<p>b</blockquote>", "<blockquote>\n<div>a</div>\n<p>b</p>\n</blockquote>"),
        (
            "<ul><li dir=rtl>a<ul><li>b</ul><li dir=ltr>c</ul>",
            '<ul>\n<li dir="rtl">a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li dir="ltr">c</li>\n</ul>',
        ),
        ("<ul dir=rtl><li>a<li>b</ul>", '<ul dir="rtl">\n<li>a</li>\n<li>b</li>\n</ul>'),
        (
            "<div dir=rtl><table><tr><td>a</table></div>",
            '<table dir="rtl">\n<tr>\n<td>a</td>\n</tr>\n</table>',
        ),
        ("<font face='Arial'>a</font>", '<span style="font-family: Arial">a</span>'),
        ("H<sub>2</sub>O <del>b</del>", "H<sub>2</sub>O <s>b</s>"),
        ("<p style='color: red'>a<p>b", '<p><span style="color: #ff0000">a</span></p>\n<p>b</p>'),
        (
            "<ul><li>a<ol><li>b</ol><li>c</ul>",
            "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>",
        ),
    ],
)
def test_the_writer_is_plain_and_tidy(html: str, written: str) -> None:
    assert losses(html) == ()
    assert write(read(html).blocks) == written


def test_a_link_does_not_take_the_colour_around_it() -> None:
    [block] = read("<span style='color:red'>a <a href='x'>b</a></span>").blocks
    assert isinstance(block, Block)
    assert block.pieces == (Run("a ", Style(color="#ff0000")), Run("b", Style(link="x")))


def test_hidden_text_never_becomes_visible() -> None:
    hidden = "<div style='display:none'>preheader <b>x</b><img src='a'><br></div>"
    assert write(read(hidden + "<script>y</script>Hello").blocks) == "Hello"


def test_spaces_in_a_variable_never_become_no_break_spaces() -> None:
    assert write([Block((Run("{{  name  }}  x"),))]) == "<p>{{ name }}&nbsp; x</p>"


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<pre>\nif a:\n  b\n</pre>", "<p>if a:<br>&nbsp;&nbsp;b</p>"),
        ("<div style='white-space: pre'>a   b</div>", "<div>a&nbsp;&nbsp; b</div>"),
        ("<ul><li>a<p>b</p></li><li>c</ul>", "<ul>\n<li>a<br>b</li>\n<li>c</li>\n</ul>"),
        ("<span style='font-size: 13.33px'>a</span>", '<span style="font-size: 13px">a</span>'),
        (
            "<ul><li style='color: red'>a</ul>",
            '<ul>\n<li><span style="color: #ff0000">a</span></li>\n</ul>',
        ),
        ("<p><li>a", "a"),
    ],
)
def test_what_cannot_all_be_kept_is_kept_as_far_as_it_goes(html: str, written: str) -> None:
    assert losses(html) != ()
    assert write(read(html).blocks) == written


def test_two_lists_side_by_side_stay_two() -> None:
    html = "<ol><li>a</li></ol><ol><li>b</li></ol>"
    assert write(read(html).blocks).count("<ol>") == 2


def test_the_data_of_a_picture_does_not_make_a_text_too_large() -> None:
    picture = "<img src='data:image/png;base64," + "A" * 1_000_000 + "'>"
    assert not is_too_large(picture)
    assert is_too_large(picture + "a" * 200_001)
