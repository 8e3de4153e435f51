"""Mapping: a grid in which a person says what each column of a file is taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.turns import Turns

MOST_COLUMNS = 40
"""Columns whose meaning can be chosen; the others are taken for what they seem to be."""
LONGEST_SAMPLE = 60
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def delimiter_word(delimiter: str) -> str:
    """How a file's delimiter is called, of which there are many."""
    return tr(_DELIMITERS.get(delimiter, f"“{delimiter}”"))


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column: its title, a value of it, and what it is taken for; "" for nothing."""

    title: str
    sample: str
    target: str = ""
    certain: bool = True


class MappingGrid(QScrollArea):
    """Shows columns with what each is taken for. ``turned`` tells that something else was chosen.

    Each target is there once: chosen for one column, another is no longer taken for it. ``targets``
    are pairs of a word and what it is called; ``name`` begins the object names.
    """

    turned = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[MappedColumn],
        targets: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._name, self._all, self._offered = name, columns, targets
        self._targets = [column.target for column in columns]
        self._combos: list[Combo] = []
        self._turns = Turns(f"{name}-turns", self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        inner.setObjectName("scrolled")
        self.setWidget(inner)
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(10, 8, 10, 8)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        for place, title in enumerate((tr("Column"), tr("Its first value"), tr("Is taken for"))):
            label = QLabel(title, inner)
            label.setProperty("role", "caption")
            self._grid.addWidget(label, 0, place)
        self._turns.take(self._lines(inner))

    @property
    def targets(self) -> tuple[str, ...]:
        """What each column is taken for, in the file's order; "" for nothing."""
        return tuple(self._targets)

    @property
    def is_drawn(self) -> bool:
        """Whether all lines are made."""
        return self._turns.are_over

    def _lines(self, inner: QWidget) -> Iterator[None]:
        for place, column in enumerate(self._all[:MOST_COLUMNS]):
            combo = Combo(inner)
            combo.setObjectName(f"{self._name}:column:{place}")
            combo.setAccessibleName(tr("Column {}").format(column.title))
            combo.setMinimumContentsLength(16)
            combo.addItem(tr("Nothing"), "")
            for word, label in self._offered:
                combo.addItem(label, word)
            combo.setCurrentIndex(max(0, combo.findData(self._targets[place])))
            if not column.certain:
                combo.setToolTip(tr("A guess by the column's title: look at it."))
            combo.activated.connect(lambda _, place=place: self._choose(place))
            self._combos.append(combo)
            title = wrapped(breakable(_cut(column.title) or tr("(no title)")))
            sample = wrapped(breakable(_cut(column.sample)), "muted")
            for at, widget in enumerate((title, sample, combo)):
                self._grid.addWidget(widget, place + 1, at)
            if place == 0:
                combo.setFocus()
            yield
        left = len(self._all) - MOST_COLUMNS
        if left > 0:
            said = tr("{} more columns are taken for what their titles say.")
            self._grid.addWidget(wrapped(said.format(left), "muted"), MOST_COLUMNS + 1, 0, 1, 3)
        self._grid.setRowStretch(MOST_COLUMNS + 2, 1)

    def _choose(self, place: int) -> None:
        target = str(self._combos[place].currentData())
        for other, was in enumerate(self._targets):
            if target and was == target and other != place:
                self._targets[other] = ""
                if other < len(self._combos):
                    self._combos[other].setCurrentIndex(0)
        self._targets[place] = target
        self.turned.emit()

    def finish(self) -> None:
        """Make no more lines."""
        self._turns.close()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"
