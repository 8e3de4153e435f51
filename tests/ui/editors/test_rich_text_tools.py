"""The editor of rich text: toolbar, pictures and pasting."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.ui.editors.rich_text_desk import Desk, png

# Toolbar


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Bold", "<p>one <strong>two</strong></p>"),
        ("Italic", "<p>one <em>two</em></p>"),
        ("Underline", "<p>one <u>two</u></p>"),
        ("Bulleted list", "<ul>\n<li>one two</li>\n</ul>"),
        ("Numbered list", "<ol>\n<li>one two</li>\n</ol>"),
        ("Centre", '<p style="text-align: center">one two</p>'),
        ("Align right", '<p style="text-align: right">one two</p>'),
    ],
)
def test_a_button_formats_the_selection_and_takes_it_back(
    desk: Desk, name: str, value: str
) -> None:
    desk.editor.show_value("<p>one two</p>")
    desk.select("two")
    button = desk.button(name)
    assert not button.isChecked()
    button.click()
    assert button.isChecked()
    (desk.button("Align left") if "lign" in name or name == "Centre" else button).click()
    assert desk.values == [value, "<p>one two</p>"]


@pytest.mark.parametrize(
    ("chooser", "entry", "value"),
    [
        ("Font family", "Courier New", "font-family: 'Courier New'"),
        ("Font size", "18 px", "font-size: 18px"),
        ("Text colour", "Red", "color: #b3261e"),
    ],
)
def test_a_menu_styles_the_selection(desk: Desk, chooser: str, entry: str, value: str) -> None:
    desk.editor.show_value("<p>one two</p>")
    desk.select("two")
    menu = desk.button(chooser).menu()
    menu.aboutToShow.emit()
    [action] = [action for action in menu.actions() if action.text() == entry]
    action.trigger()
    menu.actions()[0].trigger()
    assert desk.values == [f'<p>one <span style="{value}">two</span></p>', "<p>one two</p>"]


def test_the_only_item_of_a_list_can_be_centred(desk: Desk) -> None:
    desk.editor.show_value("<ul><li>a</li></ul>")
    desk.button("Centre").click()
    assert desk.values == ['<ul>\n<li style="text-align: center">a</li>\n</ul>']


def test_a_paragraph_made_an_item_joins_the_list_above_it(desk: Desk) -> None:
    desk.editor.show_value("<ol><li>a</li></ol><p>b</p>")
    desk.select("b")
    desk.button("Numbered list").click()
    assert desk.values == ["<ol>\n<li>a</li>\n<li>b</li>\n</ol>"]


def test_formatting_leaves_other_formatting_alone(desk: Desk) -> None:
    desk.editor.show_value("<p>one <i>two</i> three</p>")
    desk.editor.visual.selectAll()
    desk.button("Bold").click()
    assert desk.values == ["<p><strong>one <em>two</em> three</strong></p>"]


def test_text_typed_behind_a_picture_is_text(desk: Desk) -> None:
    picture = '<img src="https://a.example/b.png" alt="b" width="20">'
    desk.editor.show_value(f"<p>{picture}</p>")
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.End)
    desk.type("c")
    assert desk.values == [f"<p>{picture}c</p>"]


def test_every_button_has_a_name_and_a_tooltip(desk: Desk) -> None:
    assert all(b.accessibleName() and b.toolTip() for b in desk.editor.bar.buttons)


def test_the_arrow_keys_go_from_button_to_button(desk: Desk, qtbot: QtBot) -> None:
    desk.button("Bold").setFocus()
    QTest.keyClick(desk.button("Bold"), Qt.Key.Key_Right)
    assert desk.button("Italic").hasFocus()


@pytest.mark.parametrize(
    ("answer", "href"),
    [
        ("example.com/a", "https://example.com/a"),
        ("a@b.example", "mailto:a@b.example"),
        ("{{ link }}", "{{ link }}"),
        ("http://x.example:8080", "http://x.example:8080"),
    ],
)
def test_a_link_leads_where_a_person_means(desk: Desk, answer: str, href: str) -> None:
    desk.editor.show_value("<p>one two</p>")
    desk.select("two")
    desk.answers.lines = [answer, ""]
    desk.button("Link").click()
    desk.button("Link").click()
    assert desk.values == [f'<p>one <a href="{href}">two</a></p>', "<p>one two</p>"]


@pytest.mark.parametrize("answer", ["javascript:alert(1)", "no address", "data:text/html,x"])
def test_what_is_no_link_is_refused_with_a_sentence(desk: Desk, answer: str) -> None:
    desk.editor.show_value("<p>one</p>")
    desk.select("one")
    desk.answers.lines = [answer]
    desk.button("Link").click()
    assert "is not an address" in desk.editor.message.text()
    assert desk.values == []


@pytest.mark.parametrize("view", ["visual", "source"])
def test_a_variable_is_inserted_in_its_braces(desk: Desk, view: str) -> None:
    (desk.editor.show_visual if view == "visual" else desk.editor.show_source)()
    desk.answers.lines = ["user name", None, "{{user.name}}"]
    for _ in range(3):
        desk.button("Insert variable").click()
    assert desk.values == ["<p>{{ user.name }}</p>" if view == "visual" else "{{ user.name }}"]


# Pictures


@pytest.mark.parametrize("view", ["visual", "source"])
def test_a_picture_is_embedded_with_its_alternative_text(
    desk: Desk, tmp_path: Path, view: str
) -> None:
    (desk.editor.show_visual if view == "visual" else desk.editor.show_source)()
    desk.answers.file = tmp_path / "our-logo.png"
    desk.answers.file.write_bytes(png(1200, 10))
    desk.answers.lines = ["(as offered)"]
    desk.button("Insert picture or company logo").click()
    data = base64.b64encode(png(1200, 10)).decode()
    picture = f'<img src="data:image/png;base64,{data}" alt="our logo" width="600" height="5">'
    assert desk.values == [f"<p>{picture}</p>" if view == "visual" else picture]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png()[:-30], "is damaged"),
        (b"<svg/>", "is no PNG, JPEG, GIF or WebP picture"),
        (png() + b"\0" * 1_000_000, "at most 1 MB"),
        (None, "cannot be read"),
    ],
)
def test_an_unfit_picture_is_refused_with_a_sentence(
    desk: Desk, tmp_path: Path, data: bytes | None, said: str
) -> None:
    desk.answers.file = tmp_path / "logo.png"
    if data is not None:
        desk.answers.file.write_bytes(data)
    desk.button("Insert picture or company logo").click()
    assert said in desk.editor.message.text()
    assert "logo.png" in desk.editor.message.text()
    assert desk.values == []


def test_an_embedded_picture_is_drawn_and_survives_a_paste(desk: Desk) -> None:
    data = base64.b64encode(png(40, 40)).decode()
    value = f'<p><img src="data:image/png;base64,{data}" alt="red"></p>'
    desk.paste(value)
    assert desk.values == [value]
    image = desk.editor.visual.viewport().grab().toImage()
    assert image.pixelColor(30, 30) == QColor("red")


def test_no_picture_is_ever_fetched(desk: Desk, tmp_path: Path) -> None:
    """A file that exists would be drawn in its own size, were it opened."""
    (tmp_path / "secret.png").write_bytes(png(300, 300))
    url = QUrl.fromLocalFile(str(tmp_path / "secret.png"))
    desk.editor.show_value(f"<p><img src='{url.toString()}' width='50' height='50'></p>")
    visual = desk.editor.visual
    kind = int(QTextDocument.ResourceType.ImageResource)
    assert visual.document().resource(kind, url).width() == 1
    assert QColor("red") not in [
        visual.grab().toImage().pixelColor(x, y) for x in range(0, 80, 4) for y in range(0, 80, 4)
    ]


# Pasting


def test_pasted_formatting_is_kept_as_far_as_the_subset_goes(desk: Desk) -> None:
    desk.paste(
        "<style>p{}</style><div class='x'><h2>Hi</h2><p onclick='x()'>a <b>b</b>"
        "<a href='javascript:x()'>c</a></p></div>",
        "plain",
    )
    assert desk.values == ["<h2>Hi</h2>\n<p>a <strong>b</strong>c</p>"]


def test_pasted_text_keeps_what_it_inherits_from_a_block(desk: Desk) -> None:
    """Gmail and other web mail write paragraphs as <div>, with colour and font."""
    desk.paste("<div style='color: #0000ff; font-family: Arial; margin: 0'>blue</div>", "blue")
    assert desk.values == ['<p><span style="font-family: Arial; color: #0000ff">blue</span></p>']


def test_pasted_plain_text_stays_plain(desk: Desk) -> None:
    desk.paste(text="a <b>\r\n\tc & d")
    assert desk.values == [
        "<p>a &lt;b&gt;</p>\n<p>&nbsp;&nbsp;&nbsp; c &amp; d</p>".replace("; c", ";&nbsp;c")
    ]


def test_remote_pictures_are_left_out_of_a_paste_with_a_sentence(desk: Desk) -> None:
    desk.paste("<p>a<img src='https://t.example/x.gif'>b</p>", "ab")
    assert desk.values == ["<p>ab</p>"]
    assert "One picture was left out" in desk.editor.notice.text


def test_a_copied_picture_is_embedded(desk: Desk) -> None:
    image = QImage()
    assert image.loadFromData(png())
    QGuiApplication.clipboard().setImage(image)
    desk.editor.visual.paste()
    assert desk.values[0].startswith('<p><img src="data:image/png;base64,')


def test_copied_text_keeps_its_formatting(desk: Desk) -> None:
    desk.editor.show_value("<ul><li>one <b>two</b></li></ul>\n<p>three</p>")
    desk.editor.visual.selectAll()
    desk.editor.visual.copy()
    assert QGuiApplication.clipboard().mimeData().text() == "one two\nthree"
    desk.editor.show_value("")
    desk.editor.visual.paste()
    assert desk.values == ["<ul>\n<li>one <strong>two</strong></li>\n</ul>\n<p>three</p>"]


def test_text_pasted_inside_of_a_word_joins_it(desk: Desk) -> None:
    desk.editor.show_value("<p>ad</p>")
    desk.select("a")
    visual = desk.editor.visual
    visual.moveCursor(QTextCursor.MoveOperation.Right)
    visual.moveCursor(QTextCursor.MoveOperation.Start)
    visual.moveCursor(QTextCursor.MoveOperation.Right)
    desk.paste("<b>b</b>c", "bc")
    assert desk.values == ["<p>a<strong>b</strong>cd</p>"]


def test_data_copied_from_the_source_is_whole(desk: Desk) -> None:
    value = f"<img src='data:image/png;base64,{'QUJD' * 1000}'>"
    desk.editor.show_value(value)
    desk.editor.show_source()
    source = desk.editor.source
    assert "QUJD" not in source.toPlainText()
    source.selectAll()
    source.copy()
    assert QGuiApplication.clipboard().text() == value
    source.moveCursor(QTextCursor.MoveOperation.End)
    source.paste()
    assert desk.values == [value + value]


@pytest.mark.parametrize("view", ["visual", "source"])
def test_a_copy_left_on_the_clipboard_does_not_crash_the_program_at_its_end(view: str) -> None:
    program = f"""
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from motion_desk.ui.editors.rich_text import RichTextEditor

