"""Side by side: a list of two columns, in which what differs is marked and the rest is folded."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import Index
from motion_desk.ui.test.side_drawing import ROW, SideDelegate
from motion_desk.ui.test.side_rows import Row
from motion_desk.ui.theme import Theme


class Rows(QAbstractListModel):
    """The rows of a list of two columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class SideBySide(QListView):
    """Shows rows of two columns, as high as they need; what is around it scrolls.

    ``folded`` names the fold that a person clicked, or chose by Enter or the space bar; ``came``
    brings the place of the row to which the keys led, to be brought into view.
    """

    folded = Signal(str)
    came = Signal(QRect)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setAccessibleName(tr("What differs, step by step"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self._model = Rows(self)
        self.setModel(self._model)
        self._delegate = SideDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._fold)
        self.selectionModel().currentChanged.connect(self._come)
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown, in order."""
        return self._model.rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the current one stays where it was."""
        if rows == self.rows:
            return
        place = self.currentIndex().row()
        self._model.show(rows)
        if 0 <= place < len(rows):
            self.setCurrentIndex(self._model.index(place))
        self._fit()

    def place_of_first(self) -> QRect:
        """Where the rows of the first difference are; empty where there is none."""
        found = QRect()
        for number, row in enumerate(self.rows):
            if row.marked or (row.first and not found.isNull()):
                found = found.united(self.visualRect(self._model.index(number)))
            elif not found.isNull():
                break
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Be as high as all rows are at this width."""
        width, font = self.width(), self.font()
        heights = (self._delegate.height(row, width, font) for row in self.rows)
        self.setFixedHeight(sum(heights) + 2)
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._fold(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _fold(self, index: QModelIndex) -> None:
        if index.isValid() and (fold := self.rows[index.row()].fold):
            self.folded.emit(fold)

    def _come(self, index: QModelIndex) -> None:
        if index.isValid() and self.hasFocus():
            self.came.emit(self.visualRect(index))
