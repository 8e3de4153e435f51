"""The editor of rich text: variables are underlined where something is wrong with them."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QPalette,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from motion_desk.models.engines.html_blocks import Block, Run, normal
from motion_desk.models.engines.names import findings
from motion_desk.models.variables import Variable
from motion_desk.ui.editors.html_document import blocks_of, fill
from motion_desk.ui.editors.pictures import Pictures
from motion_desk.ui.editors.scanning import scanned_blocks
from motion_desk.ui.editors.visual_colours import contrast
from tests.models.html_strategies import BLOCKS
from tests.ui.editors.known_variables import (
    KNOWN,
    VIEWS,
    offered,
    underlined,
    underlines,
)
from tests.ui.editors.rich_text_desk import Desk


@pytest.fixture
def document(qtbot: QtBot) -> QTextDocument:
    """An empty document."""
    return QTextDocument()


def test_what_is_wrong_is_underlined_as_one_types(desk: Desk, view: str, qtbot: QtBot) -> None:
    desk.type("😀 {{ user.name }} {{ user.Name }} {{ foo }} {{ ")
    qtbot.waitUntil(lambda: underlined(desk) == ["{{ user.Name }}", "{{ foo }}", "{{"])
    found = [place.finding.code for place in underlines(desk).places]
    assert found == ["case", "unknown", "unclosed"]
    desk.type("user.name }}")
    qtbot.waitUntil(lambda: underlined(desk) == ["{{ user.Name }}", "{{ foo }}"])


def test_new_variables_of_the_workspace_are_no_longer_underlined(
    desk: Desk, view: str, qtbot: QtBot
) -> None:
    desk.editor.show_value("{{ foo }}")
    qtbot.waitUntil(lambda: underlined(desk) == ["{{ foo }}"])
    desk.editor.show_variables({**KNOWN, "foo": Variable("foo")})
    qtbot.waitUntil(lambda: underlined(desk) == [])
    desk.type("{{ f")
    assert offered(desk)[-1] == "foo"


def test_nothing_is_underlined_where_no_variables_are_known(desk: Desk) -> None:
    desk.editor.show_value("{{ foo }}")
    desk.editor.underlines[0].look()
    assert underlined(desk) == []


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_sentence_is_the_tool_tip(desk: Desk, view: str, qtbot: QtBot) -> None:
    desk.editor.show_value("{{ user.Name }}")
    qtbot.waitUntil(lambda: underlined(desk) != [])
    shown = desk.editor.visual if view == "visual" else desk.editor.source
    cursor = shown.textCursor()
    cursor.setPosition(5)
    point = shown.cursorRect(cursor).center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, shown.viewport().mapToGlobal(point))
    QApplication.sendEvent(shown.viewport(), event)
    said = "“user.Name” is written “user.name”. Motion's names are exact, capitals and all."
    assert said in unescape(QToolTip.text())
    QToolTip.hideText()
    assert underlines(desk).at(QPoint(shown.viewport().width() - 5, point.y())) == ""


def test_a_name_that_formatting_tears_is_underlined_in_the_visual_view(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.editor.show_value("<p>a {{ user.name }}</p><p>{{ user.name }}</p>")
    desk.select("name")
    desk.button("Bold").click()
    desk.editor.underlines[0].look()
    [place] = desk.editor.underlines[0].places
    assert (place.finding.code, underlined(desk)) == ("split", ["{{ user.name }}"])
    assert place.sentence.startswith("Tags tear the braces of “user.name” apart.")


def test_a_link_to_an_unknown_name_is_underlined_at_its_text(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.editor.show_value("<p>a <a href='{{ lnk }}'>log <b>in</b></a> {{ user.name }}</p>")
    desk.editor.underlines[0].look()
    assert underlined(desk) == ["log "]


def test_braces_do_not_reach_beyond_their_paragraph(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.paste(text="{{ user\nname }} 1 < 2\n{{ user.name")
    QTest.keyClick(desk.editor.visual, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.type("}}")
    desk.editor.underlines[0].look()
    codes = [place.finding.code for place in desk.editor.underlines[0].places]
    assert codes == ["unclosed", "stray", "split"]


def test_nothing_is_underlined_at_a_wrong_place(desk: Desk) -> None:
    desk.editor.show_variables(KNOWN)
    desk.type("{{ foo }}")
    desk.editor.visual.textCursor().insertText("\ufffc and more")
    desk.editor.underlines[0].look()
    assert underlined(desk) in ([], ["{{ foo }}"])
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.editor.visual.textCursor().insertText("\ufffc")
    desk.editor.underlines[0].look()
    assert underlined(desk) in ([], ["{{ foo }}"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BLOCKS)
def test_blocks_and_their_document_count_the_same(
    document: QTextDocument, blocks: tuple[Block, ...]
) -> None:
    marked = (*normal(blocks), Block((Run("😀 {{ foo }}"),)))
    pictures = Pictures()
    fill(document, marked, pictures)
    shown = blocks_of(document, pictures)
    text, placed = scanned_blocks(shown, document.characterCount())
    *_, place = placed(findings(text, {"bar"}))
    cursor = QTextCursor(document)
    cursor.setPosition(place.start)
    cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "{{ foo }}"


@pytest.mark.parametrize("kind", VIEWS)
def test_of_a_template_of_50_kb_the_first_fifty_faults_are_underlined(
    desk: Desk, kind: str
) -> None:
    line = '<p>Dear {{ user.name }}, your shop is <a href="{{ shop.size }}">here</a> {{ x }}</p>\n'
    desk.editor.show_variables(KNOWN)
    desk.editor.show_value(line * (50_000 // len(line)))
    (desk.editor.show_visual if kind == "visual" else desk.editor.show_source)()
    looking = underlines(desk)
    looking.look()
    assert len(looking.places) == 50


@pytest.mark.parametrize("page", ["#23272e", "#ffffff"])
def test_underlines_can_be_seen_on_a_page_that_changes_its_colour(
    desk: Desk, view: str, qtbot: QtBot, page: str
) -> None:
    desk.editor.show_value("{{ foo }}")
    underlines(desk).look()
    desk.editor.setPalette(QPalette(QColor(page)))
    shown = desk.editor.visual if view == "visual" else desk.editor.source
    # Where an application's style sheet is set, the page keeps its colour.
    base = shown.palette().color(QPalette.ColorRole.Base)

    def seen() -> bool:
        [wave] = shown.extraSelections()
        return contrast(wave.format.underlineColor(), base) >= 4

    qtbot.waitUntil(seen)


def test_a_cursor_that_moves_keeps_underlines_where_they_are(desk: Desk, qtbot: QtBot) -> None:
    desk.editor.show_variables(KNOWN)
    desk.editor.show_value("<p>{{ foo }}</p>")
    desk.editor.underlines[0].look()
    desk.editor.visual.moveCursor(QTextCursor.MoveOperation.Start)
    desk.type("Well, ")
    assert underlined(desk) == ["{{ foo }}"], "they move with the text before it is looked through"
