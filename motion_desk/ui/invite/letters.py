"""Letters: makes the letter of one recipient after the other, on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.sent import Purpose
from motion_desk.models.variables import Known
from motion_desk.services.invitations.staff import Person
from motion_desk.services.jobs import Worker

if TYPE_CHECKING:
    from motion_desk.services.invitations.merging import Letter, Template
    from motion_desk.services.templates.rendering import Renderer

TICK = 5
PAUSE = 60
"""Milliseconds: between two looks at whether a letter is made, and before one is begun."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose letter is wanted, and what for."""

    template: Template
    person: Person
    purpose: Purpose
    known: Known
    base: str
    sender: str
    own: str


class Letters(QObject):
    """Makes the letter that was wanted last, and no other.

    ``made`` brings it, ``refused`` the sentence that says why there is none. The process that
    renders is started with the first letter.
    """

    made = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._renderers: list[Renderer] = []  # at most one; made and used on the worker's thread
        self._wanted: Wanted | None = None
        self._pause = QTimer(self)
        self._pause.setObjectName("letter-pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._begin)
        self._tick = QTimer(self)
        self._tick.setObjectName("letter-tick")
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._drain)

    @property
    def is_busy(self) -> bool:
        """Whether a letter is still to come."""
        return self._pause.isActive() or self._tick.isActive()

    def want(self, wanted: Wanted | None) -> None:
        """Make this letter, or none; the same again changes nothing."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._pause.stop()
            if wanted is not None:
                self._pause.start()

    def close(self) -> None:
        """End the thread, and the process that renders."""
        self.want(None)
        self._tick.stop()
        if self._worker is not None:
            renderers = self._renderers
            self._worker.ask(lambda: _close(renderers), lambda _: None, lambda _: None)
            self._worker.close()
            self._worker = None

    def _begin(self) -> None:
        wanted, renderers = self._wanted, self._renderers
        if wanted is None:
            return
        if self._worker is None:
            self._worker = Worker("letter")

        def made(letter: Letter) -> None:
            if self._wanted is wanted:
                self.made.emit(letter)

        def failed(error: Exception) -> None:
            if self._wanted is wanted:
                said = str(getattr(error, "sentence", ""))
                self.refused.emit(said or f"{type(error).__name__}: {error}")

        self._worker.ask(lambda: _made(wanted, renderers), made, failed)
        self._tick.start()

    def _drain(self) -> None:
        if self._worker is None or not self._worker.drain():
            self._tick.stop()


def _made(wanted: Wanted, renderers: list[Renderer]) -> Letter:
    """The letter; on the worker's thread, which makes the renderer when first asked."""
    from motion_desk.services.invitations.merging import merged, recipients
    from motion_desk.services.templates.rendering import Renderer

    if not renderers:
        renderers.append(Renderer())
    (recipient,) = recipients(
        (wanted.person,), wanted.purpose, wanted.known, base_address=wanted.base, own=wanted.own
    )
    return merged(wanted.template, recipient, wanted.sender, wanted.known, renderers[0])


def _close(renderers: list[Renderer]) -> None:
    for each in renderers:
        each.close()
