"""The table menu: a table of a chosen size, and rows and columns of the one at the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from motion_desk.models.engines import table_changes
from motion_desk.models.engines.html_blocks import Table
from motion_desk.ui.editors.table_document import Spot

SIZES = ((2, 2), (3, 2), (3, 3), (4, 2), (4, 4), (6, 3))
"""Rows and columns that are offered for a new table."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """A change of the table at the cursor; ``act`` gives none where nothing of it is left.

    ``down`` and ``right`` say to which cell the cursor goes, from where it stood.
    """

    text: str
    act: Callable[[Table, Spot], Table | None]
    down: int = 0
    right: int = 0


CHANGES = (
    TableChange("Row above", lambda table, spot: table_changes.with_row(table, spot.row)),
    TableChange(
        "Row below", lambda table, spot: table_changes.with_row(table, spot.row + 1), down=1
    ),
    TableChange(
        "Column to the left", lambda table, spot: table_changes.with_column(table, spot.column)
    ),
    TableChange(
        "Column to the right",
        lambda table, spot: table_changes.with_column(table, spot.column + 1),
        right=1,
    ),
    TableChange("Delete row", lambda table, spot: table_changes.without_row(table, spot.row)),
    TableChange(
        "Delete column", lambda table, spot: table_changes.without_column(table, spot.column)
    ),
    TableChange("Delete table", lambda table, spot: None),
)


def fill(
    menu: QMenu,
    within: bool,
    insert: Callable[[Table], None],
    change: Callable[[TableChange], None],
) -> None:
    """Fill a menu: sizes of a new table, or else what can be done ``within`` the one there is."""
    menu.clear()
    if not within:
        for rows, columns in SIZES:
            text = _tr("{} rows, {} columns").format(rows, columns)
            menu.addAction(text, partial(insert, table_changes.new_table(rows, columns)))
        return
    for number, each in enumerate(CHANGES):
        if number in (2, 4):
            menu.addSeparator()
        menu.addAction(_tr(each.text), partial(change, each))


def _tr(text: str) -> str:
    return QCoreApplication.translate("TableMenu", text)
