"""Listing: brings the list that a query asks for to the model, page by page, as it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.services.interactions.query import Count, Query
from motion_desk.ui.interactions.columns import Line, lines_of
from motion_desk.ui.interactions.kept import Kept
from motion_desk.ui.interactions.model import Conversations, Lines

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive

FIRST_COUNT, MORE_COUNT = 0.01, 0.05
"""Seconds of counting before the first rows are shown where nothing is known of their number, and
in each call after that; rows that are looked at meanwhile wait for so long at most."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a list: its first lines, and how many there are as far as was counted."""

    query: Query
    lines: tuple[Line, ...]
    count: Count
    total: int


class Listing(QObject):
    """Follows one query at a time. ``begun`` tells that its list is on screen.

    ``counted`` brings each newer count, the last one complete; ``failed`` why there is no list.
    Of a query that was followed by another nothing more comes.
    """

    begun = Signal()
    counted = Signal()
    failed = Signal(object)

    def __init__(self, kept: Kept, model: Conversations, parent: QObject) -> None:
        super().__init__(parent)
        self._kept, self._model = kept, model
        self.query: Query | None = None
        """What is on screen, or about to be."""
        self.count = Count(0, complete=True)
        self.total = 0
        """All conversations that are kept of the account."""
        self._waiting: tuple[int, ...] = ()
        self._reading = False
        self._turn = 0
        model.wanted.connect(self._want)

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for has come."""
        return not self._reading and not self._waiting and not self._kept.busy

    def show(self, query: Query) -> None:
        """Bring the list of a query to the model, in place of the one before."""
        self.query = query
        self._turn += 1
        turn = self._turn
        self._kept.ask(
            partial(_begin, query), partial(self._begin, turn), partial(self._fail, turn)
        )

    def forget(self) -> None:
        """Show no list."""
        self.query = None
        self._turn += 1
        self._waiting = ()
        self.count, self.total = Count(0, complete=True), 0
        self._model.show_list(0)

    def _begin(self, turn: int, found: Begun) -> None:
        if turn != self._turn:
            return
        self.count, self.total = found.count, found.total
        self._waiting, self._reading = (), False
        self._model.show_list(max(found.count.number, len(found.lines)), found.lines)
        self.begun.emit()
        self._count_on(turn)

    def _count_on(self, turn: int) -> None:
        query = self.query
        if not self.count.complete and query is not None:
            self._kept.ask(
                lambda archive: archive.count(query, MORE_COUNT),
                partial(self._note_count, turn),
                partial(self._fail, turn),
            )

    def _note_count(self, turn: int, count: Count) -> None:
        if turn != self._turn:
            return
        self.count = count
        self._model.grow(count.number)
        self.counted.emit()
        self._count_on(turn)

    def _want(self, pages: tuple[int, ...]) -> None:
        """Read pages, the one looked at last first; what else was waiting is seen no more."""
        self._waiting = pages
        self._read_next()

    def _read_next(self) -> None:
        query = self.query
        if self._reading or not self._waiting or query is None:
            return
        number, *rest = self._waiting
        self._waiting = tuple(rest)
        self._reading = True
        turn, edition = self._turn, self._model.edition
        self._kept.ask(
            lambda archive: Lines(edition, number, lines_of(archive.page(query, number).rows)),
            partial(self._take, turn),
            partial(self._fail, turn),
        )

    def _take(self, turn: int, lines: Lines) -> None:
        if turn == self._turn:
            self._reading = False
            self._model.put(lines)
            self._read_next()

    def _fail(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self._waiting, self._reading = (), False
            self.failed.emit(error)


def _begin(query: Query, archive: Archive) -> Begun:
    """The first page of a query, and a first count; on the archive's thread."""
    lines = lines_of(archive.page(query, 0).rows)
    count = archive.count(query, 0)  # without filters the number is known, and not walked to
    if not count.complete and not count.number:
        count = archive.count(query, FIRST_COUNT)
    return Begun(query, lines, count, archive.total(query.account))
