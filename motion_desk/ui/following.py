"""Following: brings what happens in a job to the window's thread, while there is a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from motion_desk.services.jobs import Job

T = TypeVar("T")
TICK = 30
"""Milliseconds between two looks at the job."""


class Following(Generic[T]):
    """Follows one job at a time; beginning another one stops the one before, and forgets it.

    ``happened`` is called with each event, in order, ``failed`` with what ended the job, and
    ``ended`` when it is over, however that came; all on the window's thread, and none of them
    after ``close``. ``name`` is its timer's, for whoever looks for what is left.
    """

    def __init__(
        self,
        name: str,
        parent: QObject,
        happened: Callable[[T], object],
        failed: Callable[[Exception], object],
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        self._happened, self._failed, self._ended = happened, failed, ended
        self._job: Job[T] | None = None
        self._timer = QTimer(parent)
        self._timer.setObjectName(name)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._drain)

    @property
    def running(self) -> bool:
        """Whether a job is followed that is not over."""
        return self._job is not None

    def follow(self, job: Job[T]) -> None:
        """Follow a job from here on."""
        self.close()
        self._job = job
        self._timer.start()

    def stop(self) -> None:
        """Ask the job for its end, which ``ended`` tells."""
        if self._job is not None:
            self._job.stop()

    def close(self) -> None:
        """Stop the job and hear no more of it; its thread ends by itself within 100 ms."""
        self._timer.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _drain(self) -> None:
        job = self._job
        if job is None:
            return
        failure: Exception | None = None
        events: list[T] = []
        try:
            events = job.drain()
        except Exception as error:  # whatever it is, the one who asked is told
            failure = error
        for event in events:
            if self._job is job:  # an event may have begun another
                self._happened(event)
        if self._job is job and not job.running:
            self._job = None
            self._timer.stop()
            if failure is not None:
                self._failed(failure)
            self._ended()
