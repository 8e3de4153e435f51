"""The review remarks on what is wrong with a mail, where it stands, and on nothing else."""

import base64
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from motion_desk.models.problems import Severity
from motion_desk.services.jobs import Stopped
from motion_desk.services.templates.finished.remark_texts import TEXTS
from motion_desk.services.templates.finished.remarks import MOST_OF_A_KIND, Remark
from motion_desk.services.templates.finished.review import review
from motion_desk.services.templates.finished.size import MOST
from motion_desk.services.templates.finished.text import plain_text
from tests.services.templates_finished.mails import newsletter

PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 30 + b"\0\0\0\0IEND\xaeB`\x82"
).decode()
GOOD_IMAGE = f'<img alt="a" width="9" src="data:image/png;base64,{PNG}">'


def codes(html: str | bytes) -> set[str]:
    """The codes of all remarks but those about clients."""
    return {code for code in review(html).codes if not code.startswith("compatibility.")}


def one(html: str | bytes, code: str) -> Remark:
    [found] = [each for each in review(html).remarks if each.code == code]
    return found


FOUND = [
    # Links
    ("link.empty", '<a href="">x</a>'),
    ("link.empty", '<a href="#">x</a>'),
    ("link.empty", "<a>x</a>"),
    ("link.no-text", '<a href="https://a.example"> </a>'),
    ("link.anchor", '<a href="#b">x</a><p id="a">'),
    ("link.file", '<a href="file:///etc/passwd">x</a>'),
    ("link.http", '<a href="http://a.example">x</a>'),
    ("link.no-scheme", '<a href="//a.example/x">x</a>'),
    ("link.relative", '<a href="page.html">x</a>'),
    ("link.relative", '<a href="www.a.example">x</a>'),
    ("link.scheme", '<a href="ftp://a.example">x</a>'),
    ("link.no-host", '<a href="https:///">x</a>'),
    ("link.user", '<a href="https://bank.example@evil.example/">x</a>'),
    ("link.foreign-letters", '<a href="https://b\u0430nk.example/">x</a>'),
    ("link.foreign-letters", '<a href="https://xn--bnk-5cd.example/">x</a>'),
    ("link.other-host", '<a href="https://evil.example/">www.bank.example</a>'),
    ("link.other-host", '<a href="https://evil.example/"><b>https://bank</b>.example/login</a>'),
    ("link.other-host", '<a href="https://bank.example.evil.example/">bank.example</a>'),
    ("link.mailto", '<a href="mailto:ann">x</a>'),
    ("link.mailto", '<a href="mailto:">x</a>'),
    ("link.mailto", '<a href="mailto:a@b.example;c@d.example">x</a>'),
    ("link.mailto-field", '<a href="mailto:a@b.example?attach=/etc/passwd">x</a>'),
    # Images
    ("image.no-alt", '<img width="1" src="https://a.example/a.png">'),
    ("image.no-width", '<img alt="" src="https://a.example/a.png">'),
    ("image.empty", '<img alt="" width="1">'),
    ("image.remote", '<img alt="" width="1" src="https://a.example/a.png">'),
    ("image.remote-background", '<td background="https://a.example/a.png">'),
    ("image.http", '<img alt="" width="1" src="http://a.example/a.png">'),
    ("image.file", '<img alt="" width="1" src="file:///a.png">'),
    ("image.file", r'<img alt="" width="1" src="C:\a.png">'),
    ("image.relative", '<img alt="" width="1" src="a.png">'),
    ("image.data", GOOD_IMAGE),
    ("image.damaged", '<img alt="" width="1" src="data:image/png;base64,AA*A">'),
    ("image.damaged", '<img alt="" width="1" src="data:image/png;base64,AAAA">'),
    ("image.damaged", '<img alt="" width="1" src="data:image/png;base64,iVBORw0KGgo=">'),
    ("image.damaged", '<img alt="" width="1" src="data:image/png;base64,">'),
    ("image.damaged", '<img alt="" width="1" src="data:nonsense">'),
    ("image.damaged", "<p style='background:url(data:image/gif;base64,AAAA)'>"),
    ("image.no-image", '<img alt="" width="1" src="data:text/plain,x">'),
    # Contrast
    ("contrast.light", '<p style="color:#999">x</p>'),
    ("contrast.light", '<p style="background-color:#333">x</p>'),
    ("contrast.light", '<table bgcolor="000000"><tr><td>x</table>'),
    ("contrast.light", '<div style="background:#000"><p><b>x</b></p></div>'),
    ("contrast.light", '<font color="yellow">x</font>'),
    ("contrast.light", '<p style="color:rgba(0,0,0,.3)">x</p>'),
    ("contrast.light", "<style>.a { color: #999 }</style><p class=a>x</p>"),
    ("contrast.light", "<style>.a p { background: #222 }</style><div class=a><p>x</p></div>"),
    ("contrast.light", '<body link="#cccccc"><a href="https://a.example">x</a>'),
    ("contrast.partial", '<p style="color:#000;background:#7a7a7a"><b>x</b></p>'),
    ("contrast.unresolved", '<p style="color:{{ colour }}">x</p>'),
    ("contrast.unresolved", '<p style="background:url(https://a.example/a.png)">x</p>'),
    ("contrast.unresolved", '<p style="background:linear-gradient(red, blue)">x</p>'),
    ("contrast.unresolved", '<p style="color:var(--accent)">x</p>'),
    ("contrast.unresolved", '<p style="opacity:.4">x</p>'),
    # Direction
    ("direction.missing", "<p>שלום</p>"),
    ("direction.missing", '<div dir="rtl"><p dir="ltr">مرحبا</p></div>'),
    ("direction.no-language", '<p dir="rtl">שלום</p>'),
    # Damage
    ("damage.unclosed", "<div>x"),
    ("damage.stray-end", "x</div>"),
    ("damage.cut-tag", '<p>x<a href="https://a.example>y</a>'),
    ("damage.cut-comment", "x<!-- y"),
    ("damage.cut-text", "<style>p { }"),
    ("source.null", "a\0b"),
    ("source.surrogate", "a\ud800b"),
    ("source.control", "a\x08b"),
    ("source.charset", '<meta charset="windows-1252">'),
    ("source.charset", '<meta http-equiv="Content-Type" content="text/html; charset=latin1">'),
    ("source.not-utf8", b"gr\xfc\xdfe"),
    ("size.clipped", "x" * (MOST + 1)),
    ("size.near", "x" * (MOST - 1)),
]


