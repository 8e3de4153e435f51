"""The editors' contract, for each kind: what is shown is no edit, and an edit is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QUndoStack
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget

from motion_desk.models import kinds
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.choices import Service
from motion_desk.models.directory import Named
from motion_desk.models.engines.folding import LONGEST_LINE
from motion_desk.models.fields import Field
from motion_desk.models.internet import Address, Host, Url
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.editing import EDITORS, editor_for
from motion_desk.ui.form.tools import FormTools
from tests.journeys.stage import the_application
from tests.strategies import PEM

ENTRIES = (Named("a", "Alpha"), Named("b", "Beta"), Named("old", "Gone by", retired=True))


def end(editor: Any) -> None:
    """Type an x at the end."""
    target = editor.focusProxy() or editor
    target.setFocus()
    line = isinstance(target, QLineEdit)
    modifiers = Qt.KeyboardModifier.NoModifier if line else Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(target, Qt.Key.Key_End, modifiers)
    QTest.keyClick(target, Qt.Key.Key_X)


def digit(editor: Any) -> None:
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClick(editor, Qt.Key.Key_5)


def click(editor: Any) -> None:
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton)


def down(editor: Any) -> None:
    target = editor.focusProxy() or editor
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Down)


def tick(editor: Any) -> None:
    editor.list.setFocus()
    editor.list.setCurrentRow(1)
    QTest.keyClick(editor.list, Qt.Key.Key_Space)


@dataclass(frozen=True)
class Case:
    """A kind, two of its values, a person's edit of the second one, and what comes of it."""

    kind: kinds.Kind
    one: Any
    other: Any
    edit: Callable[[Any], None]
    edited: Any
    typed: bool = True


CASES = {
    kinds.Text: Case(kinds.Text(), "one", "other", end, "otherx"),
    Host: Case(Host(), "a.example", "b.example", end, "b.examplex"),
    Url: Case(Url(), "https://a.example", "https://b.example", end, "https://b.examplex"),
    Address: Case(Address(), "a@example.com", "b@example.com", end, "b@example.comx"),
    Fingerprint: Case(Fingerprint(), "ab" * 32, "cd", end, "cdx"),
    kinds.Integer: Case(kinds.Integer(0, 99), None, 7, digit, 75),
    kinds.Date: Case(kinds.Date(), date(2027, 3, 31), None, digit, kinds.Unreadable("5")),
    kinds.Lines: Case(kinds.Lines(), "one\ntwo", "three\n", end, "three\nx"),
    Certificates: Case(Certificates(), PEM, "one\ntwo\n", end, "one\ntwo\nx"),
    kinds.RichText: Case(kinds.RichText(), "<p>one</p>", "<p>two</p>", end, "<p>twox</p>"),
    kinds.Toggle: Case(kinds.Toggle(), True, False, click, True, typed=False),
    kinds.Choice: Case(
        kinds.Choice(Service), Service.CUSTOM, Service.YAHOO, down, Service.HOTMAIL, typed=False
    ),
    kinds.Reference: Case(kinds.Reference("lists.entries"), "", "a", down, "b", typed=False),
    kinds.References: Case(
        kinds.References("lists.entries"), (), ("a",), tick, ("a", "b"), typed=False
    ),
    kinds.SecretText: Case(
        kinds.SecretText(), Secret("stored"), Secret(typed="ab"), end, Secret(typed="abx")
    ),
}


TYPED = [case for case in CASES.values() if case.typed]


