"""The table of conversations: sorted where the archive can, its columns chosen and their widths kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from motion_desk.services.interactions.query import LABELS, SORTABLE, Column
from motion_desk.ui import preferences
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.columns import COLUMNS, PLACE, SAMPLES, SUBJECT, Line
from motion_desk.ui.interactions.drawing import LEFT, RIGHT, SIDE, CellDrawing, height
from motion_desk.ui.interactions.model import Conversations, Index
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.theme import Theme

NAME = "interactions"
"""Under which the columns are kept among the preferences."""
LEAST = 30
"""Pixels: the least width of any column."""


class ConversationTable(QTableView):
    """Shows the model's lines one below another.

    ``turned`` tells that another line is current, ``opened`` that it is wanted by a double click or
    Enter, and ``sorted`` by which column and whether from the end the list is wanted.
    """

    turned = Signal()
    opened = Signal()
    sorted = Signal(object, bool)

    def __init__(self, model: Conversations, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:table")
        self.setAccessibleName(tr("Conversations of the account"))
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellDrawing(model, theme, self))
        lay_plain(self, height(self.fontMetrics().height()))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        across = self.horizontalHeader()
        across.setSectionResizeMode(across.ResizeMode.Interactive)
        across.setMinimumSectionSize(LEAST)
        across.setIconSize(QSize(SIDE, SIDE))
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.sectionClicked.connect(self._sort)
        across.sectionResized.connect(self._note_width)
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(self._offer_columns)
        theme.changed.connect(self.viewport().update)
        self.doubleClicked.connect(self.opened)
        bold = QFont(self.font())
        bold.setBold(True)
        self._bold = QFontMetrics(bold)  # unread lines need the most room
        self._chosen: frozenset[Column] | None = None
        self._widths: dict[Column, int] = {}
        self._setting = False
        self._restore()
        self.show_order(Column.LAST, descending=True)

    # What is shown

    @property
    def current(self) -> Line | None:
        """The line that the keyboard is at, where it has come."""
        index = self.currentIndex()
        return self._model.known(index.row()) if index.isValid() else None

    def show_order(self, column: Column, *, descending: bool) -> None:
        """Mark the column by which the list is sorted."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(PLACE[column], order)
        self._order = (column, descending)

    def _sort(self, place: int) -> None:
        column = COLUMNS[place]
        if column not in SORTABLE:
            self.show_order(self._order[0], descending=self._order[1])
            return
        was, descending = self._order
        # Of times the newest are wanted first, of all else the beginning of the alphabet.
        first = column in (Column.STARTED, Column.LAST, Column.ID)
        wanted = not descending if column is was else first
        self.show_order(column, descending=wanted)
        self.sorted.emit(column, wanted)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # it stops what is read
        else:
            super().keyPressEvent(event)

    # Columns

    def fill_columns(self, menu: QMenu) -> None:
        """Fill a menu with the columns, those that are shown ticked."""
        menu.clear()
        for column in COLUMNS:
            if column is Column.SUBJECT:
                continue  # which takes the room that the others leave
            action = menu.addAction(tr(LABELS[column]))
            action.setObjectName(f"interactions:column-{column.value}")
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(PLACE[column]))
            action.toggled.connect(lambda on, column=column: self._choose(column, on))
        menu.addSeparator()
        usual = menu.addAction(tr("All columns, as wide as there is room for"), self._choose_usual)
        usual.setObjectName("interactions:column-usual")

    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _choose(self, column: Column, on: bool) -> None:
        shown = {each for each in COLUMNS if not self.isColumnHidden(PLACE[each])}
        self._chosen = frozenset(shown | {column} if on else shown - {column})
        self._keep()
        self._lay_out()

    def _choose_usual(self) -> None:
        self._chosen = None
        self._widths.clear()
        self._keep()
        self._lay_out()

    def _note_width(self, place: int, _: int, width: int) -> None:
        """Keep a width that a person gave a column."""
        if not self._setting and width and place != SUBJECT:
            self._widths[COLUMNS[place]] = width
            self._keep()
            self._fit_subject()

    def _restore(self) -> None:
        kept = preferences.columns(NAME)
        names = {column.value: column for column in COLUMNS}
        self._widths = {names[n]: w for n, w in kept.widths.items() if n in names and w >= LEAST}
        if kept.shown is not None:
            known = {names[n] for n in kept.shown if n in names}
            self._chosen = frozenset(known | {Column.SUBJECT})

    def _keep(self) -> None:
        shown = (
            None
            if self._chosen is None
            else [each.value for each in COLUMNS if each in self._chosen]
        )
        widths = {column.value: width for column, width in self._widths.items()}
        preferences.keep_columns(NAME, preferences.Columns(shown, widths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = self.visualRect(self.currentIndex())
        self._lay_out()
        before, now = event.oldSize().height(), event.size().height()
        if now < current.bottom() < before:  # what is read would go out of view
            self.scrollTo(self.currentIndex())

    def _lay_out(self) -> None:
        """Give each column its width: more where there is room, and what it needs where there is not.

        Where even that is too much, the table can be scrolled to the columns at the right.
        """
        shown = [each for each in COLUMNS if self._chosen is None or each in self._chosen]
        ranges = {column: self._range(column) for column in shown}
        least, most = (sum(each[end] for each in ranges.values()) for end in (0, 1))
        room = min(max(self.viewport().width(), least), most)
        share = (room - least) / (most - least) if most > least else 0.0
        self._setting = True
        for column in COLUMNS:
            self.setColumnHidden(PLACE[column], column not in ranges)
            if column in ranges:
                low, high = ranges[column]
                self.setColumnWidth(PLACE[column], low + int((high - low) * share))
        self._setting = False
        self._fit_subject()

    def _range(self, column: Column) -> tuple[int, int]:
        """The least and the most width that a column is given; a person's own is both."""
        if column in self._widths and column is not Column.SUBJECT:
            return self._widths[column], self._widths[column]
        beside = LEFT + RIGHT
        if column is Column.WATCHING:
            beside += SIDE
        low, high = (self._bold.horizontalAdvance(each) + beside for each in SAMPLES[column])
        return max(low, LEAST), max(high, LEAST)

    def _fit_subject(self) -> None:
        """Let the subject be as wide as the others leave room for."""
        others = sum(self.columnWidth(n) for n in range(len(COLUMNS)) if n != SUBJECT)
        least, _ = self._range(Column.SUBJECT)
        self._setting = True
        self.setColumnWidth(SUBJECT, max(least, self.viewport().width() - others))
        self._setting = False
