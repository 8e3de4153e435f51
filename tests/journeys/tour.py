"""The tour: a walk through the window that prints each step and leaves a picture of it.

Run ``python -m tests.journeys.tour FOLDER``. A step that does not show what it should ends the
tour with an error. It needs run-time packages only, and no display.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

from PySide6.QtWidgets import QApplication

from motion_desk.app import Application
from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
from tests.journeys import tour_messages, tour_reach, tour_templates
from tests.journeys.driver import Answers, Driver
from tests.journeys.testing import complete, over, place_of, verdict

CUSTOM = {"imap", "smtp"}
BUILT_IN = {"authentication"}
NAME = "Claims desk"
TESTED = "Trade desk"
SIZE = (1320, 840)
RICH = (
    ("Customer care", "authentication"),
    ("Customer care", "template"),
    ("Customer care", "notification"),
    ("Customer care", "transfer"),
    ("Customer care", "canned_answers"),
    ("Customer care", "actions"),
    ("Trade desk", "imap"),
    ("Trade desk", "advanced"),
    ("Trade desk", "dispositions"),
    ("Trade desk", "actions"),
)
"""Sections that are full in the demo's accounts."""


class Tour:
    """Takes the steps in order; each prints its line and leaves its picture."""

    def __init__(self, application: Application, answers: Answers, folder: Path) -> None:
        self._application = application
        self._answers = answers
        self._driver = Driver(application)
        self._folder = folder
        self._number = 0

    def step(self, text: str, name: str, act: Callable[[], object]) -> None:
        """Take one step: act, keep a picture, tell."""
        self._number += 1
        act()
        path = self._folder / f"{self._number:02}-{name}.png"
        self._driver.picture(path)
        print(f"{self._number:2}  {text}  ({path.name})")

    def walk(self, path: Path) -> None:
        """The whole tour on a demo workspace at ``path``."""
        driver = self._driver
        self.step("opens the demo workspace with five accounts", "demo", partial(self._demo, path))
        self.step("asks for a new account", "new-account", self._ask)
        self.step("creates it and opens it", "created", self._create)
        for service in Service:
            self.step(
                f"changes its service to {service.label}: only its sections are shown",
                f"service-{service.value}",
                partial(self._service, service),
            )
        self.step("tells a value that is out of range", "wrong-value", self._wrong)
        self.step("takes it back", "undone", self._undo)
        driver.section("settings")
        self._service(Service.CUSTOM)
        for section in driver.sections():
            self.step(
                f"shows the section {section}",
                section,
                partial(driver.section, section),
            )
        self.step("saves", "saved", self._save)
        self.step(
            "closes, opens again and finds everything", "reopened", partial(self._again, path)
        )
        for name, section in RICH:
            self.step(
                f"shows {section} of {name}",
                f"{name.lower().replace(' ', '-')}-{section}",
                partial(self._rich, name, section),
            )
        self._test()
        tour_reach.walk(driver, self.step)
        tour_templates.walk(driver, self.step)
        tour_messages.walk(driver, self._answers, self.step)
        driver.open("Workspace")
        for section in driver.sections():
            self.step(
                f"shows the workspace's {section}",
                f"workspace-{section}",
                partial(driver.section, section),
            )
        self.step("turns dark", "dark", self._dark)
        self.step("shows a failed test in the dark", "dark-test", self._dark_test)
        self.step("keeps its labels whole in the smallest window", "small", self._small)
        self.step("shows a test in the smallest window", "small-test", self._small_test)

    def _test(self) -> None:
        """Test an account in the lab: healthy, with a fault, and with its remedy applied."""
        driver = self._driver
        driver.open(TESTED)
        driver.section("test")
        self.step("shows what a test would do", "test", partial(complete, driver))
        self.step("tests in the lab: all is well", "test-passed", partial(self._run, "healthy"))
        self.step(
            "tells what is wrong and what to do", "test-failed", partial(self._run, "port-refused")
        )
        self.step("shows the remedies", "test-remedies", self._remedies)
        self.step("applies one and tests again", "test-remedied", self._remedy)
        self.step("shows what both sides said", "test-transcript", partial(self._view, 1))
        self.step("lists earlier tests", "test-earlier", partial(self._view, 2))
        driver.command("undo")

    def _run(self, fault: str) -> None:
        self._driver.console.testing.lab.turn_on(fault)
        self._driver.command("test")
        over(self._driver)
        wanted = "Motion would receive and send." if fault == "healthy" else "Motion would send but"
        assert verdict(self._driver).startswith(wanted), verdict(self._driver)

    def _remedies(self) -> None:
        bar = self._driver.find("overview").verticalScrollBar()
        bar.setValue(bar.maximum())

    def _remedy(self) -> None:
        self._driver.press(f"apply-again:{place_of(self._driver, Protocol.IMAP, 'use-port')}")
        over(self._driver)
        assert verdict(self._driver) == "Motion would receive and send."

    def _view(self, number: int) -> None:
        self._driver.find("test:views").setCurrentIndex(number)

    def _dark_test(self) -> None:
        self._driver.open(TESTED)
        self._driver.section("test")
        self._run("port-refused")

    def _small_test(self) -> None:
        self._driver.open(TESTED)
        self._driver.section("test")
        complete(self._driver)

    def _open(self, path: Path, how: str) -> None:
        console = self._application.open(path, how)
        console.window.resize(*SIZE)
        self._driver.wait(lambda: console.desk.current is not None, "the first account")

    def _demo(self, path: Path) -> None:
        self._open(path, "demo")
        lines = self._driver.console.window.accounts.entries()
        assert len(lines) == 6, f"the workspace and five accounts should be listed, not {lines}"

    def _ask(self) -> None:
        self._driver.command("new-account")
        self._driver.type("settings.name", NAME)
        self._driver.type("settings.key", "CLM")
        self._driver.type("settings.address", "claims@northwind.example")
        self._driver.type("imap.host", "mail.northwind.example")
        self._driver.type("smtp.host", "mail.northwind.example")
        self._driver.type("imap.username", "claims@northwind.example")
        self._driver.type("imap.password", "a secret of the tour")

    def _create(self) -> None:
        self._driver.press("create")
        self._driver.wait(
            lambda: any(e.title == NAME for e in self._driver.console.window.accounts.entries()),
            "the new account",
        )
        assert self._driver.value("settings.key") == "CLM"
        assert self._driver.value("smtp.username") == "claims@northwind.example"

    def _service(self, service: Service) -> None:
        self._driver.section("settings")
        self._driver.pick("settings.service", service.label)
        wanted = CUSTOM if service is Service.CUSTOM else BUILT_IN
        shown = set(self._driver.sections())
        assert shown & (CUSTOM | BUILT_IN) == wanted, f"{service.label} shows {sorted(shown)}"

    def _wrong(self) -> None:
        self._driver.type("settings.wait_agent", "2147484")
        problems = self._driver.find("problems:settings.wait_agent")
        assert problems.isVisible(), "the field should say that it is out of range"

    def _undo(self) -> None:
        self._driver.command("undo")
        assert self._driver.value("settings.wait_agent") == 10

    def _save(self) -> None:
        self._driver.section("settings")
        self._driver.type("settings.description", "Written on the tour.")
        self._driver.save()
        assert not self._driver.console.desk.unsaved, "nothing should be left to save"

    def _again(self, path: Path) -> None:
        self._driver.close()
        self._open(path, "open")
        self._driver.open(NAME)
        self._driver.section("settings")
        assert self._driver.value("settings.description") == "Written on the tour."
        assert self._driver.value("imap.password").reference, "the password should be stored"

    def _rich(self, name: str, section: str) -> None:
        self._driver.open(name)
        self._driver.section(section)

    def _dark(self) -> None:
        self._driver.command("dark")
        self._driver.open(NAME)
        self._driver.section("imap")

    def _small(self) -> None:
        self._driver.console.window.resize(self._driver.console.window.minimumSize())
        self._driver.section("settings")


def main(folder: Path) -> int:
    """Walk the tour; gives the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTION_DESK_HOME"] = home
        answers = Answers(save_changes="discard")
        application = Application(app, answers)
        try:
            Tour(application, answers, folder).walk(Path(home) / "Demo.motiondesk")
        except AssertionError as error:
            print(f"The tour ends here: {error}", file=sys.stderr)
            return 1
        finally:
            if application.console:
                application.console.window.close()
    print(f"Pictures: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/tour")))
