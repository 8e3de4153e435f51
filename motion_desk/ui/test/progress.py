"""Progress: what is known of a test that is still running, step by step."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol, endpoint

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Event, Probe, Report, Step


class Progress:
    """Turns the events of a test into the report as far as it goes."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._at = datetime.now(UTC)
        self._probes = {protocol: awaited(order, protocol) for protocol in order.protocols}
        self._ends: dict[Protocol, float] = {}
        self.left: dict[Protocol, int] = {}

    def note(self, event: Event, now: float) -> None:
        """Take note of an event that came ``now``, a moment of ``time.monotonic``."""
        from motion_desk.services.tester.steps import Began, Ended, Finished, State, Step

        if isinstance(event, Began):
            self._ends[event.protocol] = now + event.limit
            self._put(Step(event.protocol, event.name, State.RUNNING))
        elif isinstance(event, Ended):
            self._ends.pop(event.step.protocol, None)
            self._put(event.step)
        elif isinstance(event, Finished):
            self._probes[event.probe.protocol] = event.probe

    def _put(self, step: Step) -> None:
        probe = self._probes[step.protocol]
        known = [step if each.name is step.name else each for each in probe.steps]
        if step not in known:  # a step that was not foreseen
            known.append(step)
        self._probes[step.protocol] = replace(probe, steps=tuple(known))

    def count(self, now: float) -> dict[Protocol, int]:
        """``left``: the whole seconds that each step under way may still take, by its protocol."""
        self.left = {each: max(0, math.ceil(end - now)) for each, end in self._ends.items()}
        return self.left

    def report(self) -> Report:
        """What is known so far; steps that have not begun are ``WAITING``."""
        return begun(self._order, self._at, tuple(self._probes.values()))


def awaited(order: Order, protocol: Protocol) -> Probe:
    """A probe of which no step has begun."""
    from motion_desk.services.tester.plan import plan
    from motion_desk.services.tester.steps import Probe, Step

    tested = endpoint(order.account, protocol)
    steps = tuple(Step(protocol, name) for name in plan(tested))
    return Probe(protocol, f"{tested.host}:{tested.port}", steps)


def begun(order: Order, at: datetime, probes: tuple[Probe, ...]) -> Report:
    """The report of a test that began ``at``, as far as it goes."""
    from motion_desk.services.tester.steps import Report

    account = order.account
    return Report(account.id, account.settings.name, at, "", "", probes, order.lab)
