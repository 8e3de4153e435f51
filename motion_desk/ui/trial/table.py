"""The matrix's table: messages stay on the left while the rules are scrolled across."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.theme import Theme
from motion_desk.ui.trial.drawing import MatrixDrawing, height
from motion_desk.ui.trial.lines import Line, Matrix
from motion_desk.ui.trial.model import FIRST_RULE, Column, Index, MatrixModel

NARROW = 28
"""Pixels of a rule's column with a number of two digits."""
LEAST = 150
"""Pixels of the messages' column, from which on the rules are scrolled across."""
LINES = (4, 9)
"""The least and the most lines that the table is high; more are scrolled."""


class MatrixTable(QTableView):
    """Shows the matrix; ``turned`` tells that another message or rule is chosen."""

    turned = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trial:matrix")
        self.setAccessibleName(tr("Messages and rules"))
        self.rows = MatrixModel(self)
        self._frozen = QTableView(self)
        self._is_settling = False
        for view in (self, self._frozen):
            _dress(view, self.rows)
            words = view is self._frozen
            view.setItemDelegate(MatrixDrawing(theme, view, words=words))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._freeze()
        theme.changed.connect(self._repaint)

    def _freeze(self) -> None:
        """Lay a second view of the first columns over this one."""
        frozen = self._frozen
        frozen.setObjectName("trial:messages")
        frozen.setSelectionModel(self.selectionModel())
        # Before the proxy is set: a policy that is set behind it is set to the proxy too.
        frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frozen.setFocusProxy(self)
        frozen.setProperty("role", "frozen")
        frozen.setFrameShape(QFrame.Shape.NoFrame)
        frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(frozen.verticalScrollBar().setValue)
        # It shows no more than the first columns, and stays there whatever is chosen.
        across = frozen.horizontalScrollBar()
        across.valueChanged.connect(lambda _: across.setValue(0))
        frozen.setAutoScroll(False)
        self.horizontalHeader().sectionResized.connect(self._resize_frozen)
        self.viewport().stackUnder(frozen)
        frozen.show()

    # What is shown

    def show_matrix(self, matrix: Matrix) -> None:
        """Show this matrix; the messages that are chosen stay so."""
        keys, row, column = self.chosen_keys, self._key(), self.currentIndex().column()
        rule = self.rule
        at = self.verticalScrollBar().value()
        self._is_settling = True  # or it would say for a moment that nothing is chosen
        self.rows.show(matrix)
        if not self.currentIndex().isValid() and matrix.lines:
            self._choose_again(keys, row, rule, column)
            self.verticalScrollBar().setValue(at)
        self._is_settling = False
        self._lay_out()
        self.turned.emit()

    def grow(self, first: int) -> None:
        """Show judgements that have come from a line on."""
        self.rows.grow(first)
        self.turned.emit()

    def _choose_again(self, keys: frozenset[str], key: str, rule: str, column: int) -> None:
        matrix = self.rows.matrix
        places = {line.key: row for row, line in enumerate(matrix.lines)}
        row = places.get(key, 0)
        number = matrix.number(rule)
        column = FIRST_RULE + number - 1 if number else min(max(column, 0), FIRST_RULE - 1)
        self._choose_rows({places[each] for each in keys if each in places} or {row}, row, column)

    def choose(self, key: str, rule: str = "") -> None:
        """Choose one message by its key, and a rule by its id."""
        matrix = self.rows.matrix
        for row, line in enumerate(matrix.lines):
            if line.key == key:
                number = matrix.number(rule)
                column = FIRST_RULE + number - 1 if number else int(Column.MESSAGE)
                self._choose_rows({row}, row, column)
                self.scrollTo(self.rows.index(row, column))

    def _choose_rows(self, rows: Iterable[int], current: int, column: int) -> None:
        model, found = self.rows, QItemSelection()
        last = model.columnCount() - 1
        for row in rows:
            found.select(model.index(row, 0), model.index(row, last))
        none = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(model.index(current, column), none)
        self.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # What is chosen

    @property
    def row(self) -> int:
        """The row of the message that the keyboard is at; -1 where there is none."""
        return self.currentIndex().row()

    @property
    def line(self) -> Line | None:
        """The message that the keyboard is at."""
        return self.rows.line(self.row)

    @property
    def rule(self) -> str:
        """The id of the rule whose column the keyboard is at; empty at the columns before."""
        place = self.currentIndex().column() - FIRST_RULE
        rules = self.rows.matrix.rules
        return rules[place].id if 0 <= place < len(rules) else ""

    @property
    def chosen(self) -> tuple[Line, ...]:
        """The messages that are chosen, from top to bottom."""
        # By ranges, for Qt's own list of rows asks each of a hundred columns.
        found = self.selectionModel().selection()
        ranges = [found.at(number) for number in range(found.count())]
        places = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
        return tuple(line for place in places if (line := self.rows.line(place)))

    @property
    def chosen_keys(self) -> frozenset[str]:
        """The keys of the messages that are chosen."""
        return frozenset(line.key for line in self.chosen)

    def _key(self) -> str:
        line = self.line
        return line.key if line else ""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_settling:
            self.turned.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._uncover(current)
        if not self._is_settling:
            self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # it stops what runs
        else:
            super().keyPressEvent(event)

    # The layout

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        self._uncover(index)

    def _uncover(self, index: Index) -> None:
        """Scroll a rule's column out from behind the messages."""
        if index.column() < FIRST_RULE:
            return
        hidden = self._frozen.width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each column its width, and the table the height of its lines."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        room = self.viewport().width()
        verdict = metrics.horizontalAdvance("but must be rejected") + 40
        decided = max(metrics.horizontalAdvance(text) for text in ("Decided by", "rule 100")) + 18
        rules = max(0, self.rows.columnCount() - FIRST_RULE)
        wanted = room - verdict - decided - rules * NARROW
        widths = {
            Column.MESSAGE: max(LEAST, wanted),
            Column.VERDICT: verdict,
            Column.DECIDED: decided,
        }
        for column, width in widths.items():
            if column < self.rows.columnCount() and header.sectionSize(column) != width:
                header.resizeSection(column, width)
        least, most = LINES
        count = min(max(self.rows.rowCount(), least), most)
        line = self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height() if wanted < LEAST else 0
        self.setFixedHeight(header.sizeHint().height() + count * line + bar + 2 * self.frameWidth())
        self._place_frozen()

    def _place_frozen(self) -> None:
        frozen, frame = self._frozen, self.frameWidth()
        width = sum(self.columnWidth(column) for column in range(FIRST_RULE))
        head = self.horizontalHeader().height()
        width = min(width, self.viewport().width())
        frozen.setGeometry(frame, frame, width, self.viewport().height() + head)

    def _resize_frozen(self, column: int, _: int, width: int) -> None:
        if column < FIRST_RULE:
            self._frozen.setColumnWidth(column, width)

    def _repaint(self) -> None:
        self.viewport().update()
        self._frozen.viewport().update()


def _dress(view: QTableView, model: MatrixModel) -> None:
    """What both views have in common."""
    view.setModel(model)
    lay_plain(view, height(view.fontMetrics().height()))
    across = view.horizontalHeader()
    across.setMinimumSectionSize(20)
    across.setDefaultSectionSize(NARROW)
