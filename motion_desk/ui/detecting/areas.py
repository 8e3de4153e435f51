"""Areas: the two parts of the dialog that scroll, each by itself: the sources and what they found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from motion_desk.services.discovery.proposals import Proposal
from motion_desk.ui.detecting.cards import Preview
from motion_desk.ui.detecting.proposal_list import ProposalList
from motion_desk.ui.detecting.source_list import SourceList
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr

SOURCES_WIDTH = 300
GAP = 10


class SourceArea(QScrollArea):
    """The sources, at the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(SOURCES_WIDTH)
        self.setAccessibleName(tr("Where it looks"))
        self.list = SourceList(self)
        _filled(self, (16, 14, 12, 14)).addWidget(self.list)


class ProposalArea(QScrollArea):
    """A remark and, below it, the proposals, of which the chosen one is brought to the screen."""

    def __init__(self, preview: Callable[[Proposal], Preview], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Settings that were found"))
        self._column = _filled(self, (6, 14, 16, 14))
        self._column.setSpacing(GAP)
        self._said = wrapped("", "muted")
        self._said.setObjectName("detect:said")
        self.list = ProposalList(preview, self)
        # Queued, so that the card has its new height.
        self.list.picked.connect(self._bring, Qt.ConnectionType.QueuedConnection)
        self._column.addWidget(self._said)
        self._column.addWidget(self.list)
        self._column.addStretch(1)

    def say(self, text: str) -> None:
        """Show a remark."""
        self._said.setText(text)

    def _bring(self, found: Proposal | None) -> None:
        """Bring a proposal to the screen, as much of it as there is room for."""
        inner = self.widget()
        card = next((each for each in self.list.cards if each.proposal == found), None)
        if card is None or inner is None:
            return
        self._column.activate()
        top = card.mapTo(inner, QPoint(0, 0)).y()
        self.ensureVisible(0, top + card.height(), 0, GAP)
        self.ensureVisible(0, top, 0, GAP)


def _filled(area: QScrollArea, margins: tuple[int, int, int, int]) -> QVBoxLayout:
    """A column inside an area, as wide as that is."""
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner = QWidget(area)
    inner.setObjectName("scrolled")
    inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(inner)
    column.setContentsMargins(*margins)
    area.setWidget(inner)
    return column
