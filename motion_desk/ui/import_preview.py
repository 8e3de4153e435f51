"""The preview of an import: what it would do, or why it cannot be done."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr


class Preview(QDialog):
    """What an import would do, line by line, or why it cannot be done."""

    def __init__(self, lines: list[str], possible: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("import-preview")
        self.setWindowTitle(tr("Import documents"))
        self.resize(640, 420)
        head = tr("This will be done:") if possible else tr("Nothing is imported. Mend this first:")
        self.text = QPlainTextEdit("\n".join(lines), self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(self)
        if possible:
            accept = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
            accept.setObjectName("do-import")
            accept.setProperty("role", "primary")
        buttons.addButton(
            QDialogButtonBox.StandardButton.Cancel
            if possible
            else QDialogButtonBox.StandardButton.Close
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(wrapped(head))
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
