"""Lookups: what DNS said of the domains of one window's accounts, asked for by a person."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.showing import InLab

if TYPE_CHECKING:
    from motion_desk.services.domain.checks import DomainReport
    from motion_desk.services.lab import Lab

NameServer = tuple[str, int]


@dataclass(slots=True)
class Lookup:
    """The latest questions about the domain of an account's address, and the answers to them."""

    address: str
    lab: InLab | None
    at: datetime
    under_way: bool = True
    report: DomainReport | None = None
    trouble: str = ""


class Lookups(QObject):
    """Asks about domains, of several accounts side by side, and keeps the last answers of each.

    ``changed`` names the account about whose domain something is to be shown anew.
    """

    changed = Signal(str)

    def __init__(self, tools: PanelTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._lookups: dict[str, Lookup] = {}
        self._followed: dict[str, Following[DomainReport]] = {}

    def lookup(self, account_id: str) -> Lookup | None:
        """The last answers about the domain of an account."""
        return self._lookups.get(account_id)

    def ask(self, account_id: str, address: str) -> None:
        """Ask DNS about the domain of an address; in the lab, the lab's name server alone."""
        lab = self._tools.lab.shown
        found = self._lookups[account_id] = Lookup(address, lab, datetime.now(UTC))
        if lab is None:
            self._start(account_id, found, None)
        else:

            def ready(running: Lab) -> None:
                if self._tools.lab.shown == lab:
                    self._start(account_id, found, running.name_server)
                else:
                    self._end(account_id, found, tr("The lab was switched meanwhile."))

            def failed(error: Exception) -> None:
                self._tools.session.failed.emit(error)
                self._end(account_id, found, tr("The lab could not be started."))

            self._tools.lab.when_ready(ready, failed)
        self.changed.emit(account_id)

    def _start(self, account_id: str, found: Lookup, server: NameServer | None) -> None:
        if self._lookups.get(account_id) is not found or not found.under_way:
            return  # it was stopped meanwhile
        following: Following[DomainReport] = Following(
            "domain",
            self,
            lambda report: self._note(found, report),
            lambda error: self._failed(found, error),
            lambda: self._end(account_id, found, found.trouble),
        )
        if before := self._followed.get(account_id):
            before.close()
        self._followed[account_id] = following
        following.follow(Job("domain", _course(found.address, server)))

    def _note(self, found: Lookup, report: DomainReport) -> None:
        found.report = report

    def _failed(self, found: Lookup, error: Exception) -> None:
        found.trouble = tr("It ended by a mistake of this program.")
        self._tools.session.failed.emit(error)

    def _end(self, account_id: str, found: Lookup, trouble: str) -> None:
        found.under_way, found.trouble = False, trouble
        self.changed.emit(account_id)

    def stop(self, account_id: str) -> None:
        """Ask no further about the domain of an account."""
        found, following = self._lookups.get(account_id), self._followed.get(account_id)
        if following is not None and following.running:
            following.stop()
        elif found is not None and found.under_way:  # the lab has not started yet
            self._end(account_id, found, tr("Stopped."))

    def finish(self) -> None:
        """Stop everything, for the window closes; the threads end by themselves within 100 ms."""
        for following in self._followed.values():
            following.close()


def _course(
    address: str, server: NameServer | None
) -> Callable[[threading.Event], Iterator[DomainReport]]:
    """What DNS says, as a course whose one event is the report."""

    def course(stop: threading.Event) -> Iterator[DomainReport]:
        # With it comes dnspython, for which nobody should wait.
        from motion_desk.services.domain.checks import examine
        from motion_desk.services.domain.resolver import Resolver

        yield examine(address, Resolver([server] if server else None), stop)

    return course
