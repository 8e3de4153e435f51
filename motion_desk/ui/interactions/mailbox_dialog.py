"""The dialog before a mailbox is read: how much of it, what is not touched, what it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions import asking

COUNTS, USUAL = (50, 200, 1_000, 5_000), 200
"""How many messages can be read at once, and how many are unless another number is chosen."""
DAYS = 30
"""Days back to which all is read unless another day is typed."""
READ_ONLY = "The mailbox “{mailbox}” of {address} is only read: nothing is marked as read, moved or deleted."
TOLD = (
    "Messages become conversations by the messages that they answer. A mailbox tells neither owner "
    "nor status, substatus or tags: these stay empty. What was read before is not read again."
)


LIMIT = (
    "The day on which the server received a message counts. Of more than {} messages the newest are "
    "read, and you are told how many others there are."
)
NO_DAY = "Type the day as year, month and day, such as {}."
TO_COME = "That day is still to come. Type one that has begun, such as today's."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to read: the newest so many, of those that came ``since`` a day where given."""

    count: int
    since: date | None = None


class MailboxDialog(QDialog):
    """Asks which messages to read. ``taken`` brings what is ``Wanted``."""

    taken = Signal(object)

    def __init__(self, account: Account, lab: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("interactions-mailbox")
        self.setWindowTitle(tr("Read from the mailbox"))
        self.setMinimumWidth(520)
        mailbox = endpoint(account, Protocol.IMAP).mailbox
        said = tr(READ_ONLY).format(mailbox=mailbox, address=account.settings.address)
        self.count = Combo(self)
        self.count.setObjectName("interactions-mailbox:count")
        self.count.setAccessibleName(tr("How many messages"))
        for count in COUNTS:
            self.count.addItem(tr("the {} newest messages").format(f"{count:,}"), count)
        self.count.addItem(tr("all messages since a day"), None)
        self.count.setCurrentIndex(COUNTS.index(USUAL))
        self.count.setMinimumContentsLength(24)
        self.count.currentIndexChanged.connect(self._show_choice)
        first = date.today() - timedelta(days=DAYS)  # noqa: DTZ011 - a day here
        self.since = QLineEdit(first.isoformat(), self)
        self.since.setObjectName("interactions-mailbox:since")
        self.since.setAccessibleName(tr("The day since which messages are read"))
        self.since.setToolTip(tr("A day such as {}").format(asking.EXAMPLE))
        self.since.setMaxLength(10)
        self.since.setFixedWidth(self.since.fontMetrics().horizontalAdvance("2026-12-30") + 28)
        self._limit = wrapped(tr(LIMIT).format(f"{COUNTS[-1]:,}"), "muted")
        self._limit.setObjectName("interactions-mailbox:limit")
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("interactions-mailbox:wrong")
        self.since.textEdited.connect(lambda _: self._wrong.hide())
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Read"), self))
        row.addWidget(self.count)
        row.addWidget(self.since)
        row.addStretch(1)
        buttons = QDialogButtonBox(self)
        read = buttons.addButton(tr("Read"), QDialogButtonBox.ButtonRole.AcceptRole)
        read.setObjectName("interactions-mailbox:read")
        read.setProperty("role", "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(wrapped(breakable(said)))
        layout.addLayout(row)
        layout.addWidget(self._wrong)
        layout.addWidget(self._limit)
        layout.addWidget(wrapped(tr(TOLD), "muted"))
        if lab:
            text = tr("In the lab: {}. It is a mailbox on this computer; nothing leaves it.")
            layout.addWidget(wrapped(text.format(lab), "heading"))
        layout.addWidget(buttons)
        self.count.setFocus()
        self._show_choice()

    def _show_choice(self, _: int = 0) -> None:
        """Ask for a day where all since one is wanted."""
        of_days = self.count.currentData() is None
        self.since.setVisible(of_days)
        self._limit.setVisible(of_days)
        self._wrong.hide()

    def _take(self) -> None:
        count = self.count.currentData()
        wanted = Wanted(COUNTS[-1] if count is None else int(count))
        if count is None:
            day = asking.day(self.since.text())
            if day is None or day > date.today():  # noqa: DTZ011 - a day here
                said = NO_DAY if day is None else TO_COME
                self._wrong.setText(tr(said).format(asking.EXAMPLE))
                self._wrong.show()
                self.since.setFocus()
                return
            wanted = Wanted(wanted.count, day)
        self.taken.emit(wanted)
        self.accept()
