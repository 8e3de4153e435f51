"""A panel's page: a title, a sentence that says what it is for, and below them a column."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import wrapped

WIDTH = 900


class PanelPage(QScrollArea):
    """Base of the pages of panels, in the manner of a section's page.

    Fill ``column``; put buttons that act on the whole page into ``head``, at the right of the
    title. ``came`` is called when the page comes to the screen and ``went`` when it leaves it.
    """

    def __init__(self, name: str, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"panel:{name}")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = _Inner(self)
        inner.setObjectName("scrolled")
        inner.setMaximumWidth(WIDTH)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(18, 18, 18, 24)
        self.column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        said = QLabel(title, inner)
        said.setProperty("role", "title")
        self.head.addWidget(said)
        self.head.addStretch(1)
        self.column.addLayout(self.head)
        self.about = wrapped(about, "muted")
        self.column.addWidget(self.about)
        self.setWidget(inner)

    def came(self) -> None:
        """Draw what has changed while the page was not on the screen."""

    def went(self) -> None:
        """Leave off what only a reader needs."""

    def finish(self) -> None:
        """Stop what runs, for the window closes; nothing is shown from here on."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went()


class _Inner(QWidget):
    """What scrolls: as high as its content is at its width, and no higher."""

    def minimumSizeHint(self) -> QSize:
        # A layout takes each label to be as high as it would be if it were narrow.
        return QSize(super().minimumSizeHint().width(), 0)


def card(parent: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A framed box, and the column to fill it."""
    frame = QFrame(parent)
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 12, 14, 14)
    column.setSpacing(6)
    return frame, column
