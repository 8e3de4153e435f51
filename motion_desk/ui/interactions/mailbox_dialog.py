"""The dialog before a mailbox is read: how much of it, what is not touched, what it cannot tell."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr

COUNTS, USUAL = (50, 200, 1_000, 5_000), 200
"""How many messages can be read at once, and how many are unless another number is chosen."""
READ_ONLY = "The mailbox “{mailbox}” of {address} is only read: nothing is marked as read, moved or deleted."
TOLD = (
    "Messages become conversations by the messages that they answer. A mailbox tells neither owner "
    "nor status, substatus or tags: these stay empty. What was read before is not read again."
)


class MailboxDialog(QDialog):
    """Asks how many messages to read. ``taken`` brings the number."""

    taken = Signal(int)

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
        self.count.setCurrentIndex(COUNTS.index(USUAL))
        self.count.setMinimumContentsLength(22)
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Read"), self))
        row.addWidget(self.count)
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
        layout.addWidget(wrapped(tr(TOLD), "muted"))
        if lab:
            text = tr("In the lab: {}. It is a mailbox on this computer; nothing leaves it.")
            layout.addWidget(wrapped(text.format(lab), "heading"))
        layout.addWidget(buttons)
        self.count.setFocus()

    def _take(self) -> None:
        self.taken.emit(int(self.count.currentData()))
        self.accept()
