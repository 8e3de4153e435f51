"""The notice that says what visual editing would lose, and offers it all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.engines.html_reader import Loss

_MOST_SHOWN = 5


class LossNotice(QFrame):
    """Lists losses, equal ones together; ``accepted`` is emitted when they are taken."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "caution")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.anyway = QPushButton(self.tr("Edit visually anyway"), self)
        self.anyway.clicked.connect(self.accepted)
        self.stay = QPushButton(self.tr("Stay in the source"), self)
        self.stay.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.addWidget(self.anyway)
        buttons.addWidget(self.stay)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """What the notice says."""
        return self._text.text()

    def show_losses(self, losses: Sequence[Loss]) -> None:
        """Say what would be lost, the first few by line."""
        lines_by_what: dict[str, list[int]] = {}
        for loss in losses:
            lines_by_what.setdefault(loss.what, []).append(loss.line)
        said = [
            self.tr("The visual editor cannot keep all of this source. It would lose:"),
            *(self._line(what, lines) for what, lines in list(lines_by_what.items())[:_MOST_SHOWN]),
        ]
        if (more := len(lines_by_what) - _MOST_SHOWN) > 0:
            said.append("•  " + self.tr("and {} more").format(more))
        said.append(
            self.tr("Nothing is changed before your first edit there, and undo brings it back.")
        )
        self._text.setText("\n".join(said))
        self.show()

    def _line(self, what: str, lines: list[int]) -> str:
        if len(lines) == 1:
            where = self.tr("line {}").format(lines[0])
        else:
            where = self.tr("line {} and {} more").format(lines[0], len(lines) - 1)
        return f"•  {what} ({where})"
