"""The editor of several references: entries of the directory with a check mark each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from motion_desk.models.directory import Named

MANY = 10
"""Entries from which a search line helps."""
MOST_LINES = 6


class ReferencesEditor(QWidget):
    """Chooses entries of the directory; the order is that of the directory."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Named, ...] = ()
        self._value: tuple[str, ...] = ()
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._search.hide()
        self.list = QListWidget(self)
        self.list.setProperty("role", "field")
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemChanged.connect(self._checked)
        self._none = QLabel(self.tr("The directory has none yet."), self)
        self._none.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self._search, self.list, self._none):
            layout.addWidget(widget)
        self.setFocusProxy(self.list)

    def show_entries(self, entries: tuple[Named, ...]) -> None:
        """Offer entries."""
        if entries != self._entries:
            self._entries = entries
            self._fill()

    def show_value(self, value: tuple[str, ...]) -> None:
        """Show which entries are chosen, also those that are retired or gone."""
        if value != self._value:
            self._value = value
            self._fill()
        self.list.setVisible(self.list.count() > 0)
        self._none.setVisible(self.list.count() == 0)
        self._search.setVisible(self.list.count() >= MANY)

    def set_read_only(self, on: bool) -> None:
        """Show the choice without letting it be changed."""
        self.list.setEnabled(not on)

    def _fill(self) -> None:
        top = self.list.verticalScrollBar().value()
        current = self.list.currentRow()
        self.list.clear()
        known = {entry.id for entry in self._entries}
        gone = tuple(Named(i, self.tr("(no such entry)")) for i in self._value if i not in known)
        for entry in (*self._entries, *gone):
            chosen = entry.id in self._value
            if entry.retired and not chosen:
                continue
            item = QListWidgetItem(entry.name)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, self.list.count() - 1))
        self.list.verticalScrollBar().setValue(top)
        self._filter(self._search.text())
        line = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(line * min(max(self.list.count(), 2), MOST_LINES) + 10)

    def _filter(self, text: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _checked(self, _: QListWidgetItem) -> None:
        chosen = tuple(
            self.list.item(place).data(Qt.ItemDataRole.UserRole)
            for place in range(self.list.count())
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        )
        if chosen != self._value:
            self._value = chosen
            self.edited.emit(chosen)
