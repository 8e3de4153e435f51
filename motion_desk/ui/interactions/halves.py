"""Halves: the list, and below or beside it what is read of it, as soon as there is something."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QWidget

BESIDE = 1200
"""Pixels from which on there is room for letters beside the list and all of its ten columns."""
BELOW_SIZES, BESIDE_SIZES = (42, 58), (66, 34)
"""How the room is shared unless a person drags the line between the two."""


class Halves(QSplitter):
    """Gives ``listed`` all the room, and a part of it to ``pane`` while something is read.

    It takes the room that is left, and not what two lists would like: the page need not scroll.
    """

    def __init__(self, listed: QWidget, pane: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("interactions:split")
        self.setProperty("role", "loose")
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        self.addWidget(listed)
        self.addWidget(pane)
        self._pane = pane
        self._is_reading = False
        self._sizes = {
            Qt.Orientation.Vertical: [*BELOW_SIZES],
            Qt.Orientation.Horizontal: [*BESIDE_SIZES],
        }
        pane.hide()

    def show_reading(self, on: bool) -> None:
        """Make room to read, or give it back to the list."""
        if on is not self._is_reading:
            self._keep_sizes()
            self._is_reading = on
            self._pane.setVisible(on)
            self._share()

    def fit(self, width: int) -> None:
        """Put the parts as suits a page of a width, in pixels."""
        beside = width >= BESIDE
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self._keep_sizes()
            self.setOrientation(wanted)
            self._share()

    def _keep_sizes(self) -> None:
        """Remember how a person shared the room, for the next time."""
        if self._is_reading:
            self._sizes[self.orientation()] = self.sizes()

    def _share(self) -> None:
        if self._is_reading:
            wanted = self._sizes[self.orientation()]
            is_down = self.orientation() is Qt.Orientation.Vertical
            room = self.height() if is_down else self.width()
            self.setSizes([max(1, room * each // max(sum(wanted), 1)) for each in wanted])

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
