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
    ["<!", "<![", "<!--", "<a ", "</a", '<a x="', '<a x=">', "<", "&#", "{{&", "<b>", "<ul><li>"],
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
        ("<div>a</div>", 1, "a box (<div>)"),
        ("<h2>a</h2>", 1, "a heading"),
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


def test_two_lists_side_by_side_stay_two() -> None:
    html = "<ol><li>a</li></ol><ol><li>b</li></ol>"
    assert write(read(html).blocks).count("<ol>") == 2


def test_the_data_of_a_picture_does_not_make_a_text_too_large() -> None:
    picture = "<img src='data:image/png;base64," + "A" * 1_000_000 + "'>"
    assert not is_too_large(picture)
    assert is_too_large(picture + "a" * 200_001)
