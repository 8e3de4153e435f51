"""What tests and the tour do on the panel “Interactions”, and what they see there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.services.interactions.archive import Archive, path_beside
from motion_desk.ui.interactions.columns import COLUMNS, Line
from motion_desk.ui.interactions.page import InteractionsPage
from tests.journeys.driver import Answers, Driver

NEWEST = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def open_interactions(driver: Driver, account: str = "Customer care") -> InteractionsPage:
    """Go to the panel of an account, and wait until it shows what is kept."""
    driver.open(account)
    driver.section("interactions")
    shown(driver)
    return page(driver)


def page(driver: Driver) -> InteractionsPage:
    """The page on screen."""
    found = driver.find("panel:interactions")
    assert isinstance(found, InteractionsPage)
    return found


def shown(driver: Driver) -> None:
    """Wait until all that was asked for is on screen."""
    driver.settled()
    found = page(driver)
    driver.wait(lambda: found.is_settled, "the list")
    driver.settled()
    driver.wait(lambda: found.is_settled, "the list")


def lines(driver: Driver) -> list[Line]:
    """The lines of the list that have come, from top to bottom."""
    model = page(driver).model
    found = (model.known(row) for row in range(model.rowCount()))
    return [line for line in found if line is not None]


def column(driver: Driver, name: str) -> list[str]:
    """What a column says, from top to bottom, by the word of the column."""
    place = [each.value for each in COLUMNS].index(name)
    return [line.texts[place] for line in lines(driver)]


def choose(driver: Driver, row: int) -> None:
    """Click on a line, and wait for its letters."""
    table = page(driver).table
    index = table.model().index(row, 3)
    table.scrollTo(index)
    driver.rest()
    spot = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    shown(driver)


def search(driver: Driver, text: str) -> None:
    """Type into the search, and wait for what is found."""
    driver.type("interactions:search", text)
    bar = page(driver).filters
    driver.wait(lambda: bar.query.text == text.strip(), "the search")
    shown(driver)


def unfold(driver: Driver) -> None:
    """Show the filters that are folded away at first."""
    if not driver.is_there("interactions:more"):
        driver.press("interactions:fold")


def pick(driver: Driver, name: str, label: str) -> None:
    """Choose in one of the boxes of the bar, and wait for what is found."""
    if name not in ("read", "status"):
        unfold(driver)
    driver.pick(f"interactions:{name}", label)
    shown(driver)


def counted(driver: Driver) -> str:
    """What the line above the table says."""
    return str(driver.find("interactions:count").text())


def archive_of(workspace: Path) -> Archive:
    """The archive beside a workspace, opened as another program would."""
    return Archive(path_beside(workspace))


def import_file(driver: Driver, answers: Answers, path: Path) -> None:
    """Choose a CSV file, and wait for the dialog that asks for its columns."""
    answers.answers["open_interactions"] = path
    driver.press("interactions:import")
    driver.wait(lambda: driver.is_there("interactions-import"), "the dialog")
    dialog = driver.find("interactions-import")
    driver.wait(lambda: dialog.grid.is_drawn, "its lines")
    driver.rest()


def errand(driver: Driver) -> str:
    """Wait until nothing comes in any more and the list is on screen; gives what is said of it."""
    found = page(driver)
    driver.wait(lambda: not found.adding.running, "the end of what comes in")
    shown(driver)
    return str(driver.find("interactions:errand-said").text()).replace("\u200b", "")


def read_mailbox(driver: Driver, count: str) -> str:
    """Read from the mailbox, and wait for the end; gives what is said of it."""
    driver.press("interactions:mailbox")
    driver.wait(lambda: driver.is_there("interactions-mailbox"), "the dialog")
    driver.pick("interactions-mailbox:count", count)
    driver.press("interactions-mailbox:read")
    return errand(driver)
