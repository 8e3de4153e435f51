"""The preview always shows the template it names: after it was closed, and where another has none."""

from __future__ import annotations

import struct
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWebEngineCore import QWebEnginePage

from motion_desk.services.jobs import Stopped
from motion_desk.services.templates import preview, rendering
from motion_desk.services.templates.preview import Asked, Considered, Preview
from motion_desk.ui.preview.pane import CHECKS, PreviewPane
from motion_desk.ui.preview.previewing import DEBOUNCE
from motion_desk.ui.preview.web.view import MailView
from tests.journeys.driver import Answers, Driver
from tests.journeys.previewing import mailed, opened, pane_of, shown
from tests.journeys.screen import PATIENCE
from tests.journeys.stage import Stage

BODY, NOTIFICATION = "template.body", "notification.template"
LONG = "".join(f"<p>line {n}</p>" for n in range(300))


@pytest.fixture
def driver(stage: Stage) -> Driver:
    return on_template(stage)


def on_template(stage: Stage) -> Driver:
    """A window on the demo, at the template of an account."""
    driver = stage(None, "demo")
    driver.open("Customer care")
    driver.section("template")
    driver.settled()
    return driver


def write(driver: Driver, key: str, html: str) -> None:
    """Let a template be this, and wait for what is shown of it."""
    driver.console.desk.edit(key, html)
    shown(driver, pane_of(driver))


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let templates be rendered for minutes: whoever waited for their end would never come to his."""
    monkeypatch.setattr(rendering, "Renderer", partial(rendering.Renderer, 600.0))


def render_without_end(driver: Driver, pane: PreviewPane) -> None:
    """Let a template be rendered that would take for ever."""
    loops = "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}"
    driver.console.desk.edit(BODY, loops)
    begun = time.monotonic()
    driver.wait(lambda: time.monotonic() - begun > 2 * DEBOUNCE / 1000, "the rendering")
    assert pane.previewing.is_busy


def test_a_preview_that_is_opened_again_shows_what_was_written_meanwhile(driver: Driver) -> None:
    opened(driver)
    driver.press("preview:close")
    driver.console.desk.edit(BODY, "<p>Written meanwhile</p>")
    opened(driver)
    driver.wait(lambda: mailed(driver) == "Written meanwhile", "the new text")


def test_a_template_without_a_page_neither_shows_nor_saves_that_of_another(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    answers.answers["save_preview"] = tmp_path / "a.html"
    opened(driver)
    driver.console.desk.edit(NOTIFICATION, "{{ ''.__class__ }}")
    driver.section("notification")
    pane = opened(driver, NOTIFICATION)
    driver.wait(lambda: driver.is_there("preview:wrong"), "the sentence")
    driver.wait(lambda: mailed(driver) == "", "no page")
    pane.tabs.setCurrentIndex(CHECKS)
    assert pane.remarks.list.count() == 0
    driver.press("preview:save")
    driver.settled()
    assert not (tmp_path / "a.html").exists()


def test_another_template_is_shown_from_its_beginning(driver: Driver) -> None:
    pane = opened(driver)
    write(driver, BODY, LONG)
    mailed(driver, "window.scrollTo(0, 900); 'done'")
    driver.wait(lambda: pane.mail.scrolled().y() == 900, "scrolled")  # type: ignore[union-attr]  # the engine's
    driver.open("Meridia Ibérica")
    driver.section("template")
    driver.console.desk.edit(BODY, LONG)
    opened(driver)
    driver.wait(lambda: mailed(driver, "window.scrollY") == "0.0", "the beginning")


@pytest.mark.parametrize(("name", "pixels"), [("monitor", 800), ("tablet", 768)])
def test_a_device_that_is_wider_than_the_preview_keeps_its_layout(
    driver: Driver, name: str, pixels: int
) -> None:
    pane = opened(driver)
    write(driver, BODY, LONG)
    driver.press(f"preview:{name}")
    driver.wait(lambda: mailed(driver, "window.innerWidth") == f"{pixels}.0", "the device's width")
    assert pane.mail.width() < pixels
    mailed(driver, "window.scrollTo(0, 900); 'done'")
    driver.wait(lambda: pane.mail.scrolled().y() > 100, "scrolled")  # type: ignore[union-attr]  # the engine's
    write(driver, BODY, f"{LONG}<p>more</p>")
    assert float(mailed(driver, "window.scrollY")) == pytest.approx(900, abs=2)


@pytest.mark.parametrize(("lines", "is_cut"), [(300, False), (1_000, True)])
def test_a_picture_shows_all_of_a_long_mail_or_says_that_it_does_not(
    driver: Driver, answers: Answers, tmp_path: Path, lines: int, is_cut: bool
) -> None:
    path = answers.answers["save_preview"] = tmp_path / "long.png"
    pane = opened(driver)
    assert isinstance(pane.mail, MailView)
    write(driver, BODY, "".join(f"<p>line {n}</p>" for n in range(lines)))
    driver.press("preview:tablet")
    driver.press("preview:save")
    driver.wait(path.exists, "the picture")
    driver.settled()
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert width == 768
    assert height == 12_000 if is_cut else 8_000 < height < 12_000
    said = driver.console.window.notices.texts
    assert any("too long for a picture" in text for text in said) is is_cut


def test_a_window_closes_while_a_picture_is_being_made(driver: Driver) -> None:
    pane = opened(driver)
    assert isinstance(pane.mail, MailView)
    done: list[bool] = []
    pane.mail.draw_picture(lambda image, _: done.append(image.isNull()))
    driver.close()
    assert not done


def test_a_file_of_data_counts_though_a_made_up_set_has_its_name(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    own = answers.answers["open_data"] = tmp_path / "long.yaml"
    own.write_text("contact:\n  firstName: Ada\n  lastName: Lovelace\n", "utf-8")
    pane = opened(driver)
    pane.data.activated.emit(pane.data.count() - 1)
    driver.settled()
    shown(driver, pane)
    driver.wait(lambda: "Dear Ada Lovelace," in mailed(driver), "the file's data")
    driver.section("notification")
    opened(driver, NOTIFICATION)
    assert pane.data.currentText() == "long.yaml"


def test_data_files_of_one_s_own_are_offered_again_by_the_next_window(
    driver: Driver, stage: Stage, answers: Answers, tmp_path: Path
) -> None:
    pane = opened(driver)
    for name in ("Ada", "Grace"):
        own = answers.answers["open_data"] = tmp_path / f"{name}.yaml"
        own.write_text(f"contact.firstName: {name}\n", "utf-8")
        pane.data.activated.emit(pane.data.count() - 1)
        driver.settled()
    pane = opened(on_template(stage))
    files = [pane.data.findText(f"{name}.yaml") for name in ("Grace", "Ada")]
    assert files[1] == files[0] + 1 > 1, "the one chosen last comes first"
    own.write_text("contact.firstName: Hopper\n", "utf-8")
    pane.data.activated.emit(files[0])
    driver.wait(lambda: "Dear Hopper" in mailed(driver), "the file as it is now")
    assert pane.data.currentText() == "Grace.yaml"


def test_a_notification_has_no_score_of_mail_programs(driver: Driver) -> None:
    driver.section("notification")
    pane = opened(driver, NOTIFICATION)
    pane.tabs.setCurrentIndex(CHECKS)
    assert "mail programs" not in driver.find("remarks:score").text()


def test_a_closed_window_keeps_no_page_of_the_web_engine(driver: Driver) -> None:
    pane = opened(driver)
    assert isinstance(pane.mail, MailView)
    view = pane.mail.view
    driver.open("Workspace")
    driver.section("variables")
    driver.close()
    driver.application.theme.prefer("dark")  # an event for all that is left
    driver.rest()
    assert view.findChildren(QWebEnginePage) == []


@pytest.mark.usefixtures("patience")
def test_a_window_closes_at_once_while_a_template_without_end_is_rendered(driver: Driver) -> None:
    pane = opened(driver)
    render_without_end(driver, pane)
    started = time.monotonic()
    driver.close()
    assert time.monotonic() - started < PATIENCE


@pytest.mark.usefixtures("patience")
def test_another_template_need_not_wait_for_one_without_end(driver: Driver) -> None:
    pane = opened(driver)
    render_without_end(driver, pane)
    driver.section("notification")
    opened(driver, NOTIFICATION)
    assert not driver.is_there("preview:wrong")


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let what is to be said of the next preview take for ever; tells when it has begun."""
    begun = threading.Event()
    usual = preview.considered

    def considered(asked: Asked, made: Preview, stop: threading.Event) -> Considered:
        if begun.is_set():
            return usual(asked, made, stop)
        begun.set()
        stop.wait()
        raise Stopped

    monkeypatch.setattr(preview, "considered", considered)
    return begun


def test_what_is_typed_does_not_wait_for_the_review_of_what_was_there(
    driver: Driver, endless: threading.Event
) -> None:
    driver.press(f"preview:{BODY}")
    driver.wait(endless.is_set, "the review")
    driver.console.desk.edit(BODY, "<p>Typed meanwhile</p>")
    shown(driver, pane_of(driver))
    assert mailed(driver) == "Typed meanwhile"


def test_a_window_closes_at_once_while_a_long_template_is_reviewed(
    driver: Driver, endless: threading.Event
) -> None:
    driver.press(f"preview:{BODY}")
    driver.wait(endless.is_set, "the review")
    driver.close()
