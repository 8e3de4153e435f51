"""Judging: what the header filters say of a message, found on a thread where it may take long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from motion_desk.models.choices import Operator
from motion_desk.models.engines.header_filters import Judgement, judge
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.services.jobs import Job, Stopped
from motion_desk.ui.following import Following

Rules = tuple[HeaderFilter, ...]
KEPT = 64
"""Judgements that are kept; a scenario's message is judged once for each change of the filters."""
MOST_HEADERS = 500
"""Headers of a message that is judged on the window's thread; more of them go to the job."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Rules and the message that they are to judge."""

    rules: Rules
    incoming: Incoming


class Judging(QObject):
    """Gives judgements at once where that is quick; else it finds them and tells ``judged``.

    Regular expressions, whose time is bounded but not short, are searched on a job's thread.
    ``failed`` brings an error of this program.
    """

    judged = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rules: Rules = ()
        self._known: dict[str, Judgement] = {}
        self._waiting: dict[str, _Asked] = {}
        self._following: Following[tuple[str, Judgement]] = Following(
            "timeline-judging", self, self._note, self.failed.emit, self._go_on
        )

    @property
    def is_busy(self) -> bool:
        """Whether a judgement is still to come."""
        return self._following.running

    def judgement(self, rules: Rules, incoming: Incoming) -> Judgement | None:
        """What becomes of a message, or ``None`` until ``judged`` tells that it is known."""
        if rules != self._rules:
            self._rules = rules
            self._known.clear()
            self._waiting.clear()
        if incoming.digest in self._known:
            return self._known[incoming.digest]
        slow = any(rule.operator is Operator.MATCHES for rule in rules)
        if not slow and len(incoming.headers) <= MOST_HEADERS:
            return self._keep(incoming.digest, judge(rules, incoming, _no_search))
        self._waiting.setdefault(incoming.digest, _Asked(rules, incoming))
        if not self._following.running:
            self._go_on()
        return None

    def _keep(self, digest: str, found: Judgement) -> Judgement:
        if len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[digest] = found
        return found

    def _note(self, found: tuple[str, Judgement]) -> None:
        digest, judgement = found
        asked = self._waiting.pop(digest, None)
        if asked is not None and asked.rules == self._rules:
            self._keep(digest, judgement)

    def _go_on(self) -> None:
        """Judge what waits; tell once nothing does any more."""
        if self._waiting:
            asked = tuple(self._waiting.values())
            self._following.follow(Job("timeline-judging", lambda stop: _course(asked, stop)))
        else:
            self.judged.emit()

    def close(self) -> None:
        """Find nothing more."""
        self._following.close()


def _no_search(_: str, text: str) -> tuple[int, int] | None:
    raise AssertionError(f"no rule searches {text}")


def _course(asked: tuple[_Asked, ...], stop: threading.Event) -> Iterator[tuple[str, Judgement]]:
    from motion_desk.services.messages.patterns import Patterns

    search = Patterns()
    for each in asked:
        if stop.is_set():
            raise Stopped
        yield each.incoming.digest, judge(each.rules, each.incoming, search)
