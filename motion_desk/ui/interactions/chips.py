"""Chips: one line that says how many conversations are listed, and by which filters."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from motion_desk.services.interactions.query import Query
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions import asking
from motion_desk.ui.interactions.asking import Chip

HEIGHT = 19
"""Pixels of a chip by the style sheet, so that what stands beside it is on one line with it."""


class ChipLine(QWidget):
    """Shows a count and the filters of a query.

    ``left_out`` brings the chip of one that is not wanted any more; ``cleared`` tells that none is.
    """

    left_out = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: tuple[Chip, ...] = ()
        self._count = QLabel(self)
        self._count.setObjectName("interactions:count")
        self._count.setProperty("role", "heading")
        self._count.setFixedHeight(HEIGHT)
        self._row = Flow(self, 6)
        self._row.addWidget(self._count)

    def show_count(self, said: str) -> None:
        """Say how many conversations there are."""
        self._count.setText(said)

    def show_query(self, query: Query) -> None:
        """Show a chip for each filter of a query that is on."""
        chips = tuple(asking.chips(query))
        if chips == self._chips:
            return
        self._chips = chips
        while item := self._row.takeAt(1):  # behind the count
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._add(self._chip(chip))
        if chips:
            clear = QPushButton(tr("Clear"), self)
            clear.setObjectName("interactions:clear")
            clear.setProperty("role", "link")
            clear.setFixedHeight(HEIGHT)
            clear.setToolTip(tr("Show all conversations of the account."))
            clear.clicked.connect(lambda: self.cleared.emit())  # noqa: PLW0108 - without the click's flag
            self._add(clear)

    def _add(self, button: QPushButton) -> None:
        self._row.addWidget(button)
        button.show()

    def _chip(self, chip: Chip) -> QPushButton:
        made = QPushButton(icon("x"), chip.text, self)
        made.setObjectName(f"interactions:chip-{chip.name}")
        made.setProperty("role", "chip")
        made.setIconSize(QSize(11, 11))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the text
        made.setAccessibleName(tr("Leave out the filter {}").format(chip.text))
        made.setToolTip(made.accessibleName())
        made.clicked.connect(lambda: self.left_out.emit(chip))
        return made
