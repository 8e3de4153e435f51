"""The HTML document: blocks put into a QTextDocument, and read from it again.

Qt's own reader and writer of HTML have no part in this: they lose and add too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextList,
)

from motion_desk.models.engines.html_blocks import (
    PLAIN,
    Block,
    Cell,
    Part,
    Picture,
    Piece,
    Run,
    Style,
    Table,
)
from motion_desk.models.engines.table_changes import flat
from motion_desk.ui.editors import table_document
from motion_desk.ui.editors.block_formats import (
    block_format,
    format_for,
    is_ordered,
    list_format,
    list_of,
    shape_of,
)
from motion_desk.ui.editors.pictures import Pictures

ALT = int(QTextFormat.Property.UserProperty) + 2
OBJECT = "\ufffc"
_BREAK = "\u2028"
_PIXELS = int(QTextFormat.Property.FontPixelSize)
_POINTS = int(QTextFormat.Property.FontPointSize)
_FAMILIES = int(QTextFormat.Property.FontFamilies)
_FOREGROUND = int(QTextFormat.Property.ForegroundBrush)
_RAISED = {
    "sub": QTextCharFormat.VerticalAlignment.AlignSubScript,
    "sup": QTextCharFormat.VerticalAlignment.AlignSuperScript,
}


# Formats are made once and only ever copied: Qt takes them by value.
@lru_cache(maxsize=512)
def char_format(style: Style) -> QTextCharFormat:
    """The format that ``style_of`` reads back. Links get their colour when they are drawn."""
    form = QTextCharFormat()
    if style.bold:
        form.setFontWeight(QFont.Weight.Bold)
    if style.italic:
        form.setFontItalic(True)
    if style.underline:
        form.setFontUnderline(True)
    if style.strike:
        form.setFontStrikeOut(True)
    if style.raised:
        form.setVerticalAlignment(_RAISED[style.raised])
    if style.family:
        form.setFontFamilies(style.family.split(", "))
    if style.size.endswith("px"):
        form.setProperty(_PIXELS, int(style.size[:-2]))
    elif style.size:
        form.setFontPointSize(float(style.size[:-2]))
    if style.color:
        form.setForeground(QBrush(QColor(style.color)))
    if style.link:
        form.setAnchor(True)
        form.setAnchorHref(style.link)
    return form


def style_of(form: QTextFormat) -> Style:
    """The style of a character format."""
    if form.propertyCount() == 0:
        return PLAIN
    char = form.toCharFormat()
    size = ""
    if form.hasProperty(_PIXELS):
        size = f"{form.intProperty(_PIXELS)}px"
    elif form.hasProperty(_POINTS):
        size = f"{form.doubleProperty(_POINTS):g}pt"
    families = form.property(_FAMILIES) if form.hasProperty(_FAMILIES) else []
    link = char.anchorHref() if char.isAnchor() else ""
    return Style(
        bold=char.fontWeight() >= QFont.Weight.DemiBold,
        italic=char.fontItalic(),
        underline=char.fontUnderline() and not link,
        strike=char.fontStrikeOut(),
        raised=next((name for name, at in _RAISED.items() if at == char.verticalAlignment()), ""),
        family=", ".join(families or []),
        size=size,
        color=char.foreground().color().name() if form.hasProperty(_FOREGROUND) else "",
        link=link,
    )


def insert(cursor: QTextCursor, parts: Sequence[Part], pictures: Pictures) -> None:
    """Put blocks and tables in the selection's place, as one edit.

    The first block joins the text around the cursor if it is a plain paragraph; text behind the
    cursor goes on after the last. What stands in a table put into another becomes paragraphs.
    """
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if cursor.currentTable() is not None:
        parts = [
            each for part in parts for each in (flat(part) if isinstance(part, Table) else (part,))
        ]
    lists: list[QTextList] = []

    def fill_cell(at: QTextCursor, cell: Cell) -> None:
        _fill_cell(at, cell, pictures)

    joins, behind = True, False
    for part in parts:
        if isinstance(part, Table):
            lists.clear()
            if joins:
                table_document.mark_gap(cursor)
            table_document.put(cursor, part, fill_cell, block_format())
            behind = joins = not cursor.block().text()
            continue
        if behind or not joins or _stays(part, cursor, alone=len(parts) == 1):
            _begin(cursor, part, is_new=not joins or cursor.block().length() > 1)
            _enlist(cursor, part, lists)
        behind = joins = False
        _insert_pieces(cursor, part.pieces, pictures)
    cursor.endEditBlock()


def _stays(block: Block, cursor: QTextCursor, alone: bool) -> bool:
    """Whether a first block does not join the text around the cursor."""
    # Lines of a box are no paragraphs; one line alone is whatever it is put into.
    is_box = block.tag == "div" and not alone and cursor.block().length() == 1
    said = block.depth or block.align or block.bare or block.direction or block.quotes
    return bool(said or block.heading or is_box)


def _fill_cell(cursor: QTextCursor, cell: Cell, pictures: Pictures) -> None:
    """Put a cell's blocks into it. What is typed into an empty cell stands in no paragraph."""
    lists: list[QTextList] = []
    for index, block in enumerate(cell.blocks or (Block(bare=True),)):
        if index:
            _begin(cursor, block, is_new=True)
        else:
            # Its character format is the cell's own.
            cursor.setBlockFormat(format_for(block))
        _enlist(cursor, block, lists)
        _insert_pieces(cursor, block.pieces, pictures)


def _insert_pieces(cursor: QTextCursor, pieces: Iterable[Piece], pictures: Pictures) -> None:
    for piece in pieces:
        if isinstance(piece, Picture):
            cursor.insertImage(_image_format(piece, cursor.document(), pictures))
        else:
            cursor.insertText(piece.text.replace("\n", _BREAK), char_format(piece.style))


