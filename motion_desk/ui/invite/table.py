"""The table of people: chosen by clicks and keys, edited in place, links never in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from motion_desk.ui.board.drawing import Drawing, height
from motion_desk.ui.board.model import Index
from motion_desk.ui.columns import Width, lay_out, widths
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import Column, State
from motion_desk.ui.invite.found import Found
from motion_desk.ui.invite.model import People
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.theme import Theme

WIDE, MIDDLE = 760, 600
"""Pixels from which on all columns have room, and from which on all but the user name have."""
LEAST, MOST = 2, 6
"""Lines for which there is room; more can be scrolled to."""
HEAD = 34
"""Pixels of the titles, with the frame."""


class PeopleTable(QTableView):
    """Shows people. ``turned`` tells that others are chosen, ``unwanted`` that they are to go."""

    turned = Signal()
    unwanted = Signal()

    def __init__(self, people: People, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invite:people")
        self.setAccessibleName(tr("People who can be invited"))
        self._people = people
        self._found = Found(people)
        self.setModel(self._found)
        self.setItemDelegate(_Editing(theme, self))
        lay_plain(self, height(self.fontMetrics().height()))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        across = self.horizontalHeader()
        across.setSectionsClickable(True)
        across.setSortIndicatorClearable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sortIndicatorChanged.connect(self._arrange)
        theme.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Be as high as the people need, within bounds, and show the columns that they fill."""
        lines = max(LEAST, min(MOST, self._found.rowCount()))
        bar = self.horizontalScrollBar()
        more = bar.sizeHint().height() if self._lay_out() else 0
        wanted = lines * self.verticalHeader().defaultSectionSize() + HEAD + more
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def look_for(self, text: str) -> None:
        """Show those only whose lines hold a text; whoever is not shown is not chosen."""
        self._found.setFilterFixedString(text.strip())

    @property
    def count(self) -> int:
        """How many people are shown."""
        return self._found.rowCount()

    @property
    def chosen(self) -> tuple[State, ...]:
        """Who is chosen, in the order of the table."""
        # By ranges: to name the rows, Qt would ask the model five times for each of them.
        found = self.selectionModel().selection()
        ranges = [(found.at(n).top(), found.at(n).bottom()) for n in range(found.count())]
        rows = sorted({row for first, last in ranges for row in range(first, last + 1)})
        return tuple(self._people.state(self._row(row)) for row in rows)

    @property
    def current(self) -> State | None:
        """The person that the keyboard is at, while they are chosen."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isRowSelected(index.row()):
            return self._people.state(self._row(index.row()))
        return None

    def _row(self, shown: int) -> int:
        """The person's row behind a row that is shown."""
        if self._found.rowCount() == self._people.rowCount():
            return shown
        return self._found.mapToSource(self._found.index(shown, 0)).row()

    def choose(self, rows: list[int]) -> None:
        """Choose the people in these rows as far as they are shown, and nobody else."""
        if self._found.rowCount() != self._people.rowCount():
            wanted = set(rows)
            rows = [n for n in range(self._found.rowCount()) if self._row(n) in wanted]
        found = QItemSelection()
        last = self._found.columnCount() - 1
        # Qt compares each range with all others: a thousand of them would take a quarter second.
        for first, end in _ranges(rows):
            found.append(
                QItemSelectionRange(self._found.index(first, 0), self._found.index(end, last))
            )
        selection = self.selectionModel()
        if rows:
            keyboard = self._found.index(rows[0], 0)
            selection.setCurrentIndex(keyboard, selection.SelectionFlag.NoUpdate)
        selection.select(found, selection.SelectionFlag.ClearAndSelect)

    def _arrange(self, column: int, order: Qt.SortOrder) -> None:
        """Sort the people by a column; who is chosen stays so."""
        numbers = {state.listed.number for state in self.chosen}
        current = self.current
        self._people.arrange(column, descending=order is Qt.SortOrder.DescendingOrder)
        listed = self._people.listed
        self.choose([row for row, each in enumerate(listed) if each.number in numbers])
        if current is not None:
            row = next(n for n, each in enumerate(listed) if each.number == current.listed.number)
            index = self._found.mapFromSource(self._people.index(row, 0))
            selection = self.selectionModel()
            selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def edit_row(self, row: int) -> None:
        """Bring a person to the screen and edit their name."""
        self.choose([row])
        index = self._found.mapFromSource(self._people.index(row, Column.NAME))
        self.scrollTo(index)
        self.setFocus()
        self.edit(index)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.turned.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() is not QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # it stops what is being sent
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> bool:
        """Give each column its width, and hide those of the usual ones for which there is no room.

        What people fill beyond those can be scrolled to where it has no room; gives whether that
        is so.
        """
        width, measured = self.viewport().width(), self.fontMetrics().horizontalAdvance
        few = self._people.columns
        shown = [
            column
            for column in few
            if not (column == Column.USERNAME and width < WIDE)
            and not (column == Column.ROLE and width < MIDDLE)
        ]
        fixed = {
            Column.NAME: Width(150 if width >= MIDDLE else 135),
            Column.USERNAME: Width(measured("j.weissenboeck") + 16),
            Column.ADDRESS: Width(150, 1),
            Column.ROLE: Width(measured(tr("Supervisor")) + 16),
            Column.INTERNAL: Width(measured("+41 44 123") + 16),
            Column.ALIAS: Width(measured("Customer care") + 16),
            Column.LINK: Width(measured(tr("has a link")) + 16),
            Column.STATE: Width(190, 1),
        }
        title = Qt.Orientation.Horizontal
        columns = {
            column: fixed[Column(column)]
            if column < len(Column)
            else Width(max(90, min(180, measured(str(self._found.headerData(column, title))) + 24)))
            for column in shown
        }
        needs_more = sum(each.least for each in columns.values()) > width
        if needs_more:
            usual = {column: each for column, each in columns.items() if column <= Column.STATE}
            columns |= {column: Width(pixels) for column, pixels in widths(width, usual).items()}
        lay_out(self, columns)
        return needs_more


def _ranges(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Rows in ascending order as ranges, each by its first and last row."""
    for _, group in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        together = [row for _, row in group]
        yield together[0], together[-1]


class _Editing(Drawing):
    """Draws the cells, and edits them on one line; a link is masked while it is typed."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("invite:editor")
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title))
        if index.column() == Column.LINK:
            editor.setEchoMode(QLineEdit.EchoMode.Password)
            editor.setPlaceholderText(tr("Paste the link"))
        let_undo_through(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
