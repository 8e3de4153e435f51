"""The preview takes a message that was opened for the account as its sample data."""

from __future__ import annotations

import hashlib

import pytest

from motion_desk.models.incoming import Header, Incoming
from motion_desk.ui.messages import Messages
from tests.journeys.driver import Driver
from tests.journeys.previewing import mailed, opened, shown
from tests.journeys.stage import Stage


@pytest.fixture
def driver(stage: Stage) -> Driver:
    driver = stage(None, "demo")
    driver.open("Customer care")
    driver.section("template")
    driver.settled()
    return driver


def message(subject: str, sender: str) -> Incoming:
    """A message by its header."""
    lines = {"From": sender, "Subject": subject}
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    headers = tuple(Header(name, value, value) for name, value in lines.items())
    return Incoming(subject, headers, text, hashlib.sha256(text.encode()).hexdigest())


def messages(driver: Driver) -> Messages:
    """The messages that the window's panels share."""
    found = driver.console.findChild(Messages)
    assert isinstance(found, Messages)
    return found


def add(driver: Driver, *given: Incoming) -> str:
    """Open messages for the open account, as trial and interactions do; gives the account's id."""
    account = driver.account_draft().id
    messages(driver).add(account, given)
    return account


def test_a_message_read_from_the_mailbox_is_offered_and_fills_the_template(driver: Driver) -> None:
    add(driver, message("Engines", "Ada Lovelace <ada@example.com>"))
    pane = opened(driver)
    place = pane.data.findText("Message: Engines")
    assert place > 0
    pane.data.setCurrentIndex(place)
    pane.data.activated.emit(place)
    driver.wait(lambda: "Dear Ada Lovelace," in mailed(driver), "the sender's name")


def test_messages_that_come_and_go_are_offered_and_the_choice_follows(driver: Driver) -> None:
    pane = opened(driver)
    count = pane.data.count()
    one, two = (message(f"No {n}", f"N{n} Body <n{n}@example.com>") for n in (1, 2))
    account = add(driver, one, two)
    assert pane.data.count() == count + 2
    place = pane.data.findText("Message: No 2")
    pane.data.setCurrentIndex(place)
    pane.data.activated.emit(place)
    messages(driver).remove(account, [one.digest])
    assert pane.data.currentText() == "Message: No 2"
    messages(driver).remove(account, [two.digest])
    assert pane.data.currentIndex() == 0
    driver.wait(lambda: "Dear Sofia Marchetti," in mailed(driver), "the made-up data")


def test_messages_of_another_account_are_not_offered(driver: Driver) -> None:
    pane = opened(driver)
    count = pane.data.count()
    messages(driver).add("another", [message("Secret", "x@example.com")])
    assert pane.data.count() == count
    shown(driver, pane)