@pytest.fixture(params=CASES.values(), ids=[kind.__name__ for kind in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def editor(qapp: QApplication, case: Case) -> Iterator[Any]:
    """The editor of a field of the case's kind, in a window that is active."""
    application, _ = the_application()
    window = QWidget()
    layout = QVBoxLayout(window)
    tools = FormTools(
        Desk(QUndoStack(window), window), application.theme, lambda key: None, lambda key, row: None
    )
    field = Field(key="a.b", label="Label", kind=case.kind, default=case.kind.empty)
    made = editor_for(field, tools, window)
    if isinstance(case.kind, kinds.Reference | kinds.References):
        made.show_entries(ENTRIES)
    layout.addWidget(made)
    layout.addWidget(QLineEdit(window))
    window.resize(500, 300)
    window.show()
    window.activateWindow()
    qapp.processEvents()
    yield made
    window.close()
    window.deleteLater()


def test_each_kind_has_an_editor_and_a_case() -> None:
    assert set(CASES) == set(EDITORS)


def told(spy: QSignalSpy) -> list[object]:
    return [spy.at(n)[0] for n in range(spy.count())]


def test_showing_values_tells_nothing(editor: Any, case: Case) -> None:
    spy = QSignalSpy(editor.edited)
    for value in (case.one, case.other, case.other, case.one):
        editor.show_value(value)
        QApplication.processEvents()
    assert told(spy) == []


def test_an_edit_is_told_once_with_the_value_that_it_means(editor: Any, case: Case) -> None:
    editor.show_value(case.one)
    editor.show_value(case.other)
    spy = QSignalSpy(editor.edited)
    case.edit(editor)
    QApplication.processEvents()
    assert told(spy) == [case.edited]
    editor.show_value(case.edited)
    assert spy.count() == 1, "the value comes back from the desk"


@pytest.mark.parametrize("case", TYPED, ids=lambda case: type(case.kind).__name__)
def test_showing_what_is_shown_leaves_text_and_cursor_alone(editor: Any, case: Case) -> None:
    editor.show_value(case.other)
    case.edit(editor)
    target = editor.focusProxy() or editor
    QTest.keyClick(target, Qt.Key.Key_Left)
    before = (place(target), shown(target))
    editor.show_value(case.edited)
    assert (place(target), shown(target)) == before


def place(target: Any) -> int:
    line = isinstance(target, QLineEdit)
    return int(target.cursorPosition() if line else target.textCursor().position())


def shown(target: Any) -> str:
    return str(target.text() if isinstance(target, QLineEdit) else target.toPlainText())


@pytest.mark.parametrize("shift", [False, True], ids=["undo", "redo"])
def test_undo_and_redo_keys_are_left_to_the_window(editor: Any, case: Case, shift: bool) -> None:
    editor.show_value(case.other)
    case.edit(editor)
    spy = QSignalSpy(editor.edited)
    target = editor.focusProxy() or editor
    keys = Qt.KeyboardModifier.ControlModifier
    if shift:
        keys |= Qt.KeyboardModifier.ShiftModifier
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_Z, keys)
        event.ignore()
        QApplication.sendEvent(target, event)
        assert not event.isAccepted(), kind
    assert told(spy) == []


def test_what_is_read_only_cannot_be_edited(editor: Any, case: Case) -> None:
    editor.show_value(case.other)
    editor.set_read_only(True)
    spy = QSignalSpy(editor.edited)
    case.edit(editor)
    assert told(spy) == []
    editor.set_read_only(False)
    case.edit(editor)
    assert told(spy) == [case.edited]


# What single kinds add


def only(*wanted: type[kinds.Kind]) -> pytest.MarkDecorator:
    cases = [CASES[kind] for kind in wanted]
    return pytest.mark.parametrize("case", cases, ids=[kind.__name__ for kind in wanted])


@only(kinds.Integer)
def test_a_number_takes_its_usual_form_when_the_field_is_left(editor: Any, case: Case) -> None:
    editor.setFocus()
    QTest.keyClicks(editor, " 007 ")
    spy = QSignalSpy(editor.edited)
    editor.show_value(7)
    assert editor.text() == " 007 ", "while it is typed it stays as it is"
    editor.parentWidget().layout().itemAt(1).widget().setFocus()
    assert editor.text() == "7"
    assert told(spy) == []


@only(Fingerprint)
def test_a_fingerprint_loses_what_tools_print_beside_it(editor: Any, case: Case) -> None:
    editor.setFocus()
    spy = QSignalSpy(editor.edited)
    QGuiApplication.clipboard().setText("sha256 Fingerprint=" + ":".join(["AB"] * 32))
    editor.paste()
    QGuiApplication.clipboard().clear()
    assert told(spy) == ["ab" * 32]
    editor.parentWidget().layout().itemAt(1).widget().setFocus()
    assert editor.text() == "ab" * 32


@only(kinds.Choice)
def test_what_is_no_option_is_shown_as_none(editor: Any, case: Case) -> None:
    editor.show_value(kinds.Unreadable("exchange"))
    assert editor.currentIndex() == -1


@only(kinds.Reference)
def test_a_reference_offers_no_retired_entry_but_shows_the_one_in_use(
    editor: Any, case: Case
) -> None:
    combo: QComboBox = editor.combo

    def offered() -> list[str]:
        return [combo.itemText(n) for n in range(combo.count())]

    assert offered() == ["None", "Alpha", "Beta"]
    editor.show_value("old")
    assert combo.currentText() == "Gone by (retired)"
    editor.show_value("unknown")
    assert combo.currentText() == "(no such entry)"
    editor.show_entries(ENTRIES[:1])
    editor.show_value("a")
    assert offered() == ["None", "Alpha"]


@only(kinds.References)
def test_references_show_what_is_gone_and_can_be_searched(editor: Any, case: Case) -> None:
    many = tuple(Named(f"n{n}", f"Agent {n}") for n in range(12))
    editor.show_entries(many)
    editor.show_value(("n3", "left"))
    lines = [editor.list.item(n) for n in range(editor.list.count())]
    assert lines[-1].text() == "(no such entry)"
    search = editor.findChild(QLineEdit)
    assert search.isVisible()
    QTest.keyClicks(search, "agent 1")
    seen = [line.text() for line in lines if not line.isHidden()]
    assert seen == ["Agent 1", "Agent 10", "Agent 11"]
    spy = QSignalSpy(editor.edited)
    editor.list.setCurrentRow(1)
    QTest.keyClick(editor.list, Qt.Key.Key_Space)
    assert told(spy) == [("n1", "n3", "left")], "what the search hides stays chosen"


@only(kinds.SecretText)
def test_a_secret_is_masked_never_fetched_and_can_be_removed(editor: Any, case: Case) -> None:
    editor.show_value(Secret("stored"))
    assert editor.line.text() == ""
    assert editor.line.placeholderText() == "Stored. Type to replace it"
    assert editor.line.echoMode() is QLineEdit.EchoMode.Password
    spy = QSignalSpy(editor.edited)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "ab")
    assert told(spy) == [Secret("stored", "a"), Secret("stored", "ab")]
    eye, remove = editor.findChildren(type(editor._eye))
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert editor.line.echoMode() is QLineEdit.EchoMode.Normal
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told(spy)[-1] == NO_SECRET
    editor.show_value(NO_SECRET)
    assert editor.line.echoMode() is QLineEdit.EchoMode.Password, "the next secret is masked again"
    assert editor.line.text() == ""


