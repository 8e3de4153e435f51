"""The survey: reads what the workspace file says of all its accounts, some at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from motion_desk.models.workspace import Workspace
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.calendar import Entry
    from motion_desk.services.store import Store
    from motion_desk.services.tester.board import Past, Standing

SOME = 6
"""Accounts that are read in one call of the store, so that a save never waits long for its turn."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one call has read: standings, and for accounts that cannot be loaded the reasons."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


class Beginning(NamedTuple):
    """What the file says as a whole: its accounts in their order, and the days of its providers."""

    accounts: tuple[str, ...]
    days: tuple[Entry, ...]
    read_only: bool


class Survey(QObject):
    """Knows the accounts as they are stored; ``found`` names those just read, ``over`` the end.

    It reads when it is asked to. What was read before stays known until it is read again, and a
    test that was read is read only once.
    """

    found = Signal(object)
    over = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = 0
        self.standings: dict[str, Standing] = {}
        self.refused: dict[str, str] = {}
        self.read_only = False
        self.complete = False
        """Whether all accounts have been read at least once."""
        self._days: tuple[Entry, ...] = ()

    def read(self, workspace: Workspace) -> None:
        """Read all again; ``workspace`` is the one on screen, by which client secrets count."""
        self._asked += 1
        number = self._asked

        def begun(beginning: Beginning) -> None:
            if number != self._asked:
                return
            self.read_only, self._days = beginning.read_only, beginning.days
            for gone in self.standings.keys() - set(beginning.accounts):
                del self.standings[gone]
            self.refused = {
                each: why for each, why in self.refused.items() if each in beginning.accounts
            }
            self._read(number, beginning.accounts, workspace)

        self._session.ask(_beginning, begun)

    def _read(self, number: int, accounts: Sequence[str], workspace: Workspace) -> None:
        """Read some of the accounts that are left, then the rest."""
        if not accounts:
            self.complete = True
            self.over.emit()
            return
        some, rest = accounts[:SOME], accounts[SOME:]
        before = {each: self.standings[each].row.past for each in some if each in self.standings}

        def done(read: Read) -> None:
            if number != self._asked:
                return
            self.standings.update(read.standings)
            for each in some:
                self.refused.pop(each, None)
            self.refused.update(read.refused)
            for each in read.refused:
                self.standings.pop(each, None)
            self.found.emit(frozenset(some))
            self._read(number, rest, workspace)

        self._session.ask(lambda store: _some(store, some, workspace, before), done)

    def entries(self) -> tuple[Entry, ...]:
        """All days of the workspace as it is stored, the earliest first."""
        from motion_desk.services.calendar import in_order

        of_accounts = (each for known in self.standings.values() for each in known.entries)
        return in_order((*self._days, *of_accounts))


def _beginning(store: Store) -> Beginning:
    from motion_desk.services.calendar import of_providers

    accounts = store.accounts()
    days = tuple(of_providers(store.workspace(), accounts))
    return Beginning(tuple(each.id for each in accounts), days, store.read_only)


def _some(
    store: Store, accounts: Sequence[str], workspace: Workspace, before: Mapping[str, Past]
) -> Read:
    """What the file says of some accounts; on the store's thread."""
    from motion_desk.services.store import Reason, WorkspaceError
    from motion_desk.services.tester.board import standing

    standings, refused = {}, {}
    for each in accounts:
        try:
            standings[each] = standing(store, each, workspace, before.get(each))
        except WorkspaceError as error:
            if error.reason not in (Reason.DAMAGED, Reason.NO_ACCOUNT):
                raise  # of the whole file
            refused[each] = error.sentence
    return Read(standings, refused)
