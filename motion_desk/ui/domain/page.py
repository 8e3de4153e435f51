"""The page of the panel “Sender's domain”: what DNS says of the domain of an account's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.catalogue import ACCOUNT
from motion_desk.ui.domain.answers import Answers
from motion_desk.ui.domain.checks import MARKS
from motion_desk.ui.domain.lookups import Lookup, Lookups
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage, card
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.panels.turns import Turns
from motion_desk.ui.round_trip.trips import Trip, Trips
from motion_desk.ui.test import words
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.domain.checks import DomainReport

ABOUT = (
    "What DNS tells other mail servers of the domain of the account's address, and what that means "
    "for replies that Motion sends. DNS is only asked; nothing is changed, and no message is sent."
)
NOT_YET = "Not checked yet. “Check the domain” asks for its MX, SPF and DMARC records."
SIGN = 24
SUMS = {
    "good": "All that was looked at is as it should be.",
    "note": "Nothing is wrong; something could be better.",
    "unknown": "Not everything can be told.",
    "bad": "Something is wrong.",
}
"""What is said of all checks together, by the tone of the worst (``results.Tone``)."""


class DomainPage(PanelPage):
    """Shows what is known of the domain of the open account's address."""

    def __init__(self, tools: PanelTools, trips: Trips, parent: QWidget) -> None:
        super().__init__("domain", tr("Sender's domain"), tr(ABOUT), parent)
        self._tools, self._trips = tools, trips
        self._lookups = Lookups(tools, self)
        self._account_id = ""
        self._drawn_for = ""
        self._lab = Strip(
            "lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, self
        )
        self._stale = Strip("stale", "info", "warning", tr("Check again"), self._go, self)
        self.domain = wrapped("", "title")
        self.domain.setObjectName("domain:name")
        self._from = wrapped("", "muted")
        self._from.setObjectName("domain:address")
        self.button = QPushButton(self)
        self.button.setObjectName("domain:go")
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._act)
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN, SIGN)
        self.sum = wrapped("", "heading")
        self.sum.setObjectName("domain:sum")
        self._when = wrapped("", "muted")
        self._when.setObjectName("domain:when")
        self._answers: Answers | None = None
        self._turns = Turns("domain-turns", self)
        self.column.setSpacing(10)
        self.column.addWidget(self._lab)
        self.column.addWidget(self._stale)
        self.column.addWidget(self._made_head())
        self.column.addStretch(1)
        let_escape_stop(self, lambda: self._lookups.stop(self._account_id))
        tools.desk.shown.connect(self._look)
        tools.lab.changed.connect(self._look)
        tools.theme.changed.connect(self._look)
        trips.changed.connect(self._look_at)
        self._lookups.changed.connect(self._look_at)

    def _made_head(self) -> QFrame:
        frame, column = card(self)
        frame.setObjectName("domain:head")
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.domain)
        names.addWidget(self._from)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(names, 1)
        top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.sum)
        said.addWidget(self._when)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(said, 1)
        column.addLayout(top)
        column.addSpacing(4)
        column.addLayout(below)
        return frame

    @property
    def is_drawn(self) -> bool:
        """Whether all cards are made."""
        return self._turns.are_over

    # What the program shows

    def came(self) -> None:
        self._draw()

    def finish(self) -> None:
        self._turns.close()
        self._lookups.finish()

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
        self._account_id = account.id
        address = account.settings.address
        is_one = bool(address) and not any(ACCOUNT.fields["settings.address"].kind.check(address))
        lookup = self._lookups.lookup(account.id)
        domain = address.rpartition("@")[2].lower() if is_one else ""
        self.domain.setText(breakable(domain or tr("no domain yet")))
        said = (
            tr("of {}").format(address)
            if is_one
            else tr("The account needs an email address first.")
        )
        self._from.setText(breakable(said))
        busy = lookup is not None and lookup.under_way
        text = tr("Check again") if lookup and not busy else tr("Check the domain")
        self.button.setText(tr("Stop") if busy else text)
        self.button.setEnabled(busy or is_one)
        trip = self._trip_of(account.id, domain)
        self._draw_sum(lookup, trip)
        self._draw_strips(lookup, domain)
        self._draw_answers(lookup, trip)

    def _draw_sum(self, lookup: Lookup | None, trip: Trip | None) -> None:
        """Say what all checks come to, the signature's included, and when they were made."""
        sign, sentence, when = ("globe", "muted"), tr(NOT_YET), ""
        if lookup and lookup.under_way:
            sign, sentence = ("loader-circle", "accent"), tr("Asking DNS…")
        elif lookup:
            report = lookup.report
            sign, sentence = ("circle-stop", "muted"), lookup.trouble
            if report and not lookup.trouble:
                tone = _worst(report, trip)
                name, colour, _ = MARKS[tone]
                sign, sentence = (name, colour), report.problem or tr(SUMS[tone])
            source = (
                tr("the lab's name server") if lookup.lab else tr("this computer's name service")
            )
            when = tr("{when} · asked: {source}").format(
                when=words.moment(lookup.at), source=source
            )
        shade = getattr(self._tools.theme.colours, sign[1])
        self._sign.setPixmap(icon(sign[0], shade).pixmap(SIGN, SIGN))
        self.sum.setText(breakable(sentence))
        self._when.setText(when)
        self._when.setVisible(bool(when))

    def _draw_strips(self, lookup: Lookup | None, domain: str) -> None:
        lab, text = self._tools.lab.shown, ""
        done = lookup if lookup and not lookup.under_way else None
        if lab:
            said = tr("In the lab: {}. Its own name server is asked; nothing leaves this computer.")
            text = said.format(tr(lab.title))
            if done and not done.lab:
                text += " " + tr("What is shown was asked outside the lab.")
            elif done and done.lab and done.lab != lab:
                text += " " + tr("What is shown is of “{}”.").format(tr(done.lab.title))
        elif done and done.lab:
            text = tr("This was asked in the lab.")
        self._lab.say(text)
        self._lab.button.setVisible(lab is not None)
        stale = done is not None and done.address.rpartition("@")[2].lower() != domain
        text = tr("The address has changed since: what is shown is of {}.")
        self._stale.say(breakable(text.format(done.address)) if done and stale else "")

    def _trip_of(self, account_id: str, domain: str) -> Trip | None:
        """The last round trip of the account that showed something of the domain's signature."""
        trip = self._trips.trip(account_id)
        if trip is None or trip.result is None or trip.result.dkim is None:
            return None
        sender = trip.account.settings.address.rpartition("@")[2].lower()
        return trip if sender == domain else None

    def _draw_answers(self, lookup: Lookup | None, trip: Trip | None) -> None:
        shown = lookup if lookup and not lookup.under_way else None
        before = self._answers
        if (
            before is not None
            and self._drawn_for == self._account_id
            and (before.lookup is shown and before.trip is trip)
        ):
            return
        self._drawn_for = self._account_id
        if self._answers is not None:
            self._turns.close()
            self._answers.hide()
            self._answers.deleteLater()
            self._answers = None
        made = self._answers = Answers(shown, trip, self._tools.theme, self._go_to_round_trip, self)
        self.column.insertWidget(self.column.count() - 1, made)
        self._turns.take(made.parts(), self._announce if shown else None)

    def _announce(self) -> None:
        """Let a screen reader say what the checks come to."""
        if self.isVisible():
            said = f"{self.domain.text()}: {self.sum.text()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    # What a person does

    def _act(self) -> None:
        lookup = self._lookups.lookup(self._account_id)
        if lookup and lookup.under_way:
            self._lookups.stop(self._account_id)
        else:
            self._go()

    def _go(self) -> None:
        self._tools.desk.settle()
        if account := self._tools.desk.account:
            self._lookups.ask(account.id, account.settings.address)

    def _go_to_round_trip(self) -> None:
        self._tools.open(self._account_id, "round-trip")


def _worst(report: DomainReport, trip: Trip | None) -> str:
    """The worst tone of the checks, and of the signature that a message showed."""
    seen = trip.result.dkim if trip and trip.result else None
    tones = {report.tone.value, *({seen.tone.value} if seen else ())}
    return [tone for tone in MARKS if tone in tones][-1]
