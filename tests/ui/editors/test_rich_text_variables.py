"""The editor of rich text: variables are offered behind two braces and behind a button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QShortcut,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from motion_desk.ui.editors.variable_list import VariableList
from motion_desk.ui.editors.variable_picker import VariablePicker
from tests.ui.editors.known_variables import KNOWN, completion, offered, press, value
from tests.ui.editors.rich_text_desk import Desk

# Completion


def test_two_braces_offer_all_variables_and_letters_narrow_them(desk: Desk, view: str) -> None:
    desk.type("Dear {")
    assert offered(desk) == ()
    desk.type("{")
    assert offered(desk) == tuple(KNOWN)
    desk.type(" NAME")
    assert offered(desk) == ("user.name", "contact.firstName")
    desk.type("x")
    assert offered(desk) == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab], ids=["enter", "tab"])
def test_a_key_takes_what_is_marked_with_its_braces(desk: Desk, view: str, key: Qt.Key) -> None:
    desk.type("Dear ")
    desk.type("{{us")
    press(Qt.Key.Key_Down)
    count = len(desk.values)
    press(key)
    assert value(desk) == "Dear {{ user.email }}"
    assert len(desk.values) == count + 1, "it is one edit, so one undo"
    assert offered(desk) == ()
    desk.type("!")
    assert value(desk) == "Dear {{ user.email }}!"


def test_a_name_is_completed_within_braces_that_are_closed_already(desk: Desk, view: str) -> None:
    desk.editor.show_value("{{ user.nmae }} and on")
    press(Qt.Key.Key_Home)
    for _ in range(len("{{ user.n")):
        press(Qt.Key.Key_Right)
    desk.type("a")
    assert offered(desk) == ("user.name",)
    press(Qt.Key.Key_Return)
    assert value(desk) == "{{ user.name }} and on"


def test_a_name_that_is_complete_already_is_not_offered_again(desk: Desk, view: str) -> None:
    desk.editor.show_value("{{ user.nam }}")
    press(Qt.Key.Key_Home)
    for _ in range(len("{{ user.nam")):
        press(Qt.Key.Key_Right)
    desk.type("e")
    assert value(desk) == "{{ user.name }}"
    assert offered(desk) == (), "Enter must break the line here"


def test_letters_are_never_eaten_where_no_braces_follow(desk: Desk, view: str) -> None:
    desk.editor.show_value("Hello")
    press(Qt.Key.Key_Home)
    desk.type("{{us")
    press(Qt.Key.Key_Return)
    assert value(desk) == "{{ user.name }}Hello"


def test_escape_closes_the_list_and_nothing_else(desk: Desk, view: str, qtbot: QtBot) -> None:
    heard: list[str] = []
    shortcut = QShortcut(Qt.Key.Key_Escape, desk)
    shortcut.activated.connect(lambda: heard.append("escape"))
    desk.type("{{us")
    focused = QApplication.focusWidget()
    assert focused is not None
    offer = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier(0))
    offer.ignore()
    QApplication.sendEvent(focused, offer)
    assert offer.isAccepted(), "the window's shortcut must not get the key"
    press(Qt.Key.Key_Escape)
    assert (offered(desk), heard) == ((), [])
    desk.type("e")
    assert offered(desk) == (), "what was refused is not offered again at once"
    desk.type(" }} {{")
    assert offered(desk) == tuple(KNOWN)


def test_the_list_goes_with_the_cursor_and_with_the_focus(desk: Desk, view: str) -> None:
    desk.type("a {{us")
    press(Qt.Key.Key_Home)
    assert offered(desk) == ()
    press(Qt.Key.Key_End)
    assert offered(desk) == (), "it opens by typing alone"
    desk.type("e")
    assert offered(desk) != ()
    desk.button("Insert variable").setFocus()
    QTest.qWait(0)
    assert offered(desk) == ()


def test_a_click_takes_a_variable_and_leaves_the_focus_in_the_text(desk: Desk, view: str) -> None:
    desk.type("{{")
    shown = completion(desk).list
    assert shown is not None
    line = shown.topLevelItem(2)
    assert line is not None
    place = shown.visualItemRect(line).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert value(desk) == "{{ contact.firstName }}"
    assert QApplication.focusWidget() in (desk.editor.visual, desk.editor.source)


def test_the_list_stays_within_its_window(desk: Desk, view: str) -> None:
    desk.editor.show_value("<br>" * 30)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.type("{{")
    shown = completion(desk).list
    assert shown is not None
    assert desk.rect().contains(shown.geometry())
    line = shown.topLevelItem(0)
    assert line is not None
    assert [line.text(column) for column in range(4)] == [
        "user.name",
        "Name of the user.",
        "Chiara Bonetti",
        "documented",
    ]


def test_nothing_is_offered_in_a_text_that_is_shown_or_read_only(desk: Desk, view: str) -> None:
    desk.editor.show_value("{{")
    assert offered(desk) == ()
    desk.editor.set_read_only(True)
    desk.type("{{")
    assert offered(desk) == ()


def test_a_completed_variable_has_the_style_of_what_was_typed(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.button("Bold").click()
    desk.type("{{us")
    press(Qt.Key.Key_Return)
    assert desk.values[-1] == "<p><strong>{{ user.name }}</strong></p>"


# The picker


def picker(desk: Desk) -> VariablePicker:
    desk.button("Insert variable").click()
    found = desk.findChild(VariablePicker, "variable-picker")
    assert isinstance(found, VariablePicker)
    return found


def test_the_button_offers_all_variables_to_be_searched(desk: Desk, view: str) -> None:
    shown = picker(desk)
    assert shown.list.shown == (*KNOWN, "")
    QTest.keyClicks(shown.line, "customer name")
    assert shown.list.shown == ("contact.firstName", "")
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert not shown.isVisible()
    assert value(desk) == "{{ contact.firstName }}"


def test_the_picker_is_gone_through_by_keys_and_closed_by_escape(desk: Desk, view: str) -> None:
    shown = picker(desk)
    QTest.keyClicks(shown.line, "shop")
    QTest.keyClick(shown.line, Qt.Key.Key_Down)
    QTest.keyClick(shown.line, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert desk.values == []
    shown = picker(desk)
    assert (shown.line.text(), shown.list.marked) == ("", "user.name"), "it opens as at first"
    QTest.keyClick(shown.line, Qt.Key.Key_Down)
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert value(desk) == "{{ user.email }}"


def test_its_last_line_asks_for_a_name_that_is_not_listed(desk: Desk, view: str) -> None:
    desk.answers.lines = ["(as offered)", "two words"]
    shown = picker(desk)
    QTest.keyClicks(shown.line, "order.id")
    assert shown.list.shown == ("",)
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert value(desk) == "{{ order.id }}"
    shown = picker(desk)
    QTest.keyClick(shown.line, Qt.Key.Key_PageDown)
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert "“two words” is not a variable's name" in desk.editor.message.text()
    assert value(desk) == "{{ order.id }}"


# Lists


def test_what_is_marked_is_told_to_a_screen_reader(desk: Desk, view: str) -> None:
    QAccessible.setActive(True)
    try:
        desk.type("{{us")
        press(Qt.Key.Key_Down)
        shown = completion(desk).list
        assert shown is not None
        assert (
            shown.spoken
            == "user.email, Email address by that name., chiara@meridia.example, unconfirmed"
        )
    finally:
        QAccessible.setActive(False)


def test_lists_are_made_when_they_are_first_needed(desk: Desk) -> None:
    assert desk.findChildren(QWidget, "completion") == []
    assert desk.findChildren(VariableList) == []


def test_the_list_goes_when_its_text_goes(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.type("{{")
    assert len(desk.findChildren(VariableList)) == 1
    desk.editor.deleteLater()
    for _ in range(2):  # the text, and then its list
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.findChildren(VariableList) == []
