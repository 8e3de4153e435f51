"""Post: sends letters, one order at a time, tells what becomes of each, and has all of it kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sent import Purpose
from motion_desk.models.variables import Known
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.staff import Person
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.preparing import keep_sign_in, prepare

if TYPE_CHECKING:
    from motion_desk.services.invitations.merging import Template
    from motion_desk.services.invitations.sending import Attempt, Event, Order, Over
    from motion_desk.services.tester.run import Order as Login

WHERE = {
    Purpose.LAB: "To the lab",
    Purpose.OWN: "To one's own address",
    Purpose.REAL: "For real",
}
"""Where an errand went, as its outcome is told."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a person asked for: values only.

    Each letter is for one of ``people``, or for nobody in particular: then ``data`` fills the one
    sample. ``own`` is where samples to oneself go; ``confirmed`` how many real invitations a
    person has agreed to, ``a_minute`` how many letters begin in a minute at most (0: no limit).
    """

    purpose: Purpose
    template: Template
    account: Account
    workspace: Workspace
    known: Known
    people: tuple[Person, ...] = ()
    data: Mapping[str, str | None] = field(default_factory=dict)
    own: str = ""
    confirmed: int | None = None
    a_minute: int = 0

    @property
    def count(self) -> int:
        """How many letters it is about."""
        return len(self.people) or 1


class Post(QObject):
    """Sends one errand at a time; ``changed`` tells that there is something to draw.

    ``done`` brings the place of each letter among the errand's, from 0, and what became of it;
    ``ended`` the sentence on all. What was sent goes to the store's log as it happens; ``kept``
    tells that something new is there.
    """

    changed = Signal()
    done = Signal(int, object)
    ended = Signal(str)
    kept = Signal()

    def __init__(self, name: str, tools: PanelTools, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._tools = tools
        self._number = 0
        self._job: Job[Event] | None = None
        self._following: Following[Event] = Following(
            name, self, self._note, self._failed, self._end
        )
        self._order: Order | None = None
        self._unkept: list[Attempt] = []
        self._keeping = False
        self.errand: Errand | None = None
        """What is being sent, or was last."""
        self.under_way = False
        self.number = 0
        """How many letters are done with."""
        self.saying = ""
        """What is being done now, in a sentence."""
        self.over: Over | None = None
        self.trouble = ""
        """Why it ended before its time, in a sentence."""

    @property
    def sentence(self) -> str:
        """What came of the last errand; empty before, and while one is under way."""
        if self.under_way or self.errand is None:
            return ""
        said = tr(self.over.sentence) if self.over else tr("Nothing was sent.")
        return f"{tr(WHERE[self.errand.purpose])}: {said[:1].lower()}{said[1:]}"

    def send(self, errand: Errand) -> None:
        """Send; nothing happens while something is being sent."""
        from motion_desk.services.tester.run import Order as Login

        if self.under_way:
            return
        self._number += 1
        number, lab = self._number, self._tools.lab.shown
        self.errand, self.over, self.trouble = errand, None, ""
        self.under_way, self.number, self.saying = True, 0, tr("Getting the password…")
        login = Login(
            errand.account, errand.workspace, protocols=(Protocol.SMTP,), lab=lab is not None
        )

        def ready(complete: Login) -> None:
            if number != self._number or not self.under_way:  # it was stopped meanwhile
                return
            if self._tools.lab.shown != lab:
                self._give_up(tr("The lab was switched meanwhile, so nothing was sent."))
            else:
                self._start(errand, complete)

        def failed(error: Exception) -> None:
            if number == self._number and self.under_way:
                self._tools.session.failed.emit(error)
                self._give_up(tr("It could not be prepared."))

        prepare(login, self._tools.session, self._tools.lab, ready, failed)
        self.changed.emit()

    def stop(self) -> None:
        """Send no more; the letter that the server has already is told as unknown."""
        if self._following.running:
            self.saying = tr("Stopping…")
            self._following.stop()
            self.changed.emit()
        elif self.under_way:
            self._give_up(tr("Stopped before anything was sent."))

    def finish(self) -> None:
        """End it, for the window closes: within 100 ms, for what was sent must be kept."""
        job, self._job = self._job, None
        self._number += 1
        self.under_way = False
        self._following.close()
        if job is not None and job.running:
            try:
                for event in job.events():
                    self._collect(event)
            except Exception as error:  # whatever it is, the window closes all the same
                self._tools.session.failed.emit(error)
        self._keeping = False  # nobody waits for an answer any more, and the calls keep their order
        self._keep()

    def _give_up(self, why: str) -> None:
        self.trouble = why
        self._end()

    def _start(self, errand: Errand, login: Login) -> None:
        from motion_desk.services.invitations.sending import Order

        self._order = Order(errand.purpose, errand.template, (), login, errand.known)
        self._job = Job(self._name, lambda stop: _course(errand, login, stop))
        self.saying = tr("Connecting…")
        self._following.follow(self._job)
        self.changed.emit()

    def _note(self, event: Event) -> None:
        from motion_desk.services.invitations.delivered import Waiting
        from motion_desk.services.invitations.sending import Over, Progress
        from motion_desk.services.tester.steps import Began, Renewed

        self._collect(event)
        if isinstance(event, Progress):
            self.number = event.number
            self.saying = ""
            self.done.emit(event.number - 1, event.attempt)
            self._keep()
        elif isinstance(event, Over):
            self.over, self.trouble = event, event.reason
        elif isinstance(event, Waiting):
            said = tr("Waiting {} s. {}")
            self.saying = said.format(f"{event.seconds:.0f}", event.reason)
        elif isinstance(event, Began):
            self.saying = tr("Connecting: {}…").format(tr(event.name.title))
        elif isinstance(event, Renewed) and self._order is not None:
            keep_sign_in(event, self._tools.session, in_lab=self._order.login.lab)
        self.changed.emit()

    def _collect(self, event: Event) -> None:
        from motion_desk.services.invitations.sending import Progress

        if isinstance(event, Progress):
            self._unkept.append(event.attempt)

    def _keep(self) -> None:
        """Have the store keep what happened since it was last asked to; one call at a time."""
        from motion_desk.services.invitations.log import kept

        order = self._order
        if self._keeping or not self._unkept or order is None:
            return
        mails, self._unkept = kept(order, self._unkept), []
        self._keeping = True

        def done(_: None) -> None:
            self._keeping = False
            self.kept.emit()
            self._keep()

        def failed(error: Exception) -> None:
            self._keeping = False
            self._unkept = []
            self._tools.session.failed.emit(error)

        self._tools.session.ask(lambda store: store.keep_sent(mails), done, failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ValueError):  # what an order says that cannot be carried out
            self.trouble = str(error)
        else:
            self.trouble = tr("It ended by a mistake of this program.")
            self._tools.session.failed.emit(error)

    def _end(self) -> None:
        self.under_way, self.saying, self._job = False, "", None
        self.changed.emit()
        self.ended.emit(" ".join(filter(None, (self.sentence, self.trouble))))


def _course(errand: Errand, login: Login, stop: threading.Event) -> Iterator[Event]:
    """What happens while an errand is carried out; on the job's thread."""
    from motion_desk.services.invitations.merging import recipients
    from motion_desk.services.invitations.sample import sample
    from motion_desk.services.invitations.sending import Order, send

    if not errand.people:
        order = sample(errand.template, errand.data, login, errand.known, to=errand.own)
    else:
        found = recipients(
            errand.people,
            errand.purpose,
            errand.known,
            base_address=errand.workspace.general.base_address,
            own=errand.own,
        )
        order = Order(
            errand.purpose,
            errand.template,
            found,
            login,
            errand.known,
            errand.confirmed,
            a_minute=errand.a_minute,
        )
    yield from send(order, stop)
