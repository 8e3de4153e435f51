"""What tests and the tour do in the preview, and what they see there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from motion_desk.ui.preview.pane import PreviewPane
from motion_desk.ui.preview.web.engine import OURS
from motion_desk.ui.preview.web.view import MailView
from tests.journeys.driver import Driver


def opened(driver: Driver, key: str = "template.body") -> PreviewPane:
    """Press the button beside a template, and wait until its mail is shown."""
    driver.press(f"preview:{key}")
    pane = pane_of(driver)
    shown(driver, pane)
    return pane


def pane_of(driver: Driver) -> PreviewPane:
    """The preview, which is open."""
    pane = driver.console.beside.pane
    assert pane is not None
    return pane


def shown(driver: Driver, pane: PreviewPane) -> None:
    """Wait until nothing is to come any more."""
    driver.wait(lambda: not pane.previewing.is_busy and not pane.mail.is_loading, "the preview")
    driver.rest()


def painted(driver: Driver) -> None:
    """Wait until the engine, which draws in a process of its own, has drawn something of the mail."""
    view = driver.find("mail-view")
    driver.wait(lambda: len(_some_colours(view)) > 1, "the mail on the screen")


def _some_colours(view: QWidget) -> set[int]:
    image = view.grab().toImage()
    return {
        image.pixel(x, y) for y in range(0, image.height(), 3) for x in range(0, image.width(), 3)
    }


def chosen(driver: Driver, combo: str, place: int) -> None:
    """Choose a line of one of the preview's boxes, and wait for the mail."""
    pane = pane_of(driver)
    getattr(pane, combo).setCurrentIndex(place)
    shown(driver, pane)


def mailed(driver: Driver, script: str = "document.body.innerText") -> str:
    """What the mail's page says, asked in the program's own world."""
    pane, found = pane_of(driver), list[object]()
    assert isinstance(pane.mail, MailView)
    pane.mail.view.page().runJavaScript(script, OURS.value, found.append)
    driver.wait(lambda: bool(found), "the page's answer")
    return str(found[0])
