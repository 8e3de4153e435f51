"""Previewing: keeps a preview in step with what is typed, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.services.jobs import Worker

if TYPE_CHECKING:
    from motion_desk.services.templates.preview import Asked, Considered, Preview
    from motion_desk.services.templates.rendering import Renderer

DEBOUNCE = 150
"""Milliseconds without a key press after which a preview is shown."""
BEGIN = 40
"""Milliseconds after which it begins to be made, so that it is ready when it is to be shown."""
CONSIDER = 250
"""Milliseconds after it was shown, after which it is considered: the next key may come sooner."""
TICK = 5
"""Milliseconds between two looks at whether it is made."""


class Previewing(QObject):
    """Makes previews of what is asked for, the newest only, and considers them afterwards.

    ``made`` brings a preview, ``considered`` what is to be said of the same one, ``refused`` the
    sentence for a template that has no page. Nothing comes of what was asked before the newest.
    """

    made = Signal(object)
    considered = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._renderers: list[Renderer] = []  # at most one; made and used on the worker's thread
        self._asked: Asked | None = None
        self._number = 0
        self._stop = threading.Event()
        """What ends rendering: another template is shown, or none."""
        self._outdated = threading.Event()
        """What ends considering: something else is asked for, be it one character."""
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE)
        self._debounce.timeout.connect(self._show_ready)
        self._beginning = QTimer(self)
        self._beginning.setSingleShot(True)
        self._beginning.setInterval(BEGIN)
        self._beginning.timeout.connect(self._begin)
        self._considering = QTimer(self)
        self._considering.setSingleShot(True)
        self._considering.setInterval(CONSIDER)
        self._considering.timeout.connect(self._consider)
        self._ready: Preview | str | None = None
        self._shown: Preview | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._drain)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to come."""
        timers = (self._debounce, self._beginning, self._considering, self._tick)
        return any(timer.isActive() for timer in timers)

    def ask(self, asked: Asked, *, now: bool = False) -> None:
        """Make a preview, at once or when the typing pauses; the same again changes nothing."""
        if asked == self._asked:
            return
        self.forget()
        self._asked = asked
        if now:
            self._begin()
        else:
            self._beginning.start()
            self._debounce.start()

    def forget(self) -> None:
        """Let nothing come of what was asked, and make the same anew when it is asked again."""
        self._asked, self._ready, self._shown = None, None, None
        self._number += 1
        self._outdated.set()
        self._outdated = threading.Event()
        for timer in (self._debounce, self._beginning, self._considering):
            timer.stop()

    def give_up(self) -> None:
        """Forget what was asked, and let a template that takes long hold up nothing."""
        self.forget()
        self._stop.set()
        self._stop = threading.Event()

    def close(self) -> None:
        """End the thread, and the process that renders; whatever it does, within 100 ms."""
        self.give_up()
        self._tick.stop()
        if self._worker is not None:
            renderers = self._renderers
            self._worker.ask(lambda: _close(renderers), _nothing, _nothing)
            self._worker.close()
            self._worker = None

    def _begin(self) -> None:
        asked, number, renderers = self._asked, self._number, self._renderers
        stop = self._stop
        if asked is None:
            return
        if self._worker is None:
            self._worker = Worker("preview")
        self._worker.ask(
            lambda: _made(asked, renderers, stop),
            self._if_newest(number, self._keep),
            self._if_newest(number, lambda error: self._keep(_sentence(error))),
        )
        self._tick.start()

    def _keep(self, found: Preview | str) -> None:
        """Keep what is made until it is to be shown; a text says why there is no page."""
        self._ready = found
        if not self._debounce.isActive():
            self._show_ready()

    def _show_ready(self) -> None:
        found, self._ready = self._ready, None
        if isinstance(found, str):
            self.refused.emit(found)
        elif found is not None:
            self._shown = found
            self.made.emit(found)
            self._considering.start()

    def _consider(self) -> None:
        asked, shown, worker, outdated = self._asked, self._shown, self._worker, self._outdated
        if worker is not None and asked is not None and shown is not None:
            worker.ask(
                lambda: _considered(asked, shown, outdated),
                self._if_newest(self._number, self.considered.emit),
                self._if_newest(self._number, lambda error: self.refused.emit(_sentence(error))),
            )
            self._tick.start()

    def _if_newest(self, number: int, act: Callable[..., object]) -> Callable[..., None]:
        def acted(*values: object) -> None:
            if number == self._number:
                act(*values)

        return acted

    def _drain(self) -> None:
        if self._worker is None or not self._worker.drain():
            self._tick.stop()


def _sentence(error: Exception) -> str:
    return str(getattr(error, "sentence", "")) or f"{type(error).__name__}: {error}"


def _made(asked: Asked, renderers: list[Renderer], stop: threading.Event) -> Preview:
    """The preview; on the worker's thread, which makes the renderer when first asked."""
    from motion_desk.services.templates.preview import preview
    from motion_desk.services.templates.rendering import Renderer

    if not renderers:
        renderers.append(Renderer())
    return preview(asked, renderers[0], stop)


def _considered(asked: Asked, made: Preview, outdated: threading.Event) -> Considered:
    """What is to be said of a preview; on the worker's thread."""
    from motion_desk.services.templates.preview import considered

    return considered(asked, made, outdated)


def _close(renderers: list[Renderer]) -> None:
    for each in renderers:
        each.close()


def _nothing(_: object) -> None:
    """What follows calls whose result nobody waits for."""
