"""An export writes what a list shows, harmless to spreadsheets, and comes in again as it was."""

from __future__ import annotations

import csv
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.export import export
from motion_desk.services.interactions.query import LABELS, Column, Conversation, Query, Status
from motion_desk.services.jobs import Stopped
from tests.services.interactions.made import ACCOUNT, archive_of, brought_in


def exported(path: Path, query: Query, target: Path) -> int:
    with Archive(path) as archive:
        *_, written = export(archive, query, target, threading.Event())
    return written


def rows(path: Path, query: Query) -> list[Conversation]:
    with Archive(path) as archive:
        pages = [archive.page(query, number).rows for number in range(20)]
    return [each for page in pages for each in page]


def test_what_is_shown_is_written_in_its_order(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 2_000)
    query = Query(account=ACCOUNT, status=Status.CLOSED, sort=Column.SUBJECT, descending=False)
    target = tmp_path / "out.csv"
    assert exported(path, query, target) == 1_600
    with target.open(encoding="utf-8-sig", newline="") as file:
        header, *written = csv.reader(file)
    assert header == [*LABELS.values()]
    assert [row[0] for row in written] == [each.id for each in rows(path, query)]
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_goes_out_comes_in_as_it_was(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 1_000)
    query = Query(account=ACCOUNT, sort=Column.ID, descending=False)
    target = tmp_path / "out.csv"
    exported(path, query, target)
    assert brought_in(tmp_path / "again.interactions", target).kept
    plain = [replace(each, number=0) for each in rows(path, query)]
    assert [replace(e, number=0) for e in rows(tmp_path / "again.interactions", query)] == plain


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "=cmd|' /C x'!A0"])
def test_no_cell_is_a_formula(tmp_path: Path, cell: str) -> None:
    file = tmp_path / "in.csv"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows([["ID", "Subject", "Contact"], ["=7", f"'{cell}", "ok"]])
    path = tmp_path / "a.interactions"
    brought_in(path, file)
    target = tmp_path / "out.csv"
    exported(path, Query(account=ACCOUNT), target)
    with target.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.reader(opened):
            assert not [each for each in row if each[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_a_stop_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 1_000)
    target = tmp_path / "out.csv"
    target.write_text("before")
    stop = threading.Event()
    with Archive(path) as archive:
        run = export(archive, Query(account=ACCOUNT), target, stop)
        next(run)
        stop.set()
        with pytest.raises(Stopped):
            next(run)
    assert target.read_text() == "before"
    assert not [*tmp_path.glob("*.part")]


def test_an_export_shows_one_state_throughout(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 1_000)
    target = tmp_path / "out.csv"
    with Archive(path) as archive, Archive(path) as other:
        run = export(archive, Query(account=ACCOUNT), target, threading.Event())
        assert next(run) == 256
        with other.writing() as connection:
            connection.execute("DELETE FROM conversation")
        *_, written = run
    assert written == 1_000


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 10)
    with pytest.raises(OSError, match="No such file"):
        exported(path, Query(account=ACCOUNT), tmp_path / "none" / "out.csv")
