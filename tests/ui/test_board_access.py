"""The pages of all accounts for everybody: nothing is cut, and all has a name, in both sizes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from motion_desk.models.account import Account
from motion_desk.models.document import put
from tests.journeys.boards import choose, drawn, open_board, open_calendar
from tests.journeys.driver import Driver
from tests.journeys.stage import SIZE, Stage, stored
from tests.ui.scripted import claims
from tests.ui.scripted_fleet import FAILS, FleetScript, begin_all, run_all
from tests.ui.test_access import spoken
from tests.ui.test_labels import page_faults

LONG = "Complaints-and-other-feedback-of-the-south-western-subsidiary " * 3


def risky(name: str) -> Account:
    """An account with a review that is due, and long words about it."""
    today = datetime.now().astimezone().date()
    made = put(claims(name), "imap.any_certificate", True)
    made = put(made, "imap.any_certificate_reason", "x" * 200)
    return put(made, "imap.any_certificate_review", today - timedelta(days=3))


@pytest.fixture(params=["usual", "smallest"])
def driver(path: Path, stage: Stage, request: pytest.FixtureRequest) -> Driver:
    """A window on accounts with long values, of both sizes, in the lab."""
    stored(path, risky(LONG), risky("Claims"), claims("Sales"))
    driver = stage()
    smallest = driver.console.window.minimumSize()
    size = SIZE if request.param == "usual" else (smallest.width(), smallest.height())
    driver.console.window.resize(*size)
    driver.console.testing.lab.turn_on("missing-intermediate")
    driver.rest()
    return driver


def nameless(driver: Driver) -> list[str]:
    """What takes the focus, or is a button, without a name or, where it has no words, a tip."""
    found = []
    for widget in driver.page.findChildren(QWidget):
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if by_tab and widget.isVisible() and not spoken(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    buttons = [b for b in driver.page.findChildren(QAbstractButton) if b.isVisible()]
    return found + [b.objectName() for b in buttons if not b.text() and not b.toolTip()]


def test_nothing_of_the_board_is_cut_and_all_has_a_name(driver: Driver) -> None:
    open_board(driver)
    assert page_faults(driver) == []
    assert nameless(driver) == []
    choose(driver, LONG, "Claims")
    assert page_faults(driver) == []
    script = FleetScript({"Claims": FAILS})
    begin_all(driver, script)
    drawn(driver)
    assert page_faults(driver) == []
    driver.console.board.stop()
    driver.wait(lambda: not driver.console.board.running.under_way, "the end")
    run_all(driver, script)
    choose(driver, "Claims")
    assert page_faults(driver) == []
    assert nameless(driver) == []
    driver.press("board:filter-inactive")
    assert page_faults(driver) == []


def test_no_title_and_no_day_of_the_table_is_cut(driver: Driver) -> None:
    open_board(driver)
    table = driver.find("board:table")
    header, metrics = table.horizontalHeader(), table.fontMetrics()
    total = 0
    for column in range(header.count()):
        if table.isColumnHidden(column):
            continue
        total += header.sectionSize(column)
        title = header.model().headerData(column, Qt.Orientation.Horizontal)
        assert metrics.horizontalAdvance(title) + 12 <= header.sectionSize(column), title
    assert total == table.viewport().width()


def test_nothing_of_the_calendar_is_cut_and_all_has_a_name(driver: Driver) -> None:
    open_calendar(driver)
    assert page_faults(driver) == []
    assert nameless(driver) == []
    days = driver.find("calendar:list")
    bar = days.horizontalScrollBar()
    assert bar.maximum() == 0


def test_every_button_is_reached_by_the_tab_key(driver: Driver) -> None:
    open_board(driver)
    run_all(driver, FleetScript({"Claims": FAILS}))
    choose(driver, "Claims")
    wanted = {
        button.objectName()
        for button in driver.page.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and not button.objectName().startswith("board:f")
    } | {"board:table", "board:filter-all"}
    driver.find("board:test").setFocus()
    seen = ["board:test"]
    for _ in range(60):
        driver.press_key(Qt.Key.Key_Tab)
        seen.append(driver.console.window.focusWidget().objectName())
    assert wanted - set(seen) == set()
    places = [seen.index(each) for each in ("board:test", "board:test-chosen", "board:save")]
    assert places == sorted(places)
