"""Adding: conversations come in, from files and from the mailbox, one errand at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from motion_desk.models.account import Account
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.csv_import import CsvImport
from motion_desk.ui.interactions.errand_card import ErrandCard
from motion_desk.ui.interactions.kept import Kept
from motion_desk.ui.interactions.mailbox_reading import MailboxReading
from motion_desk.ui.panels.tools import PanelTools


class Adding(QObject):
    """Begins the errands for the account on screen; ``card`` shows the one that runs or ran last."""

    def __init__(self, tools: PanelTools, kept: Kept, page: QWidget) -> None:
        super().__init__(page)
        self._tools, self._kept = tools, kept
        self._account: Account | None = None
        self._is_allowed = True
        self.card = ErrandCard(tools.theme, page)
        self._csv = CsvImport(tools, kept, self.card, page)
        self._mailbox = MailboxReading(tools, kept, self.card, page)
        self.card.stopped.connect(self.stop)
        self.card.agreed.connect(self._csv.leave_out)
        for errand in (self._csv, self._mailbox):
            errand.ended.connect(kept.changed)

    @property
    def running(self) -> bool:
        """Whether an errand is under way."""
        return self._csv.running or self._mailbox.running

    def show_account(self, account: Account) -> None:
        """Begin errands for this account from here on; what was said of another is put away."""
        if self._account is not None and self._account.id != account.id and not self.running:
            self.card.hide()
        self._account = account

    def allow(self, on: bool) -> None:
        """Say whether the archive can be written to."""
        self._is_allowed = on

    def ask_for_file(self) -> None:
        """Ask for a CSV export, and import it."""
        if self._account is not None and self._may_begin():
            self._csv.ask_for_file(self._account)

    def ask_for_mailbox(self) -> None:
        """Ask how much of the mailbox to read, and read it."""
        self._tools.desk.settle()
        if self._account is not None and self._may_begin():
            self._mailbox.ask(self._account)

    def _may_begin(self) -> bool:
        if self.running:
            self._tools.tell(tr("Something is coming in already. Wait for it, or stop it."))
        elif not self._is_allowed:
            self._tools.tell(tr("The archive cannot be written to, so nothing can be added."))
        return not self.running and self._is_allowed

    def stop(self) -> None:
        """End what runs."""
        self._csv.stop()
        self._mailbox.stop()

    def finish(self) -> None:
        """End what runs, for the window closes."""
        self._csv.finish()
        self._mailbox.finish()
