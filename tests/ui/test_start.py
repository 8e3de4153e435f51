"""The start: nothing that is not needed for the first window is imported before it is painted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "alembic", "msal", "keyring", "imapclient", "jinja2", "ruamel", "click")
ENGINE = "PySide6.QtWebEngine"

SHOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from motion_desk.app import Application
from motion_desk.ui.console import Console
from tests.journeys.driver import Answers, Driver

class FirstPaint(QObject):
    modules = None
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and self.modules is None:
            self.modules = sorted(sys.modules)
        return False

paint = FirstPaint()
before = sorted(sys.modules)
# The store is opened beside the window, on a thread of its own: held back until it is painted.
start, Console.start = Console.start, lambda console: None
driver = Driver(application := Application(QApplication([]), Answers()))
console = application.open(Path(sys.argv[1]), sys.argv[2])
console.window.installEventFilter(paint)
driver.wait(lambda: paint.modules, "painted")
shown = [console.window.menuBar().isVisible(), console.window.accounts.isVisible()]
# Nor may pages be made ready meanwhile, which is done while nobody does anything.
sys.modules["motion_desk.ui.test.window_tests"].QUIET = 10**6
start(console)
driver.wait(lambda: console.desk.current, "the workspace")
for section in driver.sections():
    driver.section(section)
driver.close()
print(json.dumps([before, paint.modules, sorted(sys.modules), shown]))
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The modules there when the program is loaded, first painted, and was looked through."""
    path = tmp_path_factory.mktemp("start") / "Test.motiondesk"
    for how in ("new", "open"):  # what counts is the opening
        done = subprocess.run(
            [sys.executable, "-c", SHOW, str(path), how],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
    loaded, painted, used, shown = json.loads(done.stdout)
    assert painted, "the window was never painted"
    assert shown == [True, True]
    return {"loaded": loaded, "painted": painted, "used": used}


def found(modules: list[str], *names: str) -> list[str]:
    """The modules that are one of some packages, or begin with the engine's name."""
    return [
        module for module in modules if module.split(".")[0] in names or module.startswith(ENGINE)
    ]


BEGIN = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from motion_desk.app import Application

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            print(*(name for name in sys.modules if name.startswith("motion_desk.models")))
            QApplication.exit(0)
        return False

paint = FirstPaint()
application = Application(QApplication([]))
application.open = lambda *_: None
application.begin(None, "open").installEventFilter(paint)
sys.exit(QApplication.exec())
"""


def test_the_window_is_painted_before_the_fields_are_declared() -> None:
    """Declaring them took some 20 of the 200 ms to the first picture."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert {*done.stdout.split()} <= {"motion_desk.models", "motion_desk.models.problems"}


@pytest.mark.parametrize("when", ["loaded", "painted"])
def test_nothing_heavy_is_imported_before_the_first_window_is_painted(
    modules: dict[str, list[str]], when: str
) -> None:
    assert found(modules[when], *HEAVY) == []


def test_looking_around_imports_neither_migrations_nor_mail_nor_the_browser(
    modules: dict[str, list[str]],
) -> None:
    assert "sqlalchemy" in modules["used"], "nothing was opened"
    assert found(modules["used"], "alembic", "msal", "imapclient", "jinja2", "ruamel") == []
