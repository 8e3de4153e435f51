"""The table's model: knows how many conversations there are, and of them the pages looked at last."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from motion_desk.services.interactions.query import LABELS, ROWS_A_PAGE, Column
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions.columns import COLUMNS, HINTS, Line

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
KEPT = 24
"""Pages that are remembered: 6,144 lines, some 6 MB."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one page, by its number from 0, of the list that ``edition`` numbers."""

    edition: int
    number: int
    lines: tuple[Line, ...]


class Conversations(QAbstractTableModel):
    """Shows a list of ``count`` lines, of which it is given pages when it says ``wanted``.

    There is no object for a row: a line that has not come yet is drawn as a placeholder. ``wanted``
    names pages that are looked at, the one looked at last first; what was wanted but is looked at
    no longer when its turn comes need not be given.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._count = 0
        self._edition = 0
        self._pages: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        self._missing: dict[int, None] = {}
        # Qt asks line by line while it draws; the archive is asked once for all of them.
        self._soon = QTimer(self)
        self._soon.setObjectName("interactions-wanted")
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell_wanted)

    @property
    def edition(self) -> int:
        """The number of the list that is shown; pages of others are not taken."""
        return self._edition

    def show_list(self, count: int, first: tuple[Line, ...] = ()) -> None:
        """Show another list, of which the first page may be known already."""
        self.beginResetModel()
        self._count = count
        self._edition += 1
        self._pages.clear()
        self._missing.clear()
        if first:
            self._pages[0] = first
        self.endResetModel()

    def put(self, page: Lines) -> None:
        """Take a page; one of another list is left out."""
        if page.edition != self._edition:
            return
        self._pages[page.number] = page.lines
        self._pages.move_to_end(page.number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = page.number * ROWS_A_PAGE
        last = min(self._count, first + ROWS_A_PAGE) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def line(self, row: int) -> Line | None:
        """The line in a row; ``None`` where its page has not come yet, which is then wanted."""
        number, place = divmod(row, ROWS_A_PAGE)
        page = self._pages.get(number)
        if page is None:
            self._missing.pop(number, None)
            self._missing[number] = None
            if not self._soon.isActive():
                self._soon.start()
            return None
        return page[place] if place < len(page) else None

    def known(self, row: int) -> Line | None:
        """The line in a row where its page is here; nothing is wanted by asking."""
        page = self._pages.get(row // ROWS_A_PAGE)
        place = row % ROWS_A_PAGE
        return page[place] if page is not None and place < len(page) else None

    def row_of(self, number: int) -> int:
        """The row of a conversation among the pages that are here; -1 where it is in none."""
        for page, lines in self._pages.items():
            for place, line in enumerate(lines):
                if line.conversation.number == number:
                    return page * ROWS_A_PAGE + place
        return -1

    def grow(self, count: int) -> None:
        """Let the same list be longer: more of it was counted."""
        if count > self._count:
            self.beginInsertRows(_NO_PARENT, self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def _tell_wanted(self) -> None:
        missing, self._missing = [*reversed(self._missing)], {}
        self.wanted.emit(tuple(missing))

    def close(self) -> None:
        """Want nothing any more."""
        self._soon.stop()

    # What Qt asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _TOLD:
            return None
        line = self.line(index.row())
        if line is None:
            return tr("Reading…") if role == Qt.ItemDataRole.AccessibleTextRole else None
        column = index.column()
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.texts[column] or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken(column)
        return line.texts[column]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            is_sign = COLUMNS[section] is Column.WATCHING  # the column is as narrow as an icon
            return "" if is_sign else tr(LABELS[COLUMNS[section]])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(LABELS[COLUMNS[section]])
        if role == Qt.ItemDataRole.DecorationRole and COLUMNS[section] is Column.WATCHING:
            return icon("eye")
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = HINTS.get(COLUMNS[section])
            return tr(hint) if hint else None
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


_TOLD = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
