"""The preview stands beside the editor, follows what is typed, and lets nothing out."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motion_desk.ui.preview.pane import CHECKS, SOURCE, TEXT, PreviewPane
from motion_desk.ui.preview.web.engine import OURS
from motion_desk.ui.preview.web.view import MailView
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage

BODY = "template.body"
ACCOUNT = "Customer care"


@pytest.fixture
def driver(stage: Stage) -> Driver:
    driver = stage(None, "demo")
    driver.open(ACCOUNT)
    driver.section("template")
    driver.settled()
    return driver


def opened(driver: Driver, key: str = BODY) -> PreviewPane:
    """Press the button beside a template, and wait until its mail is shown."""
    driver.press(f"preview:{key}")
    pane = driver.console.beside.pane
    assert pane is not None
    shown(driver, pane)
    return pane


def shown(driver: Driver, pane: PreviewPane) -> None:
    """Wait until nothing is to come any more."""
    loads: list[bool] = []
    pane.mail.loaded.connect(lambda: loads.append(True))
    driver.wait(lambda: not pane.previewing.is_busy, "the preview")
    driver.wait(lambda: bool(loads) or not isinstance(pane.mail, MailView), "the mail")


def seen(driver: Driver, pane: PreviewPane, script: str = "document.body.innerText") -> str:
    """What the mail's page says, asked in the program's own world."""
    found: list[object] = []
    assert isinstance(pane.mail, MailView)
    pane.mail.view.page().runJavaScript(script, OURS.value, found.append)
    driver.wait(lambda: bool(found), "the page's answer")
    return str(found[0])


def write(driver: Driver, pane: PreviewPane, html: str, key: str = BODY) -> None:
    """Let a template be this, and wait for its preview."""
    loads: list[bool] = []
    pane.mail.loaded.connect(lambda: loads.append(True))
    driver.console.desk.edit(key, html)
    driver.wait(lambda: bool(loads) and not pane.previewing.is_busy, "the new preview")


def test_a_press_shows_the_template_with_its_sample_data_beside_the_editor(driver: Driver) -> None:
    width = driver.console.window.accounts.width()
    pane = opened(driver)
    assert "Dear Sofia Marchetti," in seen(driver, pane)
    assert pane.isVisible()
    assert not driver.console.window.problems.isVisible()
    driver.press("preview:close")
    assert not pane.isVisible()
    assert driver.console.window.problems.isVisible()
    assert driver.console.window.accounts.width() == width


def test_the_preview_follows_what_is_typed_and_stays_where_it_was_scrolled(driver: Driver) -> None:
    pane = opened(driver)
    rows = "".join(f"<p>line {n}</p>" for n in range(200))
    write(driver, pane, rows)
    assert isinstance(pane.mail, MailView)
    seen(driver, pane, "window.scrollTo(0, 900); 'done'")
    driver.wait(lambda: pane.mail.scrolled().y() == 900, "scrolled")  # type: ignore[union-attr]  # checked above
    write(driver, pane, f"{rows}<p>the end</p>")
    assert "the end" in seen(driver, pane)
    assert seen(driver, pane, "window.scrollY") == "900.0"


def test_names_without_a_value_stay_visible_and_are_listed(driver: Driver) -> None:
    pane = opened(driver)
    write(driver, pane, "<p>Hello {{ nobody }}</p>")
    assert "Hello {{ nobody }}" in seen(driver, pane)
    assert "nobody" in pane.foot.text()


def test_a_template_without_a_page_says_why_and_leaves_the_last_page(driver: Driver) -> None:
    pane = opened(driver)
    driver.console.desk.edit(BODY, "{{ ''.__class__.__mro__ }}")
    driver.wait(lambda: driver.is_there("preview:wrong"), "the sentence")
    assert "reaches for something that templates may not use" in driver.find("preview:wrong").text()
    assert driver.find("preview:wrong").text().endswith("Below is what could be shown last.")
    assert "Dear Sofia" in seen(driver, pane)


def test_dark_widths_and_pictures_are_switched(driver: Driver) -> None:
    pane = opened(driver)
    write(
        driver,
        pane,
        "<style>@media (prefers-color-scheme: dark) { p { color: rgb(1, 2, 3) } }</style><p>x</p>",
    )
    colour = "getComputedStyle(document.querySelector('p')).color"
    assert seen(driver, pane, colour) != "rgb(1, 2, 3)"
    pane.looks.setCurrentIndex(1)
    shown(driver, pane)
    assert seen(driver, pane, colour) == "rgb(1, 2, 3)"
    driver.press("preview:smartphone")
    driver.wait(lambda: seen(driver, pane, "window.innerWidth") == "375.0", "as narrow as a phone")


def test_the_other_views_show_the_text_the_source_and_the_checks(driver: Driver) -> None:
    pane = opened(driver)
    write(driver, pane, "<p>Hello <img src='https://example.com/a.png'></p>")
    pane.tabs.setCurrentIndex(TEXT)
    assert pane.text.toPlainText().startswith("Hello")
    pane.tabs.setCurrentIndex(SOURCE)
    assert "<img" in pane.source.toPlainText()
    pane.tabs.setCurrentIndex(CHECKS)
    texts = [pane.remarks.list.item(n).text() for n in range(pane.remarks.list.count())]
    assert any("alt" in text for text in texts), texts


def test_a_click_on_a_remark_goes_to_its_line_in_the_source(driver: Driver) -> None:
    pane = opened(driver)
    write(driver, pane, "<p>one</p>\n<p>two</p>\n<img src='https://example.com/a.png'>")
    pane.tabs.setCurrentIndex(CHECKS)
    items = [pane.remarks.list.item(n) for n in range(pane.remarks.list.count())]
    pane.remarks.list.itemClicked.emit(next(i for i in items if i.text().startswith("Line 3")))
    driver.rest()
    editor = driver.find(BODY)
    assert not editor.is_visual
    assert editor.source.textCursor().blockNumber() == 2


def test_another_template_is_shown_when_its_editor_gets_the_focus(driver: Driver) -> None:
    pane = opened(driver)
    driver.section("notification")
    driver.focus("notification.template")
    shown(driver, pane)
    assert "My lamp arrived" in seen(driver, pane)
    assert "Accept" in seen(driver, pane)


def test_no_web_engine_is_loaded_before_a_preview_is_opened(driver: Driver, tmp_path: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys; from motion_desk.ui import console, window; "
        "from motion_desk.ui.preview import beside; "
        "sys.exit(any('WebEngine' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# What a hostile mail reaches


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


HOSTILE = {
    "picture": "<img src='{trap}/img'>",
    "style sheet": "<link rel=stylesheet href='{trap}/css'>",
    "import": "<style>@import url({trap}/import);</style>",
    "background": "<p style='background: url({trap}/bg)'>x</p>",
    "frame": "<iframe src='{trap}/frame'></iframe>",
    "object": "<object data='{trap}/object'></object><embed src='{trap}/embed'>",
    "refresh": "<meta http-equiv=refresh content='0;url={trap}/refresh'>",
    "prefetch": "<link rel=prefetch href='{trap}/prefetch'><link rel=preconnect href='{trap}'>",
    "script": "<script src='{trap}/script'></script><script>fetch('{trap}/fetch')</script>",
    "handler": "<img src=x onerror=\"location='{trap}/handler'\">",
    "svg": "<svg onload=\"location='{trap}/svg'\"><image href='{trap}/svgimage'/></svg>",
    "form": "<form action='{trap}/form'><input autofocus onfocus='this.form.submit()'></form>",
    "media": "<video src='{trap}/video' autoplay></video><audio src='{trap}/audio' autoplay>",
    "font": "<style>@font-face {{ font-family: x; src: url({trap}/font); }} p {{ font-family: x }}"
    "</style><p>x</p>",
    "base": "<base href='{trap}/'><img src='base'>",
    "file": "<img src='file:///etc/hostname'><iframe src='file:///etc/hostname'></iframe>",
}


def test_nothing_of_a_hostile_mail_gets_out(driver: Driver, trap: tuple[str, list[str]]) -> None:
    address, asked = trap
    pane = opened(driver)
    for name, html in HOSTILE.items():
        write(driver, pane, f"<p>still here: {name}</p>" + html.format(trap=address))
        assert f"still here: {name}" in seen(driver, pane), name
    QApplication.processEvents()
    assert asked == []


# Saving, and data of one's own


@pytest.mark.parametrize(
    ("ending", "beginning"),
    [("eml", b"From:"), ("html", b"<"), ("png", b"\x89PNG"), ("pdf", b"%PDF")],
)
def test_a_preview_is_saved_in_the_form_of_its_name(
    driver: Driver, answers: Answers, tmp_path: Path, ending: str, beginning: bytes
) -> None:
    path = tmp_path / f"preview.{ending}"
    answers.answers["save_preview"] = path
    opened(driver)
    driver.press("preview:save")
    driver.wait(lambda: path.exists() and path.read_bytes()[:1] != b"", "the file")
    driver.settled()
    assert beginning in path.read_bytes()[:200]


def test_a_preview_is_not_saved_under_a_name_that_says_no_form(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_preview"] = tmp_path / "preview.doc"
    opened(driver)
    driver.press("preview:save")
    told = driver.console.window.notices.texts[-1]
    assert told.endswith("its name must end in .eml, .html, .png or .pdf.")
    assert list(tmp_path.glob("preview.*")) == []


def test_the_headers_of_a_message_are_taken_as_data(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    message = tmp_path / "question.eml"
    message.write_bytes(
        b"From: Ada Lovelace <ada@example.com>\r\nSubject: Engines\r\n\r\nHello\r\n"
    )
    answers.answers["open_data"] = message
    pane = opened(driver)
    pane.data.setCurrentIndex(pane.data.count() - 1)
    pane.data.activated.emit(pane.data.currentIndex())
    driver.wait(lambda: "Dear Ada Lovelace," in seen(driver, pane), "the sender's name")
    assert pane.data.currentText() == "question.eml" or pane.data.currentText() == "Engines"


def test_a_file_that_holds_no_data_is_refused_with_its_reason(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[1, 2]")
    answers.answers["open_data"] = wrong
    pane = opened(driver)
    pane.data.setCurrentIndex(pane.data.count() - 1)
    pane.data.activated.emit(pane.data.currentIndex())
    driver.settled()
    assert "holds no data set" in driver.console.window.notices.texts[-1]
    assert pane.data.currentIndex() == 0


@pytest.mark.qt_log_ignore("Couldn't (load|resolve)", "PulseAudioService")
def test_the_sound_of_a_notification_plays_or_says_why_it_cannot(driver: Driver) -> None:
    pane = opened(driver)
    assert not driver.is_there("preview:sound"), "a mail has none"
    driver.section("notification")
    driver.press("preview:notification.template")
    shown(driver, pane)
    driver.press("preview:sound")
    told = driver.console.window.statusBar().currentMessage()
    assert told in ("", "This computer has no sound output.") or told.startswith("Sounds cannot")
