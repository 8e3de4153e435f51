"""The list of proposals: their cards, of which one can be chosen, made one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QRadioButton, QVBoxLayout, QWidget

from motion_desk.services.discovery.proposals import Proposal
from motion_desk.ui.detecting.cards import Preview, ProposalCard
from motion_desk.ui.form.words import tr

MOST = 6
"""Proposals that are shown at first: of more, the last are hardly ever wanted."""


class ProposalList(QWidget):
    """The proposals, the best first; ``picked`` brings the one that was chosen, or nothing.

    ``preview`` says what using a proposal would do. Cards are made one in each turn of the event
    loop, for all at once would hold up the window; ``is_drawn`` says whether all are there.
    """

    picked = Signal(object)

    def __init__(self, preview: Callable[[Proposal], Preview], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("proposals")
        self.setAccessibleName(tr("Settings that were found"))
        self._preview = preview
        self._found: tuple[Proposal, ...] = ()
        self._all = self._offers = self._had_focus = False
        self._cards: list[ProposalCard] = []
        self._kept: dict[tuple[int, Proposal], ProposalCard] = {}
        self._left: list[tuple[int, Proposal]] = []
        self._turns = QTimer(self)
        self._turns.setObjectName("proposals")
        self._turns.timeout.connect(self._turn)
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._toggle)
        self.chosen: Proposal | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rest = QPushButton(self)
        self._rest.setObjectName("show-all")
        self._rest.setProperty("role", "link")
        self._rest.setAutoDefault(False)
        self._rest.clicked.connect(self._show_all)
        self._rest.hide()
        self._column.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def cards(self) -> tuple[ProposalCard, ...]:
        """The cards that are there by now, in order."""
        return tuple(self._cards)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._found

    @property
    def is_drawn(self) -> bool:
        """Whether all cards are there."""
        return not self._turns.isActive()

    def show_proposals(self, found: tuple[Proposal, ...]) -> None:
        """Show these and no others; the chosen one stays so while it is among them."""
        if found == self._found:
            return
        if not found:
            self._all = self._offers = False
        self._found = found
        self._begin()

    def offer(self) -> None:
        """Choose the best of them once it is there, unless another is chosen."""
        self._offers = True
        if self.is_drawn:
            self._end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more."""
        self._turns.stop()
        super().hideEvent(event)

    def _show_all(self) -> None:
        self._all = True
        self._begin()

    def _begin(self) -> None:
        """Begin to make the cards anew; those that are the same as before are kept."""
        wanted = list(enumerate(self._found if self._all else self._found[:MOST], 1))
        cards = [*self._cards, *self._kept.values()]
        self._had_focus = self._had_focus or any(card.button.hasFocus() for card in cards)
        known = {(card.number, card.proposal): card for card in cards}
        self._kept = {place: known.pop(place) for place in wanted if place in known}
        for card in known.values():
            self._group.removeButton(card.button)
            card.hide()
            card.deleteLater()
        self._cards, self._left = [], wanted
        if wanted:
            self._turns.start()
        else:
            self._end()

    def _turn(self) -> None:
        """Make the next card, passing over those that were kept."""
        is_new = False
        while self._left and not is_new:
            number, found = self._left.pop(0)
            card = self._kept.pop((number, found), None)
            if is_new := card is None:
                card = ProposalCard(number, found, self)
                self._group.addButton(card.button)
                self._column.insertWidget(number - 1, card)
            self._cards.append(card)
        if not self._left:
            self._end()

    def _end(self) -> None:
        """Choose again what was chosen, now that all cards are there."""
        self._turns.stop()
        same = _same(self._cards, self.chosen)
        if same is None and self.chosen is not None:
            self._pick(None)
        if same is None and self._offers and self._cards:
            same = self._cards[0]
        if same is not None:
            same.button.setChecked(True)
            if self._had_focus:
                same.button.setFocus()
        self._had_focus = False
        left = len(self._found) - len(self._cards)
        self._rest.setText(tr("Show {} more").format(left))
        self._rest.setVisible(left > 0)

    def _toggle(self, button: QRadioButton, on: bool) -> None:
        cards = (*self._cards, *self._kept.values())
        card = next((each for each in cards if each.button is button), None)
        if card is None:
            return
        if on:
            card.show_preview(self._preview(card.proposal))
            self._pick(card.proposal)
        else:
            card.show_preview(None)

    def _pick(self, found: Proposal | None) -> None:
        self.chosen = found
        self.picked.emit(found)


def _same(cards: Iterable[ProposalCard], before: Proposal | None) -> ProposalCard | None:
    """The card of what was chosen before: the same places, though more may be known of them now."""
    if before is None:
        return None
    return next((each for each in cards if each.proposal.places == before.places), None)
