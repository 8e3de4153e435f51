"""Notices: lines above the page that say what a person should know, until they are closed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import IconLabel, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon


class Notices(QWidget):
    """Shows each notice once, the newest last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The notices that are shown, the oldest first."""
        return tuple(self._texts)

    def tell(self, text: str, warning: bool = True) -> None:
        """Show a notice until it is closed; one that is shown already stays as it is."""
        if text in self._texts:
            return
        frame = QFrame(self)
        frame.setProperty("role", "notice")
        frame.setProperty("level", "warning" if warning else "note")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(10)
        sign = IconLabel("triangle-alert" if warning else "info", side=17)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(wrapped(text), 1)
        close = QToolButton(frame)
        close.setIcon(icon("x"))
        close.setIconSize(QSize(14, 14))
        close.setAccessibleName(tr("Close this notice"))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(lambda: self.forget(text))
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._texts[text] = frame
        self._layout.addWidget(frame)
        self.show()

    def forget(self, text: str) -> None:
        """Close a notice."""
        if frame := self._texts.pop(text, None):
            self._layout.removeWidget(frame)
            frame.deleteLater()
        self.setVisible(bool(self._texts))
