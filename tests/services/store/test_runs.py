"""Tests that were kept: the newest of each account, in order, until they are forgotten."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from motion_desk.models.runs import KEPT_RUNS, RunSummary
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Reason, Store, WorkspaceError
from tests.services.store.samples import support

NOON = datetime(2026, 11, 23, 12, 0, 0, 123_456, tzinfo=UTC)
REPORT: Mapping[str, Any] = {
    "verdict": "Motion würde empfangen 🔑",
    "steps": [{"name": "dns", "seconds": 0.012, "words": "half of \ud800 a character", "ok": True}],
}


def minutes(count: float) -> datetime:
    """A moment so many minutes after noon."""
    return NOON + timedelta(minutes=count)


def kept(store: Store, account_id: str, *moments: datetime) -> list[RunSummary]:
    """The summaries of runs of these moments, which are kept now."""
    return [
        RunSummary(
            store.keep_run(account_id, at, f"f{at.minute}", "passed", {}),
            at,
            f"f{at.minute}",
            "passed",
        )
        for at in moments
    ]


def test_a_kept_test_comes_back_as_it_was(store: Store, path: Path, secrets: Secrets) -> None:
    saved = store.save(support())
    run_id = store.keep_run(saved.id, NOON, "f1", "failed", REPORT)
    store.close()
    again = Store.open(path, secrets)
    assert again.run(run_id) == REPORT
    assert again.runs(saved.id) == (RunSummary(run_id, NOON, "f1", "failed"),)
    again.close()


def test_tests_are_listed_newest_first_whenever_they_were_kept(store: Store) -> None:
    one, other = store.save(support()), store.save(support("Other"))
    first, third, second = kept(store, one.id, minutes(1), minutes(3), minutes(2))
    [elsewhere] = kept(store, other.id, minutes(9))
    assert store.runs(one.id) == (third, second, first)
    assert store.runs(other.id) == (elsewhere,)
    assert store.runs("nobody") == ()
    assert store.last_runs() == {one.id: third, other.id: elsewhere}


def test_an_account_without_tests_has_no_last_one(store: Store) -> None:
    store.save(support())
    assert store.last_runs() == {}


def test_only_the_newest_tests_of_each_account_are_kept(store: Store) -> None:
    one, other = store.save(support()), store.save(support("Other"))
    oldest = kept(store, other.id, minutes(-9))
    runs = kept(store, one.id, *map(minutes, range(KEPT_RUNS + 3)))
    assert store.runs(one.id) == tuple(runs[:2:-1])
    assert len(store.runs(one.id)) == KEPT_RUNS
    assert list(store.runs(other.id)) == oldest
    for gone in runs[:3]:
        with pytest.raises(WorkspaceError) as met:
            store.run(gone.id)
        assert met.value.reason is Reason.NO_RUN


def test_tests_of_one_moment_are_told_apart(store: Store) -> None:
    saved = store.save(support())
    runs = kept(store, saved.id, NOON, NOON)
    assert sorted(store.runs(saved.id), key=lambda run: run.id) == sorted(
        runs, key=lambda run: run.id
    )
    assert store.last_runs()[saved.id] in runs


def test_a_moment_is_one_wherever_its_clock_stands(store: Store) -> None:
    saved = store.save(support())
    there = NOON.astimezone(timezone(timedelta(hours=-7)))
    run_id = store.keep_run(saved.id, there, "f1", "passed", {})
    [found] = store.runs(saved.id)
    assert (found.at, found.at.tzinfo) == (NOON, UTC)
    assert store.run(run_id) == {}


def test_a_moment_of_no_place_is_refused(store: Store) -> None:
    saved = store.save(support())
    with pytest.raises(ValueError, match="time zone"):
        store.keep_run(saved.id, NOON.replace(tzinfo=None), "f1", "passed", {})
    assert store.runs(saved.id) == ()


def test_a_forgotten_test_is_gone(store: Store) -> None:
    saved = store.save(support())
    one, other = kept(store, saved.id, minutes(1), minutes(2))
    store.forget_run(one.id)
    assert store.runs(saved.id) == (other,)
    for use in (store.run, store.forget_run):
        with pytest.raises(WorkspaceError) as met:
            use(one.id)
        assert met.value.reason is Reason.NO_RUN
        assert met.value.sentence.count(". ") == 1, "it must also say what can be done"


def test_a_test_of_an_account_that_is_not_stored_cannot_be_kept(store: Store) -> None:
    with pytest.raises(WorkspaceError) as met:
        store.keep_run("nobody", NOON, "f1", "passed", {})
    assert met.value.reason is Reason.NO_ACCOUNT
    assert store.last_runs() == {}


def test_tests_outlast_saves_and_the_bin_and_go_with_the_account(store: Store) -> None:
    saved = store.save(support())
    runs = tuple(kept(store, saved.id, NOON))
    saved = store.save(saved)
    assert store.runs(saved.id) == runs
    store.delete(saved.id)
    assert store.last_runs() == {saved.id: runs[0]}
    store.restore(saved.id)
    assert store.runs(saved.id) == runs
    store.erase(saved.id)
    assert (store.runs(saved.id), store.last_runs()) == ((), {})


def test_tests_of_a_copied_workspace_are_its_own(
    store: Store, path: Path, secrets: Secrets, tmp_path: Path
) -> None:
    saved = store.save(support())
    runs = tuple(kept(store, saved.id, NOON))
    store.close()
    copy = tmp_path / "copy"
    copy.write_bytes(path.read_bytes())
    again = Store.open(copy, secrets)
    again.forget_run(runs[0].id)
    again.close()
    first = Store.open(path, secrets)
    assert first.runs(saved.id) == runs
    first.close()


@pytest.mark.parametrize(
    "change_made",
    [
        "content = replace(content, '12', '13')",
        "content = '{'",
        "content = x'00ff'",
        "verdict = 'passed'",
        "vantage = 'elsewhere'",
        "fingerprint = 'f2'",
        "at = '2026-11-23 12:00:00.123457'",
        "at = 'noon'",
        "digest = ''",
    ],
)
def test_a_changed_test_is_noticed_and_the_others_are_read(
    store: Store, path: Path, change_made: str
) -> None:
    saved = store.save(support())
    run_id = store.keep_run(saved.id, NOON, "f1", "failed", REPORT)
    other = store.keep_run(saved.id, minutes(1), "f1", "failed", REPORT)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"UPDATE test_run SET {change_made} WHERE id = ?", [run_id])  # noqa: S608
    connection.close()
    with pytest.raises(WorkspaceError) as met:
        store.run(run_id)
    assert met.value.reason is Reason.DAMAGED
    assert run_id in met.value.sentence
    assert store.run(other) == REPORT


def test_a_moment_that_is_none_in_the_list_is_damage(store: Store, path: Path) -> None:
    saved = store.save(support())
    kept(store, saved.id, NOON)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE test_run SET at = 'noon'")
    connection.close()
    for use in (lambda: store.runs(saved.id), store.last_runs):
        with pytest.raises(WorkspaceError, match="list of tests") as met:
            use()
        assert met.value.reason is Reason.DAMAGED


def test_a_test_in_the_lab_stays_marked_as_one(store: Store) -> None:
    saved = store.save(support())
    store.keep_run(saved.id, NOON, "f1", "passed", {}, lab=True)
    assert [run.lab for run in store.runs(saved.id)] == [True]
    assert store.last_runs()[saved.id].lab


def test_a_probe_from_elsewhere_is_listed_with_its_place_and_is_never_the_last_test(
    store: Store,
) -> None:
    saved, other = store.save(support()), store.save(support("Other"))
    [own] = kept(store, saved.id, NOON)
    for account in (saved, other):
        store.keep_run(account.id, minutes(1), "f1", "failed", {}, vantage="Motion server mx")
    assert [(run.verdict, run.vantage) for run in store.runs(saved.id)] == [
        ("failed", "Motion server mx"),
        ("passed", ""),
    ]
    assert store.last_runs() == {saved.id: own}


def test_a_probe_of_the_same_moment_is_not_taken_for_the_last_test(store: Store) -> None:
    own = {}
    for place in range(8):  # for which of two comes first is chance
        saved = store.save(support(f"Support {place}"))
        store.keep_run(saved.id, NOON, "f1", "failed", {}, vantage="Motion server mx")
        [own[saved.id]] = kept(store, saved.id, NOON)
        store.keep_run(saved.id, NOON, "f1", "failed", {}, vantage="Motion server mx")
    assert store.last_runs() == own