@pytest.mark.parametrize(("code", "html"), FOUND, ids=lambda value: ascii(value)[:60])
def test_a_flaw_is_remarked_on(code: str, html: str | bytes) -> None:
    found = review(html)
    assert code in found.codes
    for each in found.remarks:
        sentence = each.sentence
        assert sentence[-1] in ".,"
        assert "{" not in sentence.replace("{{", "") or "{{" in sentence


FINE = [
    "Just text.",
    "<p>x</p>",
    '<a href="https://a.example/x?b=c&amp;d=e">Look</a>',
    '<a href="{{ link }}">Sign in</a>',
    '<a href="https://{{ host }}/x">Sign in</a>',
    '<a href="{% if a %}https://a.example{% endif %}">x</a>',
    '<a href="mailto:a@b.example,c@d.example?subject=x%20y&amp;body=z">x</a>',
    '<a href="mailto:{{ contact.email }}">x</a>',
    '<a href="mailto:?to=a@b.example">x</a>',
    '<a href="tel:+3901234">x</a>',
    '<a href="#top">x</a><a name="top"></a>',
    '<a href="https://www.bank.example/">bank.example</a>',
    '<a href="https://login.bank.example/">https://bank.example</a>',
    '<a href="https://a.example/terms.pdf">terms.pdf</a>',
    '<a href="https://a.example">Version 1.2</a>',
    '<a href="https://a.example"><img src="cid:logo" alt="Home" width="9"></a>',
    '<img src="cid:logo@a.example" alt="" width="9">',
    '<img src="{{ logo }}" alt="" style="width:9px">',
    '<p style="color:#595959">x</p>',
    '<div style="color:#ddd;background:#000"><p>x</p></div>',
    '<p style="display:none;color:#fff">x</p>',
    '<p style="color:#888;font-size:32px">x</p>',
    '<table bgcolor="#000000"><tr><td><font color="white">x</font></table>',
    '<p lang="he" dir="rtl">שלום</p>',
    '<html lang="ar"><body style="direction:rtl"><p>مرحبا</p>',
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><p>x</p>',
    "<!--[if mso]><xml><o:OfficeDocumentSettings/></xml><v:rect></v:rect><![endif]--><p>x</p>",
    newsletter(8_000).replace('src="https://shop.example', 'src="{{ shop }}'),
]


@pytest.mark.parametrize("html", FINE, ids=lambda value: ascii(value)[:60])
def test_what_is_fine_is_not_remarked_on(html: str) -> None:
    assert codes(html) == set()


