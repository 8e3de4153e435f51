"""Lines: one account of the board as it is drawn, sorted, filtered and spoken; values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.ui.calendar.days import NEVER, SOON, colours, distance
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.marks import IN_LAB, RESULTS, RESULTS_OF_PROBES, Mark, verdict_mark
from motion_desk.ui.test.words import moment

if TYPE_CHECKING:
    from motion_desk.services.tester.board import BoardRow, Past

_RANKS = ("failed", "unknown", "stopped", "", "warnings", "passed")
"""The words for verdicts in the order in which they are sorted: what is worst comes first."""


class Column(IntEnum):
    """The columns. ``NEXT`` stands for the three of days in a window that is too narrow."""

    ACCOUNT = 0
    RESULT = 1
    IMAP = 2
    SMTP = 3
    PROVED = 4
    CERTIFICATE = 5
    SECRET = 6
    REVIEW = 7
    NEXT = 8


TITLES = {
    Column.ACCOUNT: "Account",
    Column.RESULT: "Result",
    Column.IMAP: "IMAP",
    Column.SMTP: "SMTP",
    Column.PROVED: "Last proof",
    Column.CERTIFICATE: "Certificate",
    Column.SECRET: "Secret",
    Column.REVIEW: "Review",
    Column.NEXT: "Ends first",
}
NAMES = {Column.SECRET: "Client secret"}
"""What the columns of days are called where there is room."""
HINTS = {
    Column.RESULT: "How the newest test ended.",
    Column.PROVED: "When a test last showed that Motion would work. The lab proves nothing.",
    Column.CERTIFICATE: "When the first certificate ends that the servers showed.",
    Column.SECRET: "When the client secret of the account's cloud provider ends.",
    Column.REVIEW: "When “Accept any certificate” is to be looked at again.",
    Column.NEXT: "What ends, or is to be looked at, before all else.",
}


class Filter(Enum):
    """What the board can be narrowed down to: the word, and what it is called."""

    ALL = "all", "All"
    FAILED = "failed", "Failed"
    EXPIRING = "expiring", "Expiring"
    UNPROVED = "unproved", "Never proved"
    INACTIVE = "inactive", "Inactive"

    def __init__(self, word: str, title: str) -> None:
        self.word, self.title = word, title


class Phase(Enum):
    """Where an account is in a test of many."""

    NONE = ""
    WAITING = "waiting"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: two lines of text, marks before the first, colours by name, and what it sorts by."""

    text: str = ""
    below: str = ""
    marks: tuple[Mark, ...] = ()
    colour: str = "text"
    ground: str = ""
    below_colour: str = "muted"
    order: int | str = NEVER
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of one account: of its line in the list, its row, and the test under way.

    ``row`` is missing until the file was read, and where it cannot be: ``trouble`` says why.
    ``unsaved``: what is on screen is not what is stored.
    """

    account: str
    name: str
    address: str
    active: bool
    unsaved: bool = False
    row: BoardRow | None = None
    trouble: str = ""
    phase: Phase = Phase.NONE


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the board. ``filters`` are the words of those that it belongs to."""

    subject: Subject
    cells: tuple[Cell, ...]
    filters: frozenset[Filter]
    next_column: Column | None

    @property
    def spoken(self) -> str:
        """All of it, as a screen reader says it."""
        said = (
            f"{tr(TITLES[column])}: {cell.text}" + f", {cell.below}" * bool(cell.below)
            for column, cell in zip(Column, self.cells, strict=True)
            if cell.text and column not in (Column.ACCOUNT, Column.NEXT)
        )
        return ". ".join((self.cells[Column.ACCOUNT].text, *said))


def line_of(subject: Subject, now: date) -> Line:
    """The line of an account; ``now`` is the day where the reader is."""
    row = subject.row
    past = row.past if row else None
    ends = {
        Column.CERTIFICATE: row.certificate_ends if row else None,
        Column.SECRET: row.secret_ends if row else None,
        Column.REVIEW: row.review if row else None,
    }
    days = {column: _day(day, now) for column, day in ends.items()}
    first = (
        min((day, column) for column, day in ends.items() if day) if any(ends.values()) else None
    )
    cells = (
        _account(subject),
        _result(subject, past),
        _probe(subject, Protocol.IMAP),
        _probe(subject, Protocol.SMTP),
        _proved(past, now),
        days[Column.CERTIFICATE],
        days[Column.SECRET],
        days[Column.REVIEW],
        _next(first, now),
    )
    filters = frozenset(_filters(subject, min(filter(None, ends.values()), default=None), now))
    return Line(subject, cells, filters, first[1] if first else None)