@only(kinds.SecretText)
def test_emptying_what_was_typed_goes_back_to_the_stored_secret(editor: Any, case: Case) -> None:
    editor.show_value(Secret("stored"))
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "a")
    spy = QSignalSpy(editor.edited)
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert told(spy) == [Secret("stored")]


@only(kinds.Lines)
def test_lines_keep_what_text_widgets_lose(editor: Any, case: Case) -> None:
    text = "no\u00a0break\r\nnext\u2028line " + "x" * 5_000
    editor.show_value(text)
    spy = QSignalSpy(editor.edited)
    end(editor)
    assert told(spy) == [f"{text}x"]


@only(kinds.Lines)
def test_a_line_of_megabytes_is_shown_broken_and_kept_whole(editor: Any, case: Case) -> None:
    """Qt takes 8 s for each key in a line of 10 MB."""
    editor.show_value("before after")
    cursor = editor.textCursor()
    cursor.setPosition(6)
    editor.setTextCursor(cursor)
    spy = QSignalSpy(editor.edited)
    QGuiApplication.clipboard().setText(long := "🔑x" * 5_000)
    editor.paste()
    QGuiApplication.clipboard().clear()
    assert told(spy) == [f"before{long} after"]
    block = editor.document().firstBlock()
    while block.isValid():
        assert block.length() <= 2 * LONGEST_LINE + 1, "in UTF-16 units"
        block = block.next()
    end(editor)
    assert told(spy)[-1] == f"before{long} afterx"
