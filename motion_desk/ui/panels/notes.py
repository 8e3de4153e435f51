"""Notes: a list of sentences, each with an icon beside its first line; a click chooses one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from motion_desk.ui.navigation import Index


class NoteList(QListWidget):
    """Breaks its sentences rather than cutting them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setWordWrap(True)
        self.setIconSize(QSize(16, 16))
        self.setSpacing(2)
        self.setItemDelegate(_TopAligned(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)


class _TopAligned(QStyledItemDelegate):
    """Draws the icon beside the first line rather than beside the middle of a long sentence."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        option.decorationAlignment = top
        option.displayAlignment = top
