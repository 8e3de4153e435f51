"""The stage: one application for all tests of a process, and what a test opens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtWidgets import QApplication

from motion_desk.app import Application
from motion_desk.models.document import Document
from motion_desk.models.workspace import Workspace
from motion_desk.services.secrets import Secrets
from motion_desk.ui.console import Console
from motion_desk.ui.window import Window
from tests.journeys.driver import Answers, Driver

SIZE = (1320, 840)

Stage = Callable[..., Driver]
"""Opens a workspace file as ``Application.open`` does and gives a driver of its window."""


@cache
def the_application() -> tuple[Application, Answers]:
    """The one application, as its style sheet takes long to set, and the answers it asks for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    answers = Answers()
    return Application(app, answers), answers


@cache
def demo_workspace() -> bytes:
    """The demo workspace's file, made once; its secrets were another program's."""
    from motion_desk.services import demo

    with TemporaryDirectory() as folder:
        path = Path(folder) / "Demo.motiondesk"
        demo.create(path, Secrets(system=False))
        return path.read_bytes()


class Second:
    """Holds the console of a second program that has the same file open."""

    def __init__(self, path: Path, answers: Answers) -> None:
        application, _ = the_application()
        self.console: Console | None = Console(
            path, "open", application.theme, answers, Window(application.theme)
        )
        self.console.window.show()
        self.console.start()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's workspace lies."""
    return tmp_path / "Test.motiondesk"


@pytest.fixture
def answers(qapp: QApplication) -> Answers:
    """What the dialogs of the test's window are answered; unsaved changes are dropped at the end."""
    _, answers = the_application()
    answers.answers = {"save_changes": "discard"}
    answers.asked.clear()
    return answers


@pytest.fixture
def stage(path: Path, answers: Answers) -> Iterator[Stage]:
    """Opens files one after another; the last window is closed at the end."""
    application, _ = the_application()
    application.theme.prefer("light")
    driver = Driver(application)

    def open_file(path: Path | None = path, how: str = "open", *, loads: bool = True) -> Driver:
        end(application)
        if how == "demo" and path is not None and path.parent.exists():
            path.write_bytes(demo_workspace())
            how = "open"
        application.open(path, how)
        driver.console.window.resize(*SIZE)
        driver.console.window.activateWindow()
        if loads:
            driver.wait(lambda: driver.console.desk.current, "the first document")
        driver.settled()
        return driver

    yield open_file
    answers.answers["save_changes"] = "discard"
    end(application)
    application.theme.prefer("light")


@pytest.fixture
def driver(stage: Stage) -> Driver:
    """A window on a new workspace."""
    return stage(how="new")


def end(holder: Application | Second) -> None:
    """Close a window, if there is one, and let go of all that belongs to it."""
    console, holder.console = holder.console, None
    if console is not None:
        console.window.close()
        console.window.deleteLater()
        console.deleteLater()


def stored(path: Path, *documents: Document) -> list[str]:
    """Make a workspace file of documents, as another program would; gives the accounts' ids.

    A workspace among them comes first. Typed secrets are lost: they were the other program's.
    """
    from motion_desk.services.store import Store

    workspaces = [each for each in documents if isinstance(each, Workspace)]
    store = Store.create(path, Secrets(system=False), *workspaces)
    accounts = [each for each in documents if not isinstance(each, Workspace)]
    ids = [store.save(account).id for account in accounts]
    store.close()
    return ids
