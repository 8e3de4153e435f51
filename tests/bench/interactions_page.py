"""The page of interactions: how long it takes to open and to scroll, whatever the number of rows."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

from PySide6.QtWidgets import QApplication

from motion_desk.app import SWITCH, Application, collect_again
from motion_desk.services.interactions.archive import path_beside
from tests.bench.figures import Figure
from tests.bench.window import rest
from tests.journeys import interacting
from tests.journeys.driver import Answers, Driver
from tests.ui.conversations import fill

FEW, MANY = 1_000, 1_000_000
TURNS = 21
STEP = 90
"""Pixels of one notch of a wheel."""
NOTCHES = 300
JUMPS = 60


def figures(many: int = MANY) -> Iterator[Figure]:
    """Open the panel of an account with few and of one with many conversations, and scroll."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)  # as the program does
    try:
        yield from _measured(many)
    finally:
        sys.setswitchinterval(before)


def _measured(many: int) -> Iterator[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "many.motiondesk"
        application = Application(app, Answers(save_changes="discard"))
        driver = Driver(application)
        console = application.open(path, "demo")
        driver.wait(lambda: console.desk.current is not None)
        ids = {}
        for name in ("Customer care", "Trade desk"):
            driver.open(name)
            ids[name] = driver.account_draft().id
        fill(path_beside(path), ids["Customer care"], FEW)
        fill(path_beside(path), ids["Trade desk"], many)
        console.window.resize(1320, 840)
        interacting.open_interactions(driver)  # which imports what the page is made of
        collect_again()
        rest()
        opened: dict[str, list[float]] = {}
        pair = ("Customer care", "Trade desk")
        for turn in range(TURNS):
            for name in reversed(pair) if turn % 2 else pair:  # neither is always the second
                driver.wait(lambda: interacting.page(driver).is_settled)
                driver.open("Workspace")
                rest_shortly()
                opened.setdefault(name, []).append(_opened(driver, name))
        few, most = (median(opened[name][1:]) for name in ("Customer care", "Trade desk"))
        driver.wait(lambda: interacting.page(driver).is_settled)
        gc.collect()
        memory = _resident()
        frames, jumps = _scrolled(driver)
        grown = _resident() - memory
        driver.close()
    what = f"the page of interactions opens on {many:,} conversations, against {FEW:,}"
    yield Figure(what, most, few, 1.2)
    yield Figure("a frame while scrolling: the window's own time, median", median(frames), 0, 16)
    yield Figure(f"the same, worst of {len(frames)}", max(frames), 0, 16)
    yield Figure("a jump to rows not read yet, with their arrival: the worst", max(jumps), 0, 16)
    yield Figure("memory growth while scrolling", grown, 0, 60, "MB")


def rest_shortly() -> None:
    """Let the window do what is due."""
    end = perf_counter() + 0.05
    while perf_counter() < end:
        QApplication.processEvents()


def _opened(driver: Driver, account: str) -> float:
    """From a click on an account to its drawn list, in milliseconds."""
    line = driver.account(account).id
    begin = perf_counter()
    driver.console.window.accounts.choose(line)
    driver.wait(lambda: driver.console.desk.current is not None)
    driver.console.window.sections.choose("interactions")
    page = interacting.page(driver)
    driver.wait(
        lambda: (
            page.listing.query is not None
            and page.listing.query.account == line
            and page.model.known(0) is not None
            and page.listing.total > 0
        )
    )
    page.table.viewport().repaint()
    return (perf_counter() - begin) * 1000


def _scrolled(driver: Driver) -> tuple[list[float], list[float]]:
    """The window's own time for each notch of the wheel, and for each jump until all is drawn."""
    page = interacting.page(driver)
    bar = page.table.verticalScrollBar()
    frames = [_own(lambda: bar.setValue(bar.value() + STEP)) for _ in range(NOTCHES)]
    jumps = []
    for number in range(JUMPS):
        place = bar.maximum() * ((number * 37) % JUMPS) // JUMPS
        jumps.append(_own(partial(bar.setValue, place)))
        worst = 0.0
        while not page.is_settled:
            worst = max(worst, _own(lambda: None))
        jumps.append(worst)
    return frames, jumps


def _own(act: Callable[[], object]) -> float:
    begin = thread_time()
    act()
    QApplication.processEvents()
    return (thread_time() - begin) * 1000


def _resident() -> float:
    """Megabytes of the process in memory; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text().splitlines()
    line = next(each for each in lines if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Measure and print."""
    for figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else MANY):
        print(figure.line())


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
