"""Tables: a CSV file as rows of text; encoding, delimiter and header are found out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LARGEST = 5_000_000
"""Bytes of a file."""
MOST_ROWS = 10_000
_MOST_COLUMNS = 200
_DELIMITERS = ",;\t|"
_LOOKED_AT = 50
"""Rows by which the delimiter is found out."""
_HINT = "sep="
"""Excel writes this in a first line of its own, before the delimiter."""


class TableError(Exception):
    """A file that cannot be read as a table; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file on which it begins, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows behind its header; ``header`` is empty where the file has none."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header) or max((len(row.cells) for row in self.rows), default=0)


IsData = Callable[[Row], bool]
"""Whether a file's first row is data rather than a header."""


def _always_header(_: Row) -> bool:
    return False


def read_file(path: Path, is_data: IsData = _always_header) -> Table:
    """The table of a CSV file. Reads nothing of a file that is too large. Raises ``TableError``."""
    try:
        if not path.is_file():
            raise TableError(f"“{path.name}” is no file. Choose a CSV file.")
        size = path.stat().st_size
        if size > LARGEST:
            raise TableError(
                f"“{path.name}” has {size / 1e6:,.0f} MB; at most {LARGEST / 1e6:.0f} MB are read. "
                "Split it, or export fewer columns."
            )
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # it may have grown since
    except OSError as error:
        raise TableError(f"“{path.name}” cannot be read ({error.strerror}).") from error
    return read_table(data, is_data)


def read_table(data: bytes, is_data: IsData = _always_header) -> Table:
    """The table in the bytes of a CSV file. Raises ``TableError``, and reads nothing by half.

    ``is_data`` tells a first row that is no header; without it the first row is the header.
    """
    if len(data) > LARGEST:
        raise TableError(f"This is more than {LARGEST / 1e6:.0f} MB. Split it.")
    text, encoding = _decoded(data)
    text, lines_before, delimiter = announced(text)
    delimiter = delimiter or likeliest(text)
    rows = _rows(text, delimiter, lines_before)
    if not rows:
        raise TableError("The file holds no rows.")
    header = () if is_data(rows[0]) else tuple(cell.strip() for cell in rows[0].cells)
    body = rows[1:] if header else rows
    if len(body) > MOST_ROWS:
        raise TableError(f"The file has more than {MOST_ROWS:,} rows. Split it.")
    return Table(encoding, delimiter, header, tuple(body))


def _decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ``TableError`` for what is no text."""
    for encoding in encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), encoding
    raise TableError("This is no text file. In the spreadsheet choose “Save as”, “CSV UTF-8”.")


def encodings(data: bytes) -> Iterator[str]:
    """The encodings that a file's first bytes may be in, the likeliest first."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    # Without a mark, too: every second byte of what is mostly ASCII is 0.
    sample = data[:1000]
    if sample[1::2].count(0) > len(sample) // 4:
        yield "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        yield "utf-16-be"
    yield "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    yield "cp1252"


def announced(text: str) -> tuple[str, int, str]:
    """The text without Excel's line about the delimiter, how many lines that was, and which."""
    first, end, rest = text.partition("\n")
    announced = first.strip("\r")
    if announced[: len(_HINT)].lower() == _HINT and len(announced) == len(_HINT) + 1:
        return rest, len(end), announced[-1]
    return text, 0, ""


def likeliest(text: str) -> str:
    """The delimiter by which the first rows have the most columns, and all of them as many."""
    return max(_DELIMITERS, key=lambda each: _fitness(text, each))


def _fitness(text: str, delimiter: str) -> tuple[bool, int]:
    widths = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        return False, 0
    width = max(set(widths), key=widths.count, default=1)
    return width > 1 and widths[0] == width, width


def _rows(text: str, delimiter: str, lines_before: int) -> list[Row]:
    """All rows that hold anything. Raises ``TableError`` with the line that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if len(cells) > _MOST_COLUMNS:
                raise TableError(f"Line {line + lines_before} has more than {_MOST_COLUMNS} cells.")
            if any(cell.strip() for cell in cells):
                rows.append(Row(line + lines_before, tuple(cells)))
            if len(rows) > MOST_ROWS + 1:
                raise TableError(f"The file has more than {MOST_ROWS:,} rows. Split it.")
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            f"The row that begins on line {line + lines_before} cannot be read ({error}). "
            "Look for a quotation mark that is opened and not closed."
        ) from None
    return rows
