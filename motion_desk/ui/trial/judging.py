"""Judging: makes the matrix of an account's rules and messages anew, on a thread, at each change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter, sleep

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.account import Account
from motion_desk.models.engines.header_filters import Judgement
from motion_desk.models.incoming import Incoming
from motion_desk.models.problems import Problem
from motion_desk.models.sections.expectations import PinnedMessage
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.services.jobs import Job, Stopped
from motion_desk.ui.following import Following
from motion_desk.ui.trial.lines import Line, Matrix, lines_of

PAUSE = 60
"""Milliseconds that a change must be old before it is judged: typing brings one with each key."""
AT_ONCE = 250
"""Messages whose judgements are shown together."""
WORK, REST = 0.0015, 0.0002
"""Seconds of work after which the thread rests, and how long: the window needs the interpreter's
lock for each cell that it draws, and would wait 5 ms for each while this thread holds on to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged: values only, for they go to another thread."""

    rules: tuple[HeaderFilter, ...]
    pinned: tuple[PinnedMessage, ...]
    messages: tuple[Incoming, ...]


@dataclass(slots=True)
class Begun:
    """The rules, the lines that they will judge, and how many messages are left out."""

    rules: tuple[HeaderFilter, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass(slots=True)
class Judged:
    """The judgements of the next lines, in their order."""

    judgements: list[Judgement] = field(default_factory=list)


@dataclass(slots=True)
class Reviewed:
    """What is to be said of the rules."""

    found: tuple[Problem, ...]


Event = Begun | Judged | Reviewed


class Judging(QObject):
    """Keeps the matrix of one account in step with what it is made of.

    ``began`` tells that ``matrix`` has other rules or lines, ``grew`` from which line on there are
    judgements that were not there before, ``ended`` that all are. A change while it runs begins it
    anew; what the former run would still have brought is dropped. ``trouble`` is what ended it,
    ``findings`` are what a review of the rules found, each at the rule's cell.
    """

    began = Signal()
    grew = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.matrix = Matrix()
        self.trouble = ""
        self.findings: tuple[Problem, ...] = ()
        self._asked: Asked | None = None
        self._judgements: list[Judgement] = []
        self._pause = QTimer(self)
        self._pause.setObjectName("trial-pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._begin)
        self._following: Following[Event] = Following(
            "trial-judging", self, self._note, self._fail, self.ended.emit
        )

    @property
    def busy(self) -> bool:
        """Whether something is judged, or about to be."""
        return self._pause.isActive() or self._following.running

    def show(self, account: Account, messages: tuple[Incoming, ...]) -> None:
        """Judge what an account and its messages are now, unless that is done or under way."""
        asked = Asked(account.advanced.header_filters, account.expectations.messages, messages)
        if asked == self._asked:
            return
        first = self._asked is None
        self._asked = asked
        self._pause.start(0 if first else PAUSE)

    def forget(self) -> None:
        """Judge nothing until the next ``show``, which begins anew."""
        self._pause.stop()
        self._following.close()
        self._asked = None

    def clear(self) -> None:
        """Show nothing until the next ``show``: what there was is another account's."""
        self.forget()
        self.findings = ()
        self.matrix = Matrix()
        self.began.emit()

    def _begin(self) -> None:
        asked = self._asked
        if asked is not None:
            self.trouble = ""
            self._following.follow(Job("trial", lambda stop: _course(asked, stop)))

    def _note(self, event: Event) -> None:
        if isinstance(event, Begun):
            self._judgements = []
            self.matrix = Matrix(event.rules, event.lines, self._judgements, event.left_out)
            self.began.emit()
            return
        if isinstance(event, Reviewed):
            self.findings = event.found
            return
        first = len(self._judgements)
        self._judgements += event.judgements
        self.grew.emit(first)

    def _fail(self, error: Exception) -> None:
        self.trouble = str(getattr(error, "sentence", "")) or f"{type(error).__name__}: {error}"


def _course(asked: Asked, stop: threading.Event) -> Iterator[Event]:
    """The lines, then their judgements, then what the review says; on the job's thread."""
    from motion_desk.models.engines.filter_review import idle, review
    from motion_desk.models.engines.header_filters import matrix
    from motion_desk.services.messages.patterns import Patterns

    pinned = [(pin, _read(pin)) for pin in asked.pinned]
    lines, left_out = lines_of(asked.messages, pinned)
    judgements: list[Judgement] = []
    begun: Begun | None = Begun(asked.rules, lines, left_out)
    judged = Judged()
    rest_at = perf_counter() + WORK
    for judgement in matrix(asked.rules, (line.incoming for line in lines), Patterns()):
        if stop.is_set():
            raise Stopped
        if perf_counter() > rest_at:
            sleep(REST)
            rest_at = perf_counter() + WORK
        judgements.append(judgement)
        judged.judgements.append(judgement)
        if len(judged.judgements) == AT_ONCE:
            if begun:
                yield begun
                begun = None
            yield judged
            judged = Judged()
    if begun:  # with the first judgements, so that a screen need not show lines without
        yield begun
    yield judged
    found = review(asked.rules)
    known = {rule_of(problem) for problem in found}
    unused = idle(asked.rules, judgements)
    yield Reviewed((*found, *(each for each in unused if rule_of(each) not in known)))


def rule_of(problem: Problem) -> str:
    """The id of the rule that a problem is about."""
    return problem.key.split("/")[1]


def _read(pin: PinnedMessage) -> Incoming:
    """A pinned message as it arrives; one whose headers cannot be read has none."""
    from motion_desk.services.messages.reading import Unreadable, read_headers

    try:
        return read_headers(pin.headers, pin.name)
    except Unreadable:
        return Incoming(pin.name, (), pin.headers, pin.id)
