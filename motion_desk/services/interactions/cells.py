"""Cells: what the rows of an export say, read column by column, and row by row where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any, TypeVar

from motion_desk.services.interactions.adding import LONGEST_TEXT, Told
from motion_desk.services.interactions.columns import DATES, Choices, Target
from motion_desk.services.interactions.conditions import Value, id_value
from motion_desk.services.interactions.dates import reader
from motion_desk.services.interactions.sheet import Rows
from motion_desk.services.spreadsheets import unguarded

T = TypeVar("T")

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


class CellReader:
    """Makes conversations of rows, by what was chosen for each column.

    What a file has no column for is as if its cells were empty. May be used by any one thread.
    """

    def __init__(self, choices: Choices) -> None:
        self._width = len(choices.targets)
        place = {target: number for number, target in enumerate(choices.targets) if target}
        reading = _readers(choices)
        self._parts = [(target, place.get(target), reading[target]) for target in Target]

    def read(self, rows: Rows) -> tuple[list[Told], list[Refused]]:
        """The conversations of those rows that can be read, in order, and the others."""
        try:
            return self._by_columns(rows.cells), []
        except ValueError:  # in one row at least: each is read apart, to tell which
            return self._by_rows(rows)

    def _by_columns(self, cells: Sequence[Sequence[str]]) -> list[Told]:
        """All of some rows, each column at once; it raises where one of them is wrong."""
        if not cells:
            return []
        columns = [*zip(*cells, strict=True)]
        if len(columns) != self._width:
            raise ValueError("other columns")
        told = [
            repeat(read("")) if place is None else map(read, columns[place])
            for _, place, read in self._parts
        ]
        return [*map(partial(tuple.__new__, Told), zip(*told, strict=False))]

    def _by_rows(self, rows: Rows) -> tuple[list[Told], list[Refused]]:
        told: list[Told] = []
        refused: list[Refused] = []
        for line, cells in zip(rows.lines, rows.cells, strict=True):
            try:
                told.append(self._row(cells))
            except ValueError as error:
                refused.append(Refused(line, str(error)))
        return told, refused

    def _row(self, cells: Sequence[str]) -> Told:
        """The conversation of a row; it raises ``ValueError`` with a sentence."""
        if len(cells) != self._width:
            raise ValueError(
                f"This row has {len(cells)} cells, the first one {self._width}. Look for a missing "
                "quotation mark or delimiter, or a file that is cut off."
            )
        values: list[Any] = []
        for target, place, read in self._parts:
            cell = "" if place is None else cells[place]
            try:
                values.append(read(cell))
            except ValueError:
                if target in DATES:
                    raise ValueError(
                        f"{target.label} is “{cell[:40]}”, which is no date."
                    ) from None
                raise
        return Told(*values)


def _readers(choices: Choices) -> dict[Target, Callable[[str], Any]]:
    """What reads the cells of each target, as they are stored. They raise ``ValueError``."""
    date = reader(choices.date_order, utc=choices.utc)
    name = _Read(_text).__getitem__
    return {
        Target.ID: _identity,
        Target.WATCHING: name,
        Target.CONTACT: _text,
        Target.SUBJECT: _text,
        Target.STARTED: date,
        Target.LAST: date,
        Target.STATUS: _Read(lambda cell: _status(cell, date)).__getitem__,
        Target.SUBSTATUS: name,
        Target.TAGS: _Read(_tags).__getitem__,
        Target.OWNER: name,
        Target.READ: _Read(lambda cell: _one_of(_READ, cell, Target.READ.label)).__getitem__,
        Target.TEXT: lambda cell: cell.strip()[:LONGEST_TEXT],
    }


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


def _identity(cell: str) -> Value:
    if not (found := cell.strip()):
        raise ValueError("The ID is empty.")
    return id_value(found[:_LONGEST_CELL])


def _text(cell: str) -> str:
    text = cell.strip()[:_LONGEST_CELL]
    return unguarded(text) if text[:1] == "'" else text


def _one_of(known: Mapping[str, int], cell: str, label: str) -> int:
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
