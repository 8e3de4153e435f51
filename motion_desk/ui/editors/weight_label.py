"""The line that says how heavy a text is, and how much of it are its pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from motion_desk.models.engines.html_weight import CLIPPED_FROM, Weight, size_text, weight


class WeightLabel(QLabel):
    """Shows the weight of HTML source; empty for an empty one, in warning colour when too heavy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weight")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("role", "muted")
        self._shown = Weight()
        self.setToolTip(
            self.tr(
                "What the HTML source weighs, with the pictures that are part of it. Gmail shows "
                "about 102 kB of a message and hides the rest: stay below {}."
            ).format(size_text(CLIPPED_FROM))
        )

    def show_weight_of(self, html: str) -> None:
        """Show how much a source weighs."""
        found = weight(html)
        if found == self._shown:
            return
        self._shown = found
        role = "warning" if found.is_clipped else "muted"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setText(self._text(found) if found.source else "")

    def _text(self, found: Weight) -> str:
        said = size_text(found.source)
        if found.pictures:
            said = self.tr("{}, pictures {}").format(said, size_text(found.pictures))
        return self.tr("{}: Gmail hides the end").format(said) if found.is_clipped else said
