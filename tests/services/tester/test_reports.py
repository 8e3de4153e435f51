"""Written reports: what they say, in which order, and that no server's word becomes markup."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from motion_desk import __version__
from motion_desk.services import bundled
from motion_desk.services.tester.html import html
from motion_desk.services.tester.markdown import inline, markdown
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.wording import INFERRED, one_line
from tests.services.tester.reports import report_with, reports

HOSTILE = {
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": "\" onclick='x' style=\"",
    "an entity": "&lt;b&gt; &#60;i&#62;",
    "control characters": "\x00\x07\x1b[2J\x1b]0;title\x07\x9b\x7f",
    "marks of direction": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "line breaks": "one\r\n# two\n\n---\n| a | b |\n|---|---|\n\n    code\u2028x\u2029y\x85z\x0b\x0c",
    "headings": "# one",
    "a rule": "--- *** ___",
    "a list": "- one",
    "a numbered list": "1. one",
    "a quotation": "> one",
    "links": "[a](http://evil.example) ![b](//evil.example/x.png) [c]: http://evil.example <x@evil.example>",
    "addresses": "http://evil.example/a_b_c www.evil.example me@evil.example mailto:me@evil.example",
    "emphasis": "*a* _b_ **c** __d__ ~~e~~ $f$ `g` ``h",
    "table breaks": "a | b \\| c \\\\| d",
    "backslashes": "\\ \\* \\\\",
    "backticks around addresses": "`` http://evil.example`x` ``` `me@evil.example` ```",
    "a fence": "```\n# out\n~~~\n# out\n````",
    "markup of HTML": "</pre></td></table></style></title><style>*{display:none}</style><!-- -->",
}


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        return "".join(self.texts)


def parsed(source: str) -> list[Token]:
    """The tokens of a Markdown text, all of HTML and of links recognised."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


def shape(source: str) -> list[str]:
    """How a Markdown text is built, whatever its words are."""
    words = {"text", "code_inline", "text_special", "softbreak"}
    return [token.type for token in parsed(source) if token.type not in words]


@pytest.mark.parametrize("what", HOSTILE)
def test_no_hostile_word_is_markup_in_html(what: str) -> None:
    harmless, hostile = Page(html(report_with("x"))), Page(html(report_with(HOSTILE[what])))
    assert hostile.tags == harmless.tags
    assert hostile.attributes == harmless.attributes
    assert one_line(HOSTILE[what]) in hostile.text


@pytest.mark.parametrize("what", HOSTILE)
def test_no_hostile_word_is_markup_in_markdown(what: str) -> None:
    assert shape(markdown(report_with(HOSTILE[what]))) == shape(markdown(report_with("x")))


@given(reports())
def test_no_report_puts_more_into_html_than_its_words(report: Report) -> None:
    page = Page(html(report))
    known = Page(html(report_with("x")))
    assert page.tags.keys() <= known.tags.keys()
    assert page.attributes <= known.attributes


# What is likely to find a hole: markup, numbers, and what GitHub makes links of.
_markup = st.text("\\`*_{}[]()<>#+-.!|~&$:/@=^ \n\t1wx", max_size=30)
_links = st.sampled_from(["http://a.b", "www.a.b", "a@b.c", "`", "``", " ", "|", "\\", "<", ">"])
_mixed = st.lists(_markup | _links, max_size=6).map("".join)


def inner_texts(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in ("text", "code_inline"))


@given(_mixed | st.text(max_size=30))
def test_any_text_in_markdown_shows_just_itself(text: str) -> None:
    expected = one_line(text)
    heading = parsed(f"# {inline(text)}\n\nnext")
    cell = parsed(f"| a |\n| --- |\n| {inline(text)} | \n\nnext")
    for tokens in (heading, cell):
        assert not {"link_open", "html_inline", "em_open", "strong_open", "s_open", "image"} & {
            token.type for token in tokens
        }
    assert inner_texts(heading) == f"{expected}next"
    assert inner_texts(cell) == f"a{expected}next"
    assert [token.type for token in cell].count("td_open") == 1


@given(_mixed)
def test_what_hosts_make_links_of_stands_in_code(text: str) -> None:
    outside = "".join(
        token.content for token in parsed(f"x {inline(text)}") if token.type == "text"
    )
    assert not re.search(r"@|://|www\.", outside, re.IGNORECASE)


@pytest.mark.parametrize("written", [html, markdown])
def test_a_report_has_no_character_that_is_not_seen(written: object) -> None:
    assert callable(written)
    text = str(written(report_with(HOSTILE["control characters"] + HOSTILE["marks of direction"])))
    assert [each for each in text if not each.isprintable() and each != "\n"] == []


