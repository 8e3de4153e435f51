"""The board's model: the lines of all accounts, of which only those that differ are drawn again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from motion_desk.ui.board.lines import HINTS, TITLES, Cell, Column, Filter, Line
from motion_desk.ui.form.words import tr

Index = QModelIndex | QPersistentModelIndex
CELL, ORDER, FILTERS, LINE = (Qt.ItemDataRole.UserRole + number for number in range(4))


class Lines(QAbstractTableModel):
    """The lines in the order of the accounts; ``show`` is the only way in which they change."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines and no others."""
        before, self._lines = self._lines, lines
        if [_account(line) for line in before] != [_account(line) for line in lines]:
            self._lines = before
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        places = [
            place
            for place, (old, new) in enumerate(zip(before, lines, strict=True))
            if old is not new and (old.cells != new.cells or old.filters != new.filters)
        ]
        for first, last in _together(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role == FILTERS:
            return "".join(f"[{each.word}]" for each in line.filters)
        cell: Cell = line.cells[index.column()]
        if role == CELL:
            return cell
        if role == ORDER:
            return cell.order
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.below or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (cell.text, cell.below)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[Column(section)])
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = HINTS.get(Column(section))
            return tr(hint) if hint else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class Sorted(QSortFilterProxyModel):
    """The lines sorted by a column, and narrowed down by a filter.

    Both compare values that a line has ready, so that Qt does it without asking Python to.
    """

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.setSourceModel(lines)
        self.setSortRole(ORDER)
        self.setFilterRole(FILTERS)

    def narrow(self, chosen: Filter) -> None:
        """Show the lines that belong to this one only."""
        self.setFilterFixedString(f"[{chosen.word}]")

    def line(self, index: Index) -> Line | None:
        """The line at an index."""
        found = index.data(LINE) if index.isValid() else None
        return found if isinstance(found, Line) else None


def _together(places: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of places without a gap."""
    first = 0
    for number, place in enumerate(places, 1):
        if number == len(places) or places[number] != place + 1:
            yield places[first], place
            first = number


def _account(line: Line) -> str:
    return line.subject.account
