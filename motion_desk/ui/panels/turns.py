"""Turns: makes the parts of a page a few milliseconds at a time, so that the window stays quick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

TURN = 0.003
"""Seconds for which parts are made without a break, give or take one part."""
POLISHED = 6
"""Widgets to which the style sheet is applied in one turn; each takes about half a millisecond."""


class Turns:
    """Goes through one iterator at a time; taking another one forgets the one before.

    ``name`` is its timer's. ``are_over`` says whether all parts are made.
    """

    def __init__(self, name: str, parent: QObject) -> None:
        self._parts: Iterator[None] = iter(())
        self._done: Callable[[], object] | None = None
        self.are_over = True
        self._timer = QTimer(parent)
        self._timer.setObjectName(name)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def take(self, parts: Iterator[None], done: Callable[[], object] | None = None) -> None:
        """Make these parts, the first of them now; ``done`` is called when all are made."""
        self._parts, self._done, self.are_over = parts, done, False
        self._go_on()

    def close(self) -> None:
        """Make no more parts."""
        self._timer.stop()
        self._parts, self._done, self.are_over = iter(()), None, True

    def _go_on(self) -> None:
        until = monotonic() + TURN
        for _ in self._parts:
            if monotonic() > until:
                self._timer.start()
                return
        self.are_over = True
        done, self._done = self._done, None
        if done is not None:
            done()


def polished(part: QWidget) -> Iterator[None]:
    """Let the style sheet apply to a part now, not when all parts are shown: it takes the most."""
    part.ensurePolished()
    for child in part.findChildren(QWidget):
        child.ensurePolished()
    yield


def polished_in_turns(page: QWidget) -> Iterator[None]:
    """Let the style sheet apply to a page that is not shown yet, to a few widgets in each turn."""
    for number, widget in enumerate([page, *page.findChildren(QWidget)]):
        if isValid(widget):  # once the page is used, parts of it come and go
            widget.ensurePolished()
        if number % POLISHED == 0:
            yield
