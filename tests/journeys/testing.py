"""What tests do on the test page, and what they see there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import State, StepName
from motion_desk.ui.test.remedies import RemedyBox
from motion_desk.ui.test.steps import Line
from tests.journeys.driver import Driver


def over(driver: Driver) -> None:
    """Wait until the test of the open account is over, kept, and drawn."""
    driver.wait(lambda: not driver.console.testing.under_way, "the end of the test")
    driver.settled()
    complete(driver)


def complete(driver: Driver) -> None:
    """Wait until the details of steps are drawn, where they are on screen."""
    driver.rest()
    if driver.is_there("overview"):
        overview = driver.find("overview")
        lists = [column.list for column in overview.columns.values()]
        driver.wait(lambda: overview.is_complete, "all details")
        driver.wait(lambda: all(each.is_drawn for each in lists), "all steps")
        driver.rest()


def choose(driver: Driver, protocol: Protocol, name: StepName) -> None:
    """Click on a step."""
    driver.find(f"steps:{protocol.value}").choose(name)
    complete(driver)


def verdict(driver: Driver) -> str:
    """The verdict that the page shows."""
    return str(driver.find("verdict:sentence").text())


def states(driver: Driver, protocol: Protocol) -> dict[StepName, State]:
    """The states of a probe's steps, in their order."""
    lines: tuple[Line, ...] = driver.find(f"steps:{protocol.value}").lines
    return {line.step.name: line.step.state for line in lines}


def place_of(driver: Driver, protocol: Protocol, code: str) -> str:
    """What the names of a remedy's buttons end in; its first one where there are several."""
    return place_of_remedy(driver.find("overview"), protocol, code)


def place_of_remedy(page: QWidget, protocol: Protocol, code: str) -> str:
    """The same of the remedies on any page."""
    beginning = f"remedy:{protocol.value}:"
    names: list[str] = [
        box.objectName()
        for box in page.findChildren(RemedyBox)
        if box.remedy.code == code and box.isVisible()
    ]
    found = next(name for name in names if name.startswith(beginning))
    return found.removeprefix("remedy:")


def open_earlier(driver: Driver, place: int) -> None:
    """Click on an earlier test."""
    driver.find("test:views").setCurrentIndex(2)
    tree = driver.find("runs")
    tree.itemClicked.emit(tree.topLevelItem(place), 0)
    driver.settled()
    complete(driver)
