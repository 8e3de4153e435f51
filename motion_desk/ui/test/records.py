"""Records: tests kept in the workspace file and read from it; all of it on the store's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.models.runs import RunSummary

if TYPE_CHECKING:
    from motion_desk.services.store import Store
    from motion_desk.services.tester.steps import Report


def kept(store: Store, account_id: str) -> tuple[tuple[RunSummary, ...], Report | None]:
    """The kept tests of an account, the newest first, and the newest one's report."""
    runs = store.runs(account_id)
    return runs, report(store, runs[0].id) if runs else None


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
