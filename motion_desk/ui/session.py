"""The session: the open workspace file, reached by calls that run on the store's own thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.services.jobs import Worker

if TYPE_CHECKING:
    from motion_desk.services.store import Store

T = TypeVar("T")
TICK = 8
"""Milliseconds between two looks at finished calls, while there are calls to wait for."""


class Session(QObject):
    """Runs calls on the store, one after another, and brings their results to the window's thread.

    A call is given the store and values only. Results arrive in the order of the calls. The
    store is opened by the first call, so that nothing is imported before the window is painted.
    """

    failed = Signal(object)

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_store = open_store
        self._store: Store | None = None
        self._worker = Worker("store")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._drain)

    def ask(
        self,
        call: Callable[[Store], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``call`` on the store's thread, then ``done`` or ``failed`` on this one."""
        self._worker.ask(lambda: call(self._opened()), done, failed or self.failed.emit)
        self._timer.start()

    def _opened(self) -> Store:
        """The open store; runs on the store's thread."""
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def _drain(self) -> None:
        if not self._worker.drain():
            self._timer.stop()

    @property
    def busy(self) -> bool:
        """Whether a call has not brought its result yet."""
        return self._worker.busy

    def close(self) -> None:
        """Finish the calls under way, close the file and end the thread."""
        self._timer.stop()
        self._worker.ask(self._close_store, lambda _: None, lambda _: None)
        self._worker.close()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def opener(path: Path, how: str) -> Callable[[], Store]:
    """How a session gets the workspace file ``path``: ``open`` it, make it ``new``, or the ``demo``.

    ``first`` opens it and makes it where it is missing: for the default workspace.
    """

    def open_store() -> Store:
        from motion_desk.services.secrets import Secrets
        from motion_desk.services.store import Store

        secrets = Secrets()
        made = how == "new" or (how in ("first", "demo") and not path.exists())
        if made:
            # The user's data folder is not there before the first start.
            path.parent.mkdir(parents=True, exist_ok=True)
        if made and how == "demo":
            from motion_desk.services import demo

            demo.create(path, secrets)
        elif made:
            return Store.create(path, secrets)
        return Store.open(path, secrets)

    return open_store
