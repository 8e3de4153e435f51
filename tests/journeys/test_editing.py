"""Editing: ways back, keys, and values that are hidden for a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from tests.journeys.driver import CONTROL, SHIFT, Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.two import account

# Menus open off screen, which is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# Ways back


def by_button(driver: Driver, key: str) -> None:
    driver.press(f"back:{key}")


def by_command(driver: Driver, key: str) -> None:
    driver.focus(key)
    driver.command("back-to-saved")


def by_keys(driver: Driver, key: str) -> None:
    driver.focus(key)
    driver.press_key(Qt.Key.Key_R, CONTROL)


def from_menu(driver: Driver, key: str, text: str) -> None:
    """Choose from the menu that opens at a field's label."""
    row = next(row for row in driver.rows() if row.key == key)

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    row.customContextMenuRequested.emit(QPoint(4, 4))
    driver.rest()


def by_menu(driver: Driver, key: str) -> None:
    from_menu(driver, key, "Back to saved")


@pytest.mark.parametrize("way", [by_button, by_command, by_keys, by_menu])
def test_a_field_goes_back_to_what_is_saved(
    path: Path, stage: Stage, way: Callable[[Driver, str], None]
) -> None:
    stored(path, account("Alpha", settings__wait_agent=77))
    driver = stage()
    driver.type("settings.name", "other")
    driver.type("settings.wait_agent", "5")
    driver.type("settings.wait_agent", "wrong")
    way(driver, "settings.wait_agent")
    assert driver.value("settings.wait_agent") == 77
    assert driver.find("settings.wait_agent").text() == "77"
    assert not driver.is_there("back:settings.wait_agent")
    assert driver.value("settings.name") == "other"
    driver.command("undo")
    assert driver.find("settings.wait_agent").text() == "wrong"


def default_by_command(driver: Driver, key: str) -> None:
    driver.focus(key)
    driver.command("back-to-default")


def default_by_keys(driver: Driver, key: str) -> None:
    driver.focus(key)
    driver.press_key(Qt.Key.Key_R, CONTROL | SHIFT)


def default_by_menu(driver: Driver, key: str) -> None:
    from_menu(driver, key, "Back to default")


@pytest.mark.parametrize("way", [default_by_command, default_by_keys, default_by_menu])
def test_a_field_goes_back_to_its_default(
    path: Path, stage: Stage, way: Callable[[Driver, str], None]
) -> None:
    stored(path, account("Alpha", settings__wait_agent=77))
    driver = stage()
    way(driver, "settings.wait_agent")
    assert driver.value("settings.wait_agent") == 10
    driver.command("undo")
    assert driver.value("settings.wait_agent") == 77


def test_a_cell_goes_back_to_its_default_while_its_row_is_new(two: Driver) -> None:
    two.section("canned_answers")
    row = two.add("canned_answers.entries")
    key = f"canned_answers.entries/{row}/key"
    two.type(key, "hours")
    two.press(f"back:{key}")
    assert two.value(key) == ""


# What the program shows is no edit


