"""Sign-ins that come to nothing: each has a name and a way on, and nothing is kept of it."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from motion_desk.services.lab import Lab
from motion_desk.ui.sign_ins.attempt import Phase
from motion_desk.ui.sign_ins.page import SignInsPage
from motion_desk.ui.test.strips import Strip
from tests.journeys.driver import Driver
from tests.journeys.signing import Browser, ended, led_to, over
from tests.services.oauth.signing import post
from tests.ui.sign_ins.scene import (
    CANARY,
    EMPTY,
    FIRST,
    USER,
    kept,
    phase,
)


def test_a_browser_that_is_left_alone_can_be_given_up_by_escape_and_nothing_is_kept(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    led_to(page, lab, seconds=60)
    with closing(Browser(page, lab, idle=True)):
        driver.press("sign-in:browser")
        driver.wait(lambda: phase(page) is Phase.PAGE, "the page")
        driver.press_key(Qt.Key.Key_Escape)
        assert over(driver, page) == "Stopped. Nothing was kept."
        names = ("motion-desk-sign-in", "motion-desk-oauth-call")
        driver.wait(
            lambda: not [each for each in threading.enumerate() if each.name in names], "the end"
        )
    assert kept(driver) == ""


def test_a_browser_that_is_closed_is_told_after_its_time(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    led_to(page, lab, seconds=0.2)
    with closing(Browser(page, lab, idle=True)):
        driver.press("sign-in:browser")
        said = over(driver, page)
    assert "perhaps the window was closed" in said
    assert kept(driver) == ""


def test_a_redirect_of_another_program_is_refused_and_the_sign_in_goes_on(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    with closing(Browser(page, lab, idle=True)) as browser:
        driver.press("sign-in:browser")
        driver.wait(lambda: browser.opened, "the page")
        back = parse_qs(urlsplit(browser.opened[0]).query)["redirect_uri"][0]
        assert post(back, {"code": "stolen", "state": "not ours"}).startswith("HTTP/1.1 400 ")
        driver.rest()
        assert phase(page) is Phase.PAGE
        assert kept(driver) == ""
        browser.visit()
        assert over(driver, page).startswith(f"Signed in: {USER}.")


def test_a_provider_that_is_changed_meanwhile_keeps_nothing(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    driver.press("sign-in:device")
    driver.wait(lambda: phase(page) is Phase.CODE, "the code")
    driver.console.desk.edit("cloud_providers.entries", (replace(FIRST, client_id="new"), EMPTY))
    lab.identity.approve(driver.find("sign-in:code").text())
    assert "was changed meanwhile" in over(driver, page)
    assert kept(driver) == ""


def test_the_lab_stops_a_persons_sign_in_and_keeps_away_from_what_is_kept(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    driver.press("sign-in:application")
    over(driver, page)
    before = kept(driver)
    driver.press("sign-in:device")
    driver.wait(lambda: phase(page) is Phase.CODE, "the code")
    driver.console.testing.lab.turn_on("healthy")
    driver.rest()
    assert "the lab was turned on or off" in ended(driver)
    strip = page.findChild(Strip, "strip:lab")
    assert strip is not None
    assert strip.isVisible()
    assert not driver.find("sign-ins:forget").isEnabled()
    assert kept(driver) == before


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("identity-html", "a web page in place of data"),
        ("identity-proxy", "wants a sign-in of its own"),
        ("identity-down", "out of order or overloaded"),
        ("clock-wrong", "clock and that of"),
        ("device-declined", "was declined"),
        ("device-expired", "was not typed in in time"),
    ],
)
def test_what_goes_wrong_is_named_with_what_to_do_and_nothing_is_kept(
    driver: Driver, page: SignInsPage, lab: Lab, fault: str, said: str
) -> None:
    lab.show(fault)
    driver.press("sign-in:device")
    assert said in over(driver, page)
    assert driver.find("sign-in:to-do").text().startswith("What to do: ")
    assert kept(driver) == ""


def test_a_refusal_has_its_code_and_a_letter_to_copy(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    lab.show("secret-expired")
    driver.press("sign-in:application")
    assert "client secret of the app registration has expired" in over(driver, page)
    assert "AADSTS7000222" in driver.find("sign-in:words").toPlainText()
    driver.press("sign-in:copy-letter")
    letter = QGuiApplication.clipboard().text()
    assert "Application (client) ID: app-1" in letter
    assert CANARY not in letter
