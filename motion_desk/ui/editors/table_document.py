"""The table document: tables put into a QTextDocument, and read from it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from motion_desk.models.engines.css_subset import declarations
from motion_desk.models.engines.html_blocks import Attribute, Block, Cell, Table, TableRow
from motion_desk.models.engines.html_tables import places, width

_USER = int(QTextFormat.Property.UserProperty)
_ATTRIBUTES = _USER + 11
_ROW = _USER + 12
_HEAD = _USER + 13
GAP = _USER + 14
"""A block format's property: an empty line that the document has only because of a table."""

LINE = QColor(128, 128, 128, 150)
"""The lines around cells, in light and dark: they show where cells are, not how they will look."""
_PADDING = 4.0
_SHARE = re.compile(r"(\d{1,3})(?:\.\d+)?%\Z")
_PIXELS = re.compile(r"(\d{1,4})(?:px)?\Z")

Reader = Callable[[int, int], Sequence[Block]]
"""Gives the blocks from one position of the document to another."""
Writer = Callable[[QTextCursor, Cell], None]
"""Puts a cell's blocks at a cursor, in an empty cell."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a table: the table's number in its document, and row and column, from 0."""

    table: int
    row: int
    column: int


def put(cursor: QTextCursor, table: Table, write: Writer, plain: QTextBlockFormat) -> None:
    """Put a table behind the cursor's paragraph; the cursor goes to the line behind the table.

    ``plain`` is the format of a paragraph that would be typed there.
    """
    columns = width(table)
    made = cursor.insertTable(len(table.rows), columns, _format(table))
    for number, (row, begins) in enumerate(
        zip(table.rows, places(table) or [], strict=True),
    ):
        for index, (cell, column) in enumerate(zip(row.cells, begins, strict=True)):
            if cell.rows > 1 or cell.columns > 1:
                made.mergeCells(number, column, cell.rows, cell.columns)
            place = made.cellAt(number, column)
            place.setFormat(_cell_format(place.format(), cell, row if index == 0 else None))
            write(place.firstCursorPosition(), cell)
    cursor.setPosition(made.lastPosition() + 1)
    if not cursor.block().text():
        if (items := cursor.block().textList()) is not None:
            items.remove(cursor.block())
        cursor.setBlockFormat(plain)
        mark_gap(cursor)


def mark_gap(cursor: QTextCursor) -> None:
    """Let the cursor's block, unless it is an item of a list, be a gap while it is empty."""
    if cursor.block().length() == 1 and cursor.currentList() is None:
        gap = QTextBlockFormat(cursor.blockFormat())
        gap.setProperty(GAP, True)
        cursor.setBlockFormat(gap)


def _format(table: Table) -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderBrush(QBrush(LINE))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(_PADDING)
    form.setTopMargin(4)
    form.setBottomMargin(4)
    form.setProperty(_ATTRIBUTES, json.dumps(table.attributes))
    if (length := _length(table.attributes)) is not None:
        form.setWidth(length)
    return form


def _length(attributes: Sequence[Attribute]) -> QTextLength | None:
    """How wide a table says it is; ``None`` where only its content decides."""
    said = dict(attributes)
    text = dict(declarations(said.get("style", ""))).get("width", said.get("width", "")).strip()
    if found := _SHARE.match(text):
        return QTextLength(QTextLength.Type.PercentageLength, min(int(found[1]), 100))
    if found := _PIXELS.match(text):
        return QTextLength(QTextLength.Type.FixedLength, int(found[1]))
    return None


def _cell_format(before: QTextCharFormat, cell: Cell, row: TableRow | None) -> QTextCharFormat:
    form = QTextCharFormat(before)  # which knows what the cell spans
    form.setProperty(_ATTRIBUTES, json.dumps(cell.attributes))
    if cell.head:
        form.setProperty(_HEAD, True)
        form.setBackground(QBrush(QColor(128, 128, 128, 36)))
    if row is not None:
        form.setProperty(_ROW, json.dumps([row.group, row.attributes]))
    return form


# Reading


def tables_of(document: QTextDocument) -> list[QTextTable]:
    """The tables of a document, from top to bottom."""
    found = [each for each in document.rootFrame().childFrames() if isinstance(each, QTextTable)]
    return sorted(found, key=lambda table: table.firstPosition())


def table_of(table: QTextTable, blocks: Reader) -> Table:
    """A table as a value."""
    rows = []
    for number in range(table.rows()):
        attributes: tuple[Attribute, ...] = ()
        group, cells = "", []
        for column in range(table.columns()):
            cell = table.cellAt(number, column)
            if (cell.row(), cell.column()) != (number, column):
                continue  # another cell spans this place
            said = cell.format()
            if said.hasProperty(_ROW):
                group, kept = json.loads(said.stringProperty(_ROW))
                attributes = _pairs(kept)
            cells.append(
                Cell(
                    tuple(blocks(cell.firstPosition(), cell.lastPosition())),
                    _pairs(json.loads(said.stringProperty(_ATTRIBUTES) or "[]")),
                    said.hasProperty(_HEAD),
                    cell.columnSpan(),
                    cell.rowSpan(),
                )
            )
        if cells:
            rows.append(TableRow(tuple(cells), attributes, group))
    form = table.format()
    return Table(tuple(rows), _pairs(json.loads(form.stringProperty(_ATTRIBUTES) or "[]")))


def _pairs(found: Sequence[Sequence[str]]) -> tuple[Attribute, ...]:
    return tuple((name, value) for name, value in found)


def is_gap(block: QTextBlock, edges: set[int]) -> bool:
    """Whether a block is an empty line that is there because of a table beside it.

    ``edges`` are the positions at which a block stands right before or behind a table.
    """
    return (
        block.length() == 1 and block.blockFormat().hasProperty(GAP) and block.position() in edges
    )


def edges_of(tables: Sequence[QTextTable]) -> set[int]:
    """The positions of the blocks right before and behind tables, where these are empty."""
    found: set[int] = set()
    for table in tables:
        found |= {table.firstPosition() - 1, table.lastPosition() + 1}
    return found


# Places


def spot_of(cursor: QTextCursor) -> Spot | None:
    """Where in a table a cursor stands; ``None`` where it stands in none."""
    table: QTextTable | None = cursor.currentTable()
    if table is None:
        return None
    cell = table.cellAt(cursor)
    if not cell.isValid():
        return None
    first = table.firstPosition()
    number = sum(each.firstPosition() < first for each in tables_of(cursor.document()))
    return Spot(number, cell.row(), cell.column())


def cursor_at(document: QTextDocument, spot: Spot) -> QTextCursor:
    """A cursor at the beginning of a cell, as near to the spot as there is one."""
    tables = tables_of(document)
    if not tables:
        return QTextCursor(document)
    table = tables[min(spot.table, len(tables) - 1)]
    row = min(max(spot.row, 0), table.rows() - 1)
    column = min(max(spot.column, 0), table.columns() - 1)
    return table.cellAt(row, column).firstCursorPosition()


def next_cell(cursor: QTextCursor, step: int) -> QTextCursor | None:
    """A cursor at the next cell or, for a step of -1, the one before; ``None`` at the ends."""
    table: QTextTable | None = cursor.currentTable()
    if table is None:
        return None
    cells = list(_cells(table))
    here = table.cellAt(cursor)
    place = cells.index((here.row(), here.column())) + step
    if not 0 <= place < len(cells):
        return None
    return table.cellAt(*cells[place]).firstCursorPosition()


def _cells(table: QTextTable) -> Iterator[tuple[int, int]]:
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) == (row, column):
                yield row, column
