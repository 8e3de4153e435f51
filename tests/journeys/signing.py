"""What tests do on the page of sign-ins, and what they see there."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtWidgets import QFrame, QWidget

from motion_desk.services.jobs import Job
from motion_desk.services.lab import Lab
from motion_desk.services.oauth.in_lab import browse, way_to
from motion_desk.services.oauth.running import sign_in
from motion_desk.services.oauth.sign_in import Event, Flow, Order
from motion_desk.ui.sign_ins.course import Wanted
from motion_desk.ui.sign_ins.page import STEPS, TOKEN, SignInsPage
from motion_desk.ui.sign_ins.step_box import StepBox
from tests.journeys.driver import Driver

CARE, TRADE = "Entra – customer care", "Entra – trade desk"
"""The cloud providers of the demo; the account “Customer care” uses the first."""


def come(driver: Driver) -> SignInsPage:
    """Go to the page, and wait until it has heard of the keyring."""
    driver.open("Workspace")
    driver.section("sign-ins")
    driver.settled()
    page = driver.find("panel:sign-ins")
    assert isinstance(page, SignInsPage)
    return page


def choose(driver: Driver, name: str) -> None:
    """Click on a provider."""
    providers = driver.find("sign-ins:providers")
    providers.choose(next(each.id for each in providers.entries() if each.title == name))
    driver.rest()


def look_at(driver: Driver, view: int) -> None:
    """Choose a view of the provider."""
    driver.find("sign-ins:views").setCurrentIndex(view)
    page = driver.find("panel:sign-ins")
    driver.wait(lambda: page.steps.is_complete, "all steps")
    laid_out(driver, page)


def unfold_all(driver: Driver) -> None:
    """Unfold every step of what administrators must do."""
    page = driver.find("panel:sign-ins")
    for box in page.steps.findChildren(StepBox):
        box.unfold(True)
    laid_out(driver, page)


def laid_out(driver: Driver, page: SignInsPage) -> None:
    """Wait until everything has its place: layouts within layouts settle one after another."""
    driver.wait(lambda: all(_has_its_height(each) for each in _cards(page)), "the layout")
    driver.rest()


def _cards(page: SignInsPage) -> list[QWidget]:
    inner = page.widget()
    assert inner is not None
    cards = [each for each in inner.findChildren(QFrame) if each.property("role") == "card"]
    return [inner, *(each for each in cards if each.isVisible())]


def _has_its_height(part: QWidget) -> bool:
    wanted = part.heightForWidth(part.width())
    above = part.parentWidget()
    least = above.height() if above and part.objectName() == "scrolled" else 0
    return wanted < 0 or part.height() == max(wanted, least)


def over(driver: Driver, page: SignInsPage) -> str:
    """How the sign-in under way ends."""
    driver.wait(lambda: not page.signing.under_way, "the end of the sign-in")
    driver.settled()
    laid_out(driver, page)
    return ended(driver)


def ended(driver: Driver) -> str:
    """How the last sign-in has ended, as the page says it."""
    return str(driver.find("sign-in:ended").text()).replace("\u200b", "")


def sign_in_at_the_lab(driver: Driver, fault: str, flow: str) -> str:
    """Sign in as a person does while the lab is on; says how it ended."""
    driver.console.testing.lab.turn_on(fault)
    page = come(driver)
    look_at(driver, 0)
    driver.press(f"sign-in:{flow}")
    return over(driver, page)


def led_to(page: SignInsPage, lab: Lab, seconds: float = 20.0) -> None:
    """Let real sign-ins of the page go to a lab, as if it were Microsoft."""

    def begin(wanted: Wanted) -> Job[Event]:
        flow = Flow(wanted.flow)
        order = Order(
            wanted.provider, flow, wanted.kept, wanted.login, way_to(lab), browser_seconds=seconds
        )
        return sign_in(order)

    page.signing.begin = begin


class Browser:
    """A browser in the page's hands: what it opened, and a person who signs in there.

    ``works`` says whether one can be opened; while ``idle`` the person does nothing.
    """

    def __init__(
        self, page: SignInsPage, lab: Lab, *, works: bool = True, idle: bool = False
    ) -> None:
        self.opened: list[str] = []
        self._lab = lab
        self._works = works
        self._idle = idle
        self._threads: list[Thread] = []
        page.signing.open_page = self._open

    def _open(self, address: str) -> bool:
        self.opened.append(address)
        if self._works and not self._idle and "authorize" in address:
            self.visit()
        return self._works

    def visit(self) -> None:
        """Sign in on the page that was opened last."""
        thread = Thread(target=browse, args=(self.opened[-1], way_to(self._lab)), daemon=True)
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        """Wait until it has come back."""
        for thread in self._threads:
            thread.join(10)


def tour(driver: Driver, step: Callable[[str, str, Callable[[], object]], None]) -> None:
    """Walk through the page; ``step`` takes a sentence, a picture's name and what is done."""

    def refused() -> None:
        assert "consent" in sign_in_at_the_lab(driver, "consent-needed", "device").lower()

    def signed_in() -> None:
        said = sign_in_at_the_lab(driver, "healthy", "browser")
        assert said.startswith("Signed in: "), said

    def with_code() -> None:
        page = come(driver)
        driver.press("sign-in:device")
        driver.wait(lambda: driver.is_there("sign-in:code"), "the code")
        assert page.signing.under_way

    step("shows how it stands with the cloud providers", "sign-ins", lambda: come(driver))
    step("explains a refused sign-in, with a letter", "sign-ins-refused", refused)
    step("shows the code of a sign-in", "sign-ins-code", with_code)
    over(driver, come(driver))
    step("signs in at the lab, which keeps nothing", "sign-ins-done", signed_in)
    step("explains the token", "sign-ins-token", lambda: look_at(driver, TOKEN))
    step("lists what administrators must do", "sign-ins-steps", lambda: look_at(driver, STEPS))
    look_at(driver, 0)
