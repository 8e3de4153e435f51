"""The application: builds theme and console, connects them, and opens another file on request."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from motion_desk.services import folders
from motion_desk.ui import preferences
from motion_desk.ui.questions import Questions
from motion_desk.ui.theme import Theme
from motion_desk.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from motion_desk.ui.console import Console


SWITCH = 0.0002
"""Seconds after which a computing thread lets others go on."""
UNPAINTED = 500
"""Milliseconds after which a window that is not painted, being minimised, opens its file."""


class Application(QObject):
    """Keeps the console of the workspace that is open; ``opened`` tells of each new one."""

    opened = Signal(object)

    def __init__(self, app: QApplication, questions: Questions | None = None) -> None:
        super().__init__(app)
        app.setApplicationName("Motion Desk")
        app.setDesktopFileName("motion-desk")
        self._questions = questions or Questions()
        self.theme = Theme(app)
        self.theme.prefer(preferences.scheme())
        self.console: Console | None = None

    def begin(self, path: Path | None, how: str) -> Window:
        """Show the window, and open a workspace file in it once it is painted; see ``open``."""
        window = self._window()
        waiting = [window]

        def open_once() -> None:
            if waiting:
                self.open(path, how, waiting.pop())

        window.painted.connect(lambda: QTimer.singleShot(0, open_once))
        QTimer.singleShot(UNPAINTED, open_once)
        return window

    def open(self, path: Path | None, how: str, window: Window | None = None) -> Console:
        """Show the console of a workspace file, see ``ui.session.opener`` for ``how``."""
        # With it come all models: nothing of them is needed to paint the window.
        from motion_desk.ui.console import Console

        if path is None:
            path = folders.demo_workspace() if how == "demo" else folders.default_workspace()
        console = Console(path, how, self.theme, self._questions, window or self._window())
        console.other.connect(self._replace)
        self.console = console
        self.opened.emit(console)
        console.start()
        return console

    def _window(self) -> Window:
        window = Window(self.theme)
        preferences.restore_place(window)
        window.show()
        return window

    def _replace(self, path: Path | None, how: str) -> None:
        """Open another file in place of this one, once this one's changes are settled."""
        old = self.console

        def again() -> None:
            self._replace(path, how)

        if old is None or not old.finish(again):
            return
        self.open(path, how)
        old.window.close()
        old.window.deleteLater()
        old.deleteLater()


class _FirstPaint(QObject):
    """Quits once the window was painted and the event loop came to rest."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        from PySide6.QtCore import QEvent

        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, QApplication.closeAllWindows)
        return False


def collect_again() -> None:
    """Let garbage be collected, which ``__main__`` put off.

    What was made until now stays until the end: looking through it each time would stop the window
    for 100 ms.
    """
    gc.freeze()
    gc.enable()


def run(workspace: Path | None, *, demo: bool = False, quit_after_paint: bool = False) -> int:
    """Run the window until it is closed; returns the exit code.

    ``workspace`` is the file to open; without it the default one is opened, and made where it
    is missing. ``demo`` opens the demo workspace. ``quit_after_paint`` serves start-up tests.
    """
    # A thread that wants to go on waits for as long as this for one that computes; the usual
    # 5 ms, at each of the many calls of Qt that give the interpreter away, would miss frames.
    sys.setswitchinterval(SWITCH)
    app = QApplication(sys.argv[:1])
    application = Application(app)
    how = "demo" if demo else "open" if workspace else "first"
    window = application.begin(workspace, how)
    QTimer.singleShot(2_000, collect_again)
    if quit_after_paint:
        window.installEventFilter(_FirstPaint(window))
    return app.exec()
