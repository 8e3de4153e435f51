"""The editor of rich text: tables are inserted, typed into, changed, and kept to the letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from motion_desk.models.engines.html_subset import read
from tests.ui.editors.known_variables import KNOWN, underlined
from tests.ui.editors.rich_text_desk import Desk

SMALL = '<table border="1">\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>'
LETTER = f"<p>Dear</p>\n{SMALL}\n<p>Yours</p>"


def choose(desk: Desk, entry: str) -> None:
    """Choose from the table button's menu, as it is offered now."""
    menu = desk.button("Table").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    [action] = [each for each in menu.actions() if each.text() == entry]
    action.trigger()


def into(desk: Desk, text: str) -> None:
    """Put the cursor behind a text."""
    desk.select(text)
    cursor = desk.editor.visual.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    desk.editor.visual.setTextCursor(cursor)


def test_a_table_is_inserted_and_filled_with_the_tab_key(desk: Desk) -> None:
    choose(desk, "2 rows, 2 columns")
    for text in ("a", "b", "c", "d"):
        if text != "a":
            QTest.keyClick(desk.editor.visual, Qt.Key.Key_Tab)
        desk.type(text)
    value = desk.values[-1]
    assert value.startswith('<table style="border-collapse: collapse; width: 100%">\n<tr>')
    assert [value.count(f">{letter}</td>") for letter in "abcd"] == [1, 1, 1, 1]
    assert read(value).losses == ()


def test_tab_leaves_a_table_behind_its_last_cell(desk: Desk) -> None:
    desk.editor.show_value(SMALL)
    into(desk, "b")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not desk.editor.visual


def test_shift_and_tab_go_back_a_cell(desk: Desk) -> None:
    desk.editor.show_value(SMALL)
    into(desk, "b")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    desk.type("x")
    assert desk.values == [SMALL.replace("<td>a", "<td>xa")]


def test_a_letter_typed_in_a_cell_changes_nothing_else(desk: Desk) -> None:
    desk.editor.show_value(LETTER)
    assert desk.editor.is_visual
    assert desk.values == []
    into(desk, "a")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    assert desk.editor.visual.find("b")
    desk.type("B")
    assert desk.values == [LETTER.replace("<td>b", "<td>B")]


def test_rows_and_columns_are_added_and_taken_away_at_the_cursor(desk: Desk) -> None:
    desk.editor.show_value(LETTER)
    into(desk, "b")
    choose(desk, "Row below")
    assert desk.values[-1].count("<tr>") == 2
    desk.type("!")
    assert "<td></td>\n<td>!</td>" in desk.values[-1]
    choose(desk, "Column to the right")
    assert desk.values[-1].count("<td") == 6
    choose(desk, "Delete column")
    choose(desk, "Delete row")
    assert desk.values[-1] == LETTER


def test_the_whole_table_is_deleted_with_its_last_row(desk: Desk) -> None:
    desk.editor.show_value(LETTER)
    into(desk, "b")
    choose(desk, "Delete row")
    assert desk.values[-1] == "<p>Dear</p>\n<p>Yours</p>"


def test_a_table_is_undone_by_showing_what_was_there_before(desk: Desk) -> None:
    desk.editor.show_value(LETTER)
    into(desk, "b")
    choose(desk, "Delete table")
    desk.editor.show_value(LETTER)
    assert desk.editor.visual.document().toPlainText().split() == ["Dear", "a", "b", "Yours"]


def test_text_can_be_typed_before_and_behind_a_table(desk: Desk) -> None:
    desk.editor.show_value(SMALL)
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("after")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.type("before")
    assert desk.values[-1] == f"<p>before</p>\n{SMALL}\n<p>after</p>"


def test_a_name_in_a_cell_is_judged_where_it_stands(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.show_variables(KNOWN)
    desk.editor.show_value("<table><tr><td>a</td><td>{{ nobody }}</td></tr></table>")
    qtbot.waitUntil(lambda: underlined(desk) == ["{{ nobody }}"])


def test_a_table_that_is_copied_can_be_put_into_another_text(desk: Desk) -> None:
    desk.editor.show_value(LETTER)
    desk.editor.visual.selectAll()
    desk.editor.visual.copy()
    desk.editor.show_value("<p>x</p>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.editor.visual.paste()
    assert desk.values[-1] == f"<p>xDear</p>\n{SMALL}\n<p>Yours</p>"


def test_a_table_pasted_into_a_cell_becomes_paragraphs(desk: Desk) -> None:
    desk.editor.show_value(SMALL)
    into(desk, "a")
    desk.paste(html="<table><tr><td>1</td><td>2</td></tr></table>")
    assert read(desk.values[-1]).losses == ()
    assert desk.values[-1].count("<table") == 1


def test_what_a_pasted_table_would_fetch_is_left_out(desk: Desk) -> None:
    desk.paste(html="<table style='background: url(http://a.example/x.png)'><tr><td>a</table>")
    assert "url" not in desk.values[-1]
    assert "<td>a</td>" in desk.values[-1]


def test_widths_backgrounds_and_spans_are_kept_to_the_letter(desk: Desk) -> None:
    value = (
        '<table role="presentation" width="600" style="border-top: 2px solid #0b5d57">\n<thead>\n'
        '<tr style="height: 20px">\n<th scope="col" colspan="2">x</th>\n</tr>\n</thead>\n'
        '<tr>\n<td style="padding-right: 16px; background-color: #eeeeee">y</td>\n<td>z</td>\n'
        "</tr>\n</table>"
    )
    desk.editor.show_value(value)
    into(desk, "y")
    desk.type("1")
    assert desk.values == [value.replace(">y<", ">y1<")]
