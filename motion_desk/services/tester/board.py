"""Board: what is known of an account at a glance: its verdict, its last proof, and what ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.changes import resolve
from motion_desk.models.endpoints import Protocol
from motion_desk.models.workspace import Workspace
from motion_desk.services.calendar import (
    Entry,
    any_certificate_review,
    certificate_end,
    of_account,
    of_certificates,
    secret_key,
)
from motion_desk.services.store import Reason, WorkspaceError
from motion_desk.services.tester.comparison import good_runs
from motion_desk.services.tester.keeping import of_plain
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.verdict import Tone, Verdict, tone, verdict

if TYPE_CHECKING:
    from motion_desk.models.runs import RunSummary
    from motion_desk.services.store import Store

GOOD = (Tone.PASSED, Tone.WARNINGS)
"""The verdicts by which Motion would work."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the tests of an account show; all of it is empty where there was none.

    ``at``, ``lab``, ``verdict``, ``tones`` and ``reasons`` are of the newest: when it was, whether
    it went to the lab, how it ended, for each protocol too, and what failed there. ``proved`` is
    when a test last showed that Motion would work, and ``certificate_ends`` the first day on which
    a certificate ends that a server showed; tests against the lab count for neither. ``run`` is
    the newest kept test, ``certificates`` are the calendar's entries of the kept ones.
    """

    at: datetime | None = None
    lab: bool = False
    verdict: Verdict | None = None
    tones: Mapping[Protocol, Tone] = field(default_factory=dict)
    reasons: Mapping[Protocol, str] = field(default_factory=dict)
    proved: datetime | None = None
    certificate_ends: date | None = None
    run: str = ""
    certificates: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something ends or is to be looked at, and the key of the field that says so."""

    day: date
    key: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One account of the board. What is not known, or does not concern the account, is ``None``."""

    account: str
    name: str
    active: bool
    past: Past
    secret: Due | None
    any_certificate: Due | None

    @property
    def verdict(self) -> Verdict | None:
        """The newest test's."""
        return self.past.verdict

    @property
    def proved(self) -> datetime | None:
        """When a test last showed that Motion would work, the lab aside."""
        return self.past.proved

    @property
    def certificate_ends(self) -> date | None:
        """The first day on which a certificate ends that a server showed."""
        return self.past.certificate_ends

    @property
    def secret_ends(self) -> date | None:
        """The end of the client secret of the cloud provider that counts."""
        return self.secret.day if self.secret else None

    @property
    def review(self) -> date | None:
        """The day on which “Accept any certificate” is to be looked at."""
        return self.any_certificate.day if self.any_certificate else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a workspace file says of one account: its row, and the days of its own values."""

    row: BoardRow
    days: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All its entries in the calendar."""
        return (*self.days, *self.row.past.certificates)


def board_row(
    account: Account, workspace: Workspace, report: Report | None, proved: datetime | None
) -> BoardRow:
    """An account's row from its newest test; that test counts as a proof where it is one.

    The certificate is the one that this test was shown, be it the lab's.
    """
    past = Past(proved=proved)
    if report is not None:
        past = replace(after(past, report), certificate_ends=certificate_end(report))
    return row_of(account, workspace, past)


def row_of(account: Account, workspace: Workspace, past: Past) -> BoardRow:
    """An account's row by these values and what its tests show."""
    chosen = resolve(account).effective["authentication.cloud_provider"]
    entries = workspace.cloud_providers.entries
    ends = next((each.secret_expires for each in entries if chosen and each.id == chosen), None)
    found = any_certificate_review(account)
    return BoardRow(
        account.id,
        account.settings.name,
        account.settings.active,
        past,
        Due(ends, secret_key(str(chosen))) if ends else None,
        Due(*found) if found else None,
    )


def after(past: Past, report: Report) -> Past:
    """What is known once a test has ended; of a test of one protocol alone, too."""
    found = verdict(report)
    proved, ends = past.proved, past.certificate_ends
    if not report.lab:
        if found.tone in GOOD:
            proved = max(proved, report.at) if proved else report.at
        ends = certificate_end(report) or ends
    return replace(
        past,
        at=report.at,
        lab=report.lab,
        verdict=found,
        tones={probe.protocol: tone(probe) for probe in report.probes},
        reasons={
            probe.protocol: step.findings[0].title
            for probe in report.probes
            if (step := probe.failed) and step.findings
        },
        proved=proved,
        certificate_ends=ends,
        run="",
    )


def standing(
    store: Store, account_id: str, workspace: Workspace, before: Past | None = None
) -> Standing:
    """What the file says of an account; on the store's thread.

    ``before`` is what was known of its tests: where no test came since, none is read again.
    Raises ``WorkspaceError`` where the account cannot be loaded; a test that cannot be read is
    a verdict that cannot be told.
    """
    account = store.load(account_id)
    past = past_of(store, account, before)
    return Standing(row_of(account, workspace, past), tuple(of_account(account)))


def past_of(store: Store, account: Account, before: Past | None = None) -> Past:
    """What the kept tests of an account show; see ``standing``."""
    runs = [each for each in store.runs(account.id) if not each.vantage]
    if not runs:
        return Past()
    newest = runs[0]
    if before is not None and before.run == newest.id:
        return before
    certificates = of_certificates(store, account)
    past = Past(
        proved=next((each.at for each in good_runs(runs)), None),
        certificate_ends=min((each.day for each in certificates), default=None),
        certificates=certificates,
    )
    return replace(_newest(store, newest, past), run=newest.id)


def _newest(store: Store, newest: RunSummary, past: Past) -> Past:
    try:
        found = after(past, of_plain(store.run(newest.id)))
    except ValueError as error:  # of a newer version
        why = str(error)
    except WorkspaceError as error:
        if error.reason not in (Reason.DAMAGED, Reason.NO_RUN):
            raise
        why = error.sentence
    else:
        return replace(found, certificate_ends=past.certificate_ends)
    unread = Verdict(Tone.UNKNOWN, "The newest test cannot be read.", why)
    return replace(past, at=newest.at, lab=newest.lab, verdict=unread)


def last_proof(store: Store, account: str) -> datetime | None:
    """When a kept test of an account last showed that Motion would work, the lab aside."""
    return next((each.at for each in good_runs(store.runs(account))), None)


def summary(tones: Iterable[Tone | None]) -> str:
    """How many accounts would work, in one sentence; ``None`` stands for one without a test."""
    found = list(tones)
    if not found:
        return "There is no account."
    good = sum(each in GOOD for each in found)
    failed = found.count(Tone.FAILED)
    untested = found.count(None)
    unclear = len(found) - good - failed - untested
    parts = [f"{good} of {len(found)} would work"]
    if failed:
        parts.append(f"{failed} {'fails' if failed == 1 else 'fail'}")
    if unclear:
        parts.append(f"{unclear} cannot be told")
    if untested:
        parts.append(f"{untested} {'was' if untested == 1 else 'were'} never tested")
    return "; ".join(parts) + "."
