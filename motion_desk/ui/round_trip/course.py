"""The course of a round trip: its stages, and what became of each, from the events as they come."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.tester.plan import to_login
from motion_desk.services.tester.session import seconds
from motion_desk.services.tester.steps import Began, Ended, State, Step
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.tester.round_trip import Event, RoundTrip

SEND, LOOK, SIGNATURE = "send", "look", "signature"
NAMES = (*(each.value for each in Protocol), SEND, LOOK, SIGNATURE)
"""The stages by their names, in order."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is called, what became of it, and how long it took, in words."""

    name: str
    title: str
    state: State = State.WAITING
    detail: str = ""
    time: str = ""


class Course:
    """Turns the events of a round trip into stages.

    ``until`` is the moment of ``time.monotonic`` until which the stage under way may last.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        titles = {
            **{each.value: tr("Log in by {}").format(each.label) for each in Protocol},
            SEND: tr("Hand the message over"),
            LOOK: tr("Find it in the mailbox"),
            SIGNATURE: tr("Look at its signature"),
        }
        self._stages = {name: Stage(name, titles[name]) for name in NAMES}
        self._spent = dict.fromkeys(Protocol, 0.0)
        self._last = {each: to_login(endpoint(account, each))[-1] for each in Protocol}
        self._folders: tuple[str, ...] = ()
        self._looks = 0
        self.until: float | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All stages in their order."""
        return tuple(self._stages.values())

    def left(self, now: float) -> int | None:
        """The whole seconds that the stage under way may still last, where there is a limit."""
        return None if self.until is None else max(0, math.ceil(self.until - now))

    def note(self, event: Event, now: float) -> None:
        """Take note of an event that came ``now``, a moment of ``time.monotonic``."""
        # With it come both mail clients; it is there once there are events.
        from motion_desk.services.tester.round_trip import Arrived, Over, Sent, Waiting

        match event:
            case Began():
                self.until = now + event.limit
                self._put(event.protocol.value, State.RUNNING, tr(event.name.title))
            case Ended():
                self._end(event.step)
            case Sent():
                self.until, self._folders = None, event.folders
                self._put(SEND, State.PASSED, tr("The server took it"))
                self._put(LOOK, State.RUNNING, self._looking())
            case Waiting():
                self.until = now + event.left
                self._looks += 1
                self._put(LOOK, State.RUNNING, self._looking())
            case Arrived():
                self.until = None
                took = seconds(event.seconds)
                self._put(LOOK, State.PASSED, _in(event.mailbox), took)
                self._put(SIGNATURE, State.RUNNING, tr("Asking DNS for its key…"))
            case Over():
                self.until = None
                self._finish(event.result)

    def _end(self, step: Step) -> None:
        name = step.protocol.value
        self.until = None
        self._spent[step.protocol] += step.seconds
        took = seconds(self._spent[step.protocol])
        if step.state is State.FAILED and not step.accepted:
            self._put(name, State.FAILED, f"{tr(step.name.title)}: {step.summary}", took)
        elif step.state is State.STOPPED:
            self._put(name, State.STOPPED, tr(step.name.title), took)
        elif step.name is self._last[step.protocol]:
            tested = endpoint(self._account, step.protocol)
            self._put(name, State.PASSED, f"{tested.host}:{tested.port}", took)
            if step.protocol is Protocol.SMTP:
                self._put(SEND, State.RUNNING, "")

    def _looking(self) -> str:
        where = ", ".join(f"“{each}”" for each in self._folders)
        if not self._looks:
            return tr("Looking into {}…").format(where)
        looks = tr("one look") if self._looks == 1 else tr("{} looks").format(self._looks)
        return tr("Not there yet, after {looks} into {where}").format(looks=looks, where=where)

    def _finish(self, result: RoundTrip) -> None:
        ended = State.STOPPED if result.stopped else State.FAILED
        for stage in self.stages:
            if stage.state is State.RUNNING:
                detail = stage.detail
                if result.finding and not result.arrived:
                    detail = tr(result.finding.title)
                state, took = ended, ""
                if stage.name == SIGNATURE and result.dkim:
                    state, detail = _JUDGED[result.dkim.tone.value], result.dkim.remarks[0].sentence
                self._put(stage.name, state, detail, took)
            elif stage.state is State.WAITING:
                self._put(stage.name, State.NOT_RUN, "")
        if result.arrived and result.finding:
            look = self._stages[LOOK]
            self._stages[LOOK] = replace(look, state=State.WARNING)

    def _put(self, name: str, state: State, detail: str, time: str = "") -> None:
        stage = self._stages[name]
        self._stages[name] = replace(stage, state=state, detail=detail, time=time)


def _in(mailbox: str) -> str:
    return tr("In “{}”").format(mailbox)


_JUDGED: dict[str, State] = {
    "good": State.PASSED,
    "note": State.WARNING,
    "unknown": State.WARNING,
    "bad": State.WARNING,
}
"""What the tone of the signature's check (``results.Tone``) makes of the stage."""
