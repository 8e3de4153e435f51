"""Working: the one thread on which a window's archive is opened, asked and closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.errors import ArchiveError
from motion_desk.services.jobs import Worker

T = TypeVar("T")


class ArchiveWorker:
    """Makes calls with an archive, in the order in which they were asked for, on its own thread.

    The archive is opened, and made where there is none, by the first call that needs it; where
    that fails, the call fails with ``ArchiveError`` and the next one tries again. With it goes what
    is older than is kept. All methods
    belong to the asking thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: Archive | None = None
        self._worker = Worker("interactions")

    @property
    def busy(self) -> bool:
        """Whether a call was asked for whose result has not been drained yet."""
        return self._worker.busy

    def ask(
        self,
        call: Callable[[Archive], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue a call; ``drain`` later runs ``done`` with its result, or ``failed``."""
        self._worker.ask(lambda: call(self._opened()), done, failed)

    def drain(self) -> bool:
        """Run what is due of finished calls; whether any are still outstanding."""
        return self._worker.drain()

    def let_go(self, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Close the archive, before its file is set aside; the next call opens it again."""
        self._worker.ask(self._closed, lambda _: done(), failed)

    def close(self) -> None:
        """Interrupt a long call, close the archive and end the thread; results are dropped."""
        if archive := self._archive:
            archive.interrupt()
        self._worker.ask(self._closed, lambda _: None, lambda _: None)
        self._worker.close()

    def _opened(self) -> Archive:
        if self._archive is None:
            self._archive = Archive(self.path)
            with suppress(ArchiveError):  # a full or busy disk must not keep anybody from reading
                self._archive.keep_retention()
        return self._archive

    def _closed(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None
