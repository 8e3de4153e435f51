"""Sheet: a CSV file of any size, looked at from its beginning and read row by row.

Little more than a block of it is in memory at a time, and a line that is too long is never read to
its end.
"""

from __future__ import annotations

import codecs
import csv
import io
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from motion_desk.services.interactions.dates import is_date
from motion_desk.services.jobs import Stopped
from motion_desk.services.tables import announced, encodings, likeliest

LONGEST_LINE = 1_000_000
"""Characters. A cell may have 131,072 of them, as csv has it."""
MOST_COLUMNS = 200
SAMPLE_ROWS = 1_000
"""Rows that are looked at before the columns are chosen."""
_AT_ONCE = 2_000
"""Rows that are given at once at most."""
_BLOCK = 1 << 20
_CHARACTERS = 1 << 18
"""Of a block of lines, and so about of the rows that are given at once, however long they are."""
_UTF_8 = ("utf-8", "utf-8-sig")


class SheetError(Exception):
    """A file that cannot be read as a table, or not to its end; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found out of a file. ``header`` are its columns' titles, “Column 1” … without one.

    ``skipped`` rows stand before the first conversation. ``sample`` are the first of them.
    """

    path: Path
    size: int
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    has_header: bool
    announced: bool
    sample: tuple[tuple[str, ...], ...]


def examine(path: Path, stop: threading.Event | None = None) -> Sheet:
    """Find out a file's encoding, delimiter and header. Raises ``SheetError`` and ``Stopped``.

    All of the file is read once, for its encoding (about a second for a gigabyte).
    """
    with _readable(path):
        if not path.is_file():
            raise SheetError(f"“{path.name}” is no file. Choose a CSV file.")
        size = path.stat().st_size
        encoding = _encoding(path, stop)
        with path.open("r", encoding=encoding, errors="replace", newline="") as file:
            head = file.read(_BLOCK)
    if not head.strip():
        raise SheetError(f"“{path.name}” holds no rows.")
    text, said, delimiter = announced(head)
    text = text if len(head) < _BLOCK else text[: text.rfind("\n") + 1] or text
    delimiter = delimiter or likeliest(text)
    rows = _sample(path.name, text, delimiter)
    has_header = not any(is_date(cell.strip()) or "@" in cell for cell in rows[0])
    header = tuple(cell.strip() for cell in rows[0])
    if not has_header:
        header = tuple(f"Column {number}" for number in range(1, len(rows[0]) + 1))
    sample = tuple(rows[1:] if has_header else rows)
    return Sheet(path, size, encoding, delimiter, header, has_header, bool(said), sample)


class Rows(NamedTuple):
    """Some rows that follow each other: the line on which each begins, from 1, and its cells.

    ``at`` is how many bytes of the file were read so far.
    """

    lines: list[int]
    cells: list[list[str]]
    at: int


def rows_of(sheet: Sheet, stop: threading.Event) -> Generator[Rows, None, None]:
    """The rows behind the header that hold anything, in order, some thousand at once at most.

    Raises ``SheetError`` where the file cannot be read on, and ``Stopped``.
    """
    with _readable(sheet.path), sheet.path.open("rb") as raw:
        text = io.TextIOWrapper(raw, sheet.encoding, newline="")
        try:
            for lines, cells in _rows(sheet, text):
                if stop.is_set():
                    raise Stopped
                yield Rows(lines, cells, raw.tell())
        except UnicodeDecodeError as error:
            raise SheetError(
                f"“{sheet.path.name}” is not {sheet.encoding} throughout ({error.reason}). In the "
                "spreadsheet choose “Save as”, “CSV UTF-8”."
            ) from None


def _rows(sheet: Sheet, text: io.TextIOWrapper) -> Iterator[tuple[list[int], list[list[str]]]]:
    before = int(sheet.announced)
    if before:
        text.readline()
    blocks = _Blocks(text, before)
    reader = csv.reader(chain.from_iterable(blocks), delimiter=sheet.delimiter, strict=True)
    line = 1 + before
    try:
        if sheet.has_header:
            next(reader, None)
            line += reader.line_num
        lines, rows, block = [], [], blocks.number
        for cells in reader:
            if len(cells) > 1 or (cells and cells[0].strip()):
                lines.append(line)
                rows.append(cells)
            line = reader.line_num + 1 + before
            if blocks.number != block or len(rows) >= _AT_ONCE:
                yield lines, rows
                lines, rows, block = [], [], blocks.number
        yield lines, rows
    except csv.Error as error:
        raise SheetError(
            f"The row that begins on line {line:,} cannot be read ({error}). Look for a quotation "
            "mark that is opened and not closed, or export the file again: it may be cut off."
        ) from None


class _Blocks:
    """The lines of a text, some at once: Python then touches each block, and csv alone each line.

    ``number`` is how many blocks were given so far; ``before`` how many lines were read already.
    """

    def __init__(self, text: io.TextIOWrapper, before: int) -> None:
        self.number = 0
        self._text, self._before = text, before

    def __iter__(self) -> Iterator[Iterable[str]]:
        text, line = self._text, self._before
        while block := text.read(_CHARACTERS):
            block += text.readline(LONGEST_LINE + 1)
            lines = io.StringIO(block, newline="").readlines()
            self.number += 1
            yield lines if len(block) <= LONGEST_LINE and "\0" not in block else _sound(lines, line)
            line += len(lines)


def _sound(lines: Sequence[str], before: int) -> Iterator[str]:
    """The lines up to one that no export has."""
    for number, line in enumerate(lines, before + 1):
        if len(line) > LONGEST_LINE:
            raise SheetError(
                f"Line {number:,} has more than {LONGEST_LINE:,} characters, which no export of "
                "interactions has. Look whether this is the right file."
            )
        if "\0" in line:
            raise SheetError(
                f"Line {number:,} holds bytes that no text has. In the spreadsheet choose “Save "
                "as”, “CSV UTF-8”, or export the file again."
            )
        yield line


def _encoding(path: Path, stop: threading.Event | None) -> str:
    with path.open("rb") as file:
        head = file.read(_BLOCK)
        found = next(encodings(head))
        if found not in _UTF_8:
            return found
        decoder = codecs.getincrementaldecoder("utf-8")()
        block = head
        while block:
            if stop is not None and stop.is_set():
                raise Stopped
            if b"\0" in block:
                raise SheetError(
                    f"“{path.name}” is no text file. In the spreadsheet choose “Save as”, “CSV "
                    "UTF-8”."
                )
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return "cp1252"  # what Excel writes where it does not write UTF-8
            block = file.read(_BLOCK)
    return found


def _sample(name: str, text: str, delimiter: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                rows.append(tuple(cells))
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error as error:
        if len(rows) < 2:
            raise SheetError(
                f"“{name}” cannot be read as a table ({error}). Choose a CSV file."
            ) from None
    if not rows:
        raise SheetError(f"“{name}” holds no rows.")
    if len(rows[0]) > MOST_COLUMNS:
        raise SheetError(f"The first row has more than {MOST_COLUMNS} cells: choose another file.")
    return rows


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SheetError(f"“{path.name}” cannot be read ({error.strerror}).") from error
