"""The picker of variables: all that a template may use, with a line to search them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from motion_desk.models.variables import Known
from motion_desk.ui.editors.variable_list import VariableList

WIDTH = 620
"""Pixels, where the window has them."""
MOST_LINES = 12


class VariablePicker(QFrame):
    """Offers variables: ``chosen`` gives a name, ``other`` what was searched for instead.

    ``closed`` comes before both, and alone where a person wants neither.

    It is a part of its window, so that every system lets it take the keys, and goes when the
    focus leaves its line.
    """

    chosen = Signal(str)
    other = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.setObjectName("variable-picker")
        self.setProperty("role", "card")
        self.line = QLineEdit(self)
        self.line.setObjectName("variable-picker:search")
        self.line.setPlaceholderText(self.tr("Search names and descriptions"))
        self.line.setAccessibleName(self.tr("Search variables"))
        self.line.setClearButtonEnabled(True)
        self.list = VariableList(self, other=self.tr("Another name…"))
        self.list.setObjectName("variable-picker:list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self.list.search)
        self.line.installEventFilter(self)
        self.list.chosen.connect(self._choose)

    def open_at(self, button: QWidget, known: Known) -> None:
        """Offer these variables below a button, with nothing searched for yet."""
        self.list.show_variables(known)
        self.line.clear()
        self.list.search("")
        window = button.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.list.setFixedHeight(self.list.height_for(MOST_LINES))
        height = self.sizeHint().height()
        self.resize(min(WIDTH, window.width() - 8), min(height, window.height() - 8))
        place = button.mapTo(window, QPoint(0, button.height() + 2))
        right, bottom = window.width() - self.width() - 4, window.height() - self.height() - 4
        self.move(max(min(place.x(), right), 4), max(min(place.y(), bottom), 4))
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _choose(self, name: str) -> None:
        self._close()
        if name:
            self.chosen.emit(name)
        else:
            self.other.emit(self.line.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.line.isActiveWindow():
            return False  # a person looks something up in another program
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
            return False
        key = event.key()
        if event.type() == QEvent.Type.ShortcutOverride:
            if key == Qt.Key.Key_Escape:  # before the window's shortcuts: there, it stops a test
                event.accept()
            return key == Qt.Key.Key_Escape
        if self.list.steps_at(key):
            self.list.step(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.take()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True
