"""Running: tests of many accounts, from the values on screen or in the file to their reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch
from motion_desk.ui.test.preparing import completed, keep_sign_in, led_to

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.store import Store
    from motion_desk.services.tester.board import Past
    from motion_desk.services.tester.fleet import Fleet
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed, Report
    from motion_desk.ui.test.showing import InLab
    from motion_desk.ui.test.tested import Used

SOME = 6
"""Accounts whose passwords are fetched in one call of the store, or that are led to the lab."""


class Asked(NamedTuple):
    """An account that is to be tested: as it is on screen, or else as it is stored.

    ``past`` is what its tests showed before.
    """

    account: str
    draft: Account | None
    past: Past


class Ready(NamedTuple):
    """An account with its order, and what is told of that later: the same without passwords."""

    asked: Asked
    order: Order
    used: Used


class Refused(NamedTuple):
    """An account that cannot be loaded, and why."""

    account: str
    why: str


class Began(NamedTuple):
    """Tells that the test of the account with a number began."""

    number: int


class Ended(NamedTuple):
    """Tells that the account with a number was tested, and what is known of it now."""

    number: int
    report: Report
    past: Past


Begin = Callable[[Sequence["Order"]], "Fleet"]


def begin(orders: Sequence[Order]) -> Fleet:
    """Begin to test; on the thread of the tests, with all that it imports."""
    from motion_desk.services.tester.fleet import Fleet

    return Fleet(orders)


class Running(QObject):
    """Tests many accounts at once, with one login at a time on each server.

    ``begun`` names an account whose test began, ``ended`` brings a report, what is known then, and
    what was used; ``refused`` an account that cannot be loaded, and the reason; ``over`` the end
    of all, with what ended it before its time, or nothing.
    """

    begun = Signal(str)
    ended = Signal(object, object, object)
    refused = Signal(str, str)
    over = Signal(str)

    def __init__(self, session: Session, lab: LabSwitch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lab = lab
        self._number = 0
        self._made_in: InLab | None = None
        self._ready: list[Ready] = []
        self._why = ""
        self._following: Following[Began | Ended | Renewed] = Following(
            "board-tests", self, self._happened, self._failed, self._over
        )
        self.begin: Begin = begin
        self.under_way = False
        """Whether something is being tested, or about to be."""

    def test(self, asked: Sequence[Asked], workspace: Workspace) -> None:
        """Test these accounts; in the lab where it is switched on."""
        self._number += 1
        self._ready, self._why = [], ""
        self._made_in = self._lab.shown
        self.under_way = True
        self._prepare(self._number, tuple(asked), workspace)

    def stop(self) -> None:
        """End it: what is under way is then stopped, what had not begun is not tested."""
        if self._following.running:
            self._following.stop()
        elif self.under_way:
            self._finish()

    def close(self) -> None:
        """End it and tell no more; the threads end by themselves within 100 ms."""
        self._number += 1
        self.under_way = False
        self._following.close()

    # Getting ready

    def _prepare(self, number: int, asked: tuple[Asked, ...], workspace: Workspace) -> None:
        """Get values and passwords of some of the accounts that are left, then of the rest."""
        if not asked:
            self._lead(number, tuple(self._ready), [])
            return
        some, rest = asked[:SOME], asked[SOME:]
        made_in = self._made_in

        def done(found: list[Ready | Refused]) -> None:
            if number != self._number:  # it was stopped meanwhile
                return
            for each in found:
                if isinstance(each, Refused):
                    self.refused.emit(each.account, each.why)
                else:
                    self._ready.append(each)
            self._prepare(number, rest, workspace)

        call = partial(_prepared, asked=some, workspace=workspace, made_in=made_in)
        self._session.ask(call, done, partial(self._give_up, number))

    def _lead(self, number: int, left: tuple[Ready, ...], led: list[Ready]) -> None:
        """Lead some of the orders to the lab, where it is on, then the rest; then begin."""
        if self._made_in is None:
            self._start(list(left))
            return
        if self._lab.shown is None:
            self._why = tr("The lab was switched off meanwhile. Nothing was tested.")
            self._finish()
            return
        if not left:
            self._start(led)
            return
        some, rest = left[:SOME], left[SOME:]

        def done(found: list[Ready]) -> None:
            if number == self._number:
                self._lead(number, rest, [*led, *found])

        self._lab.ask(lambda lab: _led(lab, some), done, partial(self._give_up, number))

    def _give_up(self, number: int, error: Exception) -> None:
        if number == self._number:
            self._failed(error)
            self._finish()

    def _start(self, ready: list[Ready]) -> None:
        self._ready = ready
        orders = [each.order for each in ready]
        pasts = [each.asked.past for each in ready]
        begin = self.begin
        self._following.follow(Job("board", lambda stop: _course(orders, pasts, stop, begin)))

    # Following

    def _happened(self, event: Began | Ended | Renewed) -> None:
        if isinstance(event, Ended):
            used = self._ready[event.number].used
            self.ended.emit(event.report, event.past, used)
        elif isinstance(event, Began):
            self.begun.emit(self._ready[event.number].asked.account)
        else:
            keep_sign_in(event, self._session, in_lab=self._made_in is not None)

    def _failed(self, error: Exception) -> None:
        self._session.failed.emit(error)

    def _over(self) -> None:
        self._finish()

    def _finish(self) -> None:
        self._number += 1
        self.under_way = False
        self._ready = []
        self.over.emit(self._why)


def _prepared(
    store: Store, asked: Sequence[Asked], workspace: Workspace, made_in: InLab | None
) -> list[Ready | Refused]:
    """The orders of some accounts; on the store's thread."""
    from motion_desk.services.store import Reason, WorkspaceError
    from motion_desk.services.tester.run import Order
    from motion_desk.ui.test.tested import Used

    found: list[Ready | Refused] = []
    for each in asked:
        try:
            account = each.draft or store.load(each.account)
        except WorkspaceError as error:
            if error.reason not in (Reason.DAMAGED, Reason.NO_ACCOUNT):
                raise  # of the whole file
            found.append(Refused(each.account, error.sentence))
            continue
        order = Order(account, workspace, lab=made_in is not None)
        found.append(Ready(each, completed(store, order), Used(order, made_in)))
    return found


def _led(lab: Lab, ready: Sequence[Ready]) -> list[Ready]:
    """The same orders, led to the lab; on a thread that may wait."""
    return [each._replace(order=led_to(lab, each.order)) for each in ready]


def _course(
    orders: Sequence[Order], pasts: Sequence[Past], stop: threading.Event, begin: Begin
) -> Iterator[Began | Ended | Renewed]:
    """The tests, on a thread of their own."""
    from motion_desk.services.tester.board import after
    from motion_desk.services.tester.fleet import Begun, Tested, course

    for event in course(orders, stop, begin):
        if isinstance(event, Tested):
            yield Ended(event.number, event.report, after(pasts[event.number], event.report))
        elif isinstance(event, Begun):
            yield Began(event.number)
        else:
            yield event
