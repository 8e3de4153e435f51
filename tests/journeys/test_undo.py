"""Undo and redo: across fields, documents and saves, and whichever editor has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from motion_desk.models.secret import NO_SECRET
from motion_desk.ui.editors.rich_text import RichTextEditor
from tests.journeys.driver import Driver
from tests.journeys.two import redo, undo

# Menus open off screen, which is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# Undo and redo


def test_undo_and_redo_go_through_the_fields_one_visit_at_a_time(two: Driver) -> None:
    two.type("settings.name", "Alpha and more")
    two.type("settings.key", "ALPHA")
    two.focus("settings.name").setFocus()
    two.press_key(Qt.Key.Key_End)
    two.type_on("!")
    assert two.value("settings.name") == "Alpha and more!"
    undo(two)
    assert two.value("settings.name") == "Alpha and more"
    undo(two)
    assert (two.value("settings.key"), two.focused()) == ("", "settings.key")
    undo(two)
    assert (two.value("settings.name"), two.focused()) == ("Alpha", "settings.name")
    assert not two.can("undo")
    for wanted in (
        ("Alpha and more", ""),
        ("Alpha and more", "ALPHA"),
        ("Alpha and more!", "ALPHA"),
    ):
        redo(two)
        assert (two.value("settings.name"), two.value("settings.key")) == wanted
    assert not two.can("redo")


def test_typing_back_what_was_there_leaves_nothing_to_undo(two: Driver) -> None:
    two.focus("settings.name")
    two.press_key(Qt.Key.Key_End)
    two.type_on("x")
    two.press_key(Qt.Key.Key_Backspace)
    assert not two.can("undo")
    assert not two.console.desk.unsaved


def test_leaving_a_section_ends_a_visit(two: Driver) -> None:
    two.section("imap")
    two.type("imap.host", "one.example.com")
    two.section("smtp")
    two.section("imap")
    two.type("imap.host", "two.example.com")
    two.command("undo")
    assert two.value("imap.host") == "one.example.com"


def test_a_paste_into_rich_text_is_undone_by_itself(two: Driver) -> None:
    two.section("template")
    two.focus("template.body")
    editor = two.find("template.body")
    assert isinstance(editor, RichTextEditor)
    two.type_on("a")
    data = QMimeData()
    data.setHtml("<p style='line-height: 2'>b</p>")
    QGuiApplication.clipboard().setMimeData(data)
    editor.visual.paste()
    two.type_on("c")
    assert two.value("template.body") == "<p>abc</p>"
    undo(two)
    assert two.value("template.body") == "<p>ab</p>"
    undo(two)
    assert two.value("template.body") == "<p>a</p>"
    assert not editor.notice.isVisible()
    # Data that Python has made, left on the clipboard, crashes the interpreter at its end.
    QGuiApplication.clipboard().clear()


def test_coming_back_to_a_field_begins_a_new_visit(two: Driver) -> None:
    two.type("settings.name", "Alpha and")
    two.focus("settings.key")
    two.focus("settings.name")
    two.press_key(Qt.Key.Key_End)
    two.type_on(" more")
    undo(two)
    assert two.value("settings.name") == "Alpha and"
    undo(two)
    assert two.value("settings.name") == "Alpha"


def test_undo_goes_to_the_section_and_field_that_it_changes(two: Driver) -> None:
    two.section("imap")
    two.type("imap.host", "mail.example.com")
    two.section("actions")
    two.command("undo")
    assert (two.console.window.section, two.focused()) == ("imap", "imap.host")
    assert two.find("imap.host").text() == ""


def test_undo_goes_through_the_documents_in_the_order_of_the_edits(two: Driver) -> None:
    two.type("settings.key", "A")
    two.open("Beta")
    two.type("settings.key", "B")
    two.open("Workspace")
    two.section("general")
    two.type("general.base_address", "https://motion.example.com")
    for name, key in (("Workspace", "general.base_address"), ("Beta", "settings.key")):
        two.command("undo")
        assert (
            two.account(name).id
            == two.console.window.accounts.currentIndex().data(Qt.ItemDataRole.UserRole).id
        )
        assert two.value(key) == ""
    two.command("undo")
    assert two.console.desk.current is not None
    assert two.console.desk.current.draft == two.console.desk.current.saved
    assert not two.console.desk.unsaved
    for _ in range(3):
        two.command("redo")
    assert len(two.console.desk.unsaved) == 3


def test_undo_goes_on_behind_a_save(two: Driver) -> None:
    two.type("settings.key", "A")
    two.save()
    assert not two.console.desk.unsaved
    two.command("undo")
    assert two.value("settings.key") == ""
    assert two.console.desk.unsaved, "what is stored now differs from the screen"
    two.save()
    two.command("redo")
    assert two.value("settings.key") == "A"
    two.save()
    assert not two.console.desk.unsaved


def test_a_password_that_was_stored_is_never_typed_again_by_undo_and_redo(two: Driver) -> None:
    two.section("imap")
    two.type("imap.password", "hunter2")
    two.save()
    reference = two.value("imap.password").reference
    assert reference
    two.command("undo")
    assert two.value("imap.password") == NO_SECRET
    two.command("redo")
    assert two.value("imap.password").reference == reference
    assert two.value("imap.password").typed is None
    assert not two.console.desk.unsaved


def test_undo_restores_what_followed(two: Driver) -> None:
    two.section("imap")
    two.turn("imap.ssl")
    assert two.find("imap.port").text() == "143"
    two.command("undo")
    assert two.find("imap.port").text() == "993"
    assert two.find("imap.ssl").isChecked()


# Whose undo it is


def line(driver: Driver) -> str:
    driver.type("settings.name", "typed")
    return "settings.name"


def lines(driver: Driver) -> str:
    driver.type("settings.description", "typed")
    return "settings.description"


def secret(driver: Driver) -> str:
    driver.section("imap")
    driver.type("imap.password", "typed")
    return "imap.password"


def visual(driver: Driver) -> str:
    driver.section("template")
    driver.type("template.body", "typed")
    assert driver.find("template.body").is_visual
    return "template.body"


def source(driver: Driver) -> str:
    driver.section("template")
    driver.find("template.body").show_source()
    driver.type("template.body", "<p>typed</p>")
    assert not driver.find("template.body").is_visual
    return "template.body"


@pytest.mark.parametrize("edit", [line, lines, secret, visual, source])
def test_the_keys_of_undo_undo_the_documents_edit_and_not_the_widgets_own(
    two: Driver, edit: Callable[[Driver], str]
) -> None:
    two.section("advanced")
    two.type("advanced.hostname", "one edit before")
    two.section("settings")
    key = edit(two)
    assert two.focused() == key
    typed = two.value(key)
    undo(two)
    assert two.value(key) != typed, "all of the visit at once"
    assert two.console.desk.stack.index() == 1
    assert two.console.desk.stack.count() == 2, "and no edit of the widget's own"
    redo(two)
    assert two.value(key) == typed
    undo(two)
    undo(two)
    assert two.value("advanced.hostname") == ""
    assert not two.can("undo")
