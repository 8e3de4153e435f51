"""Edits: from a change to all views computed and drawn, on the window's thread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from motion_desk.models.changes import change
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.views import view
from tests.bench import preview, window
from tests.bench.figures import Figure, timed
from tests.journeys.driver import Answers, Driver

VALUES: dict[str, tuple[object, object]] = {
    "settings.key": ("AB", "CD"),
    "settings.wait_agent": (11, 12),
    "settings.wait_queue": (11, 12),
    "settings.mark_unread": (True, False),
    "settings.description": ("one", "two"),
    "settings.name": ("Claims", "Claims desk"),
    "settings.address": ("a@example.com", "b@example.com"),
}
TURNS = 60


def _drawn(driver: Driver, key: str, value: object) -> float:
    start = time.perf_counter()
    driver.console.desk.edit(key, value)
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def figures(driver: Driver) -> Iterator[Figure]:
    """Measure edits in the open window, then edits of a document of 200 fields."""
    driver.open("Trade desk")
    driver.section("settings")
    all_times = []
    for key, values in VALUES.items():
        for turn in range(TURNS):
            value = values[turn % 2]
            elapsed = _drawn(driver, key, value)
            if turn > 3:
                all_times.append(elapsed)
    yield Figure(
        "one edit → all views computed and drawn, real fields", statistics.median(all_times), 0, 2
    )
    wrong = [_drawn(driver, "settings.wait_agent", (0, 10)[turn % 2]) for turn in range(TURNS)]
    yield Figure("the same where a problem comes or goes", statistics.median(wrong[4:]), 0, 16)
    services = (Service.GMAIL, Service.CUSTOM)
    switched = [_drawn(driver, "settings.service", services[turn % 2]) for turn in range(TURNS)]
    yield Figure(
        "the service switched, sections and fields shown and hidden",
        statistics.median(switched[4:]),
        0,
        16,
    )
    yield from synthetic()


def synthetic() -> Iterator[Figure]:
    """Measure the views of a document of 200 fields."""
    from tests.synthetic import synthetic_catalogue

    catalogue = synthetic_catalogue(200)
    saved = catalogue.document(id="synthetic")
    keys = [key for key, field in catalogue.fields.items() if type(field.default) is str]
    surroundings = Surroundings()
    draft: list[Document] = [saved]

    def act(turn: int) -> None:
        draft[0] = change(draft[0], keys[turn % len(keys)], f"value {turn}")
        view(saved, draft[0], surroundings)

    timed(act, 20)
    yield Figure("one edit → all views computed, 200 synthetic fields", timed(act, 200), 0, 2)


def main() -> list[Figure]:
    """Open the demo off screen and measure in it."""
    import os
    import tempfile
    from pathlib import Path

    from motion_desk.app import Application

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTION_DESK_HOME"] = home
        application = Application(app, Answers(save_changes="discard"))
        driver = Driver(application)
        console = application.open(Path(home) / "bench.motiondesk", "demo")
        driver.wait(lambda: console.desk.current is not None)
        found = [*window.figures(driver), *figures(driver), *preview.figures(driver)]
        driver.close()
    return found
