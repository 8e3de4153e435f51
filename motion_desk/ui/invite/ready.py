"""Ready: whether invitations can be sent, in one sentence, and ways to what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.invitations.readiness import Obstacle, Readiness
    from motion_desk.ui.invite.offering import Offer

SEVERAL = (
    "Also marked as used for Motion's own mail: {}. Motion's page does not say how it chooses "
    "among several; here the first that is complete is taken."
)


class ReadyCard(QFrame):
    """Shows the readiness; ``wanted`` names an obstacle that a person wants to deal with."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invite:ready")
        self.setProperty("role", "finding")
        self._shown: tuple[object, ...] = ()
        self._signs = {
            "success": IconLabel("circle-check", "success", 18),
            "warning": IconLabel("info", "warning", 18),
            "error": IconLabel("circle-alert", "error", 18),
        }
        self._sentence = wrapped("", "heading")
        self._sentence.setObjectName("invite:sentence")
        self._several = wrapped("", "muted")
        self._ways = QWidget(self)
        self._flow = Flow(self._ways, 6)
        head = QHBoxLayout()
        head.setSpacing(9)
        for sign in self._signs.values():
            head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            sign.hide()
        head.addWidget(self._sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._ways)
        column.addWidget(self._several)
        self._ways.hide()
        self._several.hide()
        self._sentence.setText(tr("Reading which account sends Motion's own mail…"))

    def show_readiness(self, found: Readiness, refused: tuple[str, ...], offer: Offer) -> None:
        """Show what is missing; ``refused`` says which accounts cannot be read, and why.

        The sentence is the offer's, so that it never promises what the button does not do.
        """
        level = "success" if not offer.real_missing else "warning" if found.is_ready else "error"
        if level == "success" and offer.chosen and not offer.is_real_open:
            level = "warning"
        shown = (offer.standing, level, found.obstacles, found.others, refused)
        if shown == self._shown:
            return
        self._shown = shown
        self._sentence.setText(breakable(offer.standing))
        for each, sign in self._signs.items():
            sign.setVisible(each == level)
        self.setProperty("level", level)
        self.style().unpolish(self)
        self.style().polish(self)
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        ways = (*found.obstacles, *_link_of_template(found, offer))
        for place, obstacle in enumerate(ways):
            self._flow.addWidget(self._way(place, obstacle))
        self._ways.setVisible(bool(ways))
        more = [tr(SEVERAL).format(", ".join(found.others))] if found.others else []
        self._several.setText(breakable(" ".join((*more, *refused))))
        self._several.setVisible(bool(more or refused))

    def _way(self, place: int, obstacle: Obstacle) -> QPushButton:
        short = obstacle.short.removeprefix("the ")
        button = QPushButton(tr("Go to: {}").format(_cut(short).replace("&", "&&")), self._ways)
        button.setObjectName(f"invite:way:{place}")
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.setToolTip(obstacle.short)
        button.clicked.connect(lambda: self.wanted.emit(obstacle))
        button.show()
        return button


MOST = 60
"""Characters of a button's text."""


def _cut(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def _link_of_template(found: Readiness, offer: Offer) -> Iterator[Obstacle]:
    """The template's text, where all is there but a place for the personal link."""
    from motion_desk.services.invitations.readiness import TEMPLATES, Obstacle

    if found.is_ready and offer.real_missing and found.template is not None:
        key = f"{TEMPLATES}/{found.template.id}/value"
        yield Obstacle("personal", offer.real_missing, tr("the template's text"), key)