def spied(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """All edits that reach the desk from now on."""
    edits: list[tuple[str, object]] = []
    edit = driver.console.desk.edit

    def noted(key: str, value: object) -> None:
        edits.append((key, value))
        edit(key, value)

    monkeypatch.setattr(driver.console.desk, "edit", noted)
    return edits


def test_looking_at_everything_edits_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = stage(how="demo")
    edits = spied(driver, monkeypatch)
    for entry in driver.console.window.accounts.entries():
        driver.open(entry.title)
        for section in driver.sections():
            driver.section(section)
    assert edits == []
    assert not driver.console.desk.unsaved


def test_other_colours_edit_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views that are out of sight hear of new colours too, and have shown other values."""
    driver = stage(how="demo")
    edits = spied(driver, monkeypatch)
    for name, section in (("Workspace", "invitations"), ("Customer care", "template")):
        driver.open(name)
        driver.section(section)
        for scheme in ("dark", "light"):
            driver.command(scheme)
    driver.open("Workspace")
    assert edits == []
    assert not driver.console.desk.unsaved


def test_undo_and_redo_show_and_do_not_edit(two: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    two.section("template")
    two.find("template.body").show_source()
    two.paste("template.body", '<div class="x"><p>kept to the letter</p></div>')
    two.section("settings")
    two.pick("settings.service", "Yahoo")
    two.type("settings.description", "Some\nlines")
    two.tick("settings.agents", "Élodie Marchand")
    edits = spied(two, monkeypatch)
    while two.can("undo"):
        two.command("undo")
    while two.can("redo"):
        two.command("redo")
    assert edits == []
    assert two.value("settings.agents") == ("agen",)


def test_typing_edits_once_for_each_key(two: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    two.focus("settings.key")
    edits = spied(two, monkeypatch)
    two.type_on("ABC")
    assert edits == [("settings.key", text) for text in ("A", "AB", "ABC")]


# Wheel and keys


def test_the_wheel_over_a_choice_without_focus_scrolls_the_page_and_changes_nothing(
    two: Driver,
) -> None:
    two.console.window.resize(two.console.window.minimumSize())
    two.rest()
    two.focus("settings.name")
    bar = two.page.verticalScrollBar()
    for key in ("settings.service", "settings.list"):
        bar.setValue(0)
        editor = two.find(key)
        combo = getattr(editor, "combo", editor)
        before = two.value(key)
        wheel(two, combo)
        assert two.value(key) == before
        assert bar.value() > 0
    assert not two.can("undo")


def wheel(driver: Driver, widget: QWidget) -> None:
    """Turn the wheel over a widget by one notch, towards oneself."""
    window = driver.console.window
    place = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
    driver.rest()


def tabbed(driver: Driver, back: bool = False) -> list[str]:
    """The keys of the fields that Tab goes through, beginning with the first of the page."""
    rows = driver.rows()
    first = rows[-1 if back else 0]
    (first.editor.focusProxy() or first.editor).setFocus(Qt.FocusReason.TabFocusReason)
    found: list[str] = []
    for _ in range(400):
        key = driver.focused()
        if not key:
            return found
        if key not in found:
            found.append(key)
        driver.press_key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        if driver.focused() == first.key and len(found) > 1:
            return found
    raise AssertionError(f"Tab goes in circles on {found[-3:]}")


@pytest.mark.parametrize("name", ["Trade desk", "Customer care", "Workspace"])
def test_tab_reaches_every_editor_in_the_pages_order_and_leaves_it(stage: Stage, name: str) -> None:
    driver = stage(how="demo")
    driver.open(name)
    for section in driver.sections():
        driver.section(section)
        assert tabbed(driver) == [row.key for row in driver.rows()], section


# Hidden for a moment


def test_hidden_fields_keep_their_values_and_the_page_says_so(two: Driver) -> None:
    two.section("imap")
    two.type("imap.host", "mail.example.com")
    two.type("imap.username", "alpha")
    two.turn("imap.any_certificate")
    two.turn("imap.ssl")
    assert kept(two) == "Kept, but not used with these choices: Accept any certificate."
    two.turn("imap.authentication")
    assert "Accept any certificate, Username." in kept(two)
    two.turn("imap.authentication")
    two.turn("imap.ssl")
    assert kept(two) == ""
    assert two.find("imap.any_certificate").isChecked()
    assert two.find("imap.username").text() == "alpha"


def test_switching_the_service_back_and_forth_loses_nothing(two: Driver) -> None:
    two.section("imap")
    two.type("imap.host", "mail.example.com")
    two.type("imap.password", "hunter2")
    two.section("smtp")
    two.type("smtp.port", "2525")
    two.section("settings")
    for service in ("Outlook365", "Yahoo", "Hotmail", "Gmail"):
        two.pick("settings.service", service)
        said = kept(two)
        assert said.startswith("Kept, but not used with these choices: IMAP ("), said
        assert "IMAP host" in said
        assert "Password" in said
        assert "SMTP (SMTP port)" in said
    two.save()
    two.pick("settings.service", "Custom")
    assert kept(two) == ""
    two.section("imap")
    assert two.find("imap.host").text() == "mail.example.com"
    assert two.value("imap.password")
    two.section("smtp")
    assert two.find("smtp.port").text() == "2525"


def kept(driver: Driver) -> str:
    """The line under the page about values that are kept and not used; empty where there is none."""
    label = driver.page.findChild(QLabel, "kept")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""
