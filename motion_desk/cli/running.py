"""Running: one test to its end, shown as it goes, ended early by Ctrl+C."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from motion_desk.cli.progress import Progress
from motion_desk.services.tester.steps import Renewed

if TYPE_CHECKING:
    from types import FrameType

    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Report

TICK = 0.02
"""Seconds between two looks at what happened."""


def run(order: Order, renewed: Callable[[Renewed], None] = lambda _: None) -> tuple[Report, bool]:
    """What a test found, and whether Ctrl+C ended it. Progress goes to standard error.

    ``renewed`` is called with each sign-in that the test has renewed, to keep it.

    Ctrl+C takes effect within 100 ms; what is known by then is in the report.
    """
    from motion_desk.services.tester.run import Run

    running = Run(order)
    progress = Progress()
    interrupted = threading.Event()

    def stop() -> None:
        interrupted.set()
        running.stop()

    with interruptions(stop):
        try:
            while running.running:
                for event in running.drain():
                    progress.show(event)
                    if isinstance(event, Renewed):
                        renewed(event)
                progress.tick()
                time.sleep(TICK)  # which Ctrl+C ends at once; a wait on a queue it may not
        except BaseException:
            running.stop()
            raise
        finally:
            progress.end()
    return running.report(), interrupted.is_set()


@contextmanager
def interruptions(stop: Callable[[], None]) -> Iterator[None]:
    """Let the first Ctrl+C call ``stop`` in place of raising; a second one ends the program.

    Where Ctrl+C is ignored, as behind ``nohup``, it stays so.
    """
    before = signal.getsignal(signal.SIGINT)
    main = threading.current_thread() is threading.main_thread()
    if not main or before is not signal.default_int_handler:
        yield
        return

    def first(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        stop()

    signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
