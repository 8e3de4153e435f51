"""The notice that says what visual editing would lose, or what a paste has lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.engines.html_losses import Loss

_MOST_SHOWN = 5
_MOST_PASTED = 9


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
        self.setObjectName("loss-notice")
        self.anyway = QPushButton(self.tr("Edit visually anyway"), self)
        self.anyway.clicked.connect(self.accepted)
        self.stay = QPushButton(self.tr("Stay in the source"), self)
        self.stay.clicked.connect(self.hide)
        self.seen = QPushButton(self.tr("OK"), self)
        self.seen.setAccessibleName(self.tr("Close this notice"))
        self.seen.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.addWidget(self.anyway)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.seen)
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
        self._say(
            self.tr("The visual editor cannot keep all of this source. It would lose:"),
            [self._line(what, lines) for what, lines in lines_by_what.items()],
            self.tr("Nothing is changed before your first edit there, and undo brings it back."),
        )
        self._offer(choice=True)

    def show_left_out(self, losses: Sequence[str]) -> None:
        """Say what of something pasted was left out or changed; hide where that is nothing."""
        if not losses:
            self.hide()
            return
        self._say(
            self.tr("Not all of what you pasted could be kept. Left out or changed:"),
            losses,
            self.tr("Undo takes the paste back."),
            _MOST_PASTED,
        )
        self._offer(choice=False)

    def _say(self, first: str, losses: Sequence[str], last: str, most: int = _MOST_SHOWN) -> None:
        """Say losses, the first few, between two sentences."""
        said = [first, *(f"•  {loss}" for loss in losses[:most])]
        if (more := len(losses) - most) > 0:
            said.append("•  " + self.tr("and {} more").format(more))
        self._text.setText("\n".join([*said, last]))

    def _offer(self, choice: bool) -> None:
        """Show the notice with a choice to make, or only to be read."""
        self.anyway.setVisible(choice)
        self.stay.setVisible(choice)
        self.seen.setVisible(not choice)
        self.show()

    def _line(self, what: str, lines: list[int]) -> str:
        if len(lines) == 1:
            where = self.tr("line {}").format(lines[0])
        else:
            where = self.tr("line {} and {} more").format(lines[0], len(lines) - 1)
        return f"{what} ({where})"
