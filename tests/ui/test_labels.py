"""Labels are never cut: in every section, at the window's usual size and at its smallest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QToolButton, QWidget

from motion_desk.models.choices import Service
from tests.journeys.driver import Driver
from tests.journeys.stage import SIZE, Stage

ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
Text = QLabel | QPushButton | QToolButton


def texts(top: QWidget) -> Iterator[Text]:
    """The visible widgets with a text."""
    for widget in top.findChildren(QWidget):
        if isinstance(widget, Text) and widget.text() and widget.isVisible():
            yield widget


def cut(widget: Text) -> str:
    """How a text is cut; empty where it is whole."""
    name = f"{type(widget).__name__} “{widget.text()[:50]}”"
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is ICON_ONLY:
        return ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        longest = max(
            widget.text().replace("\u200b", " ").split(), key=widget.fontMetrics().horizontalAdvance
        )
        if widget.fontMetrics().horizontalAdvance(longest) > widget.contentsRect().width():
            return f"{name}: a word is wider than the {widget.width()} pixels it has"
        need = widget.heightForWidth(widget.width())
        return f"{name}: {need} pixels high, has {widget.height()}" * (need > widget.height())
    need = widget.sizeHint().width()
    return f"{name}: {need} pixels wide, has {widget.width()}" * (need > widget.width())


def outside(widget: QWidget, top: QWidget) -> str:
    """Where a widget is cut off by its surroundings on the left or right; empty where it is not."""
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    if place.left() >= 0 and place.right() < top.width():
        return ""
    return f"{type(widget).__name__} {widget.objectName()} {place} in {top.width()}"


def faults(driver: Driver, top: QWidget) -> list[str]:
    """Everything that is cut in a page, a dialog or the window."""
    driver.rest()
    found = [cut(widget) for widget in texts(top)]
    found += [outside(widget, top) for widget in texts(top)]
    return [fault for fault in found if fault]


def page_faults(driver: Driver) -> list[str]:
    page = driver.page.widget()
    assert page is not None
    found = faults(driver, page)
    if page.width() > driver.page.viewport().width():
        found.append(f"page of {page.width()} in {driver.page.viewport().width()} pixels")
    return found


@pytest.fixture(params=["usual", "smallest"])
def demo(stage: Stage, request: pytest.FixtureRequest) -> Driver:
    """A window on the demo workspace, of both sizes."""
    driver = stage(how="demo")
    window = driver.console.window
    smallest = window.minimumSize()
    window.resize(*(SIZE if request.param == "usual" else (smallest.width(), smallest.height())))
    driver.rest()
    return driver


@pytest.mark.parametrize("name", ["Trade desk", "Customer care", "Workspace"])
def test_no_label_of_a_section_is_cut_and_no_page_is_wider_than_the_window(
    demo: Driver, name: str
) -> None:
    demo.open(name)
    for section in demo.sections():
        demo.section(section)
        assert page_faults(demo) == [], section


def test_what_hidden_fields_warnings_and_problems_bring_is_not_cut_either(demo: Driver) -> None:
    demo.open("Trade desk")
    demo.type("settings.key", "Trade desk")
    demo.type("settings.wait_agent", "as long as it takes, but not for ever and a day")
    demo.pick("settings.service", Service.GMAIL.label)
    assert page_faults(demo) == []
    demo.pick("settings.service", Service.CUSTOM.label)
    demo.section("imap")
    demo.type("imap.host", "https://a-host-name-that-is-much-too-long-to-be-told.example.com/")
    demo.type("imap.port", "143")
    assert page_faults(demo) == []
    demo.turn("imap.ssl")
    demo.turn("imap.authentication")
    assert page_faults(demo) == []


def test_no_label_around_the_page_is_cut(demo: Driver) -> None:
    demo.open("Trade desk")
    window = demo.console.window
    around = [cut(widget) for widget in texts(window) if not demo.page.isAncestorOf(widget)]
    assert [fault for fault in around if fault] == []
    assert demo.console.window.notices.isVisible()


def test_section_titles_are_not_cut(demo: Driver) -> None:
    """As drawn: a title longer than its line would end in dots."""
    for name in ("Trade desk", "Customer care", "Workspace"):
        demo.open(name)
        lines = demo.console.window.sections
        room = lines.viewport().width() - 2 * 6 - 11 - 27 - 9 - 6
        for entry in lines.entries():
            count = (
                lines.fontMetrics().horizontalAdvance(str(entry.count)) + 8 if entry.count else 0
            )
            need = lines.fontMetrics().horizontalAdvance(entry.title)
            assert need <= room - count, entry.title


def test_no_label_of_the_dialogs_is_cut(demo: Driver) -> None:
    demo.command("new-account")
    for service in Service:
        demo.pick("settings.service", service.label)
        demo.rest()
        dialog = demo.find("new-account")
        assert isinstance(dialog, QDialog)
        assert faults(demo, dialog) == []
    demo.type("smtp.port", "70000")
    demo.type("settings.key", "TOO LONG")
    assert faults(demo, dialog) == []
    demo.press("Cancel")
    demo.command("bin")
    demo.settled()
    assert faults(demo, demo.find("bin-dialog")) == []
    demo.press("Close")
