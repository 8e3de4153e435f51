"""Scanning: a view's content as text in which variables are looked for, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from motion_desk.models.engines.html_blocks import PLAIN, Block, Part, Piece, Run, Style, Table
from motion_desk.models.engines.names import Finding
from motion_desk.ui.editors.underlines import Place, Scanned
from motion_desk.ui.editors.visual_colours import units

# Written as entities in the source, where they open no tag; any other character will do here.
_NO_TAGS = str.maketrans("<>", "\x01\x02")


def scanned_source(shown: str) -> Scanned:
    """HTML source as it is shown: the data of pictures, which holds no variables, is left out."""

    def placed(found: Iterable[Finding]) -> list[Place]:
        places, position, counted = [], 0, 0
        for finding in found:
            counted += units(shown[position : finding.start])
            length = units(shown[finding.start : finding.end])
            places.append(Place(counted, counted + length, finding))
            counted, position = counted + length, finding.end
        return places

    return shown, placed


class _Stretch(NamedTuple):
    """Some of the text: where it stands in the document, and how long all of that is if fixed."""

    text: str
    position: int
    fixed: int = 0


def scanned_blocks(shown: Sequence[Part], count: int) -> Scanned:
    """Parts, as a document shows them, as the HTML that they are written as, for variables.

    ``count`` are the characters of the document. Where they are others than the blocks', because
    it has some that no HTML can hold, nothing could be placed, and the text is empty.

    Marks stand in it where tags will: a name whose letters differ in style is torn there, and
    braces do not reach beyond their paragraph. Where links lead is looked at too: what is found
    in that is placed at the link's text. No document is asked: that would take ten times as long.
    """
    parts: list[_Stretch] = []
    position = 0
    for block in _in_order(shown):
        parts.append(_Stretch("\n<p>", position))
        before: Style | None = None
        for piece in block.pieces:
            style = _style_of(piece)
            length = units(piece.text) if isinstance(piece, Run) else 1
            if "{" in style.link and style.link != (before or PLAIN).link:
                parts.append(_Stretch(style.link.translate(_NO_TAGS), position, length))
            if before is not None and style != before:
                parts.append(_Stretch("<b>", position))
            if isinstance(piece, Run):
                parts += _lines(piece.text.translate(_NO_TAGS), position)
            before = style
            position += length
        position += 1
    if position != count:
        return "", lambda _: []
    begins, length = [], 0
    for part in parts:
        begins.append(length)
        length += len(part.text)

    def placed(found: Iterable[Finding]) -> list[Place]:
        places = []
        for finding in found:
            first = bisect_right(begins, finding.start) - 1
            last = bisect_right(begins, finding.end - 1) - 1
            start, _ = _ends(parts[first], finding.start - begins[first])
            _, end = _ends(parts[last], finding.end - begins[last])
            places.append(Place(start, end, finding))
        return places

    return "".join(part.text for part in parts), placed


def _in_order(parts: Sequence[Part]) -> Iterator[Block]:
    """All blocks, as a document has them one behind the other."""
    for part in parts:
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from cell.blocks
        else:
            yield part


def _ends(part: _Stretch, offset: int) -> tuple[int, int]:
    """Where in the document something begins, and where it ends, that does so in a part."""
    if part.fixed:
        return part.position, part.position + part.fixed
    place = part.position + units(part.text[:offset])
    return place, place


def _style_of(piece: Piece) -> Style:
    # A picture is a tag: what it stands in is torn.
    return piece.style if isinstance(piece, Run) else Style(size="picture", link=piece.link)


def _lines(text: str, position: int) -> Iterator[_Stretch]:
    """A run's text, with marks for the breaks in it."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield _Stretch("<br>", position)
            position += 1
        yield _Stretch(line, position)
        position += units(line)