app = QApplication([])
editor = RichTextEditor(lambda name: QIcon())
editor.show_value("<p>text</p>")
editor.show_{view}()
editor.{view}.selectAll()
editor.{view}.copy()
assert "text" in QApplication.clipboard().text()
"""
    run = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert (run.returncode, run.stderr) == (0, b"")


# Weight


def test_the_weight_is_said_below_the_text_and_what_of_it_are_pictures(desk: Desk) -> None:
    weight = desk.editor.weight
    assert weight.text() == ""
    desk.type("a")
    assert weight.text() == "0.0 kB"
    data = base64.b64encode(png(4, 2) * 100).decode()
    desk.editor.show_value(f"<p>{'a' * 3_000}<img src='data:image/png;base64,{data}' alt='x'></p>")
    assert (
        weight.text() == f"{(len(data) + 3_048) / 1000:.0f} kB, pictures {len(data) / 1000:.0f} kB"
    )
    assert weight.property("role") == "muted"


def test_what_gmail_would_hide_is_warned_of(desk: Desk) -> None:
    desk.editor.show_value("<p>" + "a" * 120_000 + "</p>")
    assert desk.editor.weight.text() == "120 kB: Gmail hides the end"
    assert desk.editor.weight.property("role") == "warning"
    desk.editor.show_value("<p>a</p>")
    assert desk.editor.weight.property("role") == "muted"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_picture_says_its_weight_as_a_tool_tip(desk: Desk) -> None:
    data = base64.b64encode(png(40, 40) + b"\0" * 9_000).decode()
    desk.editor.show_value(
        f'<p><img src="data:image/png;base64,{data}" alt="Our logo"><br>text</p>'
    )
    visual = desk.editor.visual
    point = QPoint(30, 30)
    event = QHelpEvent(QEvent.Type.ToolTip, point, visual.viewport().mapToGlobal(point))
    QApplication.sendEvent(visual.viewport(), event)
    assert QToolTip.text() == "<p>Our logo: 12 kB in the source</p>"
    QToolTip.hideText()
    assert visual.picture_hint(QPoint(200, 30)) == ""
