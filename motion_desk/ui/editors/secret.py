"""The editor of a secret: typed text is masked, stored text is never fetched."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.ui.editors.line import LONGEST
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.icons import icon


class SecretEditor(QWidget):
    """Edits a secret. Emptying what was typed goes back to the stored one; the bin forgets it."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = NO_SECRET
        self.line = QLineEdit(self)
        self.line.setMaxLength(LONGEST)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self._typed)
        let_undo_through(self.line)
        self._eye = self._button("eye", self.tr("Show what is typed"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self._bin = self._button("x", self.tr("Remove the secret"))
        self._bin.clicked.connect(lambda: self.edited.emit(NO_SECRET))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.line, self._eye, self._bin):
            layout.addWidget(widget)
        self.setFocusProxy(self.line)
        self._draw()

    def show_value(self, value: object) -> None:
        """Show whether there is a secret, and what was typed of it (masked)."""
        if isinstance(value, Secret) and value != self._value:
            self._value = value
            self._eye.setChecked(False)
            if (value.typed or "") != self.line.text():
                self.line.setText(value.typed or "")
            self._draw()

    def set_read_only(self, on: bool) -> None:
        """Keep the secret from being changed."""
        self.line.setReadOnly(on)
        self._bin.setEnabled(not on)

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _draw(self) -> None:
        stored = bool(self._value.reference)
        self.line.setPlaceholderText(self.tr("Stored. Type to replace it") if stored else "")
        self._eye.setVisible(self._value.typed is not None)
        self._bin.setVisible(bool(self._value))

    def _reveal(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._eye.setIcon(icon("eye-off" if on else "eye"))

    def _typed(self, text: str) -> None:
        self._value = Secret(self._value.reference, text or None)
        self._draw()
        self.edited.emit(self._value)
