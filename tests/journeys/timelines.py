"""What tests and the tour do on the page “Timeline”, and what they see there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.ui.timeline.scale import POSITIONS, position
from motion_desk.ui.timeline.situation.people_model import Column
from tests.journeys.driver import Driver


def open_timeline(driver: Driver) -> None:
    """Go to the timeline of the open account, and wait until it is drawn."""
    driver.section("timeline")
    drawn(driver)


def drawn(driver: Driver) -> None:
    """Wait until everything is read, judged, rendered and drawn."""
    driver.settled()
    page = driver.find("panel:timeline")
    driver.wait(lambda: page.is_drawn, "the timeline")
    driver.rest()


def arrange(driver: Driver, name: str) -> None:
    """Click on a one-click situation: everybody, logged-out, nobody or night."""
    driver.press(f"timeline:arranged:{name}")
    drawn(driver)


def shown(driver: Driver) -> Timeline:
    """The timeline that the page shows."""
    found = driver.find("timeline:events").timeline
    assert isinstance(found, Timeline)
    return found


def events(driver: Driver) -> list[str]:
    """The events as a person reads them: when, and what happens, from top to bottom."""
    rows = driver.find("timeline:events").rows
    return [str(row.accessibleName()) for row in rows]


def worst_case(driver: Driver) -> str:
    """The sentence on how long a customer waits at most before a person is asked."""
    return str(driver.find("timeline:worst-asked").text())


def people(driver: Driver) -> dict[str, tuple[str, str, str]]:
    """Whom the table lists, from top to bottom, and what its cells say of each."""
    if not driver.is_there("timeline:people"):
        return {}
    model = driver.find("timeline:people").model()
    lines = [
        [str(model.index(row, column).data()) for column in Column]
        for row in range(model.rowCount())
    ]
    return {name: (presence, reaction, seconds) for name, presence, reaction, seconds in lines}


def click_cell(driver: Driver, name: str, column: Column) -> None:
    """Click on a cell of a person's line."""
    driver.page.ensureWidgetVisible(driver.find("timeline:people"))
    driver.rest()
    table = driver.find("timeline:people")
    index = table.model().index(list(people(driver)).index(name), column)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.rest()


def choose(driver: Driver, name: str, column: Column, word: str) -> None:
    """Choose a person's state or reaction from the menu of its cell."""
    table = driver.find("timeline:people")
    # As a click on the cell does; off screen, opening the menu is answered with warnings.
    menu = table.menu(table.model().index(list(people(driver)).index(name), column))
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.deleteLater()
    drawn(driver)


def set_seconds(driver: Driver, name: str, seconds: int) -> None:
    """Type after how many seconds a person answers or rejects."""
    click_cell(driver, name, Column.SECONDS)
    box = driver.find("timeline:people-seconds")
    box.selectAll()
    QTest.keyClicks(box, str(seconds))
    QTest.keyClick(box, Qt.Key.Key_Return)
    drawn(driver)


def hold(driver: Driver, key: str, seconds: int) -> None:
    """Drag a wait's slider to some seconds, and hold it there."""
    slider = driver.find(f"timeline:wait:{key}")
    driver.page.ensureWidgetVisible(slider)
    driver.rest()
    start = _handle(driver, key)
    _mouse(driver, key, QEvent.Type.MouseButtonPress, start)
    _mouse(driver, key, QEvent.Type.MouseMove, start)
    slider.setSliderPosition(position(seconds))
    drawn(driver)


def let_go(driver: Driver, key: str) -> None:
    """Let go of a wait's slider that is held."""
    _mouse(driver, key, QEvent.Type.MouseButtonRelease, _handle(driver, key))
    drawn(driver)


def drag(driver: Driver, key: str, seconds: int) -> None:
    """Drag a wait's slider to some seconds."""
    hold(driver, key, seconds)
    let_go(driver, key)


def unfold(driver: Driver, number: int) -> str:
    """Unfold the text of an event, by its number from 1; gives the text."""
    fold = driver.find(f"timeline:fold:{number}")
    driver.page.ensureWidgetVisible(fold)
    driver.press(f"timeline:fold:{number}")
    drawn(driver)
    return str(driver.find(f"timeline:text:{number}").toPlainText())


def keep(driver: Driver, name: str) -> None:
    """Keep what is on screen as a scenario."""
    driver.press("timeline:keep")
    driver.find("timeline:keep-name").setText(name)
    driver.press("timeline:keep-save")
    drawn(driver)


def _handle(driver: Driver, key: str) -> QPoint:
    """The middle of a slider's handle, as the style draws it."""
    slider = driver.find(f"timeline:wait:{key}")
    handle = 16
    room = slider.width() - handle
    return QPoint(
        handle // 2 + round(room * slider.sliderPosition() / POSITIONS), slider.height() // 2
    )


def _mouse(driver: Driver, key: str, kind: QEvent.Type, at: QPoint) -> None:
    slider = driver.find(f"timeline:wait:{key}")
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moves, ends = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
    event = QMouseEvent(
        kind,
        QPointF(at),
        slider.mapToGlobal(QPointF(at)),
        none if moves else left,
        none if ends else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(slider, event)
    driver.rest()
