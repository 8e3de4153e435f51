"""The list of days: drawn in two columns, opened by a click or Enter."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from motion_desk.ui.calendar.days import colours, distance
from motion_desk.ui.calendar.model import ITEM, Day, Heading, Index, Item, Items
from motion_desk.ui.form.lines import breakable
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme

EDGE, SIDE = 10, 16
"""Pixels: around a day, and the side of its arrow."""
WRAPPED = int(Qt.TextFlag.TextWordWrap)


class DayList(QListView):
    """Shows days under headings; ``opened`` brings the entry that a person chose."""

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("calendar:list")
        self.setProperty("role", "navigation")
        self.setAccessibleName(tr("What expires"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._items = Items(self)
        self.setModel(self._items)
        self.setItemDelegate(_Drawing(theme, self))
        self.clicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown, from top to bottom."""
        return self._items.items

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show these and no others."""
        self._items.show(items)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        item = index.data(ITEM) if index.isValid() else None
        if isinstance(item, Day):
            self.opened.emit(item.entry)


class _Drawing(QStyledItemDelegate):
    """Draws a heading, or a day: when at the left, what and whose at the right, broken in lines."""

    def __init__(self, theme: Theme, view: DayList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def _room(self, metrics: QFontMetrics, width: int) -> QRect:
        """Where the text of a day goes, in an item at the origin."""
        left = (
            2 * EDGE
            + 12
            + max(
                metrics.horizontalAdvance("2026-12-30"), metrics.horizontalAdvance(distance(-1000))
            )
        )
        return QRect(left, 0, max(80, width - left - SIDE - 2 * EDGE), 10_000)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: Item = index.data(ITEM)
        metrics = option.fontMetrics
        width = self._view.viewport().width()
        if isinstance(item, Heading):
            return QSize(width, metrics.height() + 22)
        room = self._room(metrics, width)
        text = sum(
            metrics.boundingRect(room, WRAPPED, breakable(each)).height()
            for each in (item.what, item.whose)
        )
        return QSize(width, max(text, 2 * metrics.height()) + 19)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            self._draw_heading(painter, option, item)
        else:
            self._draw_day(painter, option, item)
        painter.restore()

    def _draw_heading(self, painter: QPainter, option: QStyleOptionViewItem, item: Heading) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colours.muted))
        place = option.rect.adjusted(4, 8, 0, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, f"{item.title} ({item.count})")

    def _draw_day(self, painter: QPainter, option: QStyleOptionViewItem, item: Day) -> None:
        shades = self._theme.colours
        state, metrics = option.state, option.fontMetrics
        place = option.rect.adjusted(0, 1, -1, -2)
        ground = shades.base
        if state & QStyle.StateFlag.State_Selected:
            ground = shades.selected
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = shades.hover
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QColor(shades.accent if focused else shades.border))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(place, 6, 6)
        room = self._room(metrics, option.rect.width())
        colour, chip = colours(item.left)
        line = metrics.height()
        when = QRect(place.left() + EDGE + 4, place.top() + 8, room.left() - 2 * EDGE, line)
        if chip:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(shades, chip)))
            painter.drawRoundedRect(when.adjusted(-6, -3, -8, line + 4), 5, 5)
        painter.setPen(QColor(getattr(shades, colour)))
        painter.drawText(when, item.entry.day.isoformat())
        painter.setPen(QColor(getattr(shades, colour if colour != "text" else "muted")))
        painter.drawText(when.translated(0, line), distance(item.left))
        text = room.translated(place.topLeft()).adjusted(0, 8, 0, 0)
        painter.setPen(QColor(shades.text))
        what, whose = breakable(item.what), breakable(item.whose)
        painter.drawText(text, WRAPPED, what)
        text.translate(0, metrics.boundingRect(room, WRAPPED, what).height())
        painter.setPen(QColor(shades.muted))
        painter.drawText(text, WRAPPED, whose)
        arrow = QRect(place.right() - EDGE - SIDE, place.center().y() - SIDE // 2, SIDE, SIDE)
        icon("chevron-right", shades.muted).paint(painter, arrow)
