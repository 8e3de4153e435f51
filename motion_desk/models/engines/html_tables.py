"""Tables of the HTML subset: how they are read, what of their attributes is kept, and their grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from motion_desk.models.engines.css_subset import declarations
from motion_desk.models.engines.html_attributes import Attributes, loose_ampersand
from motion_desk.models.engines.html_blocks import Attribute, Block, Cell, Table, TableRow
from motion_desk.models.engines.html_losses import attribute_shows

CELLS = {"td", "th"}
GROUPS = {"thead", "tbody", "tfoot"}
PARTS = {"table", "tr", *CELLS, *GROUPS}

_KEPT = {
    *[
        "align",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "class",
        "dir",
        "height",
        "id",
        "lang",
        "nowrap",
        "role",
    ],
    *["scope", "style", "summary", "title", "valign", "width"],
}
_SPAN = re.compile(r"0*[1-9]\d{0,2}")


def kept_attributes(
    tag: str, attributes: Attributes, raw: str
) -> tuple[tuple[Attribute, ...], list[tuple[str, bool]]]:
    """The attributes of a part of a table that are kept as they are; what is lost, and if it shows."""
    kept: list[Attribute] = []
    lost: list[tuple[str, bool]] = []
    if loose_ampersand(raw):
        lost.append(("an & that could mean two things (write &amp;)", True))
    for name, value in attributes.items():
        if name in ("colspan", "rowspan") and tag in CELLS:
            continue
        if name in _KEPT or name.startswith("aria-"):
            kept.append((name, value or ""))
        else:
            lost.append((f"the attribute “{name}”", attribute_shows(tag, name, value or "")))
    return tuple(kept), lost


def hides(attributes: Attributes) -> bool:
    """Whether an element is not to be seen at all."""
    style = declarations(attributes.get("style") or "")
    return "hidden" in attributes or ("display", "none") in [(n, v.lower()) for n, v in style]


@dataclass(slots=True)
class Building:
    """A table that is being read."""

    attributes: tuple[Attribute, ...]
    group: str = ""
    in_cell: bool = False
    rows: list[tuple[tuple[Attribute, ...], str, list[Cell]]] = field(default_factory=list)
    row_open: bool = False
    _cell: Cell = field(default_factory=Cell)

    def begin_row(self, attributes: tuple[Attribute, ...]) -> None:
        """Begin a row in the group that is open."""
        self.rows.append((attributes, self.group, []))
        self.row_open = True

    def begin_cell(self, tag: str, kept: tuple[Attribute, ...], attributes: Attributes) -> None:
        """Begin a cell, in a row of its own where none is open."""
        if not self.row_open:
            self.begin_row(())
        self._cell = Cell(
            (), kept, tag == "th", _span(attributes, "colspan"), _span(attributes, "rowspan")
        )
        self.in_cell = True

    def end_cell(self, blocks: Sequence[Block]) -> None:
        """End the cell, with what stands in it."""
        self.rows[-1][2].append(replace(self._cell, blocks=tuple(blocks)))
        self.in_cell = False

    def table(self) -> tuple[Table | None, list[str]]:
        """The table, none where it has no cell; and what is lost by making it even."""
        rows = [TableRow(tuple(cells), kept, group) for kept, group, cells in self.rows if cells]
        if not rows:
            return None, ["a table without cells"]
        lost = [] if len(rows) == len(self.rows) else ["a table row without cells"]
        table = Table(tuple(rows), self.attributes)
        if is_even(table):
            return table, lost
        return evened(table), [*lost, "the form of a table whose rows differ in width"]


def _span(attributes: Attributes, name: str) -> int:
    text = attributes.get(name) or ""
    return int(text) if _SPAN.fullmatch(text) else 1


def places(table: Table) -> list[list[int]] | None:
    """The column, from 0, in which each cell begins, by row; ``None`` where cells overlap."""
    taken: set[tuple[int, int]] = set()
    found: list[list[int]] = []
    for number, row in enumerate(table.rows):
        column = 0
        found.append([])
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            area = {
                (number + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            if area & taken:
                return None
            taken |= area
            found[-1].append(column)
    return found


def width(table: Table) -> int:
    """How many columns a table has, spans counted."""
    begins = places(table) or [list(range(len(row.cells))) for row in table.rows]
    ends = [
        column + cell.columns
        for row, columns in zip(table.rows, begins, strict=True)
        for cell, column in zip(row.cells, columns, strict=True)
    ]
    return max(ends, default=0)


def is_even(table: Table) -> bool:
    """Whether the cells fill a rectangle, none over another and none beyond it."""
    if places(table) is None:
        return False
    area = sum(cell.rows * cell.columns for row in table.rows for cell in row.cells)
    below = any(
        number + cell.rows > len(table.rows)
        for number, row in enumerate(table.rows)
        for cell in row.cells
    )
    return not below and area == width(table) * len(table.rows)


def evened(table: Table) -> Table:
    """The table without spans, its rows filled up with empty cells."""
    most = max(len(row.cells) for row in table.rows)
    rows = tuple(
        replace(
            row,
            cells=(
                *(replace(cell, columns=1, rows=1) for cell in row.cells),
                *[Cell()] * (most - len(row.cells)),
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)
