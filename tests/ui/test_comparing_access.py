"""The comparison for everybody: nothing is cut, all has a name, and keys lead everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Fact, StepName
from motion_desk.ui.test.side_drawing import SideDelegate
from tests.journeys.comparing import (
    compare_with_last_good,
    is_first_seen,
    open_list,
)
from tests.journeys.driver import Driver
from tests.journeys.stage import SIZE
from tests.ui.kept_runs import FAILED, Open, a_test, certificate
from tests.ui.scripted import DENIED, Script
from tests.ui.test_labels import faults
from tests.ui.test_testing_access import nameless, page

IMAP = Protocol.IMAP


def long_names(count: int) -> Script:
    """A test whose evidence is long in every way."""
    name = "CN=A certificate authority with a very long name,OU=" + f"Department-{count}-" * 12
    facts = certificate(f"{count}" * 64, name)
    facts[StepName.CAPABILITIES] = tuple(
        Fact("ability", f"ABILITY-{n}", f"ABILITY-{n * count}") for n in range(40)
    )
    return Script(facts=facts, ends={(IMAP, StepName.LOGIN): DENIED} if count > 1 else {})


@pytest.mark.parametrize("size", ["usual", "smallest"])
def test_nothing_is_cut_and_all_has_a_name(kept: Open, size: str) -> None:
    driver = kept(a_test(long_names(1)), a_test(long_names(2)))
    window = driver.console.window
    window.resize(*(SIZE if size == "usual" else window.minimumSize().toTuple()))
    open_list(driver)
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []
    compare_with_last_good(driver)
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []
    scrolled = driver.find("compare")
    assert scrolled.widget().width() <= scrolled.viewport().width()
    assert drawn_too_wide(driver) == []


def drawn_too_wide(driver: Driver) -> list[str]:
    """The rows of which a word is wider than its column, or that are not as high as they need."""
    steps = driver.find("compare:steps")
    delegate = steps.itemDelegate()
    assert isinstance(delegate, SideDelegate)
    wrong = []
    for number, row in enumerate(steps.rows):
        if not delegate.fits(row, steps.width(), steps.font()):
            wrong.append(f"{row.label} is too wide")
        place: QRect = steps.visualRect(steps.model().index(number, 0))
        if place.height() != delegate.height(row, steps.width(), steps.font()):
            wrong.append(f"{row.label} is {place.height()} pixels high")
    if steps.visualRect(steps.model().index(len(steps.rows) - 1, 0)).bottom() > steps.height():
        wrong.append("the list is not as high as its rows")
    return wrong


def test_the_tabs_of_all_views_have_room_in_the_smallest_window(kept: Open) -> None:
    driver = kept(a_test())
    driver.console.window.resize(driver.console.window.minimumSize())
    driver.rest()
    tabs = driver.find("test:views")
    whole = sum(tabs.tabRect(place).width() for place in range(tabs.count()))
    assert whole <= tabs.width()


@pytest.mark.parametrize("size", ["usual", "smallest"])
def test_the_first_difference_is_a_press_away_where_it_has_no_room(kept: Open, size: str) -> None:
    driver = kept(a_test(long_names(1)), a_test(long_names(2)))
    window = driver.console.window
    window.resize(*(SIZE if size == "usual" else window.minimumSize().toTuple()))
    driver.rest()
    compare_with_last_good(driver)
    scrolled = driver.find("compare")
    top = driver.find("compare:outcome").mapTo(scrolled.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < scrolled.viewport().height(), "the outcome is seen at a glance"
    driver.press("compare:to-first")
    assert is_first_seen(driver)


def test_the_keyboard_leads_through_the_rows_and_brings_them_into_view(kept: Open) -> None:
    driver = kept(a_test(long_names(1)), a_test(long_names(2)))
    compare_with_last_good(driver)
    steps, scrolled = driver.find("compare:steps"), driver.find("compare")
    steps.setFocus()
    for _ in range(len(steps.rows)):
        QTest.keyClick(steps, Qt.Key.Key_Down)
    driver.rest()
    assert steps.currentIndex().row() == len(steps.rows) - 1
    last = steps.visualRect(steps.currentIndex())
    bottom = steps.mapTo(scrolled.viewport(), last.bottomLeft()).y()
    assert bottom <= scrolled.viewport().height()


def test_a_row_is_said_with_both_sides_and_whether_it_differs(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    compare_with_last_good(driver)
    model = driver.find("compare:steps").model()
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [model.data(model.index(n, 0), role) for n in range(model.rowCount())]
    said = next(each for each in spoken if each.startswith("Connection."))
    assert said == (
        "Connection. passed, connection as it should be, 12 ms. failed, The port is closed, 12 ms. "
        "differs. the first difference"
    )
