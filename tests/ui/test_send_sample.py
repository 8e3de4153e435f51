"""The preview's button “Send a test…”: the template that is shown goes to the lab or to oneself."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from motion_desk.models.document import put
from motion_desk.models.sent import Outcome, Purpose, SentMail
from motion_desk.models.surfaces import Surface
from motion_desk.ui.preview.pane import PreviewPane
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.services.invitations.scripted import Script, once
from tests.ui.invited import OWN, SENDER, sender, server, workspace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BODY = "template.body"
TEXT = "<p>Dear {{ contact.firstName }}, this is {{ nobody }}.</p>"


def opened(path: Path, stage: Stage, port: int, key: str = BODY) -> Driver:
    """A window on the preview of a template."""
    account = put(sender("127.0.0.1", port, secure=False), BODY, TEXT)
    stored(path, workspace(), account)
    driver = stage()
    driver.open(SENDER)
    driver.section("smtp")
    driver.type("smtp.password", "sesame")
    if key == BODY:
        driver.section("template")
        driver.press(f"preview:{BODY}")
    else:
        driver.open("Workspace")
        driver.console.beside.preview(key)
    driver.wait(lambda: not pane(driver).previewing.is_busy, "the preview")
    return driver


def pane(driver: Driver) -> PreviewPane:
    """The preview."""
    found = driver.console.beside.pane
    assert found is not None
    return found


def choices(driver: Driver) -> dict[str, QAction]:
    """Press the button, and wait for what it offers."""
    driver.press("preview:send")
    driver.settled()
    menu = pane(driver).findChild(QMenu, "sample:menu")
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    menu.close()
    return {each.objectName().removeprefix("sample:"): each for each in menu.actions()}


def send(driver: Driver, choice: str) -> None:
    """Choose where it goes, and wait until it is there and kept."""
    choices(driver)[choice].trigger()
    driver.wait(lambda: not pane(driver).sending.post.under_way, "the end")
    driver.settled()


def logged(driver: Driver) -> SentMail:
    """The newest line of the log."""
    found: list[tuple[SentMail, ...]] = []
    driver.console.session.ask(lambda store: store.sent(), found.append)
    driver.settled()
    return found[0][0]


def text(script: Script) -> str:
    """The plain text of the message that came."""
    (content,) = script.contents
    body = email.message_from_bytes(content, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_it_goes_to_the_accounts_own_address_with_the_chosen_data(path: Path, stage: Stage) -> None:
    with server() as (script, port):
        driver = opened(path, stage, port)
        offered = choices(driver)
        assert offered["own"].text() == f"To {OWN}"
        send(driver, "own")
        assert driver.said() == f"Sample sent to {OWN}. The server said: “taken”."
        assert script.accepted == [OWN]
        assert "Dear Sofia, this is {{ nobody }}." in text(script)
        mail = logged(driver)
        assert (mail.purpose, mail.surface) == (Purpose.OWN, Surface.BODY)


def test_another_address_is_typed_and_asked_about(
    path: Path, stage: Stage, answers: Answers
) -> None:
    with server() as (script, port):
        driver = opened(path, stage, port)
        answers.answers |= {"own_address": "me@", "sure": True}
        send(driver, "other")
        assert "“me@” is no email address." in driver.console.window.notices.texts
        answers.answers["own_address"] = "me@example.com"
        send(driver, "other")
        assert script.accepted == ["me@example.com"]
        [(asked, _, _)] = [values for name, values in answers.asked if name == "sure"]
        assert asked == "Send 1 sample to me@example.com?"


def test_in_the_lab_it_goes_nowhere_else(path: Path, stage: Stage) -> None:
    with server() as (script, port):
        driver = opened(path, stage, port)
        driver.console.testing.lab.scale = 0.05
        driver.console.testing.lab.turn_on("healthy")
        offered = choices(driver)
        assert [name for name, each in offered.items() if each.isEnabled()] == ["lab"]
        send(driver, "lab")
        assert not script.connections
        assert logged(driver).purpose is Purpose.LAB


def test_a_refusal_is_told_until_it_is_closed(path: Path, stage: Stage) -> None:
    with server(once("RCPT", "550 5.1.1 unknown")) as (_, port):
        driver = opened(path, stage, port)
        send(driver, "own")
        [told] = [each for each in driver.console.window.notices.texts if OWN in each]
        assert told.startswith(f"Sample to {OWN}: Refused.")
        assert "The server said: “550 5.1.1 unknown”." in told
        assert logged(driver).outcome is Outcome.REFUSED


def test_an_invitation_goes_through_the_account_for_motions_own_mail(
    path: Path, stage: Stage
) -> None:
    with server() as (script, port):
        driver = opened(path, stage, port, "invitations.entries/i1/value")
        send(driver, "own")
        assert script.accepted == [OWN]
        assert "your login is" in text(script)
        assert logged(driver).surface is Surface.INVITATION
