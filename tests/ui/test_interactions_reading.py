"""A conversation is read as locked down as the preview, and its messages go on from there."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motion_desk.services.interactions.archive import path_beside
from motion_desk.ui.interactions.letters import asks_elsewhere
from motion_desk.ui.interactions.reading import PAGE, ReadingPane
from motion_desk.ui.messages import Messages
from motion_desk.ui.preview.web.engine import OURS
from motion_desk.ui.preview.web.view import MailView
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import choose, open_interactions, page, shown
from tests.journeys.stage import Stage
from tests.ui.conversations import PEOPLE, fill, told, write
from tests.ui.test_preview import HOSTILE

# Off screen, the web engine's pictures are answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COUNT = 30


@pytest.fixture
def driver(stage: Stage, path: Path) -> Driver:
    """A window on the panel of an account of which some conversations have letters."""
    driver = stage(path, "demo")
    driver.open("Customer care")
    account, archive = driver.account_draft().id, path_beside(path)
    fill(archive, account, COUNT)
    write(archive, account, 30, text="Dear team,\nmy lamp is broken.", html="<p>my <b>lamp</b></p>")
    write(archive, account, 30, text="Dear Sofia,\nwe send another one.", minute=30)
    write(archive, account, 29, html="<p>Only a page</p>")
    open_interactions(driver)
    return driver


def reading(driver: Driver) -> ReadingPane:
    """The reading pane."""
    return page(driver).reading


def says(driver: Driver) -> str:
    """What the page of the message says, asked in the program's own world."""
    mail, found = reading(driver).mail, list[object]()
    assert isinstance(mail, MailView)
    driver.wait(lambda: not mail.is_loading, "the page")
    mail.view.page().runJavaScript("document.body.innerText", OURS.value, found.append)
    driver.wait(lambda: bool(found), "the page's answer")
    return str(found[0])


def test_the_newest_message_is_shown_and_the_others_can_be_chosen(driver: Driver) -> None:
    assert driver.is_there("interactions:nothing")
    choose(driver, 0)
    assert driver.find("interactions:reading-subject").text() == told(30).subject
    assert reading(driver).text.toPlainText() == "Dear Sofia,\nwe send another one."
    letters = driver.find("interactions:letters")
    assert letters.count() == 2
    assert PEOPLE[0] in driver.find("interactions:letter-head").text().replace("\u200b", "")
    letters.setCurrentRow(0)
    driver.rest()
    assert "my lamp is broken" in reading(driver).text.toPlainText()


def test_a_page_is_shown_on_request_or_where_there_is_nothing_else(driver: Driver) -> None:
    choose(driver, 0)
    driver.find("interactions:letters").setCurrentRow(0)
    assert reading(driver).mail is None, "no web engine was needed so far"
    reading(driver).tabs.setCurrentIndex(PAGE)
    assert says(driver) == "my lamp"
    choose(driver, 1)
    assert says(driver) == "Only a page"
    assert not driver.is_there("interactions:parts"), "there is nothing to choose"


def test_a_conversation_without_messages_says_why_and_what_to_do(driver: Driver) -> None:
    choose(driver, 3)
    assert "a CSV export names conversations" in driver.find("interactions:letter-head").text()
    assert not driver.is_there("interactions:text")
    assert not driver.is_there("interactions:save-eml")
    assert driver.is_there("interactions:to-trial")


def test_the_arrow_keys_go_from_one_conversation_to_the_next(driver: Driver) -> None:
    from PySide6.QtCore import Qt

    choose(driver, 0)
    page(driver).table.setFocus()
    driver.press_key(Qt.Key.Key_Down)
    shown(driver)
    opened = reading(driver).opened
    assert opened is not None
    assert opened.conversation is not None
    assert opened.conversation.id == "29"


def test_a_message_goes_to_the_filter_trial_and_to_the_timeline(driver: Driver) -> None:
    choose(driver, 0)
    account = driver.account_draft().id
    messages = driver.console.findChild(Messages)
    assert isinstance(messages, Messages)
    driver.press("interactions:to-trial")
    driver.wait(lambda: driver.console.window.section == "trial", "the trial")
    [message] = messages.of(account)
    assert message.first("Subject") == told(30).subject
    assert message.first("Message-ID") == "<30.30@example.com>"
    driver.section("interactions")
    driver.press("interactions:to-timeline")
    driver.wait(lambda: driver.console.window.section == "timeline", "the timeline")
    assert messages.of(account) == (message,), "it is there once"
    assert messages.chosen(account) == message
    driver.settled()


def test_of_a_conversation_without_messages_a_header_is_made_and_that_is_said(
    driver: Driver,
) -> None:
    choose(driver, 3)
    driver.press("interactions:to-trial")
    driver.wait(lambda: driver.console.window.section == "trial", "the trial")
    messages = driver.console.findChild(Messages)
    assert isinstance(messages, Messages)
    [message] = messages.of(driver.account_draft().id)
    assert message.first("Subject") == told(27).subject
    assert message.first("From") == PEOPLE[0]
    assert [each.name for each in message.headers] == ["From", "To", "Subject", "Date"]
    driver.settled()


def test_a_message_is_saved_as_it_was_sent(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    target = tmp_path / "saved.eml"
    answers.answers["save_message"] = target
    choose(driver, 0)
    driver.press("interactions:save-eml")
    driver.settled()
    assert target.read_bytes().startswith(b"From: Sofia Marchetti")
    assert answers.asked[-1] == ("save_message", ("My lamp arrived broken (30).eml",))
    answers.answers["save_message"] = tmp_path / "nowhere" / "saved.eml"
    driver.press("interactions:save-eml")
    driver.settled()
    assert driver.console.window.notices.texts[-1].startswith("The file was not written:")


@pytest.fixture
def trap() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes what is asked of it."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_of_a_hostile_message_gets_out_and_what_is_blocked_is_said(
    stage: Stage, path: Path, trap: tuple[str, list[str]]
) -> None:
    address, asked = trap
    driver = stage(path, "demo")
    driver.open("Customer care")
    account, archive = driver.account_draft().id, path_beside(path)
    fill(archive, account, len(HOSTILE))
    for number, (name, html) in enumerate(HOSTILE.items(), 1):
        whole = f"<p>still here: {name}</p>{html.format(trap=address)}"
        write(archive, account, number, html=whole)
    open_interactions(driver)
    for row, name in enumerate(reversed(HOSTILE)):
        choose(driver, row)
        assert f"still here: {name}" in says(driver), name
        if "{trap}" in HOSTILE[name] and name not in ("handler", "script"):
            assert driver.is_there("interactions:blocked"), name
    QApplication.processEvents()
    assert asked == []


@pytest.mark.parametrize(
    ("html", "asks"),
    [
        ("<a href='https://example.com'>a link waits for a click</a>", False),
        ("<img src='data:image/png;base64,AA=='>", False),
        ('<img alt=x SRC = "https://example.com/p.gif">', True),
        ("<table background=//example.com/p.gif>", True),
        ("<p style='background:url( http://example.com/p )'>", True),
        ("<link rel=stylesheet href='https://example.com/a.css'>", True),
        ('plain < text with src="nothing"', False),
    ],
    ids=["link", "data", "picture", "table", "style", "sheet", "text"],
)
def test_what_would_be_fetched_is_told_from_what_waits_for_a_click(html: str, asks: bool) -> None:
    assert asks_elsewhere(html) is asks


def test_no_web_engine_is_loaded_with_the_page() -> None:
    script = (
        "import sys; from motion_desk.ui.interactions import page; "
        "sys.exit(any('WebEngine' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
