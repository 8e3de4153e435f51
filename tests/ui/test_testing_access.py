"""The test page for everybody: nothing is cut, and all has a name, in each of its states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from motion_desk.models.changes import change
from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import Finding, StepName
from tests.journeys.driver import Driver
from tests.journeys.stage import SIZE, Stage, stored
from tests.journeys.testing import choose, complete, over
from tests.ui.scripted import AGAIN, DENIED, EVIDENCE, FLAG, REFUSED, Script, begin, claims, run
from tests.ui.test_access import spoken
from tests.ui.test_labels import faults

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
LONG = "CN=A certificate authority with a very long name,OU=" + "Department-" * 12
EVERY_KIND = Finding(
    Failure.AUTHORITY_UNKNOWN,
    {"issuer": LONG},
    code="OpenSSL 20",
    words="unable to get local issuer certificate " + "x" * 300,
    key="imap.host",
    remedies=(*REFUSED.remedies, FLAG, AGAIN, replace(FLAG, here=True)),
)
SCRIPTS = {
    "passed": Script(),
    "failed": Script(ends={(IMAP, StepName.TCP): REFUSED, (SMTP, StepName.LOGIN): DENIED}),
    "every kind of remedy": Script(
        ends={(IMAP, StepName.TLS): EVERY_KIND}, facts={StepName.TLS: EVIDENCE}
    ),
}


@pytest.fixture(params=["usual", "smallest"])
def driver(path: Path, stage: Stage, request: pytest.FixtureRequest) -> Driver:
    """A window on an account with long values, of both sizes."""
    host = "a-host-name-that-is-much-too-long-to-be-told.mail.subsidiary.example.com"
    stored(path, change(claims(), "imap.host", host))
    driver = stage()
    smallest = driver.console.window.minimumSize()
    size = SIZE if request.param == "usual" else (smallest.width(), smallest.height())
    driver.console.window.resize(*size)
    driver.rest()
    return driver


def page(driver: Driver) -> QWidget:
    found = driver.find("test-page")
    assert isinstance(found, QWidget)
    return found


def nameless(driver: Driver) -> list[str]:
    """What takes the focus, or is a button, without a name or, where it has no words, a tip."""
    found = []
    for widget in page(driver).findChildren(QWidget):
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if by_tab and widget.isVisible() and not spoken(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    buttons = [b for b in page(driver).findChildren(QAbstractButton) if b.isVisible()]
    return found + [b.objectName() for b in buttons if not b.text() and not b.toolTip()]


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_cut_and_all_has_a_name(driver: Driver, name: str) -> None:
    driver.section("test")
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []
    run(driver, SCRIPTS[name])
    for toggle in page(driver).findChildren(QPushButton):
        if toggle.isVisible() and toggle.isCheckable() and not toggle.isChecked():
            toggle.click()
    complete(driver)
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []
    overview = driver.find("overview")
    assert overview.widget().width() <= overview.viewport().width()
    choose(driver, IMAP, StepName.TLS)
    assert faults(driver, page(driver)) == []
    for view in (1, 2):
        driver.find("test:views").setCurrentIndex(view)
        driver.rest()
        assert faults(driver, page(driver)) == []
        assert nameless(driver) == []


def test_nothing_is_cut_while_it_runs_in_the_lab_or_is_changed(driver: Driver) -> None:
    driver.console.testing.lab.turn_on("missing-intermediate")
    script = Script(waits_at=StepName.LOGIN)
    begin(driver, script)
    driver.wait(lambda: script.orders, "the test")
    assert faults(driver, page(driver)) == []
    script.waits_at = None
    over(driver)
    driver.section("imap")
    driver.type("imap.host", "other.example.com")
    driver.section("test")
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []


def test_details_that_were_asked_for_by_a_click_are_brought_into_view(driver: Driver) -> None:
    run(driver, Script(facts={StepName.TLS: EVIDENCE * 5}))
    overview = driver.find("overview")
    assert overview.verticalScrollBar().value() == 0
    choose(driver, IMAP, StepName.TLS)
    driver.rest()
    details = driver.find("details:imap:tls")
    top = details.mapTo(overview.viewport(), details.rect().topLeft()).y()
    assert 0 <= top < overview.viewport().height() - 40


def test_every_button_is_reached_by_the_tab_key(driver: Driver) -> None:
    run(driver, SCRIPTS["every kind of remedy"])
    wanted = {
        button.objectName()
        for button in page(driver).findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled()
    }
    seen: set[str] = set()
    for _ in range(120):
        driver.press_key(Qt.Key.Key_Tab)
        focused = driver.console.window.focusWidget()
        seen.add(focused.objectName())
        if wanted <= seen:
            break
    assert wanted - seen == set()
