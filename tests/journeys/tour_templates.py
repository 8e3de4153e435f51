"""The tour's third part: templates as customers and agents will see them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from motion_desk.models.sent import Purpose
from motion_desk.ui.preview.pane import CHECKS
from tests.journeys import inviting
from tests.journeys.driver import Driver
from tests.journeys.previewing import chosen, mailed, opened, painted

Step = Callable[[str, str, Callable[[], object]], None]
ACCOUNT = "Customer care"
INVERTED = 2


def walk(driver: Driver, step: Step) -> None:
    """Preview the templates of an account, and leave the window as it was."""
    driver.open(ACCOUNT)
    driver.section("template")
    step("shows a template as it will arrive", "preview", partial(_shown, driver))
    step(
        "shows it as programs invert it", "preview-dark", partial(chosen, driver, "looks", INVERTED)
    )
    chosen(driver, "looks", 0)
    step("checks it for mail programs", "preview-checks", partial(_view, driver, CHECKS))
    _view(driver, 0)
    driver.section("notification")
    step("shows what an agent sees", "preview-notification", partial(_notification, driver))
    driver.press("preview:close")
    step("invites staff", "invite", partial(_invited, driver))
    step("shows somebody's letter", "invite-letter", partial(_letter, driver))


def _invited(driver: Driver) -> None:
    """Send everybody's letter to the lab."""
    inviting.open_invite(driver)
    inviting.from_the_workspace(driver)
    inviting.choose_by_menu(driver, "all")
    said = inviting.go(driver, Purpose.LAB)
    assert said.startswith("To the lab:"), said
    inviting.scroll(driver, 0.0)


def _letter(driver: Driver) -> None:
    inviting.show_letter(driver)
    inviting.scroll(driver, 0.6)
    painted(driver)


def _shown(driver: Driver) -> None:
    opened(driver, "template.body")
    assert "Dear Sofia Marchetti," in mailed(driver)
    painted(driver)


def _notification(driver: Driver) -> None:
    opened(driver, "notification.template")
    assert "My lamp arrived" in mailed(driver)
    painted(driver)


def _view(driver: Driver, place: int) -> None:
    driver.find("preview:views").setCurrentIndex(place)
    driver.rest()
