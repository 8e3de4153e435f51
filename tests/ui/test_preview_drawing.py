"""What the preview draws, picture or PDF, is all of the mail, however late the engine draws it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage

from motion_desk.ui.preview.pane import CHECKS, MAIL, PreviewPane
from motion_desk.ui.preview.web import picture
from motion_desk.ui.preview.web.view import MailView
from tests.journeys.driver import Answers, Driver
from tests.journeys.previewing import mailed, opened, pane_of, shown
from tests.journeys.stage import Stage

BODY = "template.body"
RED, BLUE = QColor("#cc0000"), QColor("#0000cc")
TALL = (
    "<style>* {{ margin: 0; {more} }}</style>"
    '<div style="height: 5000px; background: #cc0000"></div>'
    '<div style="height: 100px; background: #0000cc"></div>'
)


@pytest.fixture
def driver(stage: Stage) -> Driver:
    driver = stage(None, "demo")
    driver.open("Customer care")
    driver.section("template")
    driver.settled()
    return driver


def write(driver: Driver, html: str) -> None:
    driver.console.desk.edit(BODY, html)
    shown(driver, pane_of(driver))


def mail_of(pane: PreviewPane) -> MailView:
    assert isinstance(pane.mail, MailView)
    return pane.mail


def drawn(driver: Driver, mail: MailView) -> QImage:
    """The picture of a mail."""
    found: list[QImage] = []
    mail.draw_picture(lambda image, _: found.append(image))
    driver.wait(lambda: bool(found), "the picture")
    return found[0]


def told(driver: Driver, words: str) -> None:
    """Wait for a notice with these words."""
    notices = driver.console.window.notices
    driver.wait(lambda: any(words in text for text in notices.texts), words)


def end_process(mail: MailView) -> None:
    """End the process that renders this one page."""
    os.kill(mail.view.page().renderProcessPid(), signal.SIGKILL)


HOSTILE_TO_THE_STRIP = {
    "nothing": "",
    "all hidden but the mail's own": "} div:not([style*=px]) { display: none !important",
    "moved as a whole": "} html { transform: translate(0, 0); overflow: hidden; filter: blur(0)",
    "a policy against styles": "} </style><meta http-equiv=Content-Security-Policy "
    "content=\"style-src 'unsafe-inline'; script-src 'none'\"><style> * {",
    "a wide line": "} body { width: 3000px",
}


@pytest.mark.parametrize("more", HOSTILE_TO_THE_STRIP.values(), ids=list(HOSTILE_TO_THE_STRIP))
def test_a_picture_holds_the_end_of_a_tall_mail_and_nothing_beside_it(
    driver: Driver, more: str
) -> None:
    mail = mail_of(opened(driver))
    write(driver, TALL.format(more=more))
    driver.press("preview:smartphone")
    image = drawn(driver, mail)
    assert (image.width(), image.height()) == (375, 5100)
    for y, colour in ((0, RED), (4999, RED), (5000, BLUE), (5099, BLUE)):
        assert image.pixelColor(0, y) == colour, y
        assert image.pixelColor(374, y) == colour, y


def test_two_pictures_in_a_row_show_what_the_mail_was_each_time(driver: Driver) -> None:
    mail = mail_of(opened(driver))
    for colour in (RED, BLUE):
        write(driver, f"<body style='margin: 0; background: {colour.name()}'>")
        image = drawn(driver, mail)
        assert image.pixelColor(0, 0) == colour
        assert image.pixelColor(image.width() - 1, image.height() - 1) == colour


def test_the_mail_stays_where_it_was_scrolled_and_keeps_nothing_of_the_picture(
    driver: Driver,
) -> None:
    mail = mail_of(opened(driver))
    write(driver, TALL.format(more=""))
    before = mailed(driver, "document.documentElement.outerHTML")
    mailed(driver, "window.scrollTo(0, 900); 'done'")
    driver.wait(lambda: mail.scrolled().y() == 900, "scrolled")
    size = mail.view.size()
    drawn(driver, mail)
    driver.wait(lambda: mailed(driver, "window.scrollY") == "900.0", "the place")
    assert mailed(driver, "document.documentElement.outerHTML") == before
    assert mail.view.size() == size


def test_a_picture_shows_the_mail_though_another_view_was_on_the_screen(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = answers.answers["save_preview"] = tmp_path / "mail.png"
    pane = opened(driver)
    write(driver, TALL.format(more=""))
    pane.tabs.setCurrentIndex(CHECKS)
    driver.press("preview:save")
    driver.wait(path.exists, "the file")
    driver.settled()
    assert pane.tabs.currentIndex() == MAIL
    assert QImage(str(path)).pixelColor(5, 100) == RED


def test_a_mail_that_is_never_drawn_is_told_and_leaves_no_file(
    driver: Driver, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answers.answers["save_preview"] = tmp_path / "mail.png"
    opened(driver)
    monkeypatch.setattr(picture, "LONGEST", 0.0)
    driver.press("preview:save")
    told(driver, "the web engine did not draw it")
    assert not path.exists()


def test_a_picture_is_not_written_where_no_file_can_be(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_preview"] = tmp_path / "no-folder" / "mail.png"
    opened(driver)
    driver.press("preview:save")
    told(driver, "No such file or directory")


@pytest.mark.qt_log_ignore("Render process", "renderer")
def test_an_ended_engine_says_so_and_shows_the_next_text(driver: Driver) -> None:
    pane = opened(driver)
    end_process(mail_of(pane))
    driver.wait(lambda: driver.is_there("preview:wrong"), "the sentence")
    assert "The web engine's process has ended." in driver.find("preview:wrong").text()
    write(driver, "<p>Here again</p>")
    driver.wait(lambda: mailed(driver) == "Here again", "the mail")
    assert not driver.is_there("preview:wrong")


def test_an_engine_that_ends_while_it_draws_gives_neither_picture_nor_pdf(driver: Driver) -> None:
    mail = mail_of(opened(driver))
    write(driver, TALL.format(more=""))
    pictures: list[bool] = []
    files: list[bytes] = []
    mail.draw_picture(lambda image, _: pictures.append(image.isNull()))
    mail.draw_pdf(files.append)
    end_process(mail)
    driver.wait(lambda: bool(pictures and files), "both ends")
    assert pictures == [True]
    assert files == [b""]
    write(driver, "<p>Here again</p>")
    assert not drawn(driver, mail).isNull()


def test_a_window_closes_while_a_pdf_is_being_made(driver: Driver) -> None:
    mail = mail_of(opened(driver))
    write(driver, TALL.format(more=""))
    done: list[bytes] = []
    mail.draw_pdf(done.append)
    mail.draw_pdf(done.append)
    driver.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    driver.rest()
    assert not any(done)


def test_a_picture_that_is_asked_for_twice_is_given_twice(driver: Driver) -> None:
    mail = mail_of(opened(driver))
    images: list[QImage] = []
    for _ in range(2):
        mail.draw_picture(lambda image, _: images.append(image))
    driver.wait(lambda: len(images) == 2, "both")
    assert not images[0].isNull()
    assert images[0] == images[1]


def test_a_pdf_that_is_asked_for_twice_is_given_twice(driver: Driver) -> None:
    mail = mail_of(opened(driver))
    files: list[bytes] = []
    mail.draw_pdf(files.append)
    mail.draw_pdf(files.append)
    driver.wait(lambda: len(files) == 2, "both")
    assert files[0][:4] == b"%PDF"
    assert files[0] == files[1]
