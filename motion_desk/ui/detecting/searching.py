"""Searching: begins, follows and stops the search for the settings of an address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.test.lab import LabSwitch

if TYPE_CHECKING:
    from motion_desk.services.discovery.candidates import Detection
    from motion_desk.services.discovery.search import Request
    from motion_desk.services.lab import Lab


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for, and the authorities (PEM) that Motion was given.

    ``ispdb``: ask Thunderbird's public list, too.
    """

    address: str
    ispdb: bool = False
    given: tuple[str, ...] = ()


Way = Callable[[Wanted], "Request"]
"""Makes a search's request; called on the search's own thread, for it imports and reads files."""


def by_this_computer(wanted: Wanted) -> Request:
    """A request that asks the name servers of this computer."""
    from motion_desk.services.discovery.search import Request
    from motion_desk.services.domain.resolver import Resolver

    return Request(wanted.address, Resolver(), ispdb=wanted.ispdb, given=wanted.given)


def in_lab(wanted: Wanted, lab: Lab) -> Request:
    """A request that the lab answers, names included; nothing of it leaves this computer.

    Under the fault of an authority that Motion was not given, the lab's counts for nothing.
    """
    from motion_desk.services.discovery.search import Request
    from motion_desk.services.domain.resolver import Resolver
    from motion_desk.services.lab_authority import NOT_GIVEN

    own = lab.certificate.strip() if lab.fault.name == NOT_GIVEN else None
    given = tuple(each for each in wanted.given if each.strip() != own)
    resolver = Resolver([lab.name_server])
    return Request(wanted.address, resolver, ispdb=wanted.ispdb, route=lab.route, given=given)


class Searching(QObject):
    """Runs one search at a time; beginning another one stops the one before, and forgets it.

    ``known`` brings a ``Detection`` each time that a source has ended, ``ended`` tells of the end,
    however it came, and ``failed`` before it of what should not have happened. While the lab is
    on, it alone is asked. Nothing of the account but its address is ever here.
    """

    known = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, lab: LabSwitch, parent: QObject, way: Way = by_this_computer) -> None:
        super().__init__(parent)
        self._lab = lab
        self._way = way
        self._asked = 0
        self._waiting = False
        self._following: Following[Detection] = Following(
            "detecting", self, self.known.emit, self.failed.emit, self.ended.emit
        )

    @property
    def running(self) -> bool:
        """Whether a search is under way, or about to be."""
        return self._waiting or self._following.running

    def begin(self, wanted: Wanted) -> None:
        """Search."""
        self.close()
        if self._lab.shown is None:
            self._follow(lambda: self._way(wanted))
            return
        number = self._asked
        self._waiting = True

        def ready(request: Request) -> None:
            if number == self._asked:
                self._waiting = False
                self._follow(lambda: request)

        def refused(error: Exception) -> None:
            if number == self._asked:
                self._waiting = False
                self.failed.emit(error)
                self.ended.emit()

        self._lab.ask(lambda lab: in_lab(wanted, lab), ready, refused)

    def stop(self) -> None:
        """End the search; what it found by then stays known."""
        if self._waiting:
            self.close()
            self.ended.emit()
        else:
            self._following.stop()

    def close(self) -> None:
        """End the search and hear no more of it; its threads end by themselves within 100 ms."""
        self._asked += 1
        self._waiting = False
        self._following.close()

    def _follow(self, request: Callable[[], Request]) -> None:
        def course(stop: threading.Event) -> Iterator[Detection]:
            from motion_desk.services.discovery.detecting import detections

            yield from detections(request(), stop)

        self._following.follow(Job("detect", course))
