"""The HTML subset as values: blocks of styled runs and pictures, and their one normal form."""

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
    """

    bold: bool = False
    italic: bool = False
    underline: bool = False
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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list where ``depth`` is 1 or more.

    ``starts``: the item opens a list of its own. ``bare``: text that stands in no paragraph.
    """

    pieces: tuple[Piece, ...] = ()
    align: str = ""
    depth: int = 0
    ordered: bool = False
    starts: bool = False
    bare: bool = False


def normal(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The one form of all blocks that mean the same in HTML. Idempotent.

    Spaces that HTML would swallow become no-break spaces (never inside ``{{ }}``, where these
    would not be understood), depth grows by steps of 1, bare text has no bare neighbour, and a
    single empty paragraph is nothing.
    """
    found = list(_nested(map(_with_joined_pieces, blocks)))
    bare = [block.bare and not block.depth and not block.align for block in found]
    around = [False, *bare, False]
    found = [
        block if block.bare is stays else replace(block, bare=stays)
        for block, stays in zip(
            found,
            [now and not (a or b) for a, now, b in zip(around, bare, around[2:], strict=False)],
            strict=True,
        )
    ]
    if len(found) == 1 and not found[0].pieces and not found[0].depth:
        return ()
    return tuple(found)


def _nested(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with depths, kinds and beginnings of lists as HTML can say them."""
    open_lists: list[bool] = []
    for block in blocks:
        if not block.depth:
            open_lists.clear()
            plain = not (block.ordered or block.starts)
            yield block if plain else replace(block, ordered=False, starts=False)
            continue
        depth = min(block.depth, len(open_lists) + 1)
        continues = depth <= len(open_lists) and open_lists[depth - 1] is block.ordered
        starts = block.starts or not continues
        open_lists[depth - 1 :] = [block.ordered]
        same = depth == block.depth and starts is block.starts
        yield block if same else replace(block, depth=depth, starts=starts)


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
