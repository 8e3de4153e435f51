"""Fails a test that leaves a job thread, a running timer or a window behind.

What a test leaves disturbs the tests after it, which then fail far from the cause. A leak is
reported once: what is left is stopped or closed, so that the next test starts clean.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QWidget

THREAD_PREFIX = "motion-desk"
# A cancelled job may need a moment to notice; more than this is a leak.
GRACE_SECONDS = 2.0
TESTS_BETWEEN = 100
"""Tests of Qt after which garbage is looked for."""

_tests = count(1)


def job_threads() -> set[threading.Thread]:
    """The living threads that the program has started."""
    return {thread for thread in threading.enumerate() if thread.name.startswith(THREAD_PREFIX)}


def qt_runs() -> bool:
    """Whether some test has started Qt; this module never does."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets is not None and widgets.QApplication.instance() is not None


def windows() -> list[QWidget]:
    """The widgets that hang on nothing; menus, pop-ups and dialogs go with their parents."""
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]


def running_timers() -> list[QTimer]:
    """The timers that were made since `gc.freeze` and still run.

    Qt has no list of its timers, and one whose parent is no widget hangs on no window.
    """
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    return [timer for timer in timers if isValid(timer) and timer.isActive()]


def place(thing: QObject) -> str:
    """Name an object and the chain of its parents, nearest first."""
    names = []
    step: QObject | None = thing
    while step is not None:
        names.append(type(step).__name__ + (f" '{step.objectName()}'" if step.objectName() else ""))
        step = step.parent()
    return " in ".join(names)


def delete_what_is_due() -> None:
    """Let `deleteLater` happen, which outside of an event loop it never does by itself."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def left_threads(before: set[threading.Thread]) -> list[str]:
    """Name the job threads that are new and do not end in time."""
    left = job_threads() - before
    for thread in left:
        thread.join(GRACE_SECONDS)
    return [f"the thread {thread.name}" for thread in left if thread.is_alive()]


def left_in_qt(before: list[QWidget]) -> list[str]:
    """Name the windows and running timers that are new, and end them."""

    def new_windows() -> list[QWidget]:
        return [window for window in windows() if window not in before]

    delete_what_is_due()
    if new_windows() or running_timers():
        # What only circles among its own parts hold is garbage, not a leak.
        gc.collect()
    left = []
    for timer in running_timers():
        left.append(f"the running {place(timer)}")
        timer.stop()
    for window in new_windows():
        left.append(f"the window {place(window)}")
        window.close()
        window.deleteLater()
    delete_what_is_due()
    return left


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look around before and after each test."""
    threads = job_threads()
    before = windows() if qt_runs() else []
    failed = request.session.testsfailed
    # What is older is set aside, so that looking for timers costs microseconds, not 40 ms.
    gc.freeze()
    try:
        yield
        left = left_threads(threads)
        if qt_runs():
            left += left_in_qt(before)
    finally:
        gc.unfreeze()
    # Set aside anew before each test, closed windows would never be found to be garbage: a worker
    # grew to 2 GB by the end.
    if qt_runs() and next(_tests) % TESTS_BETWEEN == 0:
        gc.collect()
    # The traceback of a failed test holds its windows: that is no second failure.
    if left and request.session.testsfailed == failed:
        pytest.fail("The test left behind: " + ", ".join(left), pytrace=False)
