"""The editor of rich text: what a paste keeps, and what it says of the rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from tests.ui.editors.pastes import PASTES, Paste
from tests.ui.editors.rich_text_desk import Desk


@pytest.mark.parametrize("paste", PASTES, ids=lambda paste: paste.source)
def test_a_paste_keeps_what_it_can_and_says_what_it_cannot(desk: Desk, paste: Paste) -> None:
    desk.paste(paste.html, "plain")
    assert desk.values == [paste.value]
    assert desk.editor.notice.isVisible() is bool(paste.losses)
    if paste.losses:
        told = desk.editor.notice.text.split("\n")[1:-1]
        assert [line.removeprefix("•  ") for line in told] == list(paste.losses)


def test_a_notice_of_a_paste_names_undo_and_goes_with_it(desk: Desk) -> None:
    desk.editor.show_value("<p>a</p>")
    desk.paste("<p style='line-height: 2'>b</p>")
    assert desk.editor.notice.text.endswith("Undo takes the paste back.")
    assert not desk.editor.notice.anyway.isVisible()
    desk.editor.show_value("<p>a</p>")
    assert not desk.editor.notice.isVisible()


def test_a_notice_of_a_paste_is_closed_by_its_button_and_by_the_next_paste(desk: Desk) -> None:
    desk.paste("<p style='line-height: 2'>b</p>")
    desk.editor.notice.seen.click()
    assert not desk.editor.notice.isVisible()
    desk.paste("<p style='line-height: 2'>b</p>")
    desk.paste("<p>c</p>")
    assert not desk.editor.notice.isVisible()
    assert len(desk.values) == 3


def test_a_notice_of_a_paste_stays_while_one_types(desk: Desk) -> None:
    desk.paste("<p style='line-height: 2'>b</p>")
    desk.type("c")
    assert desk.editor.notice.isVisible()
    assert desk.values[-1] == "<p>bc</p>"


def test_what_is_copied_here_is_pasted_here_without_a_word(desk: Desk) -> None:
    value = (
        '<h2>Title</h2>\n<p dir="rtl">שלום</p>\n<div>a</div>\n<div>H<sub>2</sub>O <s>b</s></div>\n'
        '<blockquote>\n<p>c</p>\n</blockquote>\n<ul dir="rtl">\n<li>א</li>\n</ul>'
    )
    desk.editor.show_value(value)
    assert desk.editor.is_visual
    desk.editor.visual.selectAll()
    desk.editor.visual.copy()
    desk.editor.show_value("")
    desk.editor.visual.paste()
    assert desk.values == [value]
    assert not desk.editor.notice.isVisible()


def test_a_table_that_a_cell_cannot_hold_is_told(desk: Desk) -> None:
    desk.editor.show_value("<table>\n<tr>\n<td>a</td>\n</tr>\n</table>")
    desk.select("a")
    desk.paste("<table><tr><td>1</td><td>2</td></tr></table>")
    assert "a cell cannot hold one" in desk.editor.notice.text


def test_a_line_of_a_box_joins_the_text_that_it_is_pasted_into(desk: Desk) -> None:
    desk.editor.show_value("<p>ab</p>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Right)
    desk.paste("<div>c</div>")
    assert desk.values == ["<p>acb</p>"]


# Directions, headings, quotations


@pytest.mark.parametrize(
    "value",
    [
        '<p dir="rtl">שלום</p>\n<p dir="auto">a</p>\n<p dir="ltr">b</p>',
        '<ul dir="rtl">\n<li>א</li>\n<li>ב</li>\n</ul>',
        "<div>a</div>",
        '<div dir="rtl" style="text-align: center">a</div>',
        '<div>a</div>\n<div><br></div>\n<div dir="rtl">ב</div>',
        '<h1 style="text-align: center; color: #ff0000">A <em>b</em></h1>\n<p>c</p>',
        "<blockquote>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>\n<p>c</p>",
        "<p>H<sub>2</sub>O, 1<sup>st</sup>, <s>old</s></p>",
        '<table dir="rtl">\n<tr>\n<td>א</td>\n</tr>\n</table>\n<p>c</p>',
    ],
)
def test_a_letter_changes_nothing_else(desk: Desk, value: str) -> None:
    desk.editor.show_value(value)
    assert desk.editor.is_visual
    assert desk.values == []
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.type("x")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Backspace)
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("x")
    end = value.rindex(desk.editor.visual.document().toPlainText()[-2]) + 1
    assert desk.values[-1] == f"{value[:end]}x{value[end:]}"


def test_the_direction_of_paragraphs_is_set_and_taken_back_by_a_button(desk: Desk) -> None:
    desk.editor.show_value("<p>שלום</p>\n<ul>\n<li>א</li>\n</ul>")
    desk.editor.visual.selectAll()
    desk.button("Right to left").click()
    assert desk.values == ['<p dir="rtl">שלום</p>\n<ul dir="rtl">\n<li>א</li>\n</ul>']
    assert desk.button("Right to left").isChecked()
    desk.button("Right to left").click()
    assert desk.values[1:] == ["<p>שלום</p>\n<ul>\n<li>א</li>\n</ul>"]


def test_a_paragraph_runs_on_screen_as_its_value_says(desk: Desk) -> None:
    """Letters of Hebrew alone do not turn a paragraph in a mail, so they do not here."""
    desk.editor.show_value('<p>שלום</p>\n<p dir="rtl">שלום</p>\n<p dir="auto">שלום</p>')
    block = desk.editor.visual.document().begin()
    drawn = []
    while block.isValid():
        drawn.append(block.textDirection())
        block = block.next()
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert drawn == [left, right, right]


def test_a_paragraph_from_right_to_left_is_aligned_as_its_buttons_say(desk: Desk) -> None:
    desk.editor.show_value('<p dir="rtl">א</p>')
    assert desk.button("Align right").isChecked()
    desk.button("Align left").click()
    assert desk.button("Align left").isChecked()
    desk.button("Align right").click()
    assert desk.values == [
        '<p dir="rtl" style="text-align: left">א</p>',
        '<p dir="rtl">א</p>',
    ]


def test_a_paragraph_made_an_item_keeps_its_direction(desk: Desk) -> None:
    desk.editor.show_value('<p dir="rtl">א</p>')
    desk.button("Bulleted list").click()
    desk.button("Bulleted list").click()
    item = '<ul dir="rtl">\n<li>א</li>\n</ul>'
    assert desk.values == [item, '<p dir="rtl">א</p>']


def test_enter_behind_a_heading_begins_a_plain_paragraph(desk: Desk) -> None:
    desk.editor.show_value("<h2>A</h2>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return)
    desk.type("b")
    assert desk.values[-1] == "<h2>A</h2>\n<p>b</p>"


def test_text_typed_into_an_emptied_heading_is_as_bold_as_a_heading(desk: Desk) -> None:
    desk.editor.show_value("<p>a</p>\n<h2>A</h2>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Backspace)
    desk.type("B")
    assert desk.values[-1] == "<p>a</p>\n<h2>B</h2>"


def test_headings_are_drawn_in_their_sizes(desk: Desk) -> None:
    desk.editor.show_value("<p>a</p>\n<h1>A</h1>\n<h6>B</h6>")
    layout = desk.editor.visual.document().documentLayout()
    text, first, sixth = (
        layout.blockBoundingRect(desk.editor.visual.document().findBlockByNumber(number)).height()
        for number in range(3)
    )
    assert first > 1.5 * text > 1.5 * sixth


@pytest.mark.parametrize(
    ("start", "end"),
    [('<p dir="rtl">', "</p>"), ("<div>", "</div>"), ('<p style="text-align: center">', "</p>")],
)
def test_empty_lines_look_like_the_line_that_they_follow(desk: Desk, start: str, end: str) -> None:
    desk.editor.show_value(f"{start}a{end}")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(3):
        QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return)
    desk.type("b")
    empty = f"{start}<br>{end}"
    assert desk.values[-1].split("\n") == [f"{start}a{end}", empty, empty, f"{start}b{end}"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_a_key_on_an_empty_line_leaves_a_quotation(desk: Desk, key: Qt.Key) -> None:
    start, end = "<blockquote>\n<blockquote>\n", "\n</blockquote>"
    desk.editor.show_value(f"{start}<p>a</p>{end}{end}")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return)
    QTest.keyClick(desk.editor.visual, key)
    desk.type("b")
    assert desk.values[-1] == f"{start}<p>a</p>{end}\n<p>b</p>{end}"