def test_a_remark_knows_line_and_column() -> None:
    found = one('<p>a</p>\r\n<p>é <a\n href="http://a.example">x</a></p>', "link.http")
    assert (found.line, found.column) == (3, 8)


def test_bytes_that_are_not_utf8_are_told_where_they_stand_and_the_rest_is_read() -> None:
    found = review("<p>ä\nö".encode() + b"\xff</p><script>x</script>")
    assert (found.remarks[0].code, found.remarks[0].line, found.remarks[0].column) == (
        "source.not-utf8",
        2,
        2,
    )
    assert "active.script" in found.codes


def test_a_byte_order_mark_is_no_text() -> None:
    found = review(b"\xef\xbb\xbf<a>x</a>")
    assert found.remarks[0].column == 1


def test_the_size_counts_bytes_and_what_images_take() -> None:
    html = f"ä{GOOD_IMAGE}"
    size = review(html).size
    assert size.html == len(html.encode())
    [image] = size.embedded
    assert (image.kind, image.size) == ("image/png", len(base64.b64decode(PNG)))
    assert size.in_images == len(f"data:image/png;base64,{PNG}")


def test_a_heavy_image_says_its_weight() -> None:
    uri = "data:image/svg+xml;base64," + base64.b64encode(b"<svg>" + b" " * 60_000).decode()
    assert "80 kB" in one(f'<img alt="" width="1" src="{uri}">', "image.heavy").sentence


def test_who_blocks_data_uris_comes_from_caniemail() -> None:
    found = one(GOOD_IMAGE, "image.data")
    assert "Outlook for Windows and Gmail" in found.sentence
    assert found.share is not None
    assert 0 < found.share < 1


def test_contrast_names_colours_ratio_and_how_many() -> None:
    found = one('<p style="color:#999">a</p><p style="color:#999999">b</p>', "contrast.light")
    assert found.values == {
        "text": "#999999",
        "background": "#ffffff",
        "ratio": "2.84",
        "needed": "4.5",
        "count": 2,
    }


def test_what_is_alike_many_times_is_not_listed_without_end() -> None:
    found = review('<img alt="" src="cid:a">' * (MOST_OF_A_KIND + 10))
    widths = [each for each in found.remarks if each.code == "image.no-width"]
    [more] = [each for each in found.remarks if each.code == "more"]
    assert len(widths) == MOST_OF_A_KIND
    assert more.values["count"] == 10


def test_remarks_follow_the_source_the_worst_first() -> None:
    places = [
        (each.line, each.column, -each.severity) for each in review(newsletter(4_000)).remarks
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_each_sentence_is_one(code: str) -> None:
    severity, text = TEXTS[code]
    assert isinstance(severity, Severity)
    assert text.endswith((".", "{reason}"))
    assert "  " not in text


def test_every_remark_can_be_found() -> None:
    """Those of active content are found by the corpus of injections, these here by nothing else."""
    shown = {code for code, _ in FOUND} | {"more", "image.heavy", "contrast.no-inlining"}
    shown |= {"damage.too-deep", "damage.too-many", "damage.css", "contrast.full"}
    others = {code for code in TEXTS if not code.startswith(("active.", "compatibility."))}
    assert others - shown == set()


def test_importing_loads_neither_library_nor_data() -> None:
    program = (
        "import sys\n"
        "from motion_desk.services.templates.finished import (\n"
        "    compatibility, dark, inlining, letter, review, text)\n"
        "loaded = {'css_inline', 'tinycss2'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
        "assert compatibility.snapshot.cache_info().currsize == 0\n"
        "review.review('<p>x</p>')\n"
        "assert 'css_inline' not in sys.modules\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


class Later(threading.Event):
    """Is set from a certain look on."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        self.looks -= 1
        return self.looks < 0


STOPPABLE = {
    "review": (review, "<style>p { color: #777 }</style>"),
    "plain text": (plain_text, ""),
    "plain text of what CSS hides": (plain_text, "<style>i { display: none }</style>"),
}


@pytest.mark.parametrize(("act", "style"), STOPPABLE.values(), ids=list(STOPPABLE))
def test_what_takes_long_can_be_stopped_wherever_it_is(
    act: Callable[[str, threading.Event], object], style: str
) -> None:
    html = style + "<p>Hello <b>you</b><!--[if mso]>x<![endif]--></p>" * 600
    most = 10_000
    never = Later(most)
    act(html, never)
    looks = most - never.looks
    assert looks > 5
    for count in range(looks):
        with pytest.raises(Stopped):
            act(html, Later(count))