def _account(subject: Subject) -> Cell:
    name = subject.name or tr("Unnamed account")
    notes = []
    if subject.unsaved:
        notes.append(tr("Unsaved changes"))
    if not subject.active:
        notes.append(tr("Not active"))
    below = " · ".join(notes) or subject.address
    colour = "text" if subject.active else "muted"
    tip = "\n".join(part for part in (name, subject.address, *notes) if part)
    return Cell(name, below, colour=colour, order=name.casefold(), tip=tip)


def _result(subject: Subject, past: Past | None) -> Cell:
    if subject.phase is Phase.RUNNING:
        return Cell(tr("Testing…"), marks=(("loader-circle", "accent"),), order=-1)
    if subject.phase is Phase.WAITING:
        return Cell(tr("Waiting its turn"), marks=(("circle", "muted"),), colour="muted", order=-1)
    if subject.trouble:
        why = subject.trouble
        signs = (("circle-alert", "error"),)
        return Cell(tr("Cannot be read"), why, signs, "error", order=0, tip=why)
    if past is None:
        return Cell(tr("Reading…"), colour="muted", order=_RANKS.index(""))
    if past.verdict is None:
        return Cell(tr("Not tested yet"), colour="muted", order=_RANKS.index(""))
    word = past.verdict.tone.value
    mark, _ = verdict_mark(word)
    marks = tuple(filter(None, (mark, IN_LAB if past.lab else None)))
    when = moment(past.at)[:16] if past.at else ""
    below = _why(past) or (tr("in the lab") if past.lab else when)
    colour = {"failed": "error"}.get(word, "text")
    tip = "\n".join(filter(None, (tr(past.verdict.sentence), tr(past.verdict.detail))))
    return Cell(tr(RESULTS[word]), below, marks, colour, order=_RANKS.index(word), tip=tip)


def _why(past: Past) -> str:
    """What stands in the way, or what cannot be told, in a few words."""
    reasons = {protocol.label: reason for protocol, reason in past.reasons.items()}
    if len(set(reasons.values())) == 1 and len(reasons) == len(Protocol):
        return tr(next(iter(reasons.values())))
    return "; ".join(f"{label}: {tr(reason)}" for label, reason in reasons.items())


def _probe(subject: Subject, protocol: Protocol) -> Cell:
    past = subject.row.past if subject.row else None
    if subject.phase is Phase.RUNNING:
        return Cell("…", colour="muted", order=-1)
    tone = past.tones.get(protocol) if past else None
    if tone is None:
        return Cell("–", colour="muted", order=_RANKS.index(""))
    mark, _ = verdict_mark(tone.value)
    text = tr(RESULTS_OF_PROBES[tone.value])
    reason = past.reasons.get(protocol, "") if past else ""
    marks = (mark,) if mark else ()
    return Cell(text, marks=marks, order=_RANKS.index(tone.value), tip=tr(reason) if reason else "")


def _proved(past: Past | None, now: date) -> Cell:
    if past is None:
        return Cell(colour="muted")
    if past.proved is None:
        return Cell(tr("never"), colour="muted", order=0)
    here = past.proved.astimezone()
    day = here.date()
    tip = here.isoformat(" ", "seconds")
    return Cell(day.isoformat(), distance((day - now).days), order=int(here.timestamp()), tip=tip)


def _day(day: date | None, now: date) -> Cell:
    if day is None:
        return Cell("–", colour="muted")
    left = (day - now).days
    colour, ground = colours(left)
    return Cell(
        day.isoformat(),
        distance(left),
        colour=colour,
        ground=ground,
        below_colour=colour if colour != "text" else "muted",
        order=day.toordinal(),
    )


def _next(first: tuple[date, Column] | None, now: date) -> Cell:
    if first is None:
        return Cell("–", colour="muted")
    day, column = first
    cell = _day(day, now)
    return Cell(
        tr(NAMES.get(column, TITLES[column])),
        cell.below,
        (),
        cell.colour,
        cell.ground,
        cell.below_colour,
        cell.order,
        f"{tr(TITLES[column])}: {cell.text}",
    )


def _filters(subject: Subject, first: date | None, now: date) -> Iterator[Filter]:
    yield Filter.ALL
    past = subject.row.past if subject.row else None
    if subject.trouble or (past and past.verdict and past.verdict.tone.value == "failed"):
        yield Filter.FAILED
    if first is not None and (first - now).days <= SOON:
        yield Filter.EXPIRING
    if past is not None and past.proved is None:
        yield Filter.UNPROVED
    if not subject.active:
        yield Filter.INACTIVE
