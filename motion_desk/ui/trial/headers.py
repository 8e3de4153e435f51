"""All headers of a message, in a list that can be searched, however many there are."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.incoming import Header
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tables import lay_plain

Index = QModelIndex | QPersistentModelIndex
PLACE = Qt.ItemDataRole.UserRole
SEARCHED = Qt.ItemDataRole.UserRole + 1
SHOWN = 300
"""Characters of a header that a line shows; all of it stands above the list once it is chosen."""
HEIGHT = 190


class _Headers(QAbstractTableModel):
    """The headers in the message's order: name and content."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.headers: tuple[Header, ...] = ()

    def show(self, headers: tuple[Header, ...]) -> None:
        """Show these headers and no others."""
        self.beginResetModel()
        self.headers = headers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        header = self.headers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return header.decoded[:SHOWN] if index.column() else header.name
        if role == PLACE:
            return index.row()
        if role == SEARCHED:
            return f"{header.name}: {header.decoded}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("Content") if section else tr("Header")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class HeaderList(QWidget):
    """A field to search by and the list; ``chosen`` brings a header's position in the message."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _Headers(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterRole(SEARCHED)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit(self)
        self.search.setObjectName("trial:search")
        self.search.setPlaceholderText(tr("Find in all headers of this message"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QTableView(self)
        self.list.setObjectName("trial:headers")
        self.list.setAccessibleName(tr("All headers of this message"))
        self._dress()
        self._count = QLabel(self)
        self._count.setObjectName("trial:header-count")
        self._count.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addWidget(self._count)

    def _dress(self) -> None:
        view = self.list
        view.setModel(self._found)
        lay_plain(view, view.fontMetrics().height() + 8)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setFixedHeight(HEIGHT)
        across = view.horizontalHeader()
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        across.resizeSection(0, 190)
        view.selectionModel().currentChanged.connect(self._turn)

    def show_headers(self, headers: tuple[Header, ...]) -> None:
        """Show these headers, unless they are shown."""
        if headers is not self._model.headers:
            self._model.show(headers)
            self._say()

    def _filter(self, text: str) -> None:
        self._found.setFilterFixedString(text.strip())
        self._say()

    def _say(self) -> None:
        found, count = self._found.rowCount(), self._model.rowCount()
        if not count:
            text = tr("The message has no headers.")
        elif found == count:
            text = tr("{} headers").format(count) if count != 1 else tr("1 header")
        else:
            text = tr("{found} of {count} headers").format(found=found, count=count)
        self._count.setText(text)

    def _turn(self, current: Index, _: Index) -> None:
        if current.isValid():
            self.chosen.emit(int(current.data(PLACE)))
