"""Elements of HTML that are open while it is read, and what their text has of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from motion_desk.models.engines.html_blocks import PLAIN, Attribute, Block, Piece, Run, Style


@dataclass(slots=True)
class Element:
    """An element that has begun and not ended, with what its text has of it.

    ``preserved``: spaces and breaks count. ``turned``: the words in it run in a direction of their
    own, which is lost. ``titled``: it is a heading, or stands in one. ``quotes``: the quotations
    around its text. ``items``: those of a list so far. ``part``: it belongs to the table that is
    read, and is no tag beyond the subset.
    """

    tag: str
    line: int
    style: Style = PLAIN
    hidden: bool = False
    align: str = ""
    direction: str = ""
    preserved: bool = False
    turned: bool = False
    titled: bool = False
    quotes: int = 0
    items: int = 0
    part: bool = False


PAGE = Element("", 0)


def placed(block: Block, element: Element) -> Block:
    """The block where an element puts it."""
    align, direction, quotes = element.align, element.direction, element.quotes
    return replace(block, align=align, direction=direction, quotes=quotes)


def strip_end(pieces: list[Piece]) -> None:
    """Take a space away that HTML does not show at the end of a line."""
    while pieces and isinstance(last := pieces[-1], Run):
        if bare := last.text.rstrip(" "):
            pieces[-1] = Run(bare, last.style)
            return
        pieces.pop()


def lost_around(element: Element) -> Iterator[str]:
    """What an element says of a table in it that cannot be kept."""
    if element.align:
        yield "an alignment around a table"
    if element.quotes:
        yield "a table in a quotation"


def directed(kept: tuple[Attribute, ...], direction: str) -> tuple[Attribute, ...]:
    """The attributes of a table, which says by itself the direction that it has inherited."""
    known = {name for name, _ in kept}
    return kept if "dir" in known or not direction else (("dir", direction), *kept)
