"""Markdown: a report as a text for tickets and mails, in which no server's word is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
from motion_desk.services.tester.outline import outline
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.wording import MARKS, one_line

# What can begin markup inside a line (CommonMark 0.31 §6, GitHub's tables, strike-through and
# formulas). An underscore between letters is none.
_MARKUP = re.compile(r"[\\`*\[\]<>|~&$#]|(?<![^\W_])_|_(?![^\W_])")
# What begins a block where it begins a line (§4 and §5).
_BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=](?:[-+= ]|$)))")
# What GitHub makes a link of by itself: words with an address of a mailbox or of a page.
_WORD = re.compile(r"[^\s“”‘’«»‹›(),;|]+")
_LINK = re.compile(r"@|://|www\.", re.IGNORECASE)


def markdown(report: Report) -> str:
    """The report in CommonMark with GitHub's tables, one self-contained text."""
    return text(outline(report))


def text(blocks: Iterable[Block]) -> str:
    """Blocks in CommonMark with GitHub's tables, one self-contained text."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Banner(_, sentence, detail, about):
            parts = [f"# {inline(sentence)}", _begun(inline(detail)), _begun(inline(about))]
            return "\n\n".join(filter(None, parts))
        case Heading(level, text):
            return f"{'#' * level} {inline(text)}"
        case Text(text, note):
            return f"*{inline(text)}*" if note else _begun(inline(text))
        case Listing(title, lines):
            return f"{_begun(inline(title))}:\n\n{_fenced(lines)}"
        case Table():
            return _table(block)
        case Items(items, numbered):
            return "\n".join(
                _item(f"{number}." if numbered else "-", item)
                for number, item in enumerate(items, 1)
            )
        case Card(title, state, blocks):
            head = f"### {MARKS[state]} {inline(title)} ({state.value})"
            return "\n\n".join((head, *map(_block, blocks)))


def _item(mark: str, blocks: tuple[Block, ...]) -> str:
    indent = " " * (len(mark) + 1)
    text = "\n\n".join(map(_block, blocks))
    indented = "\n".join(f"{indent}{line}" if line else "" for line in text.split("\n"))
    return f"{mark} {indented[len(indent) :]}" + ("\n" if len(blocks) > 1 else "")


def _table(table: Table) -> str:
    head = table.head or ("",) * len(table.rows[0])
    rows = [[inline(text) for text in row] for row in table.rows]
    for row, state in zip(rows, table.states, strict=False):
        row[0] = f"{MARKS[state]} {row[0]}"
    lines = [[*map(inline, head)], ["---"] * len(head), *rows]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{_begun(inline(table.title))}:\n\n{text}" if table.title else text


def _fenced(lines: tuple[str, ...]) -> str:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((f"{fence}text", *lines, fence))


def inline(text: str) -> str:
    """A text as one line of Markdown that shows just this text: no markup, no link, no break."""
    shown = one_line(text)
    parts, end = [], 0
    for word in _WORD.finditer(shown):
        if _LINK.search(word[0]):  # in code nothing is parsed
            parts += [_escaped(shown[end : word.start()]), _code(word[0])]
            end = word.end()
    return "".join([*parts, _escaped(shown[end:])])


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{room}{text}{room}{fence}"


def _begun(text: str) -> str:
    """A line of Markdown that begins a paragraph and no other block."""
    return _BLOCK.sub(r"\1\\", text)
