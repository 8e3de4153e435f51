"""The board's table: sorted by a click on a title, opened by a double click or Enter."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from motion_desk.ui.board.drawing import Drawing, height
from motion_desk.ui.board.lines import Column, Filter, Line
from motion_desk.ui.board.model import Index, Lines, Sorted
from motion_desk.ui.columns import Width, lay_out
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.theme import Theme

WIDE, MIDDLE = 960, 690
"""Pixels from which on all columns have room, and from which on all but some words have.

In less, one column stands for the three of days, and the results of both protocols stand in words
below the verdict.
"""
_DAYS = (Column.CERTIFICATE, Column.SECRET, Column.REVIEW)
_PROBES = (Column.IMAP, Column.SMTP)
_SAMPLES = {
    Column.PROVED: "2026-12-30",
    Column.CERTIFICATE: "2026-12-30",
    Column.SECRET: "2026-12-30",
    Column.REVIEW: "2026-12-30",
    Column.NEXT: "Client secret ↓",
}
"""What must fit into each column."""


class BoardTable(QTableView):
    """Shows lines; ``opened`` names an account and the column that was meant by opening it."""

    opened = Signal(str, object)
    turned = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board:table")
        self.setAccessibleName(tr("All accounts"))
        self._lines = Lines(self)
        self.sorted = Sorted(self._lines)
        self.setModel(self.sorted)
        self.setItemDelegate(Drawing(theme, self))
        lay_plain(self, height(self.fontMetrics().height()))
        across = self.horizontalHeader()
        across.setMinimumSectionSize(40)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.ACCOUNT, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these lines; those that are chosen stay so."""
        chosen, current = self.chosen, self.current
        self._lines.show(lines)
        if chosen and not self.selectionModel().hasSelection():  # all was laid out anew
            self.choose(chosen, current.subject.account if current else "")

    def narrow(self, to: Filter) -> None:
        """Show the lines of one filter only."""
        self.sorted.narrow(to)

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that are shown, from top to bottom."""
        model = self.sorted
        found = (model.line(model.index(place, 0)) for place in range(model.rowCount()))
        return tuple(line for line in found if line)

    @property
    def chosen(self) -> frozenset[str]:
        """The accounts that are chosen."""
        found = (self.sorted.line(each) for each in self.selectionModel().selectedRows())
        return frozenset(line.subject.account for line in found if line)

    @property
    def current(self) -> Line | None:
        """The line that the keyboard is at, while it is chosen."""
        index = self.currentIndex()
        chosen = self.selectionModel().isRowSelected(index.row()) if index.isValid() else False
        return self.sorted.line(index) if chosen else None

    def choose(self, accounts: frozenset[str], current: str = "") -> None:
        """Choose accounts, of which one is where the keyboard is."""
        found = QItemSelection()
        last = len(Column) - 1
        for place, line in enumerate(self.shown):
            account = line.subject.account
            if account == current:
                self.selectionModel().setCurrentIndex(
                    self.sorted.index(place, 0), QItemSelectionModel.SelectionFlag.NoUpdate
                )
            if account in accounts:
                found.select(self.sorted.index(place, 0), self.sorted.index(place, last))
        self.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.turned.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # it stops a test
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        line = self.sorted.line(index)
        if line is None:
            return
        column = Column(index.column())
        if column is Column.NEXT and line.next_column is not None:
            column = line.next_column
        self.opened.emit(line.subject.account, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each column its width, and hide those for which there is no room."""
        width, measured = self.viewport().width(), self.fontMetrics().horizontalAdvance
        room = sum(width >= each for each in (WIDE, MIDDLE))
        found = {column: Width(measured(sample) + 18) for column, sample in _SAMPLES.items()}
        for column in _PROBES:
            words = measured("Warnings") + 40 if room == 2 else 0
            found[column] = Width(words or measured(column.name) + 14)
        found[Column.ACCOUNT] = Width((150, 160, 210)[room])
        found[Column.RESULT] = Width(80, 1)
        hidden = (Column.NEXT,) if room else (*_DAYS, *_PROBES)
        lay_out(self, {column: found[column] for column in Column if column not in hidden})
