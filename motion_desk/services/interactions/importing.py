"""Importing: the conversations of a CSV export into the archive, all of them or none."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from motion_desk.services.interactions.adding import Adding
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.cells import CellReader, Refused
from motion_desk.services.interactions.columns import Choices, Target, checked
from motion_desk.services.interactions.errors import ArchiveError, Interrupted
from motion_desk.services.interactions.query import Column
from motion_desk.services.interactions.sheet import Sheet, rows_of
from motion_desk.services.jobs import Stopped

MOST_REFUSED = 1_000
"""Refused rows that are told one by one; of the others only how many."""
_BYTES_A_ROW = 150
"""About so many; it only decides how the indices are made."""
_LOOKED = 50_000
"""Steps of SQLite's between two looks at whether to stop: some milliseconds."""
_READING_PART = 0.6
"""How much of an import's time passes until its last row is read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows so far, and the part of its time from 0 to 1."""

    rows: int
    part: float


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import ended: the last that its course yields.

    Not ``kept``: rows were refused and leaving them out was not asked for, so the archive is as it
    was. ``refused`` are the first ``MOST_REFUSED`` of ``refusals``. ``rows`` are those that can be
    read; ``added`` and ``updated`` say what became of them where they were kept.
    """

    kept: bool
    rows: int
    added: int
    updated: int
    refusals: int
    refused: tuple[Refused, ...]


def course(
    archive: Path, account: str, sheet: Sheet, choices: Choices, *, leave_out: bool = False
) -> Callable[[threading.Event], Iterator[Progress | Imported]]:
    """The course of a ``Job`` that imports a file into an archive, on a connection of its own.

    One transaction: whoever looks at the archive meanwhile sees it as it was, and it stays so
    where the job is stopped, the file turns out to be damaged, the disk is full or the program
    ends. A row that cannot be read is refused as a whole, and nothing is imported but for
    ``leave_out``. A conversation whose ID is there already is updated, in the columns that the
    file has. Raises ``SheetError``, ``ArchiveError`` and ``Stopped``.
    """
    checked(choices, sheet)

    def run(stop: threading.Event) -> Iterator[Progress | Imported]:
        with Archive(archive) as opened:
            try:
                done = yield from _imported(opened, account, sheet, choices, leave_out, stop)
            finally:  # what was rolled back stands there, too
                with suppress(ArchiveError):
                    opened.empty_journal()
            yield done

    return run


class _Undone(Exception):  # noqa: N818  it is no error
    """Carries the result of an import that is rolled back."""

    def __init__(self, result: Imported) -> None:
        super().__init__()
        self.result = result


def _imported(
    archive: Archive,
    account: str,
    sheet: Sheet,
    choices: Choices,
    leave_out: bool,
    stop: threading.Event,
) -> Generator[Progress, None, Imported]:
    told = {Column(each.value) for each in choices.targets if each and each is not Target.TEXT}
    refused: list[Refused] = []
    rows = refusals = 0
    many = sheet.size // _BYTES_A_ROW >= sum(archive.accounts().values())
    cells = CellReader(choices)
    try:
        with (
            closing(rows_of(sheet, stop)) as parts,
            _stopping(archive, stop),
            archive.writing() as connection,
        ):
            _watch(connection, stop)
            adding = Adding(connection, account, told, many=many)
            for part in parts:
                read, bad = cells.read(part)
                rows += len(read)
                refusals += len(bad)
                refused += bad[: MOST_REFUSED - len(refused)]
                if leave_out or not refusals:
                    adding.add(read)
                yield Progress(rows, _READING_PART * min(1.0, part.at / max(sheet.size, 1)))
            if refusals and not leave_out:
                raise _Undone(Imported(False, rows, 0, 0, refusals, tuple(refused)))  # noqa: TRY301  it rolls back
            for done in adding.finish():
                yield Progress(rows, _READING_PART + (1 - _READING_PART) * done)
            if stop.is_set():
                raise Stopped
            connection.set_progress_handler(None, 0)
    except _Undone as undone:
        return undone.result
    return Imported(True, rows, adding.added, adding.updated, refusals, tuple(refused))


@contextmanager
def _stopping(archive: Archive, stop: threading.Event) -> Iterator[None]:
    """Say ``Stopped`` where a statement ended because of it."""
    try:
        yield
    except Interrupted:
        if stop.is_set():
            raise Stopped from None
        raise
    finally:
        with archive.reading() as connection:
            connection.set_progress_handler(None, 0)


def _watch(connection: sqlite3.Connection, stop: threading.Event) -> None:
    """Have long statements end when the stop is asked for."""
    connection.set_progress_handler(stop.is_set, _LOOKED)
