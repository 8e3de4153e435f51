"""The send card: where letters go, how many there are, the button, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.internet import Address
from motion_desk.models.sent import Purpose
from motion_desk.services.invitations.staff import is_address
from motion_desk.ui.board.bar import Bar
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.line import LineEditor
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.offering import Offer, Progressing
from motion_desk.ui.invite.pace import PaceLine
from motion_desk.ui.theme import Theme

MOST_OWN = 25
"""Samples to one's own address at once; the same as in ``services.invitations.sending``."""
TITLES = {
    Purpose.LAB: "To the lab",
    Purpose.OWN: "A sample to my own address",
    Purpose.REAL: "For real",
}


class SendCard(QFrame):
    """Asks where letters go. ``sent`` brings a ``Purpose`` and the own address that was typed.

    ``turned`` tells that another way was chosen, ``stopped`` asks for the end, ``tested`` for the
    account's connection test.
    """

    sent = Signal(object, str)
    turned = Signal()
    stopped = Signal()
    tested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invite:card")
        self.setProperty("role", "card")
        self._offer = Offer()
        self._progress = Progressing()
        self._was_in_lab: bool | None = None
        self._typed = ""
        self._ways: dict[Purpose, QRadioButton] = {}
        self._abouts: dict[Purpose, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(4)
        title = QLabel(tr("Send"), self)
        title.setProperty("role", "heading")
        column.addWidget(title)
        group = QButtonGroup(self)
        for purpose in Purpose:
            button = QRadioButton(tr(TITLES[purpose]), self)
            button.setObjectName(f"invite:to-{purpose.name.lower()}")
            button.clicked.connect(self._turn)
            group.addButton(button)
            about = wrapped("", "muted")
            about.setObjectName(f"invite:about-{purpose.name.lower()}")
            about.setContentsMargins(23, 0, 0, 2)
            self._ways[purpose], self._abouts[purpose] = button, about
            column.addWidget(button)
            column.addWidget(about)
            if purpose is Purpose.OWN:
                column.addWidget(self._address_line())
        self._pace = PaceLine(self)
        self._pace.turned.connect(self._draw)
        column.addWidget(self._pace)
        self._why = wrapped("", "warning")
        self._why.setObjectName("invite:why")
        column.addWidget(self._why)
        line = QWidget(self)
        flow = Flow(line, 8)
        self.button = self._made("invite:send", "primary")
        self.button.clicked.connect(lambda: self.sent.emit(self.purpose, self._other()))
        self.stop = self._made("invite:stop", "")
        self.stop.setText(tr("Stop"))
        self.stop.setToolTip(tr("Escape"))
        self.stop.clicked.connect(self.stopped)
        flow.addWidget(self.button)
        flow.addWidget(self.stop)
        column.addSpacing(4)
        column.addWidget(line)
        self._bar = Bar(theme, self)
        self._saying = wrapped("", "muted")
        self._saying.setObjectName("invite:progress")
        self._outcome = wrapped("", "heading")
        self._outcome.setObjectName("invite:outcome")
        self._trouble = wrapped("", "error")
        self._trouble.setObjectName("invite:trouble")
        self._test = self._made("invite:test-account", "link")
        self._test.setProperty("flush", "true")
        self._test.setText(tr("Test the account"))
        self._test.clicked.connect(self.tested)
        going = QHBoxLayout()
        going.setSpacing(10)
        going.addWidget(self._bar, 1)
        going.addWidget(self._saying, 2)
        column.addLayout(going)
        for widget in (self._outcome, self._trouble):
            column.addWidget(widget)
        column.addWidget(self._test, 0, Qt.AlignmentFlag.AlignLeft)
        self._draw()

    @property
    def purpose(self) -> Purpose:
        """The way that is chosen."""
        found = (each for each, button in self._ways.items() if button.isChecked())
        return next(found, Purpose.LAB)

    @property
    def own(self) -> str:
        """The address that was typed for samples to oneself, if any."""
        return self._other()

    @property
    def a_minute(self) -> int:
        """How many letters begin in a minute at most; 0 for no limit."""
        return self._pace.a_minute

    # What the program shows

    def show_offer(self, offer: Offer) -> None:
        """Show what could be sent. Where the lab was switched, the way follows: never for real."""
        if offer.in_lab is not self._was_in_lab:
            self._was_in_lab = offer.in_lab
            self._ways[Purpose.LAB if offer.in_lab else Purpose.OWN].setChecked(True)
        self._offer = offer
        self._draw()

    def show_progress(self, progress: Progressing) -> None:
        """Show how far it is, or what came of it."""
        if progress.under_way is not self._progress.under_way:
            had = self.button if progress.under_way else self.stop
            had_focus = had.hasFocus()
            self._progress = progress
            self._draw()
            if had_focus:
                (self.stop if progress.under_way else self.button).setFocus()
        else:
            self._progress = progress
            self._draw()

    def _draw(self) -> None:
        offer, progress, purpose = self._offer, self._progress, self.purpose
        for each, text in _abouts(offer):
            if self._abouts[each].text() != text:
                self._abouts[each].setText(text)
            in_reach = each is Purpose.LAB or not offer.in_lab
            if each is Purpose.REAL:
                in_reach = offer.is_real_open
            self._ways[each].setEnabled(in_reach and not progress.under_way)
        if not self._ways[purpose].isEnabled() and not progress.under_way:
            self._ways[Purpose.LAB if offer.in_lab else Purpose.OWN].setChecked(True)
            purpose = self.purpose
        own = purpose is Purpose.OWN
        self._place.setVisible(own)
        self._address.setPlaceholderText(offer.own or tr("Type your address"))
        self._address.setEnabled(not progress.under_way)
        self._pace.setEnabled(not progress.under_way)
        why = self._obstacle(purpose)
        said = why or _left_out(purpose, offer)
        self._why.setText(breakable(said))
        self._why.setVisible(bool(said) and not progress.under_way)
        text = _verb(purpose, offer, self._other() or offer.own)
        self.button.setText(text.replace("&", "&&"))
        self.button.setEnabled(not why and not progress.under_way)
        self.stop.setVisible(progress.under_way)
        self._draw_progress(progress)

    def _draw_progress(self, progress: Progressing) -> None:
        self._bar.setVisible(progress.under_way)
        self._saying.setVisible(progress.under_way)
        said = tr("{} of {}").format(progress.number, progress.of)
        self._saying.setText(" · ".join(filter(None, (said, progress.saying))))
        self._bar.show_part(progress.number, progress.of)
        self._outcome.setText(progress.sentence)
        self._outcome.setVisible(bool(progress.sentence))
        self._trouble.setText(breakable(progress.trouble))
        self._trouble.setVisible(bool(progress.trouble) and not progress.under_way)
        self._test.setVisible(bool(progress.trouble) and not progress.under_way)

    def _obstacle(self, purpose: Purpose) -> str:
        """Why the button does nothing now, in a sentence."""
        offer = self._offer
        if offer.missing:
            return offer.missing
        if self._pace.fault:
            return self._pace.fault
        if not offer.chosen:
            return tr("Nobody is chosen. Choose above whom the letters are for.")
        if not offer.sendable:
            return offer.without
        if purpose is Purpose.OWN:
            address = self._other() or offer.own
            if not is_address(address):
                return tr("“{}” is no email address.").format(address)
            if offer.chosen > MOST_OWN:
                said = tr(
                    "At most {} samples go to one's own address at once. Choose fewer people."
                )
                return said.format(MOST_OWN)
        return ""

    # What a person does

    def _address_line(self) -> QWidget:
        self._place = QWidget(self)
        self._address = LineEditor(Address(), parent=self)
        self._address.setObjectName("invite:own")
        self._address.setAccessibleName(tr("Own address"))
        self._address.setMaximumWidth(380)
        self._address.edited.connect(self._type)
        row = QHBoxLayout(self._place)
        row.setContentsMargins(23, 0, 0, 4)
        row.addWidget(self._address, 1)
        row.addStretch(0)
        return self._place

    def _type(self, text: object) -> None:
        self._typed = str(text).strip()
        self._draw()
        self.turned.emit()

    def _other(self) -> str:
        """The address that was typed, where it is not the account's."""
        is_other = self.purpose is Purpose.OWN and self._typed != self._offer.own
        return self._typed if is_other else ""

    def _turn(self) -> None:
        self._draw()
        self.turned.emit()

    def _made(self, name: str, role: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("role", role)
        button.setAutoDefault(False)
        return button


def _abouts(offer: Offer) -> Iterator[tuple[Purpose, str]]:
    lab = tr("Servers on this computer take the letters; nothing leaves it.")
    if not offer.in_lab:
        lab += " " + tr("The lab is off: sending turns it on.")
    yield Purpose.LAB, lab
    leave = tr("Not while the lab is on: leave it first.")
    own = tr("Each letter goes to you instead of the person, with a made-up link.")
    yield Purpose.OWN, leave if offer.in_lab else own
    yield Purpose.REAL, leave if offer.in_lab else _about_real(offer)


def _about_real(offer: Offer) -> str:
    if offer.real_missing:
        return offer.real_missing
    if not offer.chosen:
        return tr("Each person gets their own link, which you copy from Motion into their line.")
    if offer.ready < offer.chosen:
        said = tr("{} of {} chosen can get one. {}")
        return said.format(offer.ready, offer.chosen, offer.without)
    return tr("Each of the chosen gets their own link. You are asked before.")


def _left_out(purpose: Purpose, offer: Offer) -> str:
    """Who of the chosen gets no sample, though others do."""
    count = offer.chosen - offer.sendable
    if purpose is Purpose.REAL or not count or not offer.sendable:
        return ""
    said = tr("{} of the {} chosen get none. {}")
    if count == 1:
        said = tr("1 of the {1} chosen gets none. {2}")
    return said.format(count, offer.chosen, offer.left_out)


def _verb(purpose: Purpose, offer: Offer, to: str) -> str:
    count = offer.chosen if purpose is Purpose.REAL else offer.sendable
    if not count:
        return tr("Send")
    if purpose is Purpose.REAL:
        said = tr("Send {} invitations for real…") if count != 1 else tr("Send 1 invitation…")
        return said.format(count)
    if purpose is Purpose.LAB:
        said = tr("Send {} samples to the lab") if count != 1 else tr("Send 1 sample to the lab")
        return said.format(count)
    said = tr("Send {} samples to {}") if count != 1 else tr("Send 1 sample to {1}")
    return said.format(count, to if len(to) < 45 else f"{to[:20]}…{to[-20:]}")
