"""Fixtures of the editors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.editors.known_variables import KNOWN, VIEWS
from tests.ui.editors.rich_text_desk import Desk


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A window on screen with the editor focused."""
    window = Desk()
    qtbot.addWidget(window)
    window.resize(700, 460)
    window.show()
    window.activateWindow()
    window.editor.setFocus()
    qtbot.waitUntil(window.editor.visual.hasFocus)
    yield window
    # Data that Python has made, left on the clipboard, crashes the interpreter at its end.
    QGuiApplication.clipboard().clear()


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest, desk: Desk) -> str:
    """The name of a view that is on screen, with variables known."""
    name = str(request.param)
    desk.editor.show_variables(KNOWN)
    (desk.editor.show_visual if name == "visual" else desk.editor.show_source)()
    return name
