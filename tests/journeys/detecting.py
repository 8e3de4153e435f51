"""What tests do in the dialog “Detect settings”, and what they see there."""

from __future__ import annotations

from tests.journeys.driver import Driver


def search(driver: Driver, address: str = "") -> None:
    """Search for an address, or for the one that is there, and wait for the end."""
    if address:
        field = driver.find("detect:address")
        field.setFocus()
        field.selectAll()
        driver.type_on(address)
    driver.press("detect:search")
    searched(driver)


def searched(driver: Driver) -> None:
    """Wait until the search is over."""
    button = driver.find("detect:search")
    driver.wait(lambda: button.text() == "Detect", "the end of the search")
    drawn(driver)


def drawn(driver: Driver) -> None:
    """Wait until all proposals are drawn."""
    driver.rest()
    driver.wait(lambda: driver.find("proposals").is_drawn, "all proposals")
    driver.rest()


def detect(driver: Driver, address: str = "") -> None:
    """Open the dialog for the open account, and search."""
    driver.command("detect")
    search(driver, address)


def said(driver: Driver, source: str) -> str:
    """What a source says, by its word."""
    return str(driver.find(f"said:{source}").text()).replace("\u200b", "")


def titles(driver: Driver) -> list[str]:
    """The titles of the proposals, in order."""
    return [card.button.text() for card in driver.find("proposals").cards]


def choose(driver: Driver, number: int) -> None:
    """Click on a proposal, by its number from 1 on."""
    driver.press(f"proposal:{number}")


def use(driver: Driver) -> None:
    """Use the chosen settings."""
    driver.press("detect:use")
    assert not driver.is_there("detect:use"), "the dialog has closed"


# For the tour: an account of a custom service in the demo is open, and the lab is on.


def on_tour(driver: Driver) -> None:
    """Detect the settings of the open account's address; the best is chosen by itself."""
    detect(driver)
    assert titles(driver)[0] == "Named by the domain itself"
    assert driver.find("proposal:1").isChecked()


def evidence_on_tour(driver: Driver) -> None:
    """Choose the second of the proposals, and look at its evidence."""
    choose(driver, 2)
    driver.press("evidence:2")


def used_on_tour(driver: Driver) -> None:
    """Use the first of the proposals; the window says who gets the password."""
    choose(driver, 1)
    use(driver)
    assert any("The next test sends" in text for text in driver.console.window.notices.texts)
