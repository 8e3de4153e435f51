"""Senders: the accounts that are marked as used for Motion's own mail, as on screen or as stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account
from motion_desk.services import bundled
from motion_desk.ui.desk import Desk
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.invitations.readiness import Readiness
    from motion_desk.services.store import Store


@dataclass(frozen=True, slots=True)
class Read:
    """The marked accounts as they are stored, and why others of them cannot be read."""

    accounts: tuple[Account, ...] = ()
    refused: tuple[str, ...] = ()


class Senders(QObject):
    """Reads the marked accounts when it is asked to; ``found`` tells that they were read."""

    found = Signal()

    def __init__(self, desk: Desk, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._read: Read | None = None
        self._numbered = 0

    @property
    def is_known(self) -> bool:
        """Whether the file was read."""
        return self._read is not None

    @property
    def refused(self) -> tuple[str, ...]:
        """Why marked accounts cannot be read, in sentences."""
        return self._read.refused if self._read else ()

    def read(self) -> None:
        """Read the file again; with it comes, on the store's thread, what sending needs."""
        self._numbered += 1
        number = self._numbered

        def done(read: Read) -> None:
            if number == self._numbered:
                self._read = read
                self.found.emit()

        self._session.ask(_read, done)

    def readiness(self) -> Readiness:
        """What is missing to send invitations, by the values on screen."""
        from motion_desk.services.invitations.readiness import readiness

        return readiness(self._desk.workspace, self._accounts(), bundled.variables())

    def _accounts(self) -> list[Account]:
        """In the order of the list of accounts; those that are open as they are on screen."""
        stored = {each.id: each for each in self._read.accounts} if self._read else {}
        found = []
        for identity in self._desk.summaries():
            opened = self._desk.opened(identity)
            draft = opened.draft if opened else stored.get(identity)
            if isinstance(draft, Account):
                found.append(draft)
        return found


def _read(store: Store) -> Read:
    from motion_desk.services.invitations import (  # noqa: F401 - the window's thread needs them soon
        merging,
        readiness,
    )
    from motion_desk.services.store import Reason, WorkspaceError

    accounts, refused = [], []
    for summary in store.motion_accounts():
        try:
            accounts.append(store.load(summary.id))
        except WorkspaceError as error:
            if error.reason not in (Reason.DAMAGED, Reason.NO_ACCOUNT):
                raise  # of the whole file
            refused.append(error.sentence)
    return Read(tuple(accounts), tuple(refused))
