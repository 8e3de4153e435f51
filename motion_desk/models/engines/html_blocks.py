"""The HTML subset as values: blocks of styled runs and pictures, tables of them, and a normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

NO_BREAK_SPACE = "\u00a0"
_SPACES_THAT_COLLAPSE = re.compile(r"\t|  |^ | $|\n | \n")
_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\}")


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks; an empty text leaves it to the reader's program.

    ``family``: names of fonts, separated by ``", "``, without quotes. ``size``: whole pixels or
    points, as ``14px`` or ``10.5pt``. ``color``: ``#rrggbb``. ``link``: the address it leads to.
    ``raised``: ``sub`` or ``sup``. In a heading, which is bold by itself, ``bold`` is set as well.
    """

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""
    family: str = ""
    size: str = ""
    color: str = ""
    link: str = ""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Run:
    r"""Text of one style. A line break inside of its block is ``\n``."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a line. ``width`` and ``height`` in pixels; 0 is the picture's own size."""

    source: str
    alt: str = ""
    width: int = 0
    height: int = 0
    link: str = ""


Piece = Run | Picture


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TAGS = ("div", *HEADINGS)
DIRECTIONS = ("ltr", "rtl", "auto")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list where ``depth`` is 1 or more.

    ``starts``: the item opens a list of its own. ``bare``: text that stands in no paragraph.
    ``gap``: an empty line that a view has beside a table, and no part of the value.
    ``tag``: one of ``TAGS``, empty for a paragraph or an item. ``direction``: ``ltr``, ``rtl`` or
    ``auto``; empty leaves it to the reader's program. ``quotes``: how many quotations it stands in.
    """

    pieces: tuple[Piece, ...] = ()
    align: str = ""
    depth: int = 0
    ordered: bool = False
    starts: bool = False
    bare: bool = False
    gap: bool = False
    tag: str = ""
    direction: str = ""
    quotes: int = 0

    @property
    def heading(self) -> int:
        """The level of a heading, 1 to 6; 0 for all else."""
        return int(self.tag[1]) if self.tag in HEADINGS else 0


Attribute = tuple[str, str]
"""The name of an attribute, and its value."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what stands in it, and how many columns and rows it spans, from 1.

    ``attributes`` are kept as they are; ``head`` is a ``<th>``.
    """

    blocks: tuple[Block, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    head: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the cells that begin in it. ``group`` is ``thead``, ``tbody``, ``tfoot`` or empty."""

    cells: tuple[Cell, ...]
    attributes: tuple[Attribute, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, in whose cells there are no others. All rows are equally wide, spans counted."""

    rows: tuple[TableRow, ...]
    attributes: tuple[Attribute, ...] = ()


Part = Block | Table


_NOTHING = Block()


def normal(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The one form of all parts that mean the same in HTML. Idempotent.

    What stands in a cell is in normal form for itself, and gaps are left out.
    """
    found: list[Part] = []
    for is_table, group in groupby(parts, lambda part: isinstance(part, Table)):
        if is_table:
            found += [_normal_table(each) for each in group if isinstance(each, Table)]
        else:
            found += [each for each in group if isinstance(each, Block) and not each.gap]
    if any(isinstance(part, Table) for part in found):
        return tuple(_around_tables(found))
    return _normal_blocks(part for part in found if isinstance(part, Block))


def _around_tables(parts: Iterable[Part]) -> Iterator[Part]:
    for is_table, group in groupby(parts, lambda part: isinstance(part, Table)):
        if is_table:
            yield from group
        else:
            # An empty paragraph beside a table is a line that shows.
            yield from _normal_blocks(
                (each for each in group if isinstance(each, Block)), alone=False
            )


@lru_cache(maxsize=256)
def _normal_table(table: Table) -> Table:
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, blocks=_normal_blocks(each for each in cell.blocks if not each.gap))
                for cell in row.cells
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _normal_blocks(blocks: Iterable[Block], alone: bool = True) -> tuple[Block, ...]:
    """The normal form of blocks that no table parts.

    Spaces that HTML would swallow become no-break spaces (never inside ``{{ }}``, where these
    would not be understood), depth grows by steps of 1, bare text has no bare neighbour, and a
    single empty paragraph is nothing.
    """
    found = list(_nested(map(_with_joined_pieces, blocks)))
    bare = [block.bare and not _has_form(block) for block in found]
    around = [False, *bare, False]
    found = [
        block if block.bare is stays else replace(block, bare=stays)
        for block, stays in zip(
            found,
            [now and not (a or b) for a, now, b in zip(around, bare, around[2:], strict=False)],
            strict=True,
        )
    ]
    if alone and len(found) == 1 and not found[0].pieces and not found[0].depth:
        return ()
    return tuple(found)


