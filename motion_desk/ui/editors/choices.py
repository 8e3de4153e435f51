"""Editors that choose: one of a kind's options, or one entry of the directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from motion_desk.models.directory import Named
from motion_desk.models.kinds import Choice
from motion_desk.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionComboBox

ARROW = 16
AROUND = 44
"""Pixels of a combo box that are no text: what the style sheet puts around it, and the arrow's place."""


class Combo(QComboBox):
    """A combo box that leaves the wheel to the page unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Let a text that is too long end in dots: the style sheet's drawing would cut it."""
        super().initStyleOption(option)
        room = self.width() - AROUND
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(self.width() - ARROW - 8, (self.height() - ARROW) // 2, ARROW, ARROW)
        icon("chevron-down").paint(painter, place)
        painter.end()


class ChoiceEditor(Combo):
    """Chooses one of the options of a kind."""

    edited = Signal(object)

    def __init__(self, kind: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for option in kind.options:
            self.addItem(option.label, option)
        self.activated.connect(lambda index: self.edited.emit(self.itemData(index)))

    def show_value(self, value: object) -> None:
        """Show an option; none where the value is not one."""
        places = [place for place in range(self.count()) if self.itemData(place) is value]
        self.setCurrentIndex(places[0] if places else -1)

    def set_read_only(self, on: bool) -> None:
        """Show the option without letting it be changed."""
        self.setEnabled(not on)


class ReferenceEditor(QWidget):
    """Chooses one entry of the directory, or none; a button leads to where entries are kept.

    ``opened`` asks for the rows field that the entries come from.
    """

    edited = Signal(object)
    opened = Signal()

    def __init__(self, leads: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Named, ...] | None = None
        self._offered = 0
        self.combo = Combo(self)
        self.combo.activated.connect(lambda index: self.edited.emit(self.combo.itemData(index)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.combo, 1)
        self.setFocusProxy(self.combo)
        if leads:
            button = QToolButton(self)
            button.setIcon(icon("list"))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(self.tr("Go to the list of entries"))
            button.setAccessibleName(button.toolTip())
            button.clicked.connect(self.opened)
            layout.addWidget(button)

    def show_entries(self, entries: tuple[Named, ...]) -> None:
        """Offer entries; retired ones are offered only where they are in use already."""
        if entries != self._entries:
            self._entries = entries
            self.combo.clear()
            self.combo.addItem(self.tr("None"), "")
            for entry in entries:
                if not entry.retired:
                    self.combo.addItem(entry.name, entry.id)
            self._offered = self.combo.count()

    def show_value(self, value: str) -> None:
        """Show an entry, also one that is retired or gone."""
        for extra in range(self.combo.count() - 1, self._offered - 1, -1):
            self.combo.removeItem(extra)
        place = self.combo.findData(value)
        if place < 0:
            names = {entry.id: entry.name for entry in self._entries or ()}
            known = names.get(value)
            text = self.tr("{} (retired)").format(known) if known else self.tr("(no such entry)")
            self.combo.addItem(text, value)
            place = self.combo.count() - 1
        self.combo.setCurrentIndex(place)

    def set_read_only(self, on: bool) -> None:
        """Show the entry without letting it be changed."""
        self.combo.setEnabled(not on)
