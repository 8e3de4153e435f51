"""A window that is opened off screen to be measured."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

from PySide6.QtWidgets import QApplication

from motion_desk.app import Application
from motion_desk.models.document import Document
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import SIZE, stored


@contextmanager
def opened(*documents: Document) -> Iterator[Driver]:
    """A window on a workspace of these documents; without any, on the demo."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTION_DESK_HOME"] = home
        path = Path(home) / "bench.motiondesk"
        if documents:
            stored(path, *documents)
        application = Application(app, Answers(save_changes="discard"))
        driver = Driver(application)
        console = application.open(path, "open" if documents else "demo")
        driver.wait(lambda: console.desk.current is not None)
        console.window.resize(*SIZE)
        driver.settled()
        yield driver
        driver.close()
