"""Strategies over the HTML subset: blocks as they can be, and HTML as people write it."""

from hypothesis import strategies as st

from motion_desk.models.engines.html_blocks import Block, Picture, Run, Style

CHARACTERS = st.one_of(
    st.sampled_from("ab  \t\n<>&\"'{}\u00a0é😀אב"),
    st.characters(min_codepoint=0x21, max_codepoint=0xD7FF, exclude_categories=["C", "Z"]),
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(["{{ user.name }}", " and ", "{{  a  }}", "x  y", "a & b", "1 < 2 > 0"]),
)
LINKS = st.sampled_from(["", "", "https://a.example/?x=1&y=2", "mailto:a@b.example", "{{ link }}"])
STYLES = st.builds(
    Style,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    family=st.sampled_from(["", "Arial", "Times New Roman, serif"]),
    size=st.sampled_from(["", "14px", "10.5pt"]),
    color=st.sampled_from(["", "#123456", "#ff0000"]),
    link=LINKS,
)
PICTURES = st.builds(
    Picture,
    source=st.sampled_from(["https://a.example/b.png", "data:image/png;base64,AAAA", "cid:logo"]),
    alt=st.sampled_from(["", 'Our "logo"', "a & b"]),
    width=st.sampled_from([0, 20]),
    height=st.sampled_from([0, 30]),
    link=LINKS,
)
BLOCKS = st.lists(
    st.builds(
        Block,
        pieces=st.lists(st.one_of(st.builds(Run, TEXTS, STYLES), PICTURES), max_size=4).map(tuple),
        align=st.sampled_from(["", "", "left", "center", "right", "justify"]),
        depth=st.sampled_from([0, 0, 1, 2, 3]),
        ordered=st.booleans(),
        starts=st.booleans(),
        bare=st.booleans(),
    ),
    max_size=6,
).map(tuple)


def _wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = ["b", "strong", "i", "em", "u", 'span style="color:red;font-size:12px"']
    return st.tuples(st.sampled_from(tags), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
    )


_WORDS = st.sampled_from(
    ["a", " b ", "\n c", "&amp;", "&nbsp;", " ", "<br>", "<BR/>", "1 < 2", "{{ x }}", "é😀"]
)
_LINE = st.lists(st.recursive(_WORDS, _wrap, max_leaves=3), max_size=5).map("".join)
_LINKED = st.one_of(_LINE, _LINE.map(lambda line: f"<a href='https://a.example'>{line}</a>"))
_ITEMS = st.recursive(
    _LINKED.map(lambda line: f"<li>{line}"),
    lambda item: st.tuples(_LINE, item, st.sampled_from(["ul", "ol"])).map(
        lambda parts: f"<li>{parts[0]}<{parts[2]}>{parts[1]}</{parts[2]}></li>"
    ),
    max_leaves=3,
)
HTML = st.lists(
    st.one_of(
        _LINE,
        _LINKED.map(lambda line: f"<p>{line}</p>\n"),
        _LINE.map(lambda line: f"<p style='text-align:center; font-family: Arial'>{line}</p>"),
        st.lists(_ITEMS, min_size=1, max_size=3).map(lambda rows: f"<ul>{''.join(rows)}</ul>"),
        st.lists(_ITEMS, min_size=1, max_size=3).map(lambda rows: f"<ol>\n{''.join(rows)}\n</ol>"),
    ),
    max_size=4,
).map("".join)
