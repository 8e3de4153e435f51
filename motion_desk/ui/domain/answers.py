"""Answers: the cards of a domain's checks, and that of DKIM, which only a message can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motion_desk.ui.domain.checks import CheckCard
from motion_desk.ui.domain.lookups import Lookup
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.turns import polished
from motion_desk.ui.round_trip.trips import Trip
from motion_desk.ui.test import words
from motion_desk.ui.theme import Theme

DKIM = "dkim"


class Answers(QWidget):
    """One set of answers. ``parts`` fills it, piece by piece; ``go`` leads to the round trip."""

    def __init__(
        self,
        lookup: Lookup | None,
        trip: Trip | None,
        theme: Theme,
        go: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("domain:answers")
        self.lookup, self.trip = lookup, trip
        self._theme, self._go = theme, go
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def parts(self) -> Iterator[None]:
        """Make one card after the other, each in several pieces."""
        report = self.lookup.report if self.lookup else None
        for check in report.checks if report else ():
            remarks = tuple((e.tone.value, e.sentence, e.meaning) for e in check.remarks)
            card = CheckCard(check.name.value, remarks, check.facts, self._theme, self)
            self._layout.addWidget(card)
            yield from card.parts()
        yield from self._signature()

    def _signature(self) -> Iterator[None]:
        """What the message of the last round trip showed of DKIM, or how that can be found out."""
        seen = self.trip.result.dkim if self.trip and self.trip.result else None
        remarks = (
            tuple((e.tone.value, e.sentence, e.meaning) for e in seen.remarks)
            if seen
            else (
                (
                    "unknown",
                    tr("Not told yet."),
                    tr(
                        "DNS does not say by which name mail is signed; a message does. Make a round trip to see it."
                    ),
                ),
            )
        )
        card = CheckCard(DKIM, remarks, seen.facts if seen else (), self._theme, self)
        self._layout.addWidget(card)
        yield from card.parts()
        if seen and self.trip:
            text = tr("Seen in the round trip's message of {}").format(words.moment(self.trip.at))
            where = tr("{}, in the lab.") if self.trip.lab else tr("{}.")
            said = wrapped(where.format(text), "muted")
            said.setObjectName("domain:seen")
            card.column.addWidget(said)
        go = link_button(tr("Go to the round trip"), "domain:round-trip", card, flush=True)
        go.clicked.connect(lambda: self._go())  # noqa: PLW0108 - without the click's flag
        card.column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        yield from polished(card)
