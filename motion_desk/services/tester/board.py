"""Board: what is known of an account at a glance: its verdict, its last proof, and what ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.changes import resolve
from motion_desk.models.workspace import Workspace
from motion_desk.services.calendar import any_certificate_review, certificate_end
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.verdict import Tone, Verdict, verdict

if TYPE_CHECKING:
    from motion_desk.services.store import Store


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One account of the board. What is not known, or does not concern the account, is ``None``.

    ``proved`` is when a test last showed that Motion would work, the lab aside.
    """

    account: str
    name: str
    verdict: Verdict | None
    proved: datetime | None
    certificate_ends: date | None
    secret_ends: date | None
    review: date | None


def board_row(
    account: Account, workspace: Workspace, report: Report | None, proved: datetime | None
) -> BoardRow:
    """An account's row from its newest test; that test counts as a proof where it is one."""
    found = verdict(report) if report else None
    if report and found and not report.lab and found.tone in (Tone.PASSED, Tone.WARNINGS):
        proved = max(proved, report.at) if proved else report.at
    return BoardRow(
        account.id,
        account.settings.name,
        found,
        proved,
        certificate_end(report) if report else None,
        _secret_end(account, workspace),
        any_certificate_review(account),
    )


def last_proof(store: Store, account: str) -> datetime | None:
    """When a kept test of an account last showed that Motion would work, the lab aside."""
    good = {Tone.PASSED.value, Tone.WARNINGS.value}
    runs = store.runs(account)
    return next((each.at for each in runs if each.verdict in good and not each.lab), None)


def _secret_end(account: Account, workspace: Workspace) -> date | None:
    """The end of the client secret of the provider that counts."""
    chosen = resolve(account).effective["authentication.cloud_provider"]
    entries = workspace.cloud_providers.entries
    return next((each.secret_expires for each in entries if chosen and each.id == chosen), None)
