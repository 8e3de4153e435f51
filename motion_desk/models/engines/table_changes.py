"""Table changes: rows and columns added and taken away; each gives a new table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from motion_desk.models.engines.html_blocks import Attribute, Block, Cell, Table, TableRow
from motion_desk.models.engines.html_tables import evened, is_even, places, width

_FETCHES = re.compile(r"url\s*\(|expression\s*\(|@import|behavior\s*:", re.IGNORECASE)
_LINE = "border: 1px solid #c4c9d1; padding: 6px 8px"


def new_table(rows: int, columns: int) -> Table:
    """An empty table with thin lines, as wide as the text, in the way that mail programs take."""
    style = (("style", _LINE),)
    cell = Cell((), style)
    look = (("style", "border-collapse: collapse; width: 100%"),)
    return Table(tuple(TableRow((cell,) * columns) for _ in range(rows)), look)


def with_row(table: Table, at: int) -> Table:
    """The table with an empty row before row ``at``, which looks like its neighbour.

    Cells that span the place grow by the row.
    """
    begins = places(table) or []
    model = min(at, len(table.rows) - 1)
    rows, covered = list(table.rows), set[int]()
    for number, (row, columns) in enumerate(zip(table.rows, begins, strict=True)):
        cells = list(row.cells)
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            if number < at < number + cell.rows:
                cells[index] = replace(cell, rows=cell.rows + 1)
                covered |= {*range(column, column + cell.columns)}
        rows[number] = replace(row, cells=tuple(cells))
    look = {
        column: cell for cell, column in zip(table.rows[model].cells, begins[model], strict=True)
    }
    fresh = tuple(
        _emptied(look.get(column)) for column in range(width(table)) if column not in covered
    )
    if not fresh:
        return table
    new = replace(table.rows[model], cells=fresh)
    return replace(table, rows=(*rows[:at], new, *rows[at:]))


def _emptied(cell: Cell | None) -> Cell:
    return replace(cell, blocks=(), columns=1, rows=1) if cell else Cell()


def with_column(table: Table, at: int) -> Table:
    """The table with an empty column before column ``at``, which looks like its neighbour."""
    begins = places(table) or []
    rows = []
    last = at >= width(table)
    held: list[int] = [0] * len(table.rows)  # how many rows a cell above grows over this place
    for number, (row, columns) in enumerate(zip(table.rows, begins, strict=True)):
        cells = list(row.cells)
        grown = next(
            (
                index
                for index, (cell, column) in enumerate(zip(cells, columns, strict=True))
                if column < at < column + cell.columns
            ),
            None,
        )
        if grown is not None:
            cell = cells[grown]
            cells[grown] = replace(cell, columns=cell.columns + 1)
            for down in range(cell.rows):
                held[number + down] = 1
        elif not held[number]:
            place = next((i for i, column in enumerate(columns) if column >= at), len(cells))
            near = place - 1 if last or place == len(cells) else place
            cells.insert(place, _emptied(cells[near] if cells else None))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))


def without_row(table: Table, at: int) -> Table | None:
    """The table without a row; ``None`` where none is left. Cells that span it shrink."""
    begins = places(table) or []
    if len(table.rows) == 1:
        return None
    rows = list(table.rows)
    moved: list[tuple[int, Cell]] = []
    for number, (row, columns) in enumerate(zip(table.rows, begins, strict=True)):
        cells = list(row.cells)
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            if number <= at < number + cell.rows and cell.rows > 1:
                cells[index] = replace(cell, rows=cell.rows - 1)
                if number == at:
                    moved.append((column, cells[index]))
        rows[number] = replace(row, cells=tuple(cells))
    if moved:
        below = [*zip(begins[at + 1], rows[at + 1].cells, strict=True), *moved]
        below.sort(key=lambda each: each[0])
        rows[at + 1] = replace(rows[at + 1], cells=tuple(cell for _, cell in below))
    del rows[at]
    return _even_or_plain(replace(table, rows=tuple(rows)))


def without_column(table: Table, at: int) -> Table | None:
    """The table without a column; ``None`` where none is left. Cells that span it shrink."""
    begins = places(table) or []
    if width(table) == 1:
        return None
    rows = []
    for row, columns in zip(table.rows, begins, strict=True):
        cells = [
            replace(cell, columns=cell.columns - 1)
            if column <= at < column + cell.columns
            else cell
            for cell, column in zip(row.cells, columns, strict=True)
        ]
        rows.append(replace(row, cells=tuple(cell for cell in cells if cell.columns)))
    return _even_or_plain(replace(table, rows=tuple(rows)))


def _even_or_plain(table: Table) -> Table | None:
    """The table, its empty rows left out, and spans given up where these no longer fit."""
    filled = replace(table, rows=tuple(row for row in table.rows if row.cells))
    if not filled.rows:
        return None
    return filled if is_even(filled) else evened(filled)


def flat(table: Table) -> tuple[Block, ...]:
    """What stands in the cells, one after another, as paragraphs of a text without tables."""
    return tuple(
        replace(block, bare=False)
        for row in table.rows
        for cell in row.cells
        for block in cell.blocks
    )


def harmless(table: Table) -> Table:
    """The table without what would fetch anything, or belongs to another page's style."""

    def clean(attributes: Iterable[Attribute]) -> tuple[Attribute, ...]:
        return tuple(
            (name, value)
            for name, value in attributes
            if name not in ("class", "id") and not _FETCHES.search(value)
        )

    rows = tuple(
        replace(
            row,
            attributes=clean(row.attributes),
            cells=tuple(replace(cell, attributes=clean(cell.attributes)) for cell in row.cells),
        )
        for row in table.rows
    )
    return replace(table, rows=rows, attributes=clean(table.attributes))