def _has_form(block: Block) -> bool:
    """Whether a tag of its own says something of a block."""
    said = block.depth or block.align or block.tag or block.direction or block.quotes
    return bool(said)


def _nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with depths, kinds and beginnings of lists as HTML can say them.

    An item has the alignment and direction of the one that it is within, unless it has its own.
    """
    open_lists: list[bool] = []
    items: list[Block] = []
    quotes = 0
    for block in blocks:
        if block.quotes != quotes:
            open_lists.clear()
            quotes = block.quotes
        if not block.depth:
            open_lists.clear()
            plain = not (block.ordered or block.starts)
            yield block if plain else replace(block, ordered=False, starts=False)
            continue
        depth = min(block.depth, len(open_lists) + 1)
        continues = depth <= len(open_lists) and open_lists[depth - 1] is block.ordered
        starts = block.starts or not continues
        open_lists[depth - 1 :] = [block.ordered]
        around = items[depth - 2] if depth > 1 else _NOTHING
        item = _item(block, depth, starts, around)
        items[depth - 1 :] = [item]
        yield item


def _item(block: Block, depth: int, starts: bool, around: Block) -> Block:
    align, direction = block.align or around.align, block.direction or around.direction
    form = (depth, starts, align, direction, "")
    if form == (block.depth, block.starts, block.align, block.direction, block.tag):
        return block
    return replace(block, depth=depth, starts=starts, align=align, direction=direction, tag="")


# Of a text that is typed in, all blocks but one are those of a moment ago.
@lru_cache(maxsize=4096)
def _with_joined_pieces(block: Block) -> Block:
    pieces = _joined(block.pieces)
    return block if pieces == block.pieces else replace(block, pieces=pieces)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with equal neighbours joined and spaces made to last."""
    joined: list[Piece] = []
    filled = (piece for piece in pieces if isinstance(piece, Picture) or piece.text)
    for style, group in groupby(map(_without_second_line, filled), _run_style):
        if style is None:
            joined += group
        else:
            joined.append(Run("".join(run.text for run in group if isinstance(run, Run)), style))
    text = "".join(piece.text if isinstance(piece, Run) else "\ufffc" for piece in joined)
    if not _SPACES_THAT_COLLAPSE.search(text):
        return tuple(joined)
    lasting = _lasting_spaces(text)
    return tuple(_respaced(joined, lasting))


def _run_style(piece: Piece) -> Style | None:
    return piece.style if isinstance(piece, Run) else None


def _without_second_line(piece: Piece) -> Piece:
    """The piece not underlined where it is a link, which is underlined by itself."""
    if isinstance(piece, Run) and piece.style.link and piece.style.underline:
        return Run(piece.text, replace(piece.style, underline=False))
    return piece


def _respaced(pieces: Iterable[Piece], characters: list[str]) -> Iterator[Piece]:
    position = 0
    for piece in pieces:
        length = len(piece.text) if isinstance(piece, Run) else 1
        if isinstance(piece, Run):
            if text := "".join(characters[position : position + length]):
                yield Run(text, piece.style)
        else:
            yield piece
        position += length


def _lasting_spaces(text: str) -> list[str]:
    """Each character of a block's text, or what takes its place so that no space collapses."""
    characters = ["    " if character == "\t" else character for character in text]
    for found in re.finditer(r"[ \t]+", text):
        first, end = found.span()
        at_edge = first == 0 or end == len(text) or "\n" in (text[first - 1], text[end])
        width = sum(len(characters[index]) for index in range(first, end))
        if at_edge or width > 1:
            for index in range(first, end):
                characters[index] = NO_BREAK_SPACE * len(characters[index])
            if not at_edge:
                characters[end - 1] = characters[end - 1][:-1] + " "
    for found in _VARIABLE.finditer(text):
        for index in range(*found.span()):
            if text[index] in " \t":
                characters[index] = "" if text[index - 1] in " \t" else " "
    return characters
