"""Navigation lists: the accounts, and the sections of the open document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a navigation list. ``marks`` are pairs of an icon's name and a colour's name.

    ``apart``: it does not belong to the lines above it, so a rule is drawn between them.
    """

    id: str
    title: str
    subtitle: str = ""
    icon: str = ""
    count: int = 0
    count_colour: str = "muted"
    changed: bool = False
    dim: bool = False
    marks: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    apart: bool = False


APART = 15
"""Pixels between a line that stands apart and those above it."""


class Entries(QAbstractListModel):
    """The lines of a navigation list, in order; only lines that differ are drawn again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Show these entries and no others."""
        before = self._entries
        if [entry.id for entry in before] != [entry.id for entry in entries]:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
            return
        self._entries = entries
        for place, (old, new) in enumerate(zip(before, entries, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place(self, entry_id: str) -> int:
        """The position of an entry, from 0; -1 where there is none."""
        return next((n for n, entry in enumerate(self._entries) if entry.id == entry_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.hint or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (entry.title, entry.subtitle, entry.hint)))
        return None


class NavigationList(QListView):
    """A list whose chosen line decides what is on screen; ``chosen`` is for a person's choice."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._entries = Entries(self)
        self.setModel(self._entries)
        self.setItemDelegate(_Drawing(theme, self))
        self._current = ""
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: tuple[Entry, ...], current: str) -> None:
        """Show these entries with one of them chosen; nothing is emitted."""
        self._current = current
        self._entries.show(entries)
        place = self._entries.place(current)
        if self.currentIndex().row() != place:
            index = self._entries.index(place) if place >= 0 else QModelIndex()
            self.setCurrentIndex(index)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        # QListView's own lays out and paints every line, though none changes its size here.
        QAbstractItemView.dataChanged(self, top, bottom, roles)

    def entries(self) -> tuple[Entry, ...]:
        """The entries that are shown, in order."""
        model = self._entries
        return tuple(model.data(model.index(n), ENTRY) for n in range(model.rowCount()))  # type: ignore[misc]  # the role says which

    def choose(self, entry_id: str) -> None:
        """Choose an entry as a click on it does."""
        self.setCurrentIndex(self._entries.index(self._entries.place(entry_id)))

    def _moved(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry) and entry.id != self._current:
            self._current = entry.id
            self.chosen.emit(entry.id)


class _Drawing(QStyledItemDelegate):
    """Draws an entry: icon, title, line below it, marks, count, and a bar where it is changed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        line = option.fontMetrics.height()
        return QSize(80, (2 * line + 14 if entry.subtitle else line + 15) + APART * entry.apart)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Late: its hundreds of constants take 7 ms to make, and an empty list needs none.
        from PySide6.QtWidgets import QStyle

        entry: Entry = index.data(ENTRY)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect.adjusted(6, 1 + APART * entry.apart, -6, -1)
        if entry.apart:
            rule = QRect(place.left() + 4, option.rect.top() + APART // 2, place.width() - 8, 1)
            painter.fillRect(rule, QColor(colours.border))
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(place, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(place, 6, 6)
        if entry.changed:
            painter.fillRect(
                QRect(place.left(), place.top() + 6, 3, place.height() - 12), QColor(colours.accent)
            )
        left, right = place.left() + 11, place.right() - 9
        if entry.icon:
            colour = colours.muted if entry.dim else colours.text
            icon(entry.icon, colour).paint(painter, QRect(left, place.center().y() - 8, 17, 17))
            left += 27
        right = self._draw_right(painter, entry, place, right)
        self._draw_text(
            painter,
            option,
            entry,
            place.adjusted(left - place.left(), 0, right - place.right() - 6, 0),
        )
        painter.restore()

    def _draw_right(self, painter: QPainter, entry: Entry, place: QRect, right: int) -> int:
        colours = self._theme.colours
        if entry.count:
            text = str(entry.count)
            painter.setPen(QColor(getattr(colours, entry.count_colour)))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(
                QRect(right - width, place.top(), width, place.height()),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            right -= width + 8
        for name, colour in reversed(entry.marks):
            mark = QRect(right - 15, place.center().y() - 7, 15, 15)
            icon(name, getattr(colours, colour)).paint(painter, mark, mode=QIcon.Mode.Normal)
            right -= 20
        return right

    def _draw_text(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, place: QRect
    ) -> None:
        colours = self._theme.colours
        metrics = option.fontMetrics
        painter.setPen(QColor(colours.muted if entry.dim else colours.text))
        if not entry.subtitle:
            text = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            return
        half = place.height() // 2
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        title = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, place.width()
        )
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(place.adjusted(0, 0, 0, -half - 0), bottom, title)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        below = metrics.elidedText(entry.subtitle, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place.adjusted(0, half + 1, 0, 0), Qt.AlignmentFlag.AlignTop, below)
