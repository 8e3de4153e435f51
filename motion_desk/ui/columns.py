"""Columns: gives those of a table their widths, and takes away those for which there is no room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QTableView


@dataclass(frozen=True, slots=True)
class Width:
    """Pixels that a column needs, and which share it has in what is left of the table."""

    least: int
    share: int = 0


def widths(room: int, columns: Mapping[int, Width]) -> Mapping[int, int]:
    """The width of each column in ``room`` pixels; more than that where they need it."""
    shares = sum(each.share for each in columns.values())
    left = max(0, room - sum(each.least for each in columns.values()))
    found = {
        column: each.least + (left * each.share // shares if shares else 0)
        for column, each in columns.items()
    }
    last = next((column for column in reversed(found) if columns[column].share), None)
    if last is not None:  # what dividing has lost
        found[last] += max(0, room - sum(found.values()))
    return found


def lay_out(table: QTableView, columns: Mapping[int, Width]) -> None:
    """Show these columns, from left to right, and none of the others, in the room there is."""
    header = table.horizontalHeader()
    for column in range(header.count()):
        if header.isSectionHidden(column) is not (column not in columns):
            header.setSectionHidden(column, column not in columns)
    for place, column in enumerate(columns):
        if header.visualIndex(column) != place:
            header.moveSection(header.visualIndex(column), place)
    for column, width in widths(table.viewport().width(), columns).items():
        if header.sectionSize(column) != width:
            header.resizeSection(column, width)
