"""Showing: all that the test page shows of one account, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.runs import RunSummary
from motion_desk.models.workspace import Workspace

if TYPE_CHECKING:
    from motion_desk.services.tester.steps import Report


class Phase(Enum):
    """How far the test of an account is."""

    NEVER = "never"
    PREPARING = "preparing"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class InLab:
    """The lab while it is switched on, and what it shows."""

    fault: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Showing:
    """All that the test page shows of one account.

    ``report`` is the latest one, or an ``earlier`` one that was chosen; while a test runs it is
    what is known so far, with all steps that are to come. ``left`` counts the seconds that the
    step under way may still take. ``stale``: the values have changed since the report. ``since``
    says when a probe was made that an earlier test left to this one. ``again``: seconds until a
    new test begins by itself. ``kept`` says why the report is not kept, where it is not.
    ``made_in`` is what the lab showed to the test, where that is known.
    """

    account: Account
    workspace: Workspace
    fingerprint: str
    phase: Phase = Phase.NEVER
    report: Report | None = None
    left: Mapping[Protocol, int] = field(default_factory=dict)
    since: Mapping[Protocol, datetime] = field(default_factory=dict)
    stale: bool = False
    earlier: RunSummary | None = None
    runs: tuple[RunSummary, ...] = ()
    kept: str = ""
    again: int = 0
    lab: InLab | None = None
    made_in: InLab | None = None

    @property
    def under_way(self) -> bool:
        """Whether a test of the account is running, or about to."""
        return self.phase in (Phase.PREPARING, Phase.RUNNING)

    @property
    def finished(self) -> Report | None:
        """The report that is shown, once it is complete."""
        return None if self.under_way and not self.earlier else self.report
