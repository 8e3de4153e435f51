"""Trips: the round trips of one window's accounts, under way or over, and what became of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account
from motion_desk.models.endpoints import fingerprint
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.round_trip.course import Course
from motion_desk.ui.test.preparing import keep_sign_in, prepare
from motion_desk.ui.test.showing import InLab, Phase

if TYPE_CHECKING:
    from motion_desk.services.tester.round_trip import Event, RoundTrip
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed

LIMITS = (60, 120, 300, 900)
"""Seconds for which a message can be waited for."""


@dataclass(slots=True)
class Trip:
    """One account's latest round trip: what it was asked for, how far it is, what came of it.

    ``to`` is empty for the account's own address. ``trouble`` says why there is no result.
    ``deleted`` is what became of deleting the message, in a sentence, once that was asked for.
    """

    account: Account
    workspace: Workspace
    lab: InLab | None
    to: str
    limit: int
    at: datetime
    fingerprint: str
    course: Course
    phase: Phase = Phase.PREPARING
    result: RoundTrip | None = None
    trouble: str = ""
    deleting: bool = False
    deleted: str = ""
    is_gone: bool = False

    @property
    def under_way(self) -> bool:
        """Whether it is running, or about to."""
        return self.phase in (Phase.PREPARING, Phase.RUNNING)


class Trips(QObject):
    """Makes round trips, several accounts' beside each other, and keeps the last of each.

    ``changed`` names the account about whose round trip something is to be shown anew, ``ended``
    the one whose round trip has just come to its end.
    """

    changed = Signal(str)
    ended = Signal(str)

    def __init__(self, tools: PanelTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._trips: dict[str, Trip] = {}
        self._followed: dict[str, Following[Event | Renewed]] = {}
        self._deletions: dict[str, Following[str | Renewed]] = {}

    def trip(self, account_id: str) -> Trip | None:
        """The last round trip of an account in this window."""
        return self._trips.get(account_id)

    # Making one

    def begin(self, account: Account, to: str, limit: int) -> None:
        """Make a round trip with the account's values, to ``to`` or else to its own address."""
        from motion_desk.services.tester.run import Order

        workspace, lab = self._tools.desk.workspace, self._tools.lab.shown
        known = self.trip(account.id)
        if known and (known.under_way or known.deleting):
            return
        at, values = datetime.now(UTC), fingerprint(account)
        trip = Trip(account, workspace, lab, to, limit, at, values, Course(account))
        self._trips[account.id] = trip
        order = Order(account, workspace, lab=lab is not None)
        self._prepared(
            trip,
            order,
            lambda ready: self._start(trip, ready),
            lambda said: self._give_up(trip, said),
        )
        self.changed.emit(account.id)

    def _prepared(
        self,
        trip: Trip,
        order: Order,
        then: Callable[[Order], object],
        give_up: Callable[[str], object],
    ) -> None:
        """Complete an order by passwords and the lab; it goes nowhere else than it was meant to."""
        lab = self._tools.lab.shown

        def ready(complete: Order) -> None:
            if self._tools.lab.shown != lab:
                give_up(tr("The lab was switched meanwhile; nothing was done."))
            elif self._trips.get(trip.account.id) is trip:
                then(complete)

        def failed(error: Exception) -> None:
            self._tools.session.failed.emit(error)
            give_up(tr("It could not be prepared."))

        prepare(order, self._tools.session, self._tools.lab, ready, failed)

    def _give_up(self, trip: Trip, said: str) -> None:
        if trip.phase is Phase.PREPARING:
            trip.phase, trip.trouble = Phase.DONE, said
            self.changed.emit(trip.account.id)

    def _start(self, trip: Trip, order: Order) -> None:
        if trip.phase is not Phase.PREPARING:  # it was stopped meanwhile
            return
        account_id = trip.account.id
        trip.phase = Phase.RUNNING
        following = self._followed.get(account_id)
        if following is None:
            following = self._followed[account_id] = Following(
                "round-trip",
                self,
                lambda event: self._note(account_id, event),
                lambda error: self._failed(account_id, error),
            )
        to, limit = trip.to, float(trip.limit)
        following.follow(Job("round-trip", lambda stop: _course(order, stop, to, limit)))
        self.changed.emit(account_id)

    def _note(self, account_id: str, event: Event | Renewed) -> None:
        from motion_desk.services.tester.round_trip import Over
        from motion_desk.services.tester.steps import Renewed

        trip = self._trips[account_id]
        if isinstance(event, Renewed):
            keep_sign_in(event, self._tools.session, in_lab=trip.lab is not None)
            return
        trip.course.note(event, monotonic())
        if isinstance(event, Over):
            trip.phase, trip.result = Phase.DONE, event.result
        self.changed.emit(account_id)
        if isinstance(event, Over):
            self.ended.emit(account_id)

    def _failed(self, account_id: str, error: Exception) -> None:
        trip = self._trips[account_id]
        trip.phase = Phase.DONE
        if isinstance(error, ValueError):  # what is no address
            trip.trouble = str(error)
        else:
            trip.trouble = tr("It ended by a mistake of this program.")
            self._tools.session.failed.emit(error)
        self.changed.emit(account_id)

    def stop(self, account_id: str) -> None:
        """End the round trip of an account, or the deleting of its message."""
        trip = self._trips.get(account_id)
        if trip and trip.phase is Phase.PREPARING:
            self._give_up(trip, tr("Stopped before sending."))
        for following in (self._followed.get(account_id), self._deletions.get(account_id)):
            if following is not None:
                following.stop()

    # Deleting the message

    def obstacle(self, account_id: str) -> str:
        """Why the message cannot be deleted now, in a sentence; empty where it can."""
        trip, lab = self._trips[account_id], self._tools.lab.shown
        if trip.lab and not lab:
            return tr("It lies in the lab. Turn the lab on again to delete it.")
        if lab and not trip.lab:
            return tr("It lies on the real server. Leave the lab to delete it.")
        return ""

    def delete(self, account_id: str) -> None:
        """Delete the message that arrived; a person was asked before."""
        from motion_desk.services.tester.run import Order

        trip = self._trips[account_id]
        result = trip.result
        if result is None or trip.deleting or self.obstacle(account_id):
            return
        trip.deleting, trip.deleted = True, ""
        order = Order(trip.account, trip.workspace, lab=trip.lab is not None)

        def ready(complete: Order) -> None:
            following: Following[str | Renewed] = Following(
                "clearing",
                self,
                lambda said: self._note_deleted(trip, said),
                lambda error: self._note_deleted(trip, str(error)),
                lambda: self._end_deleting(trip),
            )
            self._deletions[account_id] = following
            following.follow(Job("clearing", lambda stop: _clearing(complete, result, stop)))

        def give_up(said: str) -> None:
            self._note_deleted(trip, said)
            self._end_deleting(trip)

        self._prepared(trip, order, ready, give_up)
        self.changed.emit(account_id)

    def _note_deleted(self, trip: Trip, why_not: str | Renewed) -> None:
        if not isinstance(why_not, str):
            keep_sign_in(why_not, self._tools.session, in_lab=trip.lab is not None)
            return
        trip.is_gone = not why_not
        said = tr("The message was not deleted. {}").format(why_not)
        trip.deleted = said if why_not else tr("The message was deleted.")

    def _end_deleting(self, trip: Trip) -> None:
        trip.deleting = False
        trip.deleted = trip.deleted or tr("Stopped.")
        self.changed.emit(trip.account.id)

    def finish(self) -> None:
        """Stop everything, for the window closes; the threads end by themselves within 100 ms."""
        for followed in self._followed.values():
            followed.close()
        for deletion in self._deletions.values():
            deletion.close()


def _course(
    order: Order, stop: threading.Event, to: str, limit: float
) -> Iterator[Event | Renewed]:
    """A round trip's events, and the renewals of its sign-in; on the job's thread."""
    from motion_desk.services.tester.round_trip import round_trip
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.services.tester.tokens import Tokens

    renewed: list[str] = []
    for event in round_trip(
        order, stop, Tokens(order.tokens, renewed.append), to=to, seconds=limit
    ):
        while renewed and order.tokens:
            yield Renewed(order.tokens.provider.id, renewed.pop(0))
        yield event


def _clearing(order: Order, result: RoundTrip, stop: threading.Event) -> Iterator[str | Renewed]:
    """Why the message was not deleted, or an empty text; on the job's thread."""
    from motion_desk.services.tester.clearing import delete
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.services.tester.tokens import Tokens

    renewed: list[str] = []
    why_not = delete(order, result, stop, Tokens(order.tokens, renewed.append))
    if order.tokens and renewed:
        yield Renewed(order.tokens.provider.id, renewed[-1])
    yield why_not
