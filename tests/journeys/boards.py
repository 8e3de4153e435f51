"""What tests do on the pages “All accounts” and “What expires”, and what they see there."""

from __future__ import annotations

from motion_desk.ui.board.lines import Cell, Column, Line
from motion_desk.ui.calendar.model import Day, Heading
from tests.journeys.driver import Driver


def open_board(driver: Driver) -> None:
    """Go to the board of the workspace, and wait until it knows what the file says."""
    _open(driver, "board")
    board = driver.find("panel:board").board
    driver.wait(lambda: board.survey.complete, "what the file says")
    drawn(driver)


def open_calendar(driver: Driver) -> None:
    """Go to the calendar of the workspace, and wait until it is drawn."""
    _open(driver, "calendar")
    driver.settled()
    drawn(driver)


def _open(driver: Driver, panel: str) -> None:
    driver.open("Workspace")
    driver.section(panel)
    driver.settled()


def drawn(driver: Driver) -> None:
    """Wait until all that has changed is drawn."""
    driver.settled()
    driver.wait(lambda: not driver.console.board.drawing, "all lines")
    driver.rest()


def tested(driver: Driver) -> None:
    """Wait until the test of many is over, kept and drawn."""
    board = driver.console.board
    driver.wait(lambda: not board.running.under_way, "the end of the test of many")
    drawn(driver)


def run_in_lab(driver: Driver, fault: str = "healthy", button: str = "board:test") -> None:
    """Press a button of the board while the lab shows a fault, and wait for the end."""
    driver.console.testing.lab.turn_on(fault)
    driver.press(button)
    tested(driver)


def lines(driver: Driver) -> dict[str, Line]:
    """The lines that the table shows, by the accounts' names, from top to bottom."""
    return {line.subject.name: line for line in driver.find("board:table").shown}


def cell(driver: Driver, name: str, column: Column) -> Cell:
    """One cell of an account's line."""
    return lines(driver)[name].cells[column]


def results(driver: Driver) -> dict[str, str]:
    """What the lines say of the newest tests."""
    return {name: line.cells[Column.RESULT].text for name, line in lines(driver).items()}


def ids(driver: Driver) -> dict[str, str]:
    """The accounts' ids, by name."""
    return {name: line.subject.account for name, line in lines(driver).items()}


def choose(driver: Driver, *names: str) -> None:
    """Choose accounts, the keyboard at the last of them."""
    found = lines(driver)
    ids = [found[name].subject.account for name in names]
    driver.find("board:table").choose(frozenset(ids), ids[-1])
    driver.rest()


def sentence(driver: Driver) -> str:
    """What the board says of all accounts together."""
    return str(driver.find("board:sentence").text())


def days(driver: Driver) -> list[str]:
    """What the calendar shows, from top to bottom: headings, and under them days."""
    return [
        f"{item.title} ({item.count})" if isinstance(item, Heading) else _day(item)
        for item in driver.find("calendar:list").items
    ]


def _day(day: Day) -> str:
    return f"{day.entry.day.isoformat()} {day.what} – {day.whose}"
