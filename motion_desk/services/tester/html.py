"""HTML: a report as one file that fetches nothing and runs nothing, for screens and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from motion_desk.services import bundled
from motion_desk.services.tester.blocks import (
    Banner,
    Block,
    Card,
    Heading,
    Items,
    Listing,
    Table,
    Text,
)
from motion_desk.services.tester.outline import outline, title
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.wording import MARKS, one_line

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
"""


def html(report: Report) -> str:
    """The report as one HTML document, without scripts, links or pictures."""
    return page(title(report), outline(report))


def page(title: str, blocks: Iterable[Block]) -> str:
    """Blocks as one HTML document, without scripts, links or pictures."""
    parts = [
        f"{_HEAD}<title>{_shown(title)}</title>",
        f"<style>\n{bundled.text('style/report.css')}</style>\n</head>\n<body>\n<main>",
        *map(_block, blocks),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _shown(text: str) -> str:
    return escape(one_line(text))


def _block(block: Block) -> str:
    match block:
        case Banner():
            return _banner(block)
        case Heading(level, text):
            return f"<h{level}>{_shown(text)}</h{level}>"
        case Text(text, note):
            return f'<p class="note">{_shown(text)}</p>' if note else f"<p>{_shown(text)}</p>"
        case Listing(title, lines):
            text = escape("\n".join(lines))
            return f"<figure><figcaption>{_shown(title)}</figcaption><pre>\n{text}</pre></figure>"
        case Table():
            return _table(block)
        case Items(items, numbered):
            name = "ol" if numbered else "ul"
            inside = "\n".join(f"<li>{_blocks(item)}</li>" for item in items)
            return f"<{name}>\n{inside}\n</{name}>"
        case Card(title, state, blocks):
            mark = f'<span class="mark">{MARKS[state]} {state.value}</span>'
            head = f"<h3>{mark} {_shown(title)}</h3>"
            return f'<section class="card {_class(state.value)}">\n{head}\n{_blocks(blocks)}\n</section>'


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n".join(map(_block, blocks))


def _banner(banner: Banner) -> str:
    parts = [f"<h1>{_shown(banner.sentence)}</h1>"]
    if banner.detail:
        parts.append(f"<p>{_shown(banner.detail)}</p>")
    parts.append(f'<p class="note">{_shown(banner.about)}</p>')
    return f'<header class="{_class(banner.tone.value)}">{"".join(parts)}</header>'


def _table(table: Table) -> str:
    parts = ["<table>"]
    if table.title:
        parts.append(f"<caption>{_shown(table.title)}</caption>")
    if table.head:
        cells = "".join(f'<th scope="col">{_shown(text)}</th>' for text in table.head)
        parts.append(f"<thead><tr>{cells}</tr></thead>")
    rows = [_row(row, named=not table.head) for row in table.rows]
    for number, state in enumerate(table.states):
        mark = f'<tr class="{_class(state.value)}"><td>{MARKS[state]} '
        rows[number] = rows[number].replace("<tr><td>", mark, 1)
    return "\n".join((*parts, "<tbody>", *rows, "</tbody></table>"))


def _row(row: tuple[str, ...], *, named: bool) -> str:
    first = f'<th scope="row">{_shown(row[0])}</th>' if named else f"<td>{_shown(row[0])}</td>"
    return f"<tr>{first}{''.join(f'<td>{_shown(text)}</td>' for text in row[1:])}</tr>"


def _class(word: str) -> str:
    return word.replace(" ", "-")
