"""Runs: the newest tests of each account, kept in the workspace file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from motion_desk.models.document import new_id
from motion_desk.models.records import run, seal
from motion_desk.models.runs import KEPT_RUNS, RunSummary
from motion_desk.services.store.errors import Reason, WorkspaceError, damaged

_SUMMARY = (
    run.c.id,
    run.c.at,
    run.c.fingerprint,
    run.c.verdict,
    run.c.lab,
    func.coalesce(run.c.vantage, ""),
)
_NEWEST_FIRST = (run.c.at.desc(), run.c.id)


def keep(
    transaction: Connection,
    account_id: str,
    at: datetime,
    fingerprint: str,
    verdict: str,
    content: Mapping[str, Any],
    lab: bool,
    vantage: str,
) -> str:
    """Note a run, let go of the account's oldest beyond ``KEPT_RUNS``; returns the run's id."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    row: dict[str, Any] = {
        "id": new_id(),
        "account": account_id,
        "at": at,
        "fingerprint": fingerprint,
        "verdict": verdict,
        "lab": lab,
        "vantage": vantage or None,
        # Escaped, for what a server said may hold what UTF-8 cannot.
        "content": json.dumps(content, ensure_ascii=True, separators=(",", ":")),
    }
    transaction.execute(insert(run), row | {"digest": _digest(row)})
    own = run.c.account == account_id
    kept = select(run.c.id).where(own).order_by(*_NEWEST_FIRST).limit(KEPT_RUNS)
    transaction.execute(delete(run).where(own, run.c.id.not_in(kept)))
    return str(row["id"])


def _digest(row: Mapping[str, Any]) -> str:
    return seal({**row, "at": row["at"].astimezone(UTC).isoformat()})


def of_account(transaction: Connection, path: Path, account_id: str) -> tuple[RunSummary, ...]:
    """The kept runs of an account, the newest first."""
    query = select(*_SUMMARY).where(run.c.account == account_id).order_by(*_NEWEST_FIRST)
    with _noticing_damage(path, "The list of tests"):
        return tuple(RunSummary(*found) for found in transaction.execute(query))


def last(transaction: Connection, path: Path) -> dict[str, RunSummary]:
    """The newest run from this workstation of each account that has any, by the account's id."""
    from_here = run.c.vantage.is_(None)
    newest = select(run.c.account, func.max(run.c.at).label("at")).where(from_here)
    among = newest.group_by(run.c.account).subquery()
    same = (run.c.account == among.c.account) & (run.c.at == among.c.at)
    query = select(run.c.account, *_SUMMARY).select_from(run.join(among, same)).where(from_here)
    with _noticing_damage(path, "The list of tests"):
        return {found[0]: RunSummary(*found[1:]) for found in transaction.execute(query)}


def content_of(transaction: Connection, path: Path, run_id: str) -> dict[str, Any]:
    """All that was kept of a run; damage to it is always noticed."""
    what = f"The test {run_id}"
    with _noticing_damage(path, what):
        row = transaction.execute(select(run).where(run.c.id == run_id)).mappings().first()
        if row is None:
            raise no_run(path)
        if _digest(dict(row)) != row["digest"]:
            raise damaged(path, what)
        content: dict[str, Any] = json.loads(row["content"])
        return content


def forget(transaction: Connection, path: Path, run_id: str) -> None:
    """Delete a run."""
    if not transaction.execute(delete(run).where(run.c.id == run_id)).rowcount:
        raise no_run(path)


def no_run(path: Path) -> WorkspaceError:
    """The error for a run that is not, or no longer, there."""
    return WorkspaceError(
        Reason.NO_RUN,
        f"This test is no longer in {path}. Test the account again, or choose another.",
    )


@contextmanager
def _noticing_damage(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:  # no value of its column
        raise damaged(path, what) from error
