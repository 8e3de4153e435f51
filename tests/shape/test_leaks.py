"""The fixtures that watch over every test catch what they are there for, and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each runs as a test of its own in a pytest of its own; the name says what must come of it.
LEAKY = """
import threading, time
import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QWidget

held = []

def hold(thing):
    held.append(thing)
    return thing

def start_thread(name, seconds):
    threading.Thread(target=time.sleep, args=(seconds,), name=name, daemon=True).start()

def test_leaks_a_thread():
    start_thread("motion-desk-job", 60)

def test_leaks_a_timer_of_an_object(qapp):
    hold(QTimer(QObject(qapp))).start(1000)

def test_leaks_a_timer_of_nobody(qapp):
    hold(QTimer()).start(1000)

def test_leaks_a_window(qapp):
    hold(QWidget())

def test_leaks_a_shown_window(qapp):
    window = hold(QWidget())
    window.setObjectName("main")
    window.show()

def test_fine_with_a_thread_that_ends():
    start_thread("motion-desk-job", 0.2)

def test_fine_with_a_thread_of_another_library():
    start_thread("another", 60)

def test_fine_with_a_timer_that_was_stopped(qapp):
    timer = hold(QTimer())
    timer.start(1000)
    timer.stop()

def test_fine_with_a_window_of_qtbot(qtbot):
    window = hold(QWidget())
    qtbot.addWidget(window)
    QTimer(window).start(1000)
    window.show()

def test_fine_with_a_menu_that_has_a_parent(qtbot):
    window = hold(QWidget())
    qtbot.addWidget(window)
    hold(QMenu(window))

def test_fine_with_a_window_that_only_a_circle_holds(qapp):
    window = QWidget()
    window.itself = window

@pytest.fixture(scope="module")
def shared(qapp):
    window = QWidget()
    yield window
    window.deleteLater()

def test_fine_with_a_window_shared_by_the_module(shared):
    shared.show()

def test_fine_after_all_that(qapp):
    pass

def test_breaks_and_is_not_blamed_twice(qapp):
    window = QWidget()
    assert window is None
"""


LEAKS = {
    "test_leaks_a_thread": "the thread motion-desk-job",
    "test_leaks_a_timer_of_an_object": "the running QTimer in QObject in QApplication",
    "test_leaks_a_timer_of_nobody": "the running QTimer",
    "test_leaks_a_window": "the window QWidget",
    "test_leaks_a_shown_window": "the window QWidget 'main'",
}
FINE = re.findall(r"def (test_fine_\w+)", LEAKY)


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a pytest of its own says of each test of LEAKY."""
    folder = tmp_path_factory.mktemp("leaky")
    (folder / "test_leaky.py").write_text(LEAKY)
    options = ["-rA", "--tb=no", "-p", "tests.leaks", "-p", "no:randomly", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", folder],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.splitlines()
    assert any("short test summary" in line for line in lines), run.stdout + run.stderr
    return lines


@pytest.mark.parametrize(("test", "leak"), LEAKS.items())
def test_a_leak_is_named(summary: list[str], test: str, leak: str) -> None:
    reason = f"ERROR test_leaky.py::{test} - Failed: The test left behind: {leak}"
    assert reason in summary


@pytest.mark.parametrize("test", [*FINE, "test_breaks_and_is_not_blamed_twice"])
def test_what_is_no_leak_is_not_blamed(summary: list[str], test: str) -> None:
    verdicts = [line.split()[0] for line in summary if f" test_leaky.py::{test}" in line]
    assert verdicts == ["FAILED" if "breaks" in test else "PASSED"]
