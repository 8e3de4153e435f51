"""Kept: the archive of the open workspace, asked on a thread of its own from the first need on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive
    from motion_desk.services.interactions.working import ArchiveWorker

T = TypeVar("T")
TICK = 8
"""Milliseconds between two looks at finished calls, while there are calls to wait for."""
FIRST_TICK, FIRST_LOOKS = 2, 20
"""The same at first, and how often: a page comes in 4 ms, and half a tick would be as long."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the archive lies, and whether there is one; looking at the page makes none."""

    path: Path
    exists: bool


class Kept(QObject):
    """Asks the archive. ``changed`` tells that others asked it to keep or to delete something.

    ``locate`` must have answered before the first ``ask``. Results come on the window's thread, in
    the order of asking, and none after ``close``.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._worker: ArchiveWorker | None = None
        self._closed = False
        self.path: Path | None = None
        """The archive's path, once it is known."""
        self._timer = QTimer(self)
        self._timer.setObjectName("interactions-kept")
        self._looks = 0
        self._timer.timeout.connect(self._drain)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._worker is not None and self._worker.busy

    def locate(self, found: Callable[[Place], object]) -> None:
        """Call ``found`` with where the archive lies; the workspace's file says so."""

        def located(place: Place) -> None:
            if not self._closed:
                self.path = place.path
                found(place)

        self._session.ask(lambda store: _place(store.path), located)

    def ask(
        self,
        call: Callable[[Archive], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run ``call`` on the archive's thread, then ``done`` or ``failed`` on this one."""
        if self._closed:
            return
        self._opened().ask(call, lambda result: _drop(done(result)), lambda e: _drop(failed(e)))
        self._look()

    def start_anew(
        self, done: Callable[[Path], object], failed: Callable[[Exception], None]
    ) -> None:
        """Rename a file that cannot be used; ``done`` gets its new path. Nothing of it is lost."""
        path = self.path
        assert path is not None  # noqa: S101 - said above

        def let_go() -> None:
            def renamed(new: Path) -> None:
                done(new)
                self.changed.emit()

            self._session.ask(lambda _: _aside(path), renamed, failed)

        self._opened().let_go(let_go, failed)
        self._look()

    def _opened(self) -> ArchiveWorker:
        if self._worker is None:
            from motion_desk.services.interactions.working import ArchiveWorker

            assert self.path is not None  # noqa: S101 - said above
            self._worker = ArchiveWorker(self.path)
        return self._worker

    def _look(self) -> None:
        """Look for finished calls from now on, often at first."""
        self._looks = 0
        self._timer.start(FIRST_TICK)

    def _drain(self) -> None:
        self._looks += 1
        if self._worker is None or not self._worker.drain():
            self._timer.stop()
        elif self._looks == FIRST_LOOKS:
            self._timer.setInterval(TICK)

    def close(self) -> None:
        """End a long call, close the file and end the thread."""
        self._closed = True
        self._timer.stop()
        if self._worker is not None:
            self._worker.close()


def _place(workspace: Path) -> Place:
    from motion_desk.services.interactions.archive import path_beside

    path = path_beside(workspace)
    return Place(path, path.exists())


def _aside(path: Path) -> Path:
    from motion_desk.services.interactions.archive import set_aside

    return set_aside(path)


def _drop(_: object) -> None:
    """Nothing comes back from what is told."""
