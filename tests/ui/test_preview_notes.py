"""Each view of the preview says what it is a model of, and what Motion does not document."""

from __future__ import annotations

import pytest

from motion_desk.ui.preview.pane import CHECKS, MAIL, SOURCE, TEXT
from tests.journeys.driver import Driver
from tests.journeys.previewing import chosen, opened, pane_of, shown
from tests.journeys.stage import Stage

BODY = "template.body"
DARK, INVERTED = 1, 2


@pytest.fixture
def driver(stage: Stage) -> Driver:
    driver = stage(None, "demo")
    driver.open("Customer care")
    driver.section("template")
    driver.settled()
    return driver


def note(driver: Driver) -> str:
    """The note on the screen; empty where there is none."""
    return str(driver.find("preview:note").text()) if driver.is_there("preview:note") else ""


def test_a_mail_in_light_needs_no_note_and_an_inverted_one_is_called_an_approximation(
    driver: Driver,
) -> None:
    opened(driver)
    assert note(driver) == ""
    chosen(driver, "looks", INVERTED)
    assert note(driver).startswith("An approximation")


def test_a_mail_without_dark_styles_says_why_it_stays_light(driver: Driver) -> None:
    opened(driver)
    chosen(driver, "looks", DARK)
    assert "no dark styles of its own" in note(driver)
    driver.console.desk.edit(BODY, "<meta name='color-scheme' content='light dark'><p>x</p>")
    shown(driver, pane_of(driver))
    assert note(driver) == ""


def test_a_notification_is_a_pop_up_whose_frame_is_a_model(driver: Driver) -> None:
    pane = opened(driver)
    assert pane.tabs.tabText(MAIL) == "Mail"
    driver.section("notification")
    opened(driver, "notification.template")
    assert pane.tabs.tabText(MAIL) == "Pop-up"
    assert "what Motion draws around the text is not documented" in note(driver)
    chosen(driver, "looks", INVERTED)
    assert "nothing is inverted" in note(driver)


def test_text_and_source_claim_nothing_of_what_motion_sends(driver: Driver) -> None:
    pane = opened(driver)
    for view in (TEXT, SOURCE):
        pane.tabs.setCurrentIndex(view)
        assert "is not documented" in note(driver)
    pane.tabs.setCurrentIndex(CHECKS)
    assert note(driver) == ""


def test_a_mail_that_is_shown_smaller_says_how_much(driver: Driver) -> None:
    pane = opened(driver)
    driver.press("preview:monitor")
    driver.settled()
    assert note(driver) == f"Shown at {round(100 * pane.mail.width() / 800)} % of its size."
    driver.press("preview:unfold-horizontal")
    assert note(driver) == ""
