"""Records: tests kept in the workspace file and read from it; all of it on the store's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.runs import RunSummary
from motion_desk.models.workspace import Workspace

if TYPE_CHECKING:
    from motion_desk.services.store import Store
    from motion_desk.services.tester.comparison import Comparison
    from motion_desk.services.tester.host_probe.comparing import HostDifference
    from motion_desk.services.tester.steps import Report


@dataclass(frozen=True, slots=True)
class Imported:
    """A result of a probe that was read. ``runs`` are the kept tests then.

    ``run`` is its id among them, and empty where it is not kept, for which ``why`` has the reason.
    """

    report: Report
    runs: tuple[RunSummary, ...]
    run: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Vantages:
    """What the Motion server was shown, and beside it the last test from this workstation.

    ``here`` is ``None`` where there is no test of the same servers; then nothing is compared.
    """

    there: Report
    here: Report | None
    comparison: Comparison | None
    differences: tuple[HostDifference, ...]


def kept(store: Store, account_id: str) -> tuple[tuple[RunSummary, ...], Report | None]:
    """The kept tests of an account, the newest first, and the report of the newest from here."""
    runs = store.runs(account_id)
    newest = next((each for each in runs if not each.vantage), None)
    return runs, report(store, newest.id) if newest else None


def report(store: Store, run_id: str) -> Report:
    """The report of a kept test. Raises ``WorkspaceError``, and ``ValueError`` for a newer form."""
    from motion_desk.services.tester.keeping import of_plain

    return of_plain(store.run(run_id))


def keep(store: Store, account_id: str, report: Report, word: str) -> tuple[RunSummary, ...] | None:
    """Keep a report; the account's kept tests, or ``None`` in a file that cannot be written to."""
    from motion_desk.services.tester.keeping import plain

    if store.read_only:
        return None
    store.keep_run(account_id, report.at, report.fingerprint, word, plain(report), lab=report.lab)
    return store.runs(account_id)


def compared(store: Store, before: str, now: str) -> Comparison:
    """Two kept tests compared. Raises as ``report`` does."""
    from motion_desk.services.tester.comparison import compare

    return compare(report(store, before), report(store, now))


def probe_text(account: Account) -> str:
    """The probe for an account. Raises ``HostProbeError`` where there is nothing to look at."""
    from motion_desk.services.tester.host_probe.script import script

    return script(account)


def imported(store: Store, path: Path, account: Account, workspace: Workspace) -> Imported:
    """Read what a probe printed, and keep it as a test from its vantage, where that is possible.

    Raises ``HostProbeError`` or ``OSError`` for what is no result of this account's probe, and
    ``WorkspaceError`` as the store does; then nothing is kept.
    """
    from motion_desk.services.tester.host_probe.reading import read_file
    from motion_desk.services.tester.keeping import plain
    from motion_desk.services.tester.verdict import verdict

    found = read_file(path, account, workspace)
    # The host's clock may be fast: nothing was ever tested in the future.
    found = replace(found, at=min(found.at, datetime.now(UTC)))
    before = store.runs(account.id)
    if not account.version:
        return Imported(found, before, why="Not kept: the account was never saved.")
    if store.read_only:
        return Imported(found, before, why="Not kept: this workspace cannot be written to.")
    kept_as = store.keep_run(
        account.id,
        found.at,
        found.fingerprint,
        verdict(found).tone.value,
        plain(found),
        vantage=found.vantage,
    )
    for run in before:
        if (run.vantage, run.at) == (found.vantage, found.at):
            store.forget_run(run.id)  # the same result, which may be judged otherwise now
    runs = store.runs(account.id)
    if kept_as not in {each.id for each in runs}:
        return Imported(found, runs, why="Not kept: newer tests fill all places.")
    return Imported(found, runs, kept_as)


def vantages(store: Store, there: Report, account: Account, latest: Report | None) -> Vantages:
    """What the Motion server was shown, beside the last test from here.

    That is ``latest``, where it is of the servers that the account has now, and else a kept one.
    """
    from motion_desk.services.tester.comparison import compare
    from motion_desk.services.tester.host_probe import comparing

    fits = latest and not latest.lab and comparing.is_of_servers(latest, account)
    here = latest if fits else comparing.last_from_here(store, account)
    if here is None:
        return Vantages(there, None, None, ())
    return Vantages(there, here, compare(here, there), comparing.differences(here, there))
