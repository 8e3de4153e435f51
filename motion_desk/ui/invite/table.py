"""The table of people: chosen by clicks and keys, edited in place, links never in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from motion_desk.ui.board.drawing import Drawing, height
from motion_desk.ui.board.model import Index
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import Column, State
from motion_desk.ui.invite.model import People
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
        self.setProperty("role", "board")
        self.setAccessibleName(tr("People who can be invited"))
        self._people = people
        self.setModel(people)
        self.setItemDelegate(_Editing(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(height(self.fontMetrics().height()))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in (Column.ADDRESS, Column.STATE):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._room = -1
        theme.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Be as high as the people need, within bounds."""
        lines = max(LEAST, min(MOST, self._people.rowCount()))
        wanted = lines * self.verticalHeader().defaultSectionSize() + HEAD
        if wanted != self.height():
            self.setFixedHeight(wanted)

    @property
    def chosen(self) -> tuple[State, ...]:
        """Who is chosen, in the order of the table."""
        # By ranges: to name the rows, Qt would ask the model five times for each of them.
        found = self.selectionModel().selection()
        ranges = [(found.at(n).top(), found.at(n).bottom()) for n in range(found.count())]
        rows = sorted({row for first, last in ranges for row in range(first, last + 1)})
        return tuple(self._people.state(row) for row in rows)

    @property
    def current(self) -> State | None:
        """The person that the keyboard is at, while they are chosen."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isRowSelected(index.row()):
            return self._people.state(index.row())
        return None

    def choose(self, rows: list[int]) -> None:
        """Choose the people in these rows, and nobody else."""
        found = QItemSelection()
        last = len(Column) - 1
        # Qt compares each range with all others: a thousand of them would take a quarter second.
        for first, end in _ranges(rows):
            found.append(
                QItemSelectionRange(self._people.index(first, 0), self._people.index(end, last))
            )
        selection = self.selectionModel()
        if rows:
            keyboard = self._people.index(rows[0], 0)
            selection.setCurrentIndex(keyboard, selection.SelectionFlag.NoUpdate)
        selection.select(found, selection.SelectionFlag.ClearAndSelect)

    def edit_row(self, row: int) -> None:
        """Bring a person to the screen and edit their name."""
        index = self._people.index(row, Column.NAME)
        self.choose([row])
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

    def _lay_out(self) -> None:
        """Give each column its width, and hide those for which there is no room."""
        width = self.viewport().width()
        room = sum(width >= each for each in (WIDE, MIDDLE))
        if room == self._room:
            return
        self._room = room
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.resizeSection(Column.NAME, (135, 150, 150)[room])
        for column, sample in (
            (Column.USERNAME, "j.weissenboeck"),
            (Column.ROLE, tr("Supervisor")),
            (Column.LINK, tr("has a link")),
        ):
            header.resizeSection(column, metrics.horizontalAdvance(sample) + 16)
        self.setColumnHidden(Column.USERNAME, room < 2)
        self.setColumnHidden(Column.ROLE, room < 1)


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
