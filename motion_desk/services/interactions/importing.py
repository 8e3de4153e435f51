"""Importing: the conversations of a CSV export into the archive, all of them or none."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from motion_desk.services.interactions.adding import LONGEST_TEXT, Adding, Told
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.columns import Choices, Target, checked
from motion_desk.services.interactions.conditions import id_value
from motion_desk.services.interactions.dates import reader
from motion_desk.services.interactions.errors import ArchiveError, Interrupted
from motion_desk.services.interactions.query import Column
from motion_desk.services.interactions.sheet import Sheet, rows_of
from motion_desk.services.jobs import Stopped
from motion_desk.services.spreadsheets import unguarded

T = TypeVar("T")

MOST_REFUSED = 1_000
"""Refused rows that are told one by one; of the others only how many."""
_AT_ONCE = 2_000
_BYTES_A_ROW = 150
"""About so many; it only decides how the indices are made."""
_LOOKED = 50_000
"""Steps of SQLite's between two looks at whether to stop: some milliseconds."""
_READING_PART = 0.6
"""How much of an import's time passes until its last row is read."""
_LONGEST_CELL = 2_000
"""Characters of a contact, subject, name or tag that are kept."""
_MOST_KNOWN = 10_000
_TAGS = re.compile(r"[,;|]")

_STATUS = {
    **dict.fromkeys(
        ("open", "opened", "new", "pending", "0", "false", "no", "aperto", "aperta"), 1
    ),
    **dict.fromkeys(("closed", "close", "1", "true", "yes", "chiuso", "chiusa", "sì", "si"), 2),
    **dict.fromkeys(("", "null", "none"), 0),
}
"""What “status”, and a database's “closed”, say in lower case."""
_READ = {
    **dict.fromkeys(("read", "1", "true", "yes", "letto", "letta", "sì", "si"), 1),
    **dict.fromkeys(("unread", "0", "false", "no", "non letto", "non letta"), 2),
    **dict.fromkeys(("", "null", "none"), 0),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be read: the line of the file on which it begins, from 1, and why."""

    line: int
    sentence: str


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
    read = _row_reader(choices)
    told = {Column(each.value) for each in choices.targets if each and each is not Target.TEXT}
    refused: list[Refused] = []
    rows = refusals = 0
    estimate = sheet.size // _BYTES_A_ROW
    many = estimate >= sum(archive.accounts().values())
    batch: list[Told] = []
    try:
        with _stopping(archive, stop), archive.writing() as connection:
            _watch(connection, stop)
            adding = Adding(connection, account, told, many=many)
            for line, cells, at in rows_of(sheet, stop):
                try:
                    batch.append(read(cells))
                except ValueError as error:
                    refusals += 1
                    if len(refused) < MOST_REFUSED:
                        refused.append(Refused(line, str(error)))
                    continue
                rows += 1
                if len(batch) >= _AT_ONCE:
                    if leave_out or not refusals:
                        adding.add(batch)
                    batch.clear()
                    yield Progress(rows, _READING_PART * min(1.0, at / max(sheet.size, 1)))
            if refusals and not leave_out:
                raise _Undone(Imported(False, rows, 0, 0, refusals, tuple(refused)))  # noqa: TRY301  it rolls back
            adding.add(batch)
            for part in adding.finish():
                yield Progress(rows, _READING_PART + (1 - _READING_PART) * part)
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


def _row_reader(choices: Choices) -> Callable[[list[str]], Told]:
    """What makes a conversation of a row's cells; it raises ``ValueError`` with a sentence.

    It adds an empty cell to the row, which stands for all that the file has not.
    """
    width = len(choices.targets)
    place = {target: number for number, target in enumerate(choices.targets) if target}
    at = [place.get(target, width) for target in Target]
    identity, watching, contact, subject, started, last = at[:6]
    status, substatus, tags, owner, read, text = at[6:]
    read_date = reader(choices.date_order, utc=choices.utc)
    statuses = _Read(lambda cell: _status(cell, read_date))
    reads = _Read(lambda cell: _one_of(_READ, cell, Target.READ.label))
    tag_lists = _Read(_tags)
    names = _Read(_text)

    def row(cells: list[str]) -> Told:
        if len(cells) != width:
            raise ValueError(
                f"This row has {len(cells)} cells, the first one {width}. Look for a missing "
                "quotation mark or delimiter, or a file that is cut off."
            )
        cells.append("")
        if not (found := cells[identity].strip()):
            raise ValueError("The ID is empty.")
        try:
            began, ended = read_date(cells[started]), read_date(cells[last])
        except ValueError:
            raise ValueError(_wrong_date(cells[started], cells[last], read_date)) from None
        return Told(
            id_value(found[:_LONGEST_CELL]),
            names[cells[watching]],
            _text(cells[contact]),
            _text(cells[subject]),
            began,
            ended,
            statuses[cells[status]],
            names[cells[substatus]],
            tag_lists[cells[tags]],
            names[cells[owner]],
            reads[cells[read]],
            cells[text].strip()[:LONGEST_TEXT],
        )

    return row


def _wrong_date(started: str, last: str, read_date: Callable[[str], int]) -> str:
    """Which of two dates cannot be read, in a sentence."""
    try:
        read_date(started)
    except ValueError:
        return f"{Target.STARTED.label} is “{started[:40]}”, which is no date."
    return f"{Target.LAST.label} is “{last[:40]}”, which is no date."


class _Read(dict[str, T]):
    """What cells mean that say few different things: each is read once."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> T:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[cell] = found = self._read(cell)
        return found


def _text(cell: str) -> str:
    text = cell.strip()[:_LONGEST_CELL]
    return unguarded(text) if text[:1] == "'" else text


def _one_of(known: dict[str, int], cell: str, label: str) -> int:
    found = known.get(cell.strip().casefold())
    if found is None:
        raise ValueError(
            f"{label} is “{cell[:40]}”, which is none of its values; another column may be meant."
        )
    return found


def _status(cell: str, read_date: Callable[[str], int]) -> int:
    """Open or closed; a database says it by when a conversation was closed, or NULL."""
    try:
        return _one_of(_STATUS, cell, "Status")
    except ValueError:
        try:
            return 2 if read_date(cell) else 1
        except ValueError:
            pass
        raise


def _tags(cell: str) -> tuple[str, ...]:
    bare = cell.strip().removeprefix("[").removesuffix("]")
    parts = (_text(each.strip().strip('"')) for each in _TAGS.split(bare))
    return tuple(dict.fromkeys(part for part in parts if part))
