"""Strategies over the HTML subset: blocks as they can be, and HTML as people write it."""

from dataclasses import replace

from hypothesis import strategies as st

from motion_desk.models.engines.html_blocks import Block, Cell, Picture, Run, Style, Table, TableRow

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
    strike=st.booleans(),
    raised=st.sampled_from(["", "", "", "sub", "sup"]),
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
BLOCK = st.builds(
    Block,
    pieces=st.lists(st.one_of(st.builds(Run, TEXTS, STYLES), PICTURES), max_size=4).map(tuple),
    align=st.sampled_from(["", "", "left", "center", "right", "justify"]),
    depth=st.sampled_from([0, 0, 1, 2, 3]),
    ordered=st.booleans(),
    starts=st.booleans(),
    bare=st.booleans(),
    tag=st.sampled_from(["", "", "", "div", "h1", "h2", "h6"]),
    direction=st.sampled_from(["", "", "ltr", "rtl", "rtl", "auto"]),
    quotes=st.sampled_from([0, 0, 0, 1, 2]),
)
_CELL = st.builds(
    Cell,
    blocks=st.lists(BLOCK, max_size=2).map(tuple),
    attributes=st.sampled_from([(), (("style", "padding: 4px; color: #123"), ("class", "a & b"))]),
    head=st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Even tables; in some a cell spans a whole row, or two rows."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    cells = [[draw(_CELL) for _ in range(columns)] for _ in range(rows)]
    spanning = draw(st.sampled_from(["no", "row", "column"]))
    if spanning == "row":
        cells[0] = [replace(cells[0][0], columns=columns)]
    elif spanning == "column" and columns > 1 and rows > 1:
        cells[0][0] = replace(cells[0][0], rows=2)
        del cells[1][0]
    groups = draw(st.sampled_from([[""], ["tbody"], ["thead", "tbody", "tbody"]]))
    return Table(
        tuple(
            TableRow(
                tuple(row),
                draw(st.sampled_from([(), (("bgcolor", "#eeeeee"),)])),
                groups[min(number, len(groups) - 1)],
            )
            for number, row in enumerate(cells)
        ),
        draw(st.sampled_from([(), (("width", "100%"), ("style", "border: 1px solid red"))])),
    )


TABLES = tables()
BLOCKS = st.lists(st.one_of(BLOCK, BLOCK, BLOCK, TABLES), max_size=6).map(tuple)


def _wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = ["b", "strong", "i", "em", "u", 'span style="color:red;font-size:12px"', "s", "del"]
    tags += ['font face="Arial" color="blue"', 'span style="font-weight: normal"']
    return st.tuples(st.sampled_from(tags), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
    )


_WORDS = st.sampled_from(
    ["a", " b ", "\n c", "&amp;", "&nbsp;", " ", "<br>", "<BR/>", "1 < 2", "{{ x }}", "é😀"]
)
_LINE = st.lists(st.recursive(_WORDS, _wrap, max_leaves=3), max_size=5).map("".join)
_LINKED = st.one_of(_LINE, _LINE.map(lambda line: f"<a href='https://a.example'>{line}</a>"))
_CELLS = st.lists(
    st.one_of(_LINKED, _LINE.map(lambda line: f"<p>{line}</p>")), min_size=2, max_size=2
).map(lambda cells: "".join(f"<td style='color: red' align=left>{cell}" for cell in cells))
_TABLE = st.lists(_CELLS, min_size=1, max_size=3).map(
    lambda rows: f"<table border=1>{''.join(f'<tr>{row}' for row in rows)}\n</table>"
)
_ITEMS = st.recursive(
    _LINKED.map(lambda line: f"<li>{line}"),
    lambda item: st.tuples(_LINE, item, st.sampled_from(["ul", "ol"])).map(
        lambda parts: f"<li>{parts[0]}<{parts[2]}>{parts[1]}</{parts[2]}></li>"
    ),
    max_leaves=3,
)
_PARAGRAPHS = st.one_of(
    _LINE,
    _LINKED.map(lambda line: f"<p>{line}</p>\n"),
    _LINE.map(lambda line: f"<p style='text-align:center; font-family: Arial'>{line}</p>"),
    _LINE.map(lambda line: f"<p dir=rtl style='margin: 0cm'>{line}</p>"),
    st.lists(_ITEMS, min_size=1, max_size=3).map(lambda rows: f"<ul dir=rtl>{''.join(rows)}</ul>"),
    _LINKED.map(lambda line: f"<h2 align=center style='color: #333'>{line}</h2>"),
    _LINE.map(lambda line: f"<div>{line}</div>"),
    _LINE.map(lambda line: f"a<sup>{line}</sup>"),
)
_BOXED = st.recursive(
    _PARAGRAPHS,
    lambda inner: st.tuples(
        st.sampled_from(
            ["div", "div dir='rtl'", "div style='text-align: right; font-size: 14px'", "blockquote"]
        ),
        st.lists(inner, min_size=1, max_size=2).map("".join),
    ).map(lambda pair: f"<{pair[0]}>\n{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=4,
)
# Two quotations side by side could not be told from one.
_SINGLE = _BOXED.filter(lambda html: html.count("<blockquote") < 2)
HTML = st.lists(
    st.one_of(
        _PARAGRAPHS,
        st.lists(_ITEMS, min_size=1, max_size=3).map(lambda rows: f"<ul>{''.join(rows)}</ul>"),
        _TABLE,
        _TABLE.map(lambda table: f"<div style='font-family: Arial' dir=rtl>{table}</div>"),
        st.lists(_ITEMS, min_size=1, max_size=3).map(lambda rows: f"<ol>\n{''.join(rows)}\n</ol>"),
        _SINGLE.map(lambda html: f"<p>x</p>{html}"),
    ),
    max_size=4,
).map("".join)
