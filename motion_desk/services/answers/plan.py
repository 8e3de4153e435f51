"""Plan: what reading a file would do to a list of rows, told before anything is changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from motion_desk.models.document import new_id
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import SENTENCES, Row
from motion_desk.services.tables import Row as Line
from motion_desk.services.tables import Table

MOST = 1_000
"""Rows of a list that can be read in: more could no longer be edited in a window."""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one row: the line of the file it begins on, what it is, and how or why."""

    line: int
    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. ``rows`` are those of the list afterwards, all of them.

    ``added``, ``changed`` and ``refused`` are in the order of the file. ``untouched`` counts the
    rows of the file that are there already, ``kept`` those of the list that the file does not
    name: they stay. ``remarks`` are sentences on how the file was understood.
    """

    rows: tuple[Row, ...]
    added: tuple[Told, ...]
    changed: tuple[Told, ...]
    refused: tuple[Told, ...]
    untouched: int
    kept: int
    remarks: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it can be done: all of it, for a file is never read in by half."""
        return not self.refused and bool(self.added or self.changed)


class Places:
    """Which column of a table holds what, by the words of its header."""

    def __init__(self, table: Table, words: Mapping[str, Collection[str]]) -> None:
        by_word = {word: name for name, known in words.items() for word in known}
        self._width = len(table.header)
        self.by_name: dict[str, int] = {}
        self.twice: list[str] = []
        self.unknown: list[str] = []
        for place, title in enumerate(table.header):
            name = by_word.get(_bare(title), "")
            if not name:
                self.unknown.append(title)
            elif name in self.by_name:
                self.twice.append(title)
            else:
                self.by_name[name] = place

    def cell(self, line: Line, name: str) -> str:
        """The cell of a line as it stands in the file; empty where there is no such column."""
        place = self.by_name.get(name)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    def fault(self, line: Line) -> str:
        """What is wrong with a line's number of cells, in sentences; empty cells at its end do."""
        if len(line.cells) <= self._width or not any(line.cells[self._width :]):
            return ""
        counts = f"This row has {len(line.cells)} cells, the first one {self._width}."
        return f"{counts} Look for a missing quotation mark or delimiter."

    def remarks(self) -> Iterator[str]:
        """What was passed over, in sentences."""
        titles = [f"“{title}”" for title in self.unknown if title]
        if titles:
            verb = "is" if len(titles) == 1 else "are"
            noun = "Column" if len(titles) == 1 else "Columns"
            yield f"{noun} {', '.join(titles)} {verb} not read."


def _bare(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def faults_of(row: Row, names: Sequence[str]) -> Iterator[str]:
    """What is wrong with the cells of a row that were read, in sentences."""
    for field in fields_of(type(row)):
        if field.name in names:
            value = getattr(row, field.name)
            for code, values in field.kind.check(value):
                yield f"{field.label}: {SENTENCES[code].format_map(values)}"


def fresh_ids(rows: Iterable[Row]) -> Iterator[str]:
    """Ids that none of ``rows`` has, without end, each of them once."""
    used = {row.id for row in rows}
    while True:
        made = new_id(4)
        if made not in used:
            used.add(made)
            yield made
