"""A bad or huge file is refused whole, with a clear sentence and in bounded memory."""

from __future__ import annotations

import os
import threading
import tracemalloc
from pathlib import Path

import pytest

from motion_desk.services.interactions import importing
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.columns import proposed
from motion_desk.services.interactions.importing import Imported, course
from motion_desk.services.interactions.query import Query
from motion_desk.services.interactions.sheet import SheetError, examine, rows_of
from tests.services.interactions.made import ACCOUNT, brought_in, counted, export, lines

SOAK = bool(os.environ.get("MOTION_DESK_SOAK"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.interactions"


def sheet_of(folder: Path, content: str | bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def state(path: Path) -> tuple[dict[str, int], int]:
    with Archive(path) as archive:
        return archive.accounts(), counted(archive, Query(account=ACCOUNT, text="example"))


BAD = {
    "no ID": (b"Subject,Owner\na,b\n", "No column is the ID"),
    "only the ID": (b"ID,Zebra\n1,b\n", "Only the ID"),
    "empty": (b"", "no rows"),
    "spaces": (b"  \r\n \r\n", "no rows"),
    "NULs": (b"ID,Subject\n1,a\0b\n", "no text file"),
    "binary": (bytes(range(256)) * 40, "no text file"),
    "open quotation mark": (b'ID,Subject\n1,"a\n2,b\n3,c\n', "row that begins on line 2"),
    "text behind a quotation mark": (b'ID,Subject\n1,"a"b\n', "row that begins on line 2"),
    "a cell without end": (b'ID,Subject\n1,"' + b"x" * 200_000 + b'"\n', "field larger"),
    "a line without end": (b"ID,Subject\n1," + b"x," * 3_000_000, "Line 2 has more than"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_whole(tmp_path: Path, path: Path, name: str) -> None:
    content, words = BAD[name]
    with Archive(path):
        pass
    with pytest.raises(SheetError) as caught:
        brought_in(path, sheet_of(tmp_path, content))
    assert words in caught.value.sentence
    assert state(path) == ({}, 0)


def test_damage_far_down_leaves_the_archive_as_it_was(path: Path, tmp_path: Path) -> None:
    brought_in(path, export(tmp_path / "a.csv", 300))
    before = state(path)
    for tail in (b'9999,"unclosed\n', b"9999,\0\n"):
        content = "".join(lines(6_000, first=1_000)).encode() + tail
        file = sheet_of(tmp_path, content.replace(b"Subject", b"Subject"))
        with pytest.raises(SheetError):
            brought_in(path, file)
        assert state(path) == before


def test_a_cut_file_is_noticed_by_its_last_row(path: Path, tmp_path: Path) -> None:
    content = "".join(lines(100)).encode()
    done = brought_in(path, sheet_of(tmp_path, content[:-45]))
    assert not done.kept
    assert [each.line for each in done.refused] == [101]
    assert "cut off" in done.refused[0].sentence
    assert state(path) == ({}, 0)


def test_refused_rows_are_told_up_to_a_limit(path: Path, tmp_path: Path) -> None:
    rows = "".join(f"{n},x,y\n" for n in range(3_000))
    done = brought_in(path, sheet_of(tmp_path, f"ID,Subject\n1,a\n{rows}"))
    assert (done.kept, done.rows, done.refusals) == (False, 1, 3_000)
    assert len(done.refused) == importing.MOST_REFUSED


def test_each_refused_row_among_others_is_told_by_its_own_line(path: Path, tmp_path: Path) -> None:
    body = '1,"a\r\nb",Open\r\n\r\n,c,Open\r\n3,d\r\n4,e,Perhaps\r\n5,f,Closed\r\n'
    done = brought_in(path, sheet_of(tmp_path, f"ID,Subject,Status\r\n{body}"), leave_out=True)
    assert [(each.line, each.sentence.split(".")[0][:19]) for each in done.refused] == [
        (5, "The ID is empty"),
        (6, "This row has 2 cell"),
        (7, "Status is “Perhaps”"),
    ]
    assert (done.added, done.refusals) == (2, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_rows_are_the_same_wherever_a_block_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    rows = [[str(n), "x" * (n % 9) + end + "\u2028y" * (n % 2)] for n in range(60)]
    text = f"ID,Subject{end}" + "".join(f'{a},"{b}"{end}' for a, b in rows)
    sheet = examine(sheet_of(tmp_path, text))
    for size in range(1, 30):
        monkeypatch.setattr("motion_desk.services.interactions.sheet._CHARACTERS", size)
        parts = [*rows_of(sheet, threading.Event())]
        assert [cells for part in parts for cells in part.cells] == rows
        assert [line for part in parts for line in part.lines] == [*range(2, 122, 2)]


def test_memory_stays_bounded(path: Path, tmp_path: Path) -> None:
    sheet = examine(export(tmp_path / "e.csv", 20_000))
    choices, _ = proposed(sheet)
    tracemalloc.start()
    for _ in course(path, ACCOUNT, sheet, choices)(threading.Event()):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12e6


@pytest.mark.slow
@pytest.mark.skipif(not SOAK, reason="a gigabyte: MOTION_DESK_SOAK=1 asks for it")
def test_a_gigabyte_is_imported_in_bounded_memory(path: Path, tmp_path: Path) -> None:
    sheet = examine(export(tmp_path / "e.csv", 6_400_000))
    assert sheet.size > 1_000_000_000
    before = resident()
    most = 0
    done: object = None
    for event in course(path, ACCOUNT, sheet, proposed(sheet)[0])(threading.Event()):
        most, done = max(most, resident() - before), event
    assert isinstance(done, Imported)
    assert done.added == 6_400_000
    assert most < 60e6


@pytest.mark.slow
def test_a_line_of_100_mb_is_refused_in_bounded_memory(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "line.csv"
    with file.open("wb") as written:
        written.write(b"ID,Subject\n1,")
        for _ in range(100):
            written.write(b"x " * 500_000)
    tracemalloc.start()
    with pytest.raises(SheetError, match="Line 2 has more than"):
        brought_in(path, file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30e6


def resident() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
