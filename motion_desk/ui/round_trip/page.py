"""The page of the panel “Round trip”: what would be sent, how it goes, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from motion_desk.models.account import Account
from motion_desk.models.endpoints import fingerprint
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.panels.turns import Turns
from motion_desk.ui.round_trip.before import Before, Letter
from motion_desk.ui.round_trip.clearing import ClearingCard
from motion_desk.ui.round_trip.evidence import Evidence
from motion_desk.ui.round_trip.findings import details_of
from motion_desk.ui.round_trip.stages import StagesCard
from motion_desk.ui.round_trip.trips import Trip, Trips
from motion_desk.ui.test.applying import apply
from motion_desk.ui.test.details import StepDetails
from motion_desk.ui.test.remedies import Acts
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.tester.round_trip import RoundTrip

ABOUT = (
    "Sends one message from the account to itself and waits until it is where Motion fetches. "
    "That proves what a connection test cannot: that mail arrives, and not as junk."
)
COUNT = 250
"""Milliseconds between two drawings of what counts down."""


class RoundTripPage(PanelPage):
    """Shows what ``trips`` knows of the open account, and asks it for what a person wants."""

    def __init__(self, tools: PanelTools, trips: Trips, parent: QWidget) -> None:
        super().__init__("round-trip", tr("Round trip"), tr(ABOUT), parent)
        self._tools, self._trips = tools, trips
        self._account_id = ""
        self._lab = Strip(
            "lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, self
        )
        self._stale = Strip("stale", "info", "warning", tr("Go to the button"), self._focus, self)
        self._before = Before(self)
        self._before.sent.connect(self._send)
        self._before.stopped.connect(self._stop)
        self._before.wanted.connect(tools.go_to)
        self._stages = StagesCard(tools.theme, self)
        self._clearing = ClearingCard(self)
        self._clearing.asked.connect(self._delete)
        self._shown: Trip | None = None
        self._stamped: tuple[Account, str] | None = None
        self._details: StepDetails | None = None
        self._evidence: Evidence | None = None
        self._turns = Turns("round-trip-turns", self)
        self.column.setSpacing(10)
        for widget in (self._lab, self._stale, self._before, self._stages):
            self.column.addWidget(widget)
        self.column.addWidget(self._clearing)
        self.column.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setObjectName("round-trip-clock")
        self._clock.setInterval(COUNT)
        self._clock.timeout.connect(self._stages.count)
        let_escape_stop(self, self._stop)
        tools.desk.shown.connect(self._look)
        tools.lab.changed.connect(self._look)
        trips.changed.connect(self._look_at)
        trips.ended.connect(self._announce)

    @property
    def is_drawn(self) -> bool:
        """Whether all parts of the result are made."""
        return self._turns.are_over

    # What the program shows

    def came(self) -> None:
        self._draw()

    def went(self) -> None:
        self._clock.stop()

    def finish(self) -> None:
        self._clock.stop()
        self._turns.close()
        self._trips.finish()

    def _look(self, _: object = None) -> None:
        if self.isVisible():
            self._draw()

    def _look_at(self, account_id: str) -> None:
        if account_id == self._account_id:
            self._look()

    def _draw(self) -> None:
        account = self._tools.desk.account
        if account is None:
            return
        if account.id != self._account_id:
            self._account_id = account.id
            self._before.forget_other()
        trip = self._trips.trip(account.id)
        busy = trip is not None and trip.under_way
        self._before.show_account(account, busy=busy, made=trip is not None and not busy)
        self._draw_strips(account, trip)
        self._stages.setVisible(trip is not None)
        if trip is not None:
            self._stages.show_trip(trip)
        if trip is not None and not busy:
            self._clearing.show_trip(trip, self._trips.obstacle(account.id))
        else:
            self._clearing.hide()
        self._draw_result(account, trip)
        if busy and not self._clock.isActive():
            self._clock.start()
        elif not busy:
            self._clock.stop()

    def _fingerprint(self, account: Account) -> str:
        """That of the account's values, made anew only where they are others."""
        if self._stamped is None or self._stamped[0] is not account:
            self._stamped = (account, fingerprint(account))
        return self._stamped[1]

    def _draw_strips(self, account: Account, trip: Trip | None) -> None:
        lab = self._tools.lab.shown
        said = tr(
            "In the lab: {}. The message goes to servers on this computer; nothing leaves it."
        )
        text = said.format(tr(lab.title)) if lab else ""
        shown = trip if trip and not trip.under_way else None
        if shown and lab != shown.lab:
            if lab and shown.lab:
                text += " " + tr("What is shown is of “{}”.").format(tr(shown.lab.title))
            elif lab:
                text += " " + tr("What is shown was done outside the lab.")
            else:
                text = tr("This round trip was made in the lab.")
        self._lab.say(text)
        self._lab.button.setVisible(lab is not None)
        stale = shown is not None and shown.fingerprint != self._fingerprint(account)
        self._stale.say(tr("The values have changed since this round trip.") if stale else "")

    def _draw_result(self, account: Account, trip: Trip | None) -> None:
        shown = trip if trip and trip.result else None
        if self._shown is not shown:
            self._shown = shown
            self._take_result_away()
            if shown and shown.result:
                self._place_result(shown.result)
        if self._details is not None:
            workspace = self._tools.desk.workspace
            self._details.show_showing(Showing(account, workspace, self._fingerprint(account)))

    def _take_result_away(self) -> None:
        self._turns.close()
        for part in (self._details, self._evidence):
            if part is not None:
                part.hide()
                part.deleteLater()
        self._details = self._evidence = None

    def _place_result(self, result: RoundTrip) -> None:
        """Put the findings above what is offered to be done with the message, the rest below."""
        theme = self._tools.theme
        self._details = details_of(result, theme, self._acts(), self)
        self._evidence = Evidence(result, theme, self)
        if self._details is not None:
            self.column.insertWidget(self.column.indexOf(self._clearing), self._details)
        self.column.insertWidget(self.column.indexOf(self._clearing) + 1, self._evidence)
        self._turns.take(self._parts(self._details, self._evidence))

    def _parts(self, details: StepDetails | None, evidence: Evidence) -> Iterator[None]:
        if details is not None:
            yield from details.parts()
            self._look()  # for the remedies that are there now
            for part in details.made:
                part.show()
                yield
        yield from evidence.parts()

    def _acts(self) -> Acts:
        """What the remedies can do here: change values; sending again is the page's own button."""
        tools = self._tools
        return Acts(
            lambda finding, remedy, answer: apply(tools.desk, finding, remedy, answer, tools.tell),
            None,
            lambda _: None,
            lambda: None,
            tools.go_to,
        )

    def _announce(self, account_id: str) -> None:
        """Let a screen reader say what came of it."""
        trip = self._trips.trip(account_id)
        if account_id == self._account_id and self.isVisible() and trip and trip.result:
            said = tr(trip.result.sentence)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
            self.ensureWidgetVisible(self._stages)

    # What a person does

    def _send(self, letter: Letter) -> None:
        self._tools.desk.settle()
        account = self._tools.desk.account
        if account is None or (letter.to and not self._is_meant(letter.to, account)):
            return
        self._trips.begin(account, letter.to, letter.limit)
        # Or the layout would not know yet where the stages are.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(self._stages)

    def _is_meant(self, to: str, account: Account) -> bool:
        text = tr("Send a message to {}?").format(to)
        detail = tr(
            "It is not the account's own address, {}. The message is waited for in the account's "
            "own mailbox, where it arrives only if {} leads there."
        ).format(account.settings.address, to)
        return self._tools.questions.sure(text, detail, tr("Send to {}").format(to))

    def _stop(self) -> None:
        self._trips.stop(self._account_id)

    def _focus(self) -> None:
        self._before.button.setFocus()
        self.ensureWidgetVisible(self._before.button)

    def _delete(self) -> None:
        trip = self._trips.trip(self._account_id)
        arrived = trip.result.arrived if trip and trip.result else None
        if arrived is None:
            return
        text = tr("Delete the message in “{}”?")
        if arrived.others:
            text = tr("Delete all copies of the message in “{}”?")
        text = text.format(arrived.mailbox)
        detail = tr("It is deleted for good, and no other message with it.")
        if self._tools.questions.sure(text, detail, tr("Delete")):
            self._trips.delete(self._account_id)
