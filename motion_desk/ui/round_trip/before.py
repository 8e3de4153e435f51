"""Before: what a round trip would do, said before anything is sent, and the button that begins it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.internet import Address
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.line import LineEditor
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.round_trip.trips import LIMITS

LONGEST_SHOWN = 44
"""Characters of an address in the button; of a longer one the middle is left out."""
USUAL_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person asks for: to whom, or nobody else than the account, and how long to wait."""

    to: str
    limit: int


class Before(QFrame):
    """Says from whom, to whom, through which servers, and where the message is looked for.

    ``sent`` brings the ``Letter`` that is to be sent, ``stopped`` asks for the end of what runs,
    ``wanted`` names a field that must be filled in first.
    """

    sent = Signal(object)
    stopped = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("round-trip:before")
        self.setProperty("role", "card")
        self._own = ""
        self._other = ""
        self._is_busy = False
        self._was_made = False
        self._shown: tuple[object, ...] = ()
        self.to = _told("round-trip:to", "title")
        self._from = _told("round-trip:from")
        self._through = _told("round-trip:through")
        self._where = _told("round-trip:where")
        self.limit = self._made_limit()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        lines = (
            (tr("To"), self.to),
            (tr("From"), self._from),
            (tr("Sent through"), self._through),
            (tr("Looked for on"), self._where),
        )
        for row, (text, label) in enumerate(lines):
            title = QLabel(text, self)
            title.setProperty("role", "muted")
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)
        waits = QLabel(tr("Wait at most"), self)
        waits.setProperty("role", "muted")
        waits.setBuddy(self.limit)
        self._grid.addWidget(waits, len(lines), 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.limit, len(lines), 1, Qt.AlignmentFlag.AlignLeft)
        self.promise = wrapped(
            tr(
                "One message is sent; it asks programs not to answer. Nothing else is changed: the "
                "mailboxes are opened read-only. Motion, if it fetches from there, takes it for a "
                "message like any other."
            ),
            "muted",
        )
        self._fold, self._typed = self._made_other()
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("round-trip:wrong")
        self._look = QPushButton(tr("Go to the address"), self)
        self._look.setObjectName("round-trip:go-address")
        self._look.setProperty("role", "link")
        self._look.setProperty("flush", True)
        self._look.clicked.connect(lambda: self.wanted.emit("settings.address"))
        self.button = self._made_button("go", "primary")
        self.button.clicked.connect(self._go)
        self.stop = self._made_button("stop")
        self.stop.setText(tr("Stop"))
        self.stop.clicked.connect(self.stopped)
        self.stop.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(9)
        layout.addLayout(self._grid)
        layout.addWidget(self.promise)
        fold = QHBoxLayout()
        fold.addWidget(self._fold)
        fold.addStretch(1)
        layout.addLayout(fold)
        layout.addWidget(self._typed)
        layout.addWidget(self._wrong)
        layout.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        line = QWidget(self)
        flow = Flow(line, 8)
        flow.addWidget(self.button)
        flow.addWidget(self.stop)
        layout.addWidget(line)
        self._draw()

    def _made_other(self) -> tuple[QPushButton, LineEditor]:
        """The field for another recipient, folded away and empty."""
        fold = QPushButton(tr("Send it to another address"), self)
        fold.setObjectName("round-trip:another")
        fold.setProperty("role", "fold")
        fold.setIconSize(QSize(14, 14))
        fold.setIcon(icon("chevron-right"))
        fold.setCheckable(True)
        typed = LineEditor(Address(), parent=self)
        typed.setObjectName("round-trip:other")
        typed.setAccessibleName(tr("Another recipient"))
        typed.setPlaceholderText(tr("Type the address of the recipient"))
        typed.edited.connect(self._type)
        typed.hide()
        fold.toggled.connect(self._unfold)
        return fold, typed

    def _made_limit(self) -> Combo:
        limit = Combo(self)
        limit.setObjectName("round-trip:limit")
        limit.setAccessibleName(tr("Wait at most"))
        for seconds in LIMITS:
            minutes = seconds // 60
            text = tr("1 minute") if minutes == 1 else tr("{} minutes").format(minutes)
            limit.addItem(text, seconds)
        limit.setCurrentIndex(LIMITS.index(USUAL_LIMIT))
        return limit

    def _made_button(self, name: str, role: str = "") -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"round-trip:{name}")
        button.setProperty("role", role)
        button.setAutoDefault(False)
        return button

    # What the program shows

    def show_account(self, account: Account, *, busy: bool, made: bool) -> None:
        """Show what would be done with an account's values; ``made``: it was done before."""
        if (account, busy, made) == self._shown:
            return
        self._shown = (account, busy, made)
        imap, smtp = (endpoint(account, each) for each in (Protocol.IMAP, Protocol.SMTP))
        self._own = imap.address
        if busy is not self._is_busy:
            self._take_turns(busy)
        self._is_busy, self._was_made = busy, made
        self._from.setText(breakable(self._own or tr("no address yet")))
        self._through.setText(breakable(_place(smtp.host, smtp.port)))
        folders = tr("INBOX and the junk folder")
        if imap.mailbox and imap.mailbox.upper() != "INBOX":
            folders = tr("“{}”, INBOX and the junk folder").format(imap.mailbox)
        where = tr("{place}: {folders}")
        text = where.format(place=_place(imap.host, imap.port), folders=folders)
        self._where.setText(breakable(text))
        self._draw()

    def forget_other(self) -> None:
        """Empty the field for another recipient: it was typed for one account and one message."""
        self._typed.clear()
        self._other = ""
        self._fold.setChecked(False)
        self._draw()

    def _take_turns(self, busy: bool) -> None:
        """Let one button be there to begin and another to end, so that no click does the wrong."""
        had = self.button if busy else self.stop
        had_focus = had.hasFocus()
        self.stop.setVisible(busy)
        self.button.setEnabled(not busy)
        if had_focus:
            (self.stop if busy else self.button).setFocus()

    def _draw(self) -> None:
        to = self._other or self._own
        self.to.setText(breakable(to or tr("no address yet")))
        wrong = _wrong(self._own, self._other)
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._look.setVisible(bool(_problem(self._own)))
        shown = tr("Send again to {}") if self._was_made else tr("Send to {}")
        self.button.setText(shown.format(_short(to).replace("&", "&&") or "…"))
        self.button.setToolTip(to)
        self.button.setEnabled(not self._is_busy and not wrong)
        for widget in (self._fold, self._typed, self.limit):
            widget.setEnabled(not self._is_busy)

    # What a person does

    def _unfold(self, is_open: bool) -> None:
        self._fold.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        self._typed.setVisible(is_open)
        if is_open:
            self._typed.setFocus()
        else:
            self._typed.clear()
            self._type("")

    def _type(self, text: object) -> None:
        self._other = str(text).strip()
        self._draw()

    def _go(self) -> None:
        other = "" if self._other == self._own else self._other
        self.sent.emit(Letter(other, int(self.limit.currentData())))


def _told(name: str, role: str = "") -> QLabel:
    label = wrapped("", role)
    label.setObjectName(name)
    return label


def _place(host: str, port: int) -> str:
    return f"{host}:{port}" if host else tr("no host yet")


def _problem(address: str) -> bool:
    """Whether an address is none."""
    return not address or any(ACCOUNT.fields["settings.address"].kind.check(address))


def _wrong(own: str, other: str) -> str:
    """What keeps a message from being sent."""
    if _problem(own):
        return tr("The account needs an email address first.")
    if other and _problem(other):
        return tr("“{}” is no email address.").format(_short(other))
    return ""


def _short(address: str) -> str:
    if len(address) <= LONGEST_SHOWN:
        return address
    half = LONGEST_SHOWN // 2
    return f"{address[:half]}…{address[-half:]}"
