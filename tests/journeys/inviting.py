"""What tests and the tour do on the panel “Invite staff”, and what they see there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from motion_desk.models.sent import Purpose
from motion_desk.ui.invite.cells import Column, State
from motion_desk.ui.invite.page import InvitePage
from tests.journeys.driver import Driver


def open_invite(driver: Driver) -> InvitePage:
    """Go to the panel of the workspace, and wait until it knows what the file says."""
    driver.open("Workspace")
    driver.section("invite")
    drawn(driver)
    return page(driver)


def page(driver: Driver) -> InvitePage:
    """The page on screen."""
    found = driver.find("panel:invite")
    assert isinstance(found, InvitePage)
    return found


def drawn(driver: Driver) -> None:
    """Wait until the file is read and everybody's needs are found out."""
    driver.settled()
    found = page(driver)
    driver.wait(lambda: found.senders.is_known and found.people.is_judged, "all that is known")
    driver.settled()


def from_the_workspace(driver: Driver) -> None:
    """List the agents and users of the workspace."""
    driver.press("invite:directory")
    drawn(driver)


def choose(driver: Driver, *names: str) -> None:
    """Choose people by their names."""
    states = people(driver)
    rows = [row for row, each in enumerate(states) if each.listed.person.name in names]
    driver.find("invite:people").choose(rows)
    driver.rest()


def choose_by_menu(driver: Driver, name: str) -> None:
    """Choose people by an entry of the button “Choose”."""
    button = driver.find("invite:choose")
    assert isinstance(button, QPushButton)
    menu: QMenu = button.menu()
    next(each for each in menu.actions() if each.objectName() == f"invite:choose-{name}").trigger()
    driver.rest()


def people(driver: Driver) -> list[State]:
    """All that the lines show, from top to bottom."""
    found = page(driver).people
    return [found.state(row) for row in range(found.rowCount())]


def state_of(driver: Driver, name: str) -> str:
    """How it stands with somebody, in sentences."""
    found = (each for each in people(driver) if each.listed.person.name == name)
    return next(found).sentence


def put(driver: Driver, name: str, column: Column, text: str) -> None:
    """Edit somebody's cell in place, as by a double click."""
    table = driver.find("invite:people")
    row = next(n for n, each in enumerate(people(driver)) if each.listed.person.name == name)
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    table.edit(table.currentIndex())
    editor = driver.find("invite:editor")
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    drawn(driver)


def go(driver: Driver, purpose: Purpose) -> str:
    """Choose where letters go, press the button, and wait for the end; gives the sentence."""
    driver.find(f"invite:to-{purpose.name.lower()}").click()
    driver.press("invite:send")
    return ended(driver)


def ended(driver: Driver) -> str:
    """Wait until all is sent, kept and drawn; gives the sentence."""
    found = page(driver)
    driver.wait(lambda: not found.post.under_way, "the end of sending")
    drawn(driver)
    return found.post.sentence


def show_letter(driver: Driver) -> None:
    """Unfold the letter, and wait until it is made."""
    card = page(driver).letter
    if not card.fold.isChecked():
        driver.press("invite:show-letter")
    driver.wait(lambda: not card.letters.is_busy and card.is_shown, "the letter")
    driver.rest()


def scroll(driver: Driver, part: float) -> None:
    """Scroll the panel: 0 is its top, 1 its end."""
    bar = driver.page.verticalScrollBar()
    bar.setValue(round(bar.maximum() * part))
    driver.rest()
