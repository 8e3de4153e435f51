"""What the rich text editor asks in dialogs; tests answer in its stead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QInputDialog, QWidget


class TextQuestions:
    """Asks a person; each question gives the answer, or ``None`` where it was declined."""

    def picture(self, parent: QWidget) -> Path | None:
        """Which picture file to insert."""
        name, _ = QFileDialog.getOpenFileName(
            parent,
            QCoreApplication.translate("TextQuestions", "Insert picture"),
            "",
            QCoreApplication.translate(
                "TextQuestions", "Pictures (*.png *.jpg *.jpeg *.gif *.webp);;All files (*)"
            ),
        )
        return Path(name) if name else None

    def line(self, parent: QWidget, title: str, label: str, text: str) -> str | None:
        """A line of text, which begins as ``text``."""
        answer, given = QInputDialog.getText(parent, title, label, text=text)
        return answer if given else None

    def colour(self, parent: QWidget, colour: str) -> str | None:
        """A colour as ``#rrggbb``, which begins as ``colour``."""
        chosen = QColorDialog.getColor(QColor(colour or "#000000"), parent)
        return chosen.name() if chosen.isValid() else None
