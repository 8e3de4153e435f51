"""Tested: what is known of one account's tests, and what of it still holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol as Mail
from motion_desk.models.endpoints import endpoint, fingerprint
from motion_desk.models.runs import RunSummary
from motion_desk.models.workspace import Workspace
from motion_desk.ui.test.showing import InLab, Phase, Showing

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Event, Report
    from motion_desk.ui.test.progress import Progress


class Ongoing(Protocol):
    """A test under way, as ``services.tester.run.Run`` is one."""

    @property
    def running(self) -> bool:
        """Whether it is not over yet."""

    def stop(self) -> None:
        """End it."""

    def drain(self) -> list[Event]:
        """What happened since the last call."""

    def report(self) -> Report:
        """What it found."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a test used, without the passwords: its order, and what the lab showed to it."""

    order: Order
    lab: InLab | None


@dataclass(slots=True)
class Tested:
    """What is known of one account's tests.

    ``asked`` counts them, so that an answer to one that was stopped is known for late. ``run``,
    ``using`` and ``progress`` are of the test under way, ``report``, ``used`` and ``since`` of the
    latest one that ended; ``used`` is unknown of one from the store. ``again_at`` is the moment of
    ``time.monotonic`` when a test begins by itself; ``by_itself`` says that the latest did.
    ``stamped`` is the account that was last shown, with its fingerprint.
    """

    asked: int = 0
    preparing: bool = False
    run: Ongoing | None = None
    using: Used | None = None
    progress: Progress | None = None
    report: Report | None = None
    used: Used | None = None
    since: dict[Mail, datetime] = field(default_factory=dict)
    runs: tuple[RunSummary, ...] | None = None
    earlier: tuple[RunSummary, Report] | None = None
    kept: str = ""
    again_at: float | None = None
    by_itself: bool = False
    stamped: tuple[Account, str] | None = None

    @property
    def phase(self) -> Phase:
        """How far its test is."""
        if self.preparing:
            return Phase.PREPARING
        if self.run is not None:
            return Phase.RUNNING
        return Phase.DONE if self.report else Phase.NEVER

    @property
    def under_way(self) -> bool:
        """Whether a test is running, or about to."""
        return self.phase in (Phase.PREPARING, Phase.RUNNING)

    def begin(self, using: Used, run: Ongoing, progress: Progress) -> None:
        """Take note of a test that began."""
        self.preparing, self.using, self.run, self.progress = False, using, run, progress

    def drop(self) -> None:
        """Forget the test under way."""
        self.preparing, self.using, self.run, self.progress = False, None, None, None

    def finish(self, report: Report) -> Report:
        """Take note of what a test found; what of the one before still holds stands beside it."""
        assert self.using is not None  # noqa: S101 - it was begun
        since: dict[Mail, datetime] = {}
        probes = list(report.probes)
        for protocol in set(Mail) - set(self.using.order.protocols):
            old = self.report.probe(protocol) if self.report else None
            if self.report and old:
                since[protocol] = self.since.get(protocol, self.report.at)
                probes.append(old)
        order = list(Mail)
        probes.sort(key=lambda probe: order.index(probe.protocol))
        self.report, self.used, self.since = (
            replace(report, probes=tuple(probes)),
            self.using,
            since,
        )
        self.drop()
        return self.report

    def holds(self, protocol: Mail, using: Used) -> bool:
        """Whether the last result of a protocol is of what a new test would use."""
        if self.used is None or self.report is None or self.report.probe(protocol) is None:
            return False
        before, now = self.used.order, using.order
        return (
            self.used.lab == using.lab
            and endpoint(before.account, protocol) == endpoint(now.account, protocol)
            and before.account.trust == now.account.trust
            and before.workspace.authorities == now.workspace.authorities
        )

    def showing(self, account: Account, workspace: Workspace, lab: InLab | None) -> Showing:
        """What the page shows, of these values on the screen."""
        if self.stamped is None or self.stamped[0] is not account:
            self.stamped = (account, fingerprint(account))
        now = self.stamped[1]
        shown = Showing(account, workspace, now, self.phase, self.report, lab=lab, kept=self.kept)
        shown = replace(shown, runs=self.runs or ())
        if self.earlier:
            summary, report = self.earlier
            return replace(shown, report=report, earlier=summary, stale=report.fingerprint != now)
        if self.progress:
            return replace(shown, report=self.progress.report(), left=self.progress.left)
        given = self.used.order.workspace.authorities if self.used else workspace.authorities
        return replace(
            shown,
            since=self.since,
            stale=self.report is not None
            and (self.report.fingerprint != now or given != workspace.authorities),
            made_in=self.used.lab if self.used else None,
            again=max(1, ceil(self.again_at - monotonic())) if self.again_at else 0,
        )
