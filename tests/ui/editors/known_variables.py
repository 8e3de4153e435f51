"""Variables that an editor knows in tests, and what it shows of them on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextCharFormat,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motion_desk.models.fields import Status
from motion_desk.models.variables import Variable
from motion_desk.ui.editors.completion import Completion
from motion_desk.ui.editors.underlines import Underlines
from tests.ui.editors.rich_text_desk import Desk

KNOWN = {
    each.name: each
    for each in (
        Variable("user.name", "Name of the user.", "Chiara Bonetti", Status.DOCUMENTED, "S1"),
        Variable("user.email", "Email address by that name.", "chiara@meridia.example"),
        Variable("contact.firstName", "First name of the customer.", "Sofia"),
        Variable("shop.size", "Size in the shop.", "XL", Status.OURS),
    )
}
VIEWS = ["visual", "source"]


def completion(desk: Desk) -> Completion:
    return desk.editor.completions[0 if desk.editor.is_visual else 1]


def offered(desk: Desk) -> tuple[str, ...]:
    """The names that are offered at the cursor."""
    shown = completion(desk)
    return shown.list.shown if shown.is_open and shown.list is not None else ()


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def value(desk: Desk) -> str:
    """The last value without the visual view's paragraph."""
    return desk.values[-1].removeprefix("<p>").removesuffix("</p>")


def underlines(desk: Desk) -> Underlines:
    return desk.editor.underlines[0 if desk.editor.is_visual else 1]


def underlined(desk: Desk) -> list[str]:
    """The texts that have a wave below them on the screen."""
    view = desk.editor.visual if desk.editor.is_visual else desk.editor.source
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        each.cursor.selectedText()
        for each in view.extraSelections()
        if each.format.underlineStyle() == wave
    ]
