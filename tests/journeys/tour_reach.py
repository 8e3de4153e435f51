"""The tour's second part: detection, comparison, round trip, domain, all accounts, sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.journeys import boards, comparing, detecting, reach, signing
from tests.journeys.driver import Driver
from tests.journeys.testing import over

Step = Callable[[str, str, Callable[[], object]], None]
ACCOUNT = "Trade desk"


def walk(driver: Driver, step: Step) -> None:
    """Walk through what reaches further than a test, all of it in the lab."""
    driver.open(ACCOUNT)
    driver.console.testing.lab.turn_on("healthy")
    step("detects settings from the address", "detect", partial(detecting.on_tour, driver))
    step(
        "shows on what a proposal rests",
        "detect-evidence",
        partial(detecting.evidence_on_tour, driver),
    )
    step("uses the best proposal", "detect-used", partial(detecting.used_on_tour, driver))
    driver.command("undo")
    for text in driver.console.window.notices.texts[1:]:  # all but that of the keyring
        driver.console.window.notices.forget(text)
    step("says what changed since the last good test", "compare", partial(_compared, driver))
    step("looks from the Motion server", "motion-host", partial(comparing.open_host, driver))
    driver.console.testing.lab.turn_on("healthy")
    step("sends a message and finds it", "round-trip", partial(_round_trip, driver))
    step("explains its header", "round-trip-header", partial(reach.scroll, driver, 1.0))
    step("checks the sender's domain", "domain", partial(_domain, driver))
    step("lists all accounts", "board", partial(boards.open_board, driver))
    step("tests all of them at once", "board-tested", partial(_all_tested, driver))
    step("lists what expires", "calendar", partial(boards.open_calendar, driver))
    signing.tour(driver, step)


def _compared(driver: Driver) -> None:
    """Compare a test that failed with the last one that passed."""
    driver.section("test")
    for fault in ("healthy", "expired"):
        driver.console.testing.lab.turn_on(fault)
        driver.command("test")
        over(driver)
    comparing.compare_with_last_good(driver)
    assert "yet it broke" in comparing.heading(driver), comparing.heading(driver)


def _round_trip(driver: Driver) -> None:
    assert reach.round_trip(driver).startswith("The message arrived"), "it should arrive"


def _domain(driver: Driver) -> None:
    assert reach.domain(driver) == "All that was looked at is as it should be."


def _all_tested(driver: Driver) -> None:
    driver.press("Test all")
    boards.tested(driver)
    assert boards.sentence(driver).startswith("6 of 6 would work"), boards.sentence(driver)