@pytest.mark.parametrize("written", [html, markdown])
def test_a_megabyte_of_words_is_cut_short_and_soon_done(written: object) -> None:
    assert callable(written)
    begun = perf_counter()
    text = str(written(report_with("<x>\u202e" * 250_000)))
    assert perf_counter() - begun < 5
    assert len(text) < 2_000_000
    assert "(1000000 characters)" in text.replace("\\", "")


def test_html_fetches_nothing_and_runs_nothing() -> None:
    source = html(report_with("x"))
    page = Page(source)
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == page.tags["a"] == 0
    assert not {"src", "href", "style"} & page.attributes
    assert not any(name.startswith("on") for name in page.attributes)
    style = bundled.text("style/report.css")
    assert style in source
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in source
    assert "://" not in source


def test_html_suits_light_and_dark_screens_and_paper() -> None:
    style = bundled.text("style/report.css")
    assert "@media (prefers-color-scheme: dark)" in style
    assert "@media print" in style


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in the text one after another."""
    found = [text.find(part) for part in parts]
    return -1 not in found and found == sorted(found)


HEADINGS = (
    "Motion would neither receive nor send.",
    "What to do",
    "Steps",
    "Certificates and facts",
    "Transcript",
    "What was used",
    "What is inferred",
)


def test_both_say_the_verdict_first_and_the_evidence_last() -> None:
    report = report_with("word")
    marks = [f"# {HEADINGS[0]}", *(f"## {heading}" for heading in HEADINGS[1:])]
    assert in_order(markdown(report), *marks)
    tags = [f"<h1>{HEADINGS[0]}</h1>", *(f"<h2>{heading}</h2>" for heading in HEADINGS[1:])]
    assert in_order(html(report), *tags)


@pytest.fixture(params=["html", "markdown"])
def plain_words(request: pytest.FixtureRequest) -> str:
    """What a reader reads of one report, in each form."""
    report = report_with("word")
    if request.param == "html":
        return Page(html(report)).text
    return markdown(report).replace("\\", "").replace("`", "")


def test_a_report_says_all_there_is(plain_words: str) -> None:
    for part in (
        "IMAP, Greeting: This is no mail server",
        "What answers on port word speaks no word. It said: “word”.",
        "Motion would have stopped here.",
        "The server's own words",
        "Field to look at: IMAP: IMAP port",
        "Set word.",
        "Ask word.",
        "This is done by the mail team.",
        "Text for the mail team",
        "This concerns tests from this workstation only. Motion's verdict stays.",
        "At your own risk",
        "Test again after 60 s.",
        "not run",
        "1.5 s",
        "4 ms",
        "3 round trips, 1.6 s.",
        "Issuer",
        "  0.100 S word",
        "1a2b3c4d" * 8,
        "2026-11-23 04:30:12 UTC",
        f"Motion Desk {__version__}",
        "In the lab: this test talked to the lab's servers",
        *INFERRED,
    ):
        assert part in plain_words


def test_times_stand_in_utc_and_in_local_time(plain_words: str) -> None:
    assert "2026-11-23 04:30:12 UTC" in plain_words
    assert re.search(r"2026-11-2[234] \d\d:\d\d:12 \(UTC[+-]\d\d:\d\d\)", plain_words)


def test_what_is_inferred_is_said_to_be(plain_words: str) -> None:
    for part in (
        "STARTTLS is never used",
        "SMTP uses STARTTLS if the server offers it",
        "Mozilla's roots and the CA files that the workspace says Motion was given",
        "Only IMAP has “Accept any certificate”",
        "Motion's page has no timeouts for SMTP",
        "the tester's own, 30 s",
    ):
        assert part in plain_words


def test_failures_stand_before_warnings() -> None:
    text = markdown(report_with("word"))
    cards = re.findall(r"^### (.) (\w+), (\w+):", text, re.MULTILINE)[:4]
    assert cards == [
        ("✗", "IMAP", "Greeting"),
        ("✗", "SMTP", "Greeting"),
        ("!", "IMAP", "Login"),
        ("!", "SMTP", "Login"),
    ]


def test_a_test_without_findings_says_that_there_is_nothing_to_do() -> None:
    bare = replace(report_with("x"), probes=(), lab=False, name="")
    assert "Nothing: no step found anything to do." in markdown(bare)
    assert "Account without a name" in html(bare)
    assert "In the lab" not in html(bare)


def test_remedies_keep_their_rank() -> None:
    assert in_order(markdown(report_with("w")), "1. Set w.", "2. Ask w.", "3. Accept w.")
    assert in_order(html(report_with("w")), "<ol>", "Set w.", "Ask w.", "Accept w.", "</ol>")
