"""The lab's switch in the console: its menu, its strip, and what it leads to the lab."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import FAULTS
from motion_desk.services.oauth import cache
from motion_desk.services.secrets import service_of
from motion_desk.services.tester.steps import Renewed
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import Script, claims, run

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on a complete account."""
    stored(path, claims())
    return stage()


def menu(driver: Driver) -> QMenu:
    """The lab's menu as it is when it is opened."""
    lab = driver.console.window.lab
    lab.aboutToShow.emit()
    return lab


def entry(driver: Driver, name: str) -> QAction:
    """An entry of the lab's menu, by the name of a fault."""
    found = menu(driver).findChild(QAction, f"lab:{name}")
    assert isinstance(found, QAction)
    return found


def test_the_menu_offers_every_fault_with_a_word_about_it(driver: Driver) -> None:
    for fault in FAULTS:
        action = entry(driver, fault.name)
        assert (action.text(), action.toolTip()) == (fault.title, fault.about)
        assert not action.isChecked()
    assert entry(driver, "off").isChecked()


def test_the_page_has_the_same_menu(driver: Driver) -> None:
    driver.section("test")
    lab = driver.find("test:lab").menu()
    lab.aboutToShow.emit()
    assert lab.findChild(QAction, "lab:self-signed") is not None


def test_a_fault_that_is_chosen_is_ticked_and_told_on_the_page(driver: Driver) -> None:
    entry(driver, "self-signed").trigger()
    driver.section("test")
    said = driver.find("strip-text:lab").text()
    assert said.startswith("In the lab: Self-signed certificate.")
    assert said.endswith("nothing leaves it.")
    assert driver.find("test:lab").text() == "Lab: on"
    assert entry(driver, "self-signed").isChecked()
    assert not entry(driver, "off").isChecked()
    driver.press("strip-button:lab")
    assert not driver.is_there("strip:lab")
    assert driver.find("test:lab").text() == "Lab: off"


def test_in_the_lab_every_host_leads_there_and_any_password_will_do(driver: Driver) -> None:
    script = Script()
    entry(driver, "healthy").trigger()
    run(driver, script)
    (order,) = script.orders
    assert order.lab
    assert order.route is not None
    ((address, port),) = order.route("mail.example.com", 993)
    assert address == "127.0.0.1"
    assert port != 993
    assert set(order.passwords) == {IMAP, SMTP}
    assert not order.missing


def test_outside_the_lab_nothing_is_led_anywhere(driver: Driver) -> None:
    script = Script()
    run(driver, script)
    assert script.orders[0].route is None
    assert not script.orders[0].lab


def test_a_test_that_was_made_in_the_lab_says_so_ever_after(driver: Driver, stage: Stage) -> None:
    entry(driver, "healthy").trigger()
    run(driver, Script())
    driver.press("strip-button:lab")
    assert driver.find("strip-text:lab").text() == "This test was made in the lab."
    driver = stage()
    driver.section("test")
    driver.settled()
    assert driver.find("strip-text:lab").text() == "This test was made in the lab."
    assert not driver.is_there("strip-button:lab")


def test_what_was_tested_outside_or_under_another_fault_is_told_apart(driver: Driver) -> None:
    run(driver, Script())
    entry(driver, "healthy").trigger()
    driver.rest()
    said = driver.find("strip-text:lab")
    assert said.text().endswith("What is shown was tested outside the lab.")
    run(driver, Script())
    assert said.text().endswith("nothing leaves it.")
    entry(driver, "expired").trigger()
    driver.rest()
    assert said.text().endswith("What is shown is of “Healthy”.")


def test_leaving_the_lab_while_a_test_is_prepared_sends_nothing_to_the_real_servers(
    driver: Driver,
) -> None:
    script = Script()
    driver.console.testing.begin = script.begin
    entry(driver, "healthy").trigger()
    driver.console.window.actions_.by_word["test"].trigger()
    entry(driver, "off").trigger()
    driver.wait(lambda: not driver.console.testing.under_way, "the end")
    driver.settled()
    assert not script.orders


def test_a_lab_that_cannot_be_started_is_told(driver: Driver, home: Path) -> None:
    folder = home / "motion-desk"
    folder.mkdir(exist_ok=True)
    (folder / "lab").write_text("a file where a folder should be", encoding="utf-8")
    script = Script()
    entry(driver, "healthy").trigger()
    run(driver, script)
    assert not script.orders
    assert any("The lab cannot keep" in text for text in driver.console.window.notices.texts)


def test_the_labs_authority_is_noted_in_the_workspace_on_request(driver: Driver) -> None:
    assert not entry(driver, "authority").isEnabled()
    entry(driver, "healthy").trigger()
    entry(driver, "authority").trigger()
    driver.wait(lambda: driver.console.desk.workspace.authorities.entries, "the authority")
    (noted,) = driver.console.desk.workspace.authorities.entries
    assert noted.name == "Motion Desk lab authority"
    assert "BEGIN CERTIFICATE" in noted.certificate
    driver.command("undo")
    assert not driver.console.desk.workspace.authorities.entries


def test_a_test_in_the_lab_is_marked_as_one_wherever_its_verdict_is_shown(
    driver: Driver, stage: Stage
) -> None:
    entry(driver, "healthy").trigger()
    run(driver, Script())
    for _ in range(2):
        line = driver.line("test")
        assert line.hint == "The last test passed, in the lab"
        assert [name for name, _ in line.marks] == ["flask-conical", "circle-check"]
        driver = stage()  # and once more after reopening
    driver.section("test")
    driver.settled()
    driver.find("test:views").setCurrentIndex(2)
    assert driver.find("runs").topLevelItem(0).text(1) == "Passed, in the lab"


def test_a_sign_in_that_a_test_renewed_is_kept_unless_it_is_the_labs(driver: Driver) -> None:
    def kept() -> str:
        found: list[str] = []
        driver.console.session.ask(
            lambda store: cache.kept(store.secrets, service_of(store.identity), "entra"),
            found.append,
        )
        driver.settled()
        return found[0]

    driver.console.testing.lab.turn_on("healthy")
    run(driver, Script(renewed=Renewed("entra", "of the lab")))
    assert kept() == ""
    driver.console.testing.lab.turn_off()
    run(driver, Script(renewed=Renewed("entra", "renewed")))
    assert kept() == "renewed"
