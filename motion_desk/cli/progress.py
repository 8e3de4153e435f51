"""Progress: a running test on standard error, a line a step, with a countdown on terminals."""

from __future__ import annotations

import os
import shutil
import sys
from time import monotonic
from typing import TYPE_CHECKING

import click

from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Began, Ended, State

if TYPE_CHECKING:
    from motion_desk.models.endpoints import Protocol
    from motion_desk.services.tester.steps import Event, Step

_COLOURS = {State.PASSED: "green", State.WARNING: "yellow", State.FAILED: "red"}
_LONGEST_SUMMARY = 300
_ERASE = "\r\x1b[K"


class Progress:
    """Shows events as they come. Belongs to one thread; ``end`` clears what is not yet a line.

    On a terminal the running steps stand in a last line that is written anew; elsewhere there are
    only lines, with words in place of marks.
    """

    def __init__(self) -> None:
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._colour = self._live and not os.environ.get("NO_COLOR")
        self._running: dict[Protocol, tuple[str, float]] = {}
        self._shown = ""

    def show(self, event: Event) -> None:
        """Take note of an event."""
        if isinstance(event, Began):
            until = monotonic() + event.limit
            self._running[event.protocol] = (event.name.title, until)
        elif isinstance(event, Ended):
            self._running.pop(event.step.protocol, None)
            self.end()
            click.echo(self._line(event.step), err=True, color=self._colour)

    def tick(self) -> None:
        """Write the countdown anew where it has changed."""
        if not self._live:
            return
        now = monotonic()
        parts = [
            f"{protocol.label} {title}: {max(until - now, 0):.0f} s left"
            for protocol, (title, until) in self._running.items()
        ]
        line = "   ".join(parts)[: shutil.get_terminal_size().columns - 1]
        if line != self._shown:
            click.echo(f"{_ERASE}{line}", err=True, nl=False, color=True)
            self._shown = line

    def end(self) -> None:
        """Take the countdown away."""
        if self._shown:
            click.echo(_ERASE, err=True, nl=False, color=True)
            self._shown = ""

    def _line(self, step: Step) -> str:
        state = f"{wording.MARKS[step.state] if self._live else step.state.value:8}"
        if self._live:
            state = state.rstrip()
        if step.state in _COLOURS:
            state = click.style(state, fg=_COLOURS[step.state])
        summary = wording.one_line(step.summary, _LONGEST_SUMMARY)
        time = wording.took(step)
        parts = (state, f"{step.protocol.label:4}", f"{step.name.title:26}", f"{time:>11}", summary)
        return "  ".join(parts).rstrip()
