"""The archive stays apart: in no back-up, export or team database, and readable where it is fixed."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest

from motion_desk.services.exchange import exporting
from motion_desk.services.interactions import schema
from motion_desk.services.interactions.archive import Archive, path_beside
from motion_desk.services.interactions.errors import ArchiveError, Interrupted, Reason
from motion_desk.services.interactions.query import Query
from motion_desk.services.interactions.working import ArchiveWorker
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.store.schema import HEAD, migrate
from tests.services.interactions.made import ACCOUNT, archive_of, brought_in, counted, export

CANARY = b"example.com"


def test_a_workspace_its_back_up_and_its_documents_hold_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "Team.motiondesk"
    with closing(Store.create(path, Secrets(system=False))) as store:
        workspace = store.workspace()
    archive = path_beside(path)
    brought_in(archive, export(tmp_path.parent / "e.csv", 500))
    back_up = migrate(path, HEAD)  # what every newer version does before it changes a file
    documents = exporting.export(tmp_path / "out", workspace, ())
    assert documents
    assert CANARY in archive.read_bytes()
    others = [each for each in tmp_path.rglob("*") if each.is_file() and each != archive]
    assert {path, back_up, *documents} <= {*others}
    assert [each for each in others if CANARY in each.read_bytes()] == []


def test_the_store_is_never_asked_for_a_place() -> None:
    """Archives know a path and nothing of a store: a team's database cannot hold one."""
    folder = Path(schema.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert "services.store.store" not in source
    assert "sqlalchemy" not in source.replace("SQLAlchemy", "")


def test_an_archive_that_can_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path, 700)
    before = path.read_bytes()
    monkeypatch.setattr(schema, "_can_write", lambda _: False)
    with Archive(path) as archive:
        assert archive.read_only
        assert counted(archive, Query(account=ACCOUNT)) == 700
        assert archive.values(ACCOUNT).owners
        for change in (archive.delete_all, lambda: archive.set_setting("a", "b")):
            with pytest.raises(ArchiveError) as caught:
                change()
            assert caught.value.reason is Reason.READ_ONLY
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("made*")] == ["made.interactions"]


def test_a_clean_close_leaves_one_file(tmp_path: Path) -> None:
    archive_of(tmp_path, 100)
    assert [each.name for each in tmp_path.glob("made*")] == ["made.interactions"]


def asked(worker: ArchiveWorker, call: object) -> object:
    """What a call gives, or the error that it ended with."""
    came: list[object] = []
    worker.ask(call, came.append, came.append)  # type: ignore[arg-type]  # any call
    until = monotonic() + 10
    while worker.drain():
        assert monotonic() < until
        sleep(0.002)
    return came[0]


def test_the_worker_opens_late_on_its_own_thread_and_again_after_letting_go(tmp_path: Path) -> None:
    path = tmp_path / "late.interactions"
    worker = ArchiveWorker(path)
    try:
        assert not path.exists()
        name = asked(worker, lambda archive: (archive.accounts(), threading.current_thread().name))
        assert name == ({}, "motion-desk-interactions")
        gone: list[bool] = []
        worker.let_go(lambda: gone.append(True), lambda _: None)
        while worker.drain():
            sleep(0.002)
        assert gone == [True]
        path.write_bytes(b"nonsense")
        error = asked(worker, lambda archive: archive.accounts())
        assert isinstance(error, ArchiveError)
        assert error.reason is Reason.FOREIGN
        path.unlink()
        assert asked(worker, lambda archive: archive.accounts()) == {}
    finally:
        worker.close()


def test_opening_deletes_what_is_older_than_is_kept_once_a_day(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 100)
    with Archive(path) as archive:
        archive.kept_days = 30  # all of them are years old
    for expected in ({}, {ACCOUNT: 100}):
        worker = ArchiveWorker(path)
        try:
            assert asked(worker, lambda archive: archive.accounts()) == expected
        finally:
            worker.close()
        brought_in(path, export(tmp_path / "again.csv", 100))


def test_closing_ends_a_call_that_takes_long(tmp_path: Path) -> None:
    worker = ArchiveWorker(tmp_path / "a.interactions")
    assert asked(worker, lambda archive: archive.accounts()) == {}
    started = threading.Event()

    def forever(archive: Archive) -> None:
        with archive.reading() as connection:
            started.set()
            connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            ).fetchall()

    failures: list[Exception] = []
    worker.ask(forever, lambda _: None, failures.append)
    started.wait(5)
    sleep(0.05)  # the statement itself must run; nothing outside shows that it does
    began = monotonic()
    worker.close()
    assert monotonic() - began < 5


def test_an_interrupted_call_says_so(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.interactions") as archive:
        with archive.reading() as connection:
            connection.set_progress_handler(lambda: True, 1)
        with pytest.raises(Interrupted):
            archive.older_than(1)


def test_the_index_of_words_is_sound_after_all_that_can_happen(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 300)
    brought_in(path, export(tmp_path / "b.csv", 300, first=150))
    with Archive(path) as archive:
        archive.delete_older_than(1)
        archive.empty_journal()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO found(found) VALUES ('integrity-check')")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
