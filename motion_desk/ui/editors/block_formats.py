"""Formats of blocks in a QTextDocument: alignment, direction, headings, quotations and lists."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from motion_desk.models.engines.html_blocks import Block

_USER = int(QTextFormat.Property.UserProperty)
_BARE = _USER + 1
_TAG = _USER + 3
_DIRECTION = _USER + 4
_QUOTES = _USER + 5
_ALIGNMENT = int(QTextFormat.Property.BlockAlignment)

# Left is left, in paragraphs of either direction.
ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
# Pixels between blocks, as mail programs have them; they are no part of the value.
_PARAGRAPH_GAP, _ITEM_GAP, _QUOTE_INDENT = 9, 3, 40
_LEFT, _RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def format_for(block: Block) -> QTextBlockFormat:
    """The format that ``shape_of`` reads back, but for the depth and the kind of a list."""
    return block_format(replace(block, pieces=(), ordered=False, starts=False, gap=False))


# Formats are made once and only ever copied: Qt takes them by value.
@lru_cache(maxsize=256)
def block_format(shape: Block = Block()) -> QTextBlockFormat:  # noqa: B008  # a frozen value
    """The format of a paragraph, or of an item of a list, of this shape."""
    form = QTextBlockFormat()
    gap = 0 if shape.tag == "div" else _ITEM_GAP if shape.depth else _PARAGRAPH_GAP
    form.setTopMargin(gap)
    form.setBottomMargin(gap)
    if shape.align:
        form.setAlignment(ALIGNMENTS[shape.align])
    if shape.bare:
        form.setProperty(_BARE, True)
    if shape.tag:
        form.setProperty(_TAG, shape.tag)
        form.setHeadingLevel(shape.heading)
    direct(form, shape.direction)
    if shape.quotes:
        form.setProperty(_QUOTES, shape.quotes)
        form.setLeftMargin(_QUOTE_INDENT * shape.quotes)
        form.setRightMargin(_QUOTE_INDENT * shape.quotes)
    return form


def direct(form: QTextBlockFormat, direction: str) -> None:
    """Let a block of this format run in a direction; empty leaves it to the reader's program."""
    form.setProperty(_DIRECTION, direction or None)
    if direction == "auto":
        form.clearProperty(QTextFormat.Property.LayoutDirection)
    else:
        # As a mail is shown: from left to right, whatever its letters, unless it says otherwise.
        form.setLayoutDirection(_RIGHT if direction == "rtl" else _LEFT)


def shape_of(block: QTextBlock) -> Block:
    """What the format of a block says of it, without its text and its list."""
    form = block.blockFormat()
    return Block(
        align=alignment_of(block),
        bare=form.hasProperty(_BARE),
        tag=form.stringProperty(_TAG),
        direction=direction_of(block),
        quotes=form.intProperty(_QUOTES),
    )


def alignment_of(block: QTextBlock) -> str:
    """The alignment that was set for a block; empty where none was."""
    form = block.blockFormat()
    if not form.hasProperty(_ALIGNMENT):
        return ""
    flags = form.alignment()
    return next((name for name, known in ALIGNMENTS.items() if flags & known == known), "")


def direction_of(block: QTextBlock) -> str:
    """The direction that was set for a block, by its value or by Qt's own keys; or empty."""
    form = block.blockFormat()
    said, drawn = form.stringProperty(_DIRECTION), form.layoutDirection()
    if drawn == _RIGHT:
        return "rtl"
    expected = "ltr" if drawn == _LEFT else "auto"
    return said if said == expected else ""


def list_format(depth: int, ordered: bool) -> QTextListFormat:
    """The format of a list. Each depth has the mark that mail programs give it."""
    form = QTextListFormat()
    marks = [
        QTextListFormat.Style.ListDisc,
        QTextListFormat.Style.ListCircle,
        QTextListFormat.Style.ListSquare,
    ]
    mark = marks[min(depth, len(marks)) - 1]
    form.setStyle(QTextListFormat.Style.ListDecimal if ordered else mark)
    form.setIndent(depth)
    return form


def list_of(block: QTextBlock) -> QTextList | None:
    """The list that a block is an item of."""
    return block.textList()


def is_ordered(items: QTextList) -> bool:
    """Whether a list has numbers."""
    return items.format().style() == QTextListFormat.Style.ListDecimal
