"""Clearing: the card that offers to delete the message of a round trip, and says what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.round_trip.trips import Trip


class ClearingCard(QFrame):
    """Says where the message lies; ``asked`` when a person wants it deleted."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("round-trip:clearing")
        self.setProperty("role", "card")
        self._text = wrapped()
        self._text.setObjectName("round-trip:lies")
        self._said = wrapped("", "muted")
        self._said.setObjectName("round-trip:deleted")
        self.button = QPushButton(self)
        self.button.setObjectName("round-trip:delete")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self._said)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_trip(self, trip: Trip, obstacle: str) -> None:
        """Show where the message lies, and why it cannot be deleted now, where it cannot."""
        arrived = trip.result.arrived if trip.result else None
        if arrived is None:
            self.hide()
            return
        count = 1 + len(arrived.others)
        lies = (
            tr("The message lies unread in “{}”.")
            if count == 1
            else tr("{1} copies of the message lie unread in “{0}”.")
        )
        self._text.setText(breakable(lies.format(arrived.mailbox, count)))
        self._text.setVisible(not trip.is_gone)
        said = tr("Deleting…") if trip.deleting else trip.deleted or obstacle
        self._said.setText(breakable(said))
        self._said.setVisible(bool(said))
        self.button.setText(tr("Delete the message…") if count == 1 else tr("Delete all copies…"))
        self.button.setVisible(not trip.is_gone)
        self.button.setEnabled(not trip.deleting and not obstacle)
        self.show()
