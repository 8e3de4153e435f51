"""Board report: the accounts of a workspace and what their newest tests found, as one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from motion_desk import __version__
from motion_desk.models.endpoints import Protocol
from motion_desk.services.store import Reason, WorkspaceError
from motion_desk.services.tester import html, keeping, markdown, wording
from motion_desk.services.tester.blocks import Banner, Block, Heading, Items, Table, Text
from motion_desk.services.tester.board import BoardRow, summary
from motion_desk.services.tester.outline import to_do
from motion_desk.services.tester.steps import Report, State
from motion_desk.services.tester.verdict import Tone

if TYPE_CHECKING:
    from motion_desk.services.store import Store

FORMAT_KEY = "motion_desk_board"
FORMAT = 1

_STATES = {
    None: State.NOT_RUN,
    Tone.PASSED: State.PASSED,
    Tone.WARNINGS: State.WARNING,
    Tone.UNKNOWN: State.NOT_RUN,
    Tone.STOPPED: State.STOPPED,
    Tone.FAILED: State.FAILED,
}
_NOT_TESTED = "not tested"


@dataclass(frozen=True, slots=True)
class BoardReport:
    """The rows of a board as they were ``at`` a moment with a time zone.

    ``reports`` are those of the newest tests, by account. ``unread`` says by name which accounts
    could not be loaded, and why.
    """

    rows: tuple[BoardRow, ...]
    at: datetime
    reports: Mapping[str, Report] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """How many would work."""
        unread = (Tone.UNKNOWN for _ in self.unread)
        return summary([*(_tone(row) for row in self.rows), *unread])


def with_reports(store: Store, board: BoardReport) -> BoardReport:
    """The board with the newest kept report of each account that has none yet.

    On the store's thread. Reports that cannot be read are left out.
    """
    reports = dict(board.reports)
    for row in board.rows:
        if row.account in reports or not row.past.run:
            continue
        try:
            reports[row.account] = keeping.of_plain(store.run(row.past.run))
        except ValueError:  # of a newer version
            continue
        except WorkspaceError as error:
            if error.reason not in (Reason.DAMAGED, Reason.NO_RUN):
                raise
    return BoardReport(board.rows, board.at, reports, board.unread)


def html_text(board: BoardReport) -> str:
    """The board as one HTML document, without scripts, links or pictures."""
    return html.page(_title(board), _outline(board))


def markdown_text(board: BoardReport) -> str:
    """The board in CommonMark with GitHub's tables."""
    return markdown.text(_outline(board))


def json_text(board: BoardReport) -> str:
    """The board as JSON, with all reports in full."""
    return keeping.as_json(
        {
            FORMAT_KEY: FORMAT,
            "at": wording.utc(board.at),
            "sentence": board.sentence,
            "accounts": [_plain(row, board.reports.get(row.account)) for row in board.rows],
            "unread": dict(board.unread),
        }
    )


def _plain(row: BoardRow, report: Report | None) -> dict[str, Any]:
    past = row.past
    return {
        "account": row.account,
        "name": row.name,
        "active": row.active,
        "tone": past.verdict.tone.value if past.verdict else None,
        "sentence": past.verdict.sentence if past.verdict else None,
        "detail": past.verdict.detail if past.verdict else None,
        "lab": past.lab,
        "imap": past.tones[Protocol.IMAP].value if Protocol.IMAP in past.tones else None,
        "smtp": past.tones[Protocol.SMTP].value if Protocol.SMTP in past.tones else None,
        "tested": past.at.isoformat() if past.at else None,
        "last_proof": past.proved.isoformat() if past.proved else None,
        "certificate_ends": _iso(row.certificate_ends),
        "secret_ends": _iso(row.secret_ends),
        "review": _iso(row.review),
        "report": keeping.plain(report) if report else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tone(row: BoardRow) -> Tone | None:
    return row.verdict.tone if row.verdict else None


def _title(board: BoardReport) -> str:
    return f"All accounts: {board.sentence}"


def _outline(board: BoardReport) -> Iterator[Block]:
    tones = [tone for row in board.rows if (tone := _tone(row))]
    worst = max(tones, key=list(Tone).index, default=Tone.UNKNOWN)
    count = "1 account" if len(board.rows) == 1 else f"{len(board.rows)} accounts"
    about = f"{count} · {wording.local(board.at)} · Motion Desk {__version__}"
    yield Banner(worst, board.sentence, "", about)
    in_lab = [row.name for row in board.rows if row.verdict and row.past.lab]
    if in_lab:
        said = "In the lab, which proves nothing of the real servers: " + ", ".join(in_lab)
        yield Text(f"{said}.")
    yield Heading(2, "Accounts")
    if board.rows:
        yield _table(board.rows)
    if board.unread:
        yield Heading(2, "Accounts that cannot be read")
        yield Items(tuple((Text(f"{name}: {why}"),) for name, why in board.unread.items()))
    yield Heading(2, "What to do")
    yield from _to_do(board)
    yield Heading(2, "What is inferred")
    yield Items(tuple((Text(sentence),) for sentence in wording.INFERRED))


def _table(rows: Sequence[BoardRow]) -> Table:
    head = ("Result", "Account", "IMAP", "SMTP", "Last proof", "Certificate", "Secret", "Review")
    cells = tuple(
        (
            tone.value if (tone := _tone(row)) else _NOT_TESTED,
            row.name + " (not active)" * (not row.active),
            *(_of_probe(row, protocol) for protocol in Protocol),
            row.proved.astimezone().date().isoformat() if row.proved else "never",
            *(_iso(day) or "–" for day in (row.certificate_ends, row.secret_ends, row.review)),
        )
        for row in rows
    )
    return Table(cells, head, states=tuple(_STATES[_tone(row)] for row in rows))


def _of_probe(row: BoardRow, protocol: Protocol) -> str:
    tone = row.past.tones.get(protocol)
    if tone is None:
        return "–"
    reason = row.past.reasons.get(protocol, "")
    return f"{tone.value}: {reason}" if reason else tone.value


def _to_do(board: BoardReport) -> Iterator[Block]:
    """What was found for each account of which not all is well."""
    nothing = True
    for row in board.rows:
        report = board.reports.get(row.account)
        if row.verdict is None or row.verdict.tone is Tone.PASSED:
            continue
        nothing = False
        yield Heading(3, f"{row.name}: {row.verdict.sentence}")
        if report is not None and _is_of(row, report):
            yield from to_do(report)
        elif row.verdict.detail:
            yield Text(row.verdict.detail)
    if nothing:
        yield Text(wording.NOTHING_TO_DO)


def _is_of(row: BoardRow, report: Report) -> bool:
    """Whether a report is that of the row's newest test."""
    return row.past.at == report.at
