"""Cards: the four of the page and their places: the waits above all, events beside the situation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from motion_desk.models.engines.timeline.events import Event
from motion_desk.ui.panels.tab_order import TabOrder
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.events.list import EventList
from motion_desk.ui.timeline.scenarios.card import ScenariosCard
from motion_desk.ui.timeline.situation.card import SituationCard
from motion_desk.ui.timeline.waits.card import WaitsCard

BESIDE = 800
"""Pixels of the page from which on cards stand beside each other."""
GAP = 10
SHARES = (21, 20)
"""Of situation and events: as much as leaves the longest links room, lest the columns' bounds move."""


class Cards(QWidget):
    """Places the cards for the width that there is, and lets Tab go as they are read.

    ``label`` gives the words for a setting's key, and ``text`` an event's text as far as it is
    rendered.
    """

    def __init__(
        self,
        theme: Theme,
        label: Callable[[str], str],
        text: Callable[[Event], str | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.waits = WaitsCard(self)
        self.situation = SituationCard(theme, self)
        self.events = EventList(theme, label, text, self)
        self.scenarios = ScenariosCard(theme, self)
        self._tab_order = TabOrder()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(GAP)
        self._grid.addWidget(self.waits, 0, 0, 1, 2)
        for place, column in enumerate((self._left, self._right)):
            column.setSpacing(GAP)
            column.addStretch(1)
            self._grid.addLayout(column, 1, place)
        self._place(beside=False)

    def missing(self) -> Iterator[None]:
        """Make the rows that the cards lack for what they are to list."""
        for missing in (self.waits.missing(), self.events.missing()):
            made = 0
            for _ in missing:
                made += 1
                yield
            if made:
                self.order_tabs()

    def _place(self, *, beside: bool) -> None:
        """Put situation and events beside each other, or all cards into one column."""
        self._beside = beside
        cards: tuple[QWidget, ...] = (self.situation, self.events, self.scenarios)
        # Not by takeAt: a taken item would live on, and keep the card's new item from being told
        # of its new heights.
        for column in (self._left, self._right):
            for card in cards:
                column.removeWidget(card)
        left = (self.situation, self.scenarios) if beside else cards
        right: tuple[QWidget, ...] = (self.events,) if beside else ()
        for column, chosen in ((self._left, left), (self._right, right)):
            for place, card in enumerate(chosen):
                column.insertWidget(place, card)
        self._in_order = (self.waits, *left, *right)
        self.order_tabs()
        self._grid.setColumnStretch(0, SHARES[0])
        self._grid.setColumnStretch(1, SHARES[1] if beside else 0)
        self._grid.setHorizontalSpacing(GAP if beside else 0)

    def order_tabs(self) -> None:
        """Let Tab go as the cards are read; to be called when parts of them were made."""
        self._tab_order.follow(*self._in_order)

    def fit(self, width: int) -> None:
        """Lay the cards out for a page of a width in pixels.

        By the page's width, for that of the cards is never less than what stands beside each other.
        """
        beside = width >= BESIDE
        if beside is not self._beside:
            self._place(beside=beside)
            self.waits.lay_out(beside=beside)