def _begin(cursor: QTextCursor, block: Block, is_new: bool) -> None:
    """Go to a new block, or shape the cursor's own, which is empty."""
    form = format_for(block)
    # A block's own character format would colour what is typed there next.
    typed = char_format(Style(bold=bool(block.heading)))
    if is_new:
        cursor.insertBlock(form, typed)
        return
    if (known := list_of(cursor.block())) is not None:
        known.remove(cursor.block())
    cursor.setBlockFormat(form)
    cursor.setBlockCharFormat(typed)


def _enlist(cursor: QTextCursor, block: Block, lists: list[QTextList]) -> None:
    """Make the cursor's block an item where it is one; ``lists`` are those open by depth."""
    if not block.depth:
        lists.clear()
        return
    if block.starts or block.depth > len(lists):
        del lists[block.depth - 1 :]
        lists.append(cursor.createList(list_format(block.depth, block.ordered)))
    else:
        del lists[block.depth :]
        lists[-1].add(cursor.block())


def _image_format(
    picture: Picture, document: QTextDocument, pictures: Pictures
) -> QTextImageFormat:
    form = QTextImageFormat()
    size = QSize(picture.width, picture.height)
    form.setName(pictures.offer(document, picture.source, size))
    if picture.width:
        form.setWidth(picture.width)
    if picture.height:
        form.setHeight(picture.height)
    form.setProperty(ALT, picture.alt)
    if picture.link:
        form.setAnchor(True)
        form.setAnchorHref(picture.link)
    return form


def fill(document: QTextDocument, parts: Sequence[Part], pictures: Pictures) -> None:
    """Let a document hold these parts and nothing else; its undo history is not kept."""
    document.clear()
    cursor = QTextCursor(document)
    first = parts[0] if parts else None
    # Which the first block joins, as it would join any text.
    form = format_for(first) if isinstance(first, Block) and not first.depth else block_format()
    cursor.setBlockFormat(form)
    insert(cursor, parts, pictures)


def blocks_of(
    document: QTextDocument, pictures: Pictures, selection: QTextCursor | None = None
) -> tuple[Part, ...]:
    """The parts of a document, or of what is selected in it; not yet in normal form.

    Of a table that is selected in part only, the cells' blocks are given.
    """
    first, last = (
        (selection.selectionStart(), selection.selectionEnd())
        if selection is not None
        else (0, document.characterCount())
    )
    styles: dict[int, Style] = {}
    tables = table_document.tables_of(document)
    gaps = table_document.edges_of(tables)

    def blocks(start: int, end: int) -> Iterator[Block]:
        open_lists: list[int] = []
        block = document.findBlock(max(start, first))
        while block.isValid() and block.position() <= min(end, last):
            pieces = tuple(_pieces(block, pictures, styles, first, last))
            found = _block(block, pieces, open_lists)
            yield replace(found, gap=True) if table_document.is_gap(block, gaps) else found
            block = block.next()

    found: list[Part] = []
    position = first
    for table in tables:
        start, end = table.firstPosition(), table.lastPosition()
        if first < start and end < last:
            found += blocks(position, start - 1)
            found.append(table_document.table_of(table, lambda *ends: tuple(blocks(*ends))))
            position = end + 1
    if position <= last:
        found += blocks(position, last)
    return tuple(found)


def _block(block: QTextBlock, pieces: tuple[Piece, ...], open_lists: list[int]) -> Block:
    items = list_of(block)
    shape = shape_of(block)
    if items is None:
        open_lists.clear()
        return replace(shape, pieces=pieces)
    depth = max(items.format().indent(), 1)
    number = items.objectIndex()
    continues = depth <= len(open_lists) and open_lists[depth - 1] == number
    # A depth that is missing in between is open too: it holds a place.
    open_lists[depth - 1 :] = [*[0] * (depth - 1 - len(open_lists)), number]
    ordered, starts = is_ordered(items), not continues
    return replace(shape, pieces=pieces, depth=depth, ordered=ordered, starts=starts)


def _pieces(
    block: QTextBlock, pictures: Pictures, styles: dict[int, Style], first: int, last: int
) -> Iterator[Piece]:
    each = block.begin()
    whole = first <= block.position() and block.position() + block.length() <= last + 1
    while not each.atEnd():
        fragment = each.fragment()
        each += 1
        text = fragment.text() if whole else _clipped(fragment, first, last)
        index = fragment.charFormatIndex()
        if OBJECT in text and fragment.charFormat().isImageFormat():
            yield from _pictures(fragment.charFormat(), pictures, text.count(OBJECT))
            continue
        if index not in styles:
            styles[index] = style_of(fragment.charFormat())
        if text:
            yield Run(text.replace(_BREAK, "\n").replace(OBJECT, ""), styles[index])


def _clipped(fragment: object, first: int, last: int) -> str:
    """The part of a fragment that is selected; positions count UTF-16 units, as Qt does."""
    start: int = fragment.position()  # type: ignore[attr-defined]  # missing in the stubs
    text: str = fragment.text()  # type: ignore[attr-defined]  # missing in the stubs
    units = text.encode("utf-16-le", "surrogatepass")
    begin, end = max(first - start, 0), max(last - start, 0)
    return units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass")


def _pictures(form: QTextCharFormat, pictures: Pictures, count: int) -> Iterable[Piece]:
    image = form.toImageFormat()
    link = image.anchorHref() if image.isAnchor() else ""
    picture = Picture(
        pictures.source(image.name()),
        image.stringProperty(ALT),
        int(image.width()),
        int(image.height()),
        link,
    )
    # Equal pictures side by side are one fragment.
    return [picture] * count if picture.source else []
