"""Navigation lists: they show entries, tell a person's choice, and redraw only what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from motion_desk.ui.navigation import Entry, NavigationList
from tests.journeys.stage import the_application

ENTRIES = tuple(Entry(f"e{n}", f"Entry {n}", "below", "mail") for n in range(5))


class Paints(QObject):
    """Notes how high the strips of a widget were that were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights.append(event.region().boundingRect().height())
        return False


@pytest.fixture
def entries(qapp: QApplication) -> Iterator[NavigationList]:
    application, _ = the_application()
    shown = NavigationList(application.theme)
    shown.resize(240, 400)
    shown.show_entries(ENTRIES, "e1")
    shown.show()
    assert QTest.qWaitForWindowExposed(shown)
    yield shown
    shown.close()
    shown.deleteLater()


def test_showing_entries_tells_nothing(entries: NavigationList) -> None:
    spy = QSignalSpy(entries.chosen)
    entries.show_entries(ENTRIES[:3], "e2")
    entries.show_entries(ENTRIES, "")
    assert spy.count() == 0
    assert not entries.currentIndex().isValid()


def test_a_choice_is_told_once(entries: NavigationList) -> None:
    spy = QSignalSpy(entries.chosen)
    QTest.keyClick(entries, Qt.Key.Key_Down)
    place = entries.visualRect(entries.model().index(4, 0)).center()
    QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [spy.at(n)[0] for n in range(spy.count())] == ["e2", "e4"]


def test_only_the_lines_that_differ_are_painted_again(
    qtbot: QtBot, entries: NavigationList
) -> None:
    paints = Paints()
    entries.viewport().installEventFilter(paints)
    entries.viewport().update()
    qtbot.waitUntil(lambda: paints.heights == [entries.viewport().height()])
    entries.show_entries(ENTRIES, "e1")  # nothing differs
    changed = (*ENTRIES[:3], replace(ENTRIES[3], count=2), ENTRIES[4])
    entries.show_entries(changed, "e1")
    qtbot.waitUntil(lambda: len(paints.heights) > 1)
    entries.viewport().removeEventFilter(paints)
    assert paints.heights[1:] == [entries.visualRect(entries.model().index(3, 0)).height()]


def test_lines_that_come_and_go_keep_the_chosen_one(entries: NavigationList) -> None:
    spy = QSignalSpy(entries.chosen)
    entries.show_entries((Entry("new", "New"), *ENTRIES), "e1")
    assert entries.currentIndex().row() == 2
    assert entries.entries()[0].id == "new"
    assert spy.count() == 0


def test_a_line_says_all_of_itself_to_a_screen_reader(entries: NavigationList) -> None:
    entries.show_entries((Entry("a", "Support", "support@example.com", hint="Not active"),), "a")
    index = entries.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Support. support@example.com. Not active"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Not active"
