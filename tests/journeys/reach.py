"""What tests and the tour do on the panels “Round trip” and “Sender's domain”."""

from __future__ import annotations

from motion_desk.ui.domain.page import DomainPage
from motion_desk.ui.round_trip.page import RoundTripPage
from tests.journeys.driver import Driver


def round_trip(driver: Driver, fault: str = "") -> str:
    """Press the button of the round trip, under a fault where one is named; gives the sentence."""
    if fault:
        driver.console.testing.lab.turn_on(fault)
    driver.section("round-trip")
    driver.press("round-trip:go")
    return ended(driver)


def ended(driver: Driver) -> str:
    """Wait until the round trip on screen is over and drawn; gives the sentence."""
    driver.wait(lambda: not driver.is_there("round-trip:stop"), "the end of the round trip")
    drawn(driver)
    return str(driver.find("round-trip:sentence").text()).replace("\u200b", "")


def domain(driver: Driver, fault: str = "") -> str:
    """Press the button of the domain's checks, under a fault; gives what they come to."""
    if fault:
        driver.console.testing.lab.turn_on(fault)
    driver.section("domain")
    driver.press("domain:go")
    driver.wait(lambda: driver.find("domain:go").text() != "Stop", "the end of the checks")
    drawn(driver)
    return str(driver.find("domain:sum").text()).replace("\u200b", "")


def drawn(driver: Driver) -> None:
    """Wait until all parts of the panel on screen are made."""
    driver.settled()
    page = driver.page
    assert isinstance(page, RoundTripPage | DomainPage)
    driver.wait(lambda: page.is_drawn, "all parts")
    driver.rest()


def scroll(driver: Driver, part: float) -> None:
    """Scroll the panel on screen: 0 is its top, 1 its end."""
    bar = driver.page.verticalScrollBar()
    bar.setValue(round(bar.maximum() * part))
    driver.rest()
