"""Earlier tests: one or two of them are ticked to be compared, and any is opened."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from motion_desk.ui.test.page import STEPS
from tests.journeys.comparing import (
    heading,
    open_list,
)
from tests.journeys.driver import Driver
from tests.ui.kept_runs import FAILED, Open, a_test, hours, moments


def tick(driver: Driver, place: int) -> None:
    """Click into the box of a test."""
    tree = driver.find("runs")
    where = tree.visualItemRect(tree.topLevelItem(place))
    spot = QPoint(where.left() + 13, where.center().y())
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    driver.rest()


def ticked(driver: Driver) -> list[int]:
    """The places of the tests that are ticked."""
    tree = driver.find("runs")
    count = tree.topLevelItemCount()
    return [n for n in range(count) if tree.topLevelItem(n).checkState(0) is Qt.CheckState.Checked]


def test_two_ticked_tests_are_compared_and_a_third_tick_takes_the_oldest_away(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED), a_test(), a_test(FAILED))
    open_list(driver)
    assert not driver.find("runs:compare").isEnabled()
    tick(driver, 3)
    tick(driver, 1)
    assert ticked(driver) == [1, 3]
    assert driver.find("test:views").currentIndex() != STEPS, "a tick opens nothing"
    assert not driver.is_there("strip:earlier")
    tick(driver, 2)
    assert ticked(driver) == [1, 2]
    assert driver.find("runs:compare").text() == "Compare the two"
    driver.press("runs:compare")
    driver.settled()
    _, second, third, _ = hours(driver)
    assert moments(driver) == [third, second]
    assert "it works again" in heading(driver)


def test_one_ticked_test_is_compared_with_the_latest_or_the_last_that_passed(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED), a_test())
    open_list(driver)
    tick(driver, 1)
    assert driver.find("runs:compare").text() == "Compare with the latest"
    driver.press("runs:compare")
    driver.settled()
    newest, middle, oldest = hours(driver)
    assert moments(driver) == [middle, newest]
    open_list(driver)
    assert ticked(driver) == [1], "what was ticked is still"
    driver.press("runs:last-good")
    driver.settled()
    assert moments(driver) == [oldest, middle]


def test_a_click_beside_the_box_opens_the_test(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    open_list(driver)
    tree = driver.find("runs")
    where = tree.visualItemRect(tree.topLevelItem(1))
    spot = QPoint(where.left() + 90, where.center().y())
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    driver.settled()
    assert driver.is_there("strip:earlier")
    assert driver.find("test:views").currentIndex() == STEPS


def test_the_space_bar_ticks_and_enter_opens(kept: Open) -> None:
    driver = kept(a_test(), a_test(FAILED))
    open_list(driver)
    tree = driver.find("runs")
    tree.setFocus()
    tree.setCurrentItem(tree.topLevelItem(1))
    QTest.keyClick(tree, Qt.Key.Key_Space)
    driver.rest()
    assert ticked(driver) == [1]
    QTest.keyClick(tree, Qt.Key.Key_Return)
    driver.settled()
    assert driver.is_there("strip:earlier")
