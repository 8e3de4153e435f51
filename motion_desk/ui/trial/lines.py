"""Lines: the messages of a trial, opened and pinned ones, each once, with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from motion_desk.models.choices import Expected, Verdict
from motion_desk.models.engines.header_filters import Cell, Judgement
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.expectations import PinnedMessage
from motion_desk.models.sections.routing import HeaderFilter

MOST = 10_000
"""Messages that are tried at once; what is beyond is left out, and the page says so."""


class Mark(Enum):
    """What a rule's cell shows of a message."""

    ACCEPTS = "matches and lets it pass"
    REJECTS = "matches and rejects it"
    LATER = "matches, but an earlier rule decides"
    NOT = "does not match"
    WRONG = "cannot be applied"


@dataclass(frozen=True, slots=True)
class Line:
    """One message; ``pin`` is its row among the pinned messages, ``None`` for one that is opened."""

    incoming: Incoming
    pin: PinnedMessage | None = None
    opened: bool = True

    @property
    def key(self) -> str:
        """What it is told apart by: a pinned message's id, or a digest."""
        return self.pin.id if self.pin else self.incoming.digest

    @property
    def title(self) -> str:
        """What lists call it; marks of direction and control characters show as middle dots."""
        name = (self.pin.name if self.pin else "") or self.incoming.name
        if name.isprintable():
            return name
        return "".join(each if each.isprintable() or each.isspace() else "·" for each in name)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rules and messages, and what the first say of the second, as far as it is known.

    ``judgements`` belong to ``lines`` by position; there are fewer while they are being made.
    ``left_out`` messages were beyond ``MOST``.
    """

    rules: tuple[HeaderFilter, ...] = ()
    lines: tuple[Line, ...] = ()
    judgements: Sequence[Judgement] = ()
    left_out: int = 0

    def judgement(self, row: int) -> Judgement | None:
        """What became of a message, once it is known."""
        return self.judgements[row] if row < len(self.judgements) else None

    def mark(self, row: int, rule: int) -> Mark | None:
        """What the cell of a message and a rule shows, once it is known."""
        judgement = self.judgement(row)
        return None if judgement is None else mark(judgement, self.rules[rule], rule)

    def number(self, rule_id: str) -> int:
        """The number of a rule, from 1; 0 where there is none of that id."""
        return next((n for n, rule in enumerate(self.rules, 1) if rule.id == rule_id), 0)


def mark(judgement: Judgement, rule: HeaderFilter, place: int) -> Mark:
    """What a rule's cell shows of a judged message."""
    cell = judgement.cells[place]
    if cell.wrong:
        return Mark.WRONG
    if not cell.matched:
        return Mark.NOT
    if judgement.decided_by != rule.id:
        return Mark.LATER
    return Mark.ACCEPTS if judgement.verdict is Verdict.ACCEPT else Mark.REJECTS


def is_as_expected(line: Line, judgement: Judgement) -> bool:
    """Whether a message's verdict is the one that its pin asks for; true of one without a pin."""
    if line.pin is None:
        return True
    wanted = Verdict.ACCEPT if line.pin.expected is Expected.PASS else Verdict.REJECT
    return judgement.verdict is wanted


def cell_of(matrix: Matrix, row: int, rule: int) -> Cell | None:
    """The cell of a message and a rule, once it is known."""
    judgement = matrix.judgement(row)
    return judgement.cells[rule] if judgement and 0 <= rule < len(judgement.cells) else None


def sense(text: str) -> str:
    """A header's text, the same whichever way its lines end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def lines_of(
    messages: Iterable[Incoming], pinned: Iterable[tuple[PinnedMessage, Incoming]]
) -> tuple[tuple[Line, ...], int]:
    """The lines of a trial, pinned messages first, and how many messages are left out.

    An opened message whose header is that of a pinned one is the same message.
    """
    opened = {sense(each.text): each for each in messages}
    lines = []
    for pin, incoming in pinned:
        same = opened.pop(sense(pin.headers), None)
        lines.append(Line(same or incoming, pin, opened=same is not None))
    lines += [Line(each) for each in opened.values()]
    return tuple(lines[:MOST]), max(0, len(lines) - MOST)
