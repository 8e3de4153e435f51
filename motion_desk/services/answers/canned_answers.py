"""Canned answers as a table: a row for each, by its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from html.entities import html5

from motion_desk.models.sections.answers import CannedAnswer
from motion_desk.services.answers.plan import MOST, Places, Plan, Told, faults_of, fresh_ids
from motion_desk.services.spreadsheets import unguarded, written
from motion_desk.services.tables import Row as Line
from motion_desk.services.tables import Table, TableError

_WORDS = {
    "key": ("key", "shortcut", "keyword", "name"),
    "value": ("value", "text", "answer", "content", "message"),
    "html": ("valuehtml", "html", "htmlvalue", "texthtml"),
    "description": ("description", "note", "notes"),
}
_FORM = "Name its columns in the first row: “Key”, “Value” and, if you like, “Description”."
_TAGS = (
    "a abbr address article aside b big blockquote body br caption center cite code col colgroup "
    "dd del div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i img "
    "ins kbd li link main mark meta nav ol p picture pre q s samp section small span strike strong "
    "style sub sup table tbody td tfoot th thead title tr tt u ul video"
)
_TAG = re.compile(rf"<!--|<!doctype|</?(?:{'|'.join(_TAGS.split())})(?:\s[^<>]*)?/?>", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;|#[0-9]+;|#[xX][0-9A-Fa-f]+;)")
_LINES = re.compile(r"\r\n|\r|\n")


def exported(rows: Sequence[CannedAnswer]) -> bytes:
    """The answers as CSV, in their order; the column's title says that the values are HTML.

    One without key or value is no answer yet, and is left out: see ``omitted``.
    """
    cells = ([row.key, row.value, row.description] for row in rows if _is_whole(row))
    return written(("Key", "Value (HTML)", "Description"), cells)


def omitted(rows: Sequence[CannedAnswer]) -> int:
    """How many answers ``exported`` leaves out."""
    return sum(not _is_whole(row) for row in rows)


def _is_whole(row: CannedAnswer) -> bool:
    return bool(row.key.strip() and row.value.strip())


def is_html(text: str) -> bool:
    """Whether a text is HTML: it holds a tag that HTML knows, a comment, or a character's name."""
    if _TAG.search(text):
        return True
    return any(found[1][0] == "#" or found[1] in html5 for found in _NAMED.finditer(text))


def as_html(text: str) -> str:
    """Plain text as HTML: paragraphs where lines are empty, breaks where lines end."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", _LINES.sub("\n", text).strip("\n"))
    return "\n".join(
        f"<p>{escape(each, quote=False)}</p>".replace("\n", "<br>") for each in paragraphs if each
    )


def planned(table: Table, rows: tuple[CannedAnswer, ...]) -> Plan:
    """What the table would do to ``rows``. Changes nothing.

    An answer is known by its key, to the letter. Those that the table does not name stay. A
    column “Value (HTML)” is taken as it is; of each other value it is found out whether it is
    HTML, and plain text is made into HTML. Raises ``TableError`` where there are no keys.
    """
    places = Places(table, _WORDS)
    if places.twice:
        raise TableError(f"“{places.twice[0]}” is a column more than once. Delete one of them.")
    if "key" not in places.by_name:
        raise TableError(f"No column of the file holds the keys. {_FORM}")
    if not {"value", "html"} & {*places.by_name}:
        raise TableError(f"No column of the file holds the answers' texts. {_FORM}")
    reading = _Reading(places, rows)
    for line in table.rows:
        reading.take(line)
    return reading.plan(tuple(places.remarks()))


@dataclass
class _Reading:
    """The answers while a table is read."""

    places: Places
    before: tuple[CannedAnswer, ...]
    added: dict[str, tuple[int, CannedAnswer]] = field(default_factory=dict)
    changed: dict[str, tuple[int, CannedAnswer]] = field(default_factory=dict)
    refused: list[Told] = field(default_factory=list)
    plain: int = 0

    def __post_init__(self) -> None:
        self._by_key: dict[str, CannedAnswer] = {}
        for row in self.before:
            self._by_key.setdefault(row.key, row)  # of twins, the upper one
        self._lines: dict[str, int] = {}
        self._ids = fresh_ids(self.before)

    def take(self, line: Line) -> None:
        """Take what a line says of an answer."""
        key = unguarded(self.places.cell(line, "key").strip())
        why = self.places.fault(line) or self._why_not(key)
        if why:
            self.refused.append(Told(line.line, key, why))
            return
        value, was_plain = self._value(line)
        known = self._by_key.get(key)
        row = replace(known or CannedAnswer(id=next(self._ids), key=key), value=value)
        if "description" in self.places.by_name:
            row = replace(row, description=unguarded(self.places.cell(line, "description")))
        why = "" if value.strip() else "The value is empty."
        why = why or " ".join(faults_of(row, ("key", "value", "description")))
        if why:
            self.refused.append(Told(line.line, key, why))
            return
        self._lines[key] = line.line
        self.plain += was_plain
        if known is None:
            self.added[key] = line.line, row
        elif row != known:
            self.changed[key] = line.line, row

    def _why_not(self, key: str) -> str:
        if not key:
            return "The key is empty."
        if key in self._lines:
            return f"The key is on line {self._lines[key]}, too. Keep one of them."
        return ""

    def _value(self, line: Line) -> tuple[str, bool]:
        """The value as HTML, and whether it was plain text; the column of HTML comes first."""
        cell = unguarded(self.places.cell(line, "html"))
        if cell.strip():
            return cell, False
        cell = unguarded(self.places.cell(line, "value"))
        return (cell, False) if is_html(cell) else (as_html(cell), bool(cell.strip()))

    def plan(self, remarks: tuple[str, ...]) -> Plan:
        """What it comes to, once each line was read."""
        by_id = {row.id: row for _, row in self.changed.values()}
        rows = (
            *(by_id.get(row.id, row) for row in self.before),
            *(row for _, row in self.added.values()),
        )
        if self.added and len(rows) > MOST:
            raise TableError(
                f"There would be {len(rows):,} answers; at most {MOST:,} can be read in."
            )
        if self.plain:
            one = self.plain == 1
            said = "1 value is" if one else f"{self.plain} values are"
            remarks = (f"{said} plain text, and made into paragraphs of HTML.", *remarks)
        named = len(self._lines) - len(self.added)
        return Plan(
            rows,
            tuple(Told(line, key) for key, (line, _) in self.added.items()),
            tuple(
                Told(line, key, _differences(self._by_key[key], row))
                for key, (line, row) in self.changed.items()
            ),
            tuple(self.refused),
            named - len(self.changed),
            len(self.before) - named,
            remarks,
        )


def _differences(before: CannedAnswer, after: CannedAnswer) -> str:
    names = ("value", "description")
    return " and ".join(name for name in names if getattr(before, name) != getattr(after, name))
