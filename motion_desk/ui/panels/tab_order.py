"""Tab order: the Tab key goes as a page is read, also where parts of it are made later than others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


class TabOrder:
    """Keeps the order of a page's cards; Qt itself would put what is made last at the end."""

    def __init__(self) -> None:
        self._chain: list[QWidget] = []

    def follow(self, *cards: QWidget) -> None:
        """Let Tab go through these cards one after another, in each as its layouts go."""
        chain = [each for card in cards for each in _stops(card.layout())]
        if chain != self._chain:
            self._chain = chain
            for before, after in pairwise(chain):
                QWidget.setTabOrder(before, after)


def _stops(layout: QLayout | None) -> Iterator[QWidget]:
    """What takes the focus in a layout, hidden or not, from top to bottom."""
    for place in range(layout.count() if layout else 0):
        item = layout.itemAt(place) if layout else None
        widget = item.widget() if item else None
        if widget is None:
            yield from _stops(item.layout() if item else None)
        elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        else:
            yield from _stops(widget.layout())
