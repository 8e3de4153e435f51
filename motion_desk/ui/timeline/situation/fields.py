"""Fields of the situation: labelled lines of a grid, and a box that offers names of the directory."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.seconds_box import SecondsBox


class Fields(QWidget):
    """A grid of labels with their editors at the right of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)

    def add(self, text: str, *editors: QWidget) -> QLabel:
        """Put editors beside their label below the last line; gives the label."""
        row = self.grid.rowCount()
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        label.setBuddy(editors[0])
        self.grid.addWidget(label, row, 0)
        for place, editor in enumerate(editors, 1):
            self.grid.addWidget(editor, row, place, 1, 1 if len(editors) > 1 else 2)
        return label

    def combo(self, name: str, label: str) -> Combo:
        """A box to choose from, not placed yet."""
        made = Combo(self)
        _call(made, name, label)
        return made

    def seconds(self, name: str, label: str) -> SecondsBox:
        """A box for seconds, not placed yet."""
        made = SecondsBox(label, self)
        made.setObjectName(f"timeline:{name}")
        return made


class NamesBox(Combo):
    """Offers nobody and names; ``picked`` brings the chosen one, empty for nobody."""

    picked = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        _call(self, name, label)
        self._offered: tuple[str, ...] = ()
        self.activated.connect(lambda place: self.picked.emit(self._offered[place]))

    def offer(self, names: Sequence[str], chosen: str) -> None:
        """Offer these names, and show the chosen one, also where it is none of them."""
        offered = ("", *names) if not chosen or chosen in names else ("", *names, chosen)
        if offered != self._offered:
            self._offered = offered
            self.clear()
            self.addItems([name or tr("Nobody") for name in offered])
        self.setCurrentIndex(offered.index(chosen))


def _call(combo: Combo, name: str, label: str) -> None:
    combo.setObjectName(f"timeline:{name}")
    combo.setAccessibleName(label)
    combo.setMinimumContentsLength(6)
