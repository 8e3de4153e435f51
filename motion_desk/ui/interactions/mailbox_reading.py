"""Mailbox reading: messages of the account's mailbox come into the archive, read-only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.errand_card import ErrandCard
from motion_desk.ui.interactions.kept import Kept, Place
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.preparing import keep_sign_in, prepare

if TYPE_CHECKING:
    from motion_desk.services.interactions.mailbox import Fetched, MailboxRead
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.ui.interactions.mailbox_dialog import Wanted


class MailboxReading(QObject):
    """Reads for one account at a time, in the lab while it is on.

    ``ended`` tells that the errand is over, whatever came of it. What runs is shown in ``card``.
    """

    ended = Signal()

    def __init__(self, tools: PanelTools, kept: Kept, card: ErrandCard, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._kept, self._card, self._window = tools, kept, card, window
        self._account: Account | None = None
        self._preparing: object | None = None
        self._in_lab = False
        self._failed = False
        self._result: MailboxRead | None = None
        self._following: Following[Fetched | MailboxRead | Renewed] = Following(
            "interactions-mailbox", self, self._note, self._refuse, self._end
        )

    @property
    def running(self) -> bool:
        """Whether the mailbox is read, or about to be."""
        return self._preparing is not None or self._following.running

    def ask(self, account: Account) -> None:
        """Ask which messages to read, and read them."""
        from motion_desk.ui.interactions.mailbox_dialog import MailboxDialog

        lab = self._tools.lab.shown
        self._account = account
        dialog = MailboxDialog(account, tr(lab.title) if lab else "", self._window.window())
        dialog.taken.connect(self._locate)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _locate(self, wanted: Wanted) -> None:
        self._card.show_running(tr("Preparing to read the mailbox…"), 0)
        self._failed, self._result = False, None
        self._preparing = asked = object()

        def located(place: Place) -> None:
            if self._preparing is asked:
                self._prepare(place.path, wanted, asked)

        self._kept.locate(located)

    def _prepare(self, path: Path, wanted: Wanted, asked: object) -> None:
        """Complete the order by passwords and the lab; it goes nowhere else than it was meant to."""
        from motion_desk.services.tester.run import Order

        tools, account = self._tools, self._account
        assert account is not None  # noqa: S101 - asked for
        lab = tools.lab.shown
        self._in_lab = lab is not None
        order = Order(account, tools.desk.workspace, lab=self._in_lab, protocols=(Protocol.IMAP,))

        def ready(complete: Order) -> None:
            if self._preparing is not asked:  # it was stopped
                return
            self._preparing = None
            if tools.lab.shown != lab:
                self._give_up(tr("The lab was switched meanwhile; nothing was read."))
                return
            self._card.show_running(tr("Connecting to the mailbox…"), 0)
            self._following.follow(
                Job(
                    "interactions-mailbox",
                    lambda stop: _course(path, account.id, complete, wanted, stop),
                )
            )

        def failed(error: Exception) -> None:
            if self._preparing is asked:
                tools.session.failed.emit(error)
                self._give_up(tr("It could not be prepared."))

        prepare(order, tools.session, tools.lab, ready, failed)

    def _give_up(self, said: str) -> None:
        self._preparing = None
        self._card.show_over(said)
        self.ended.emit()

    def _note(self, event: Fetched | MailboxRead | Renewed) -> None:
        from motion_desk.services.interactions.mailbox import Fetched, MailboxRead

        if isinstance(event, MailboxRead):
            self._result = event
        elif isinstance(event, Fetched):
            said = tr("Reading the mailbox: {} messages so far…").format(f"{event.messages:,}")
            self._card.show_running(said, event.part)
        else:
            keep_sign_in(event, self._tools.session, in_lab=self._in_lab)

    def _refuse(self, error: Exception) -> None:
        self._failed = True
        sentence = str(getattr(error, "sentence", ""))
        if not sentence:
            self._tools.session.failed.emit(error)
            sentence = tr("It ended by a mistake of this program.")
        self._card.show_over(tr("The mailbox was not read."), sentence)

    def _end(self) -> None:
        if self._result is not None:
            self._card.show_over(self._result.sentence)
            self._tools.tell(self._result.sentence)
        elif not self._failed:
            self._card.show_over(tr("Stopped: nothing was kept."))
        self.ended.emit()

    def stop(self) -> None:
        """End what runs."""
        if self._preparing is not None:
            self._give_up(tr("Stopped before anything was read."))
        self._following.stop()

    def finish(self) -> None:
        """End what runs, for the window closes."""
        self._preparing = None
        self._following.close()


def _course(
    archive: Path, account: str, order: Order, wanted: Wanted, stop: threading.Event
) -> Iterator[Fetched | MailboxRead | Renewed]:
    """What happens; on the job's thread."""
    from motion_desk.services.interactions.mailbox import read

    yield from read(archive, account, order, wanted.count, stop, wanted.since)
