"""The editor of rich text: values, views and keys."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from motion_desk.models.engines.html_blocks import Block, normal
from motion_desk.models.engines.html_subset import losses
from motion_desk.ui.editors.html_document import blocks_of, fill
from motion_desk.ui.editors.pictures import Pictures
from motion_desk.ui.editors.undo_keys import let_undo_through
from tests.models.html_strategies import BLOCKS
from tests.ui.editors.rich_text_desk import Desk

TABLE = "<div class='x'>\n<center>Dear {{ name }}</center></div>"


@pytest.fixture
def document(qtbot: QtBot) -> QTextDocument:
    """An empty document."""
    return QTextDocument()


# The document


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BLOCKS)
def test_a_document_gives_back_the_blocks_it_was_filled_with(
    document: QTextDocument, blocks: tuple[Block, ...]
) -> None:
    pictures = Pictures()
    fill(document, normal(blocks), pictures)
    assert normal(blocks_of(document, pictures)) == normal(blocks)


# Values


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Dear {{ name }},",
        "<P>Dear <B>{{name}}</B>,\r\n</P>",
        "<p>a\u00a0b&nbsp;c</p>",
        "<DIV dir='rtl' style='font-size:14px'><H1>a</H1>\r\n<blockquote>b</blockquote></DIV>",
        TABLE,
        "<p>x</p>" * 40_000,
        "a\u2028b\rc\0d",
    ],
)
def test_a_shown_value_is_never_changed_by_looking_at_it(desk: Desk, value: str) -> None:
    desk.editor.show_value(value)
    desk.editor.show_source()
    desk.editor.show_visual()
    assert desk.values == []
    assert desk.editor.source.source == value or desk.editor.is_visual


def test_showing_the_shown_value_leaves_the_cursor_alone(desk: Desk) -> None:
    desk.editor.show_value("<p>one two</p>")
    desk.select("one")
    desk.editor.show_value("<p>one two</p>")
    assert desk.editor.visual.textCursor().selectedText() == "one"
    desk.type("1")
    place = desk.editor.visual.textCursor().position()
    desk.editor.show_value(desk.values[-1])
    assert desk.editor.visual.textCursor().position() == place


@pytest.mark.parametrize(
    "text", ["a < b & c > \"d\" 'e'", "😀 é", "שלום", "a\u00a0b", "{{ name }}"]
)
def test_text_that_is_typed_survives(desk: Desk, text: str) -> None:
    desk.type(text)
    assert losses(desk.values[-1]) == ()
    desk.editor.show_value("")
    desk.editor.show_value(desk.values[-1])
    assert desk.editor.visual.document().toRawText() == text


def test_the_first_visual_edit_writes_the_source_anew_and_taking_it_back_restores_it(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.editor.show_value("<P>Dear <B>name</B></P>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("!")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Backspace)
    assert desk.values == ["<p>Dear <strong>name!</strong></p>", "<P>Dear <B>name</B></P>"]


def test_emptying_the_text_gives_an_empty_value(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.show_value("<p>a</p>")
    desk.editor.visual.selectAll()
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Delete)
    assert desk.values == [""]


def test_an_edit_of_the_source_changes_nothing_around_it(desk: Desk) -> None:
    value = "<DIV class=x>\r\n\ta\u00a0b &copy; 😀</DIV>\r\n"
    desk.editor.show_value(value)
    source = desk.editor.source
    desk.editor.show_source()
    assert source.find("copy")
    desk.type("reg")
    assert desk.values == [value.replace("copy", "reg")]


def test_an_undo_puts_the_cursor_where_the_text_changed(desk: Desk) -> None:
    desk.editor.show_value("<p>one</p>\n<p>two three</p>")
    desk.select("two")
    desk.type("2")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.editor.show_value("<p>one</p>\n<p>two three</p>")
    assert desk.editor.visual.textCursor().position() == len("one\ntwo")


# Which view


def test_what_visual_editing_would_lose_is_shown_as_source_and_explained(desk: Desk) -> None:
    desk.editor.show_value(TABLE)
    assert not desk.editor.is_visual
    assert "lose" in desk.editor.message.text()
    desk.editor.visual_switch.click()
    assert not desk.editor.is_visual
    assert desk.editor.notice.isVisible()
    assert "a box (<div>) (line 1)" in desk.editor.notice.text
    assert "the tag <center> (line 2)" in desk.editor.notice.text
    assert desk.values == []


def test_editing_visually_anyway_changes_nothing_before_the_first_edit(desk: Desk) -> None:
    desk.editor.show_value(TABLE)
    desk.editor.visual_switch.click()
    desk.editor.notice.anyway.click()
    assert desk.editor.is_visual
    assert desk.values == []
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("!")
    assert desk.values == ["<p>Dear {{ name }}!</p>"]
    desk.editor.show_value(TABLE)
    assert desk.editor.is_visual


def test_the_chosen_view_returns_with_the_next_value_that_allows_it(desk: Desk) -> None:
    desk.editor.show_value(TABLE)
    desk.button("Insert variable").setFocus()
    desk.editor.show_value("<p>a</p>")
    assert desk.editor.is_visual
    desk.editor.source_switch.click()
    desk.editor.show_value("<p>b</p>")
    assert not desk.editor.is_visual


def test_a_person_in_the_source_is_not_taken_to_the_visual_view(desk: Desk) -> None:
    desk.editor.show_value("<div id='x'>a</div>")
    desk.editor.source.setFocus()
    desk.editor.show_value("<p>a</p>")
    assert not desk.editor.is_visual


def test_text_above_the_limit_is_offered_as_source_only(desk: Desk) -> None:
    desk.editor.show_value("<p>word</p>\n" * 20_000)
    desk.editor.visual_switch.click()
    assert not desk.editor.is_visual
    assert "200 kB" in desk.editor.message.text()


def test_read_only_text_can_be_looked_at_in_both_views_and_not_changed(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.editor.show_value("<p>a</p>")
    desk.editor.set_read_only(True)
    desk.type("b")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.paste(text="c")
    desk.editor.source_switch.click()
    desk.type("d")
    assert desk.values == []
    assert not desk.button("Bold").isEnabled() or not desk.editor.bar.isEnabled()


# Keys


@pytest.mark.parametrize("view", ["visual", "source"])
def test_the_keys_of_undo_reach_the_window(desk: Desk, qtbot: QtBot, view: str) -> None:
    (desk.editor.show_visual if view == "visual" else desk.editor.show_source)()
    focused = desk.editor.visual if view == "visual" else desk.editor.source
    desk.type("a")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focused, Qt.Key.Key_Z, control)
    QTest.keyClick(focused, Qt.Key.Key_Y, control)
    QTest.keyClick(focused, Qt.Key.Key_Z, control | shift)
    assert desk.undone == ["Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"]
    assert len(desk.values) == 1


def test_a_line_keeps_no_undo_of_its_own(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    let_undo_through(line)
    QTest.keyClicks(line, "a")
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "a"


@pytest.mark.parametrize("view", ["visual", "source"])
def test_tab_leaves_the_field(desk: Desk, qtbot: QtBot, view: str) -> None:
    (desk.editor.show_visual if view == "visual" else desk.editor.show_source)()
    focused = desk.editor.visual if view == "visual" else desk.editor.source
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert not focused.hasFocus()
    assert desk.values == []


def test_enter_on_an_empty_item_ends_the_list(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.show_value("<ul><li>a</li></ul>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return)
    assert desk.values[-1] == "<ul>\n<li>a</li>\n<li></li>\n</ul>"
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return)
    desk.type("b")
    assert desk.values[-1] == "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"
    assert desk.editor.visual.textCursor().blockFormat().indent() == 0


def test_backspace_at_the_start_of_an_item_makes_it_a_paragraph(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.show_value("<ul><li>a</li></ul>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Backspace)
    assert desk.values == ["<p>a</p>"]
    assert desk.editor.visual.textCursor().blockFormat().indent() == 0


def test_shift_enter_breaks_the_line(desk: Desk, qtbot: QtBot) -> None:
    desk.type("a")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.type("b")
    assert desk.values[-1] == "<p>a<br>b</p>"


def test_text_typed_behind_a_link_stands_outside_of_it(desk: Desk) -> None:
    desk.editor.show_value("<p><a href='https://a.example'>a</a></p>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("b")
    assert desk.values == ['<p><a href="https://a.example">a</a>b</p>']
