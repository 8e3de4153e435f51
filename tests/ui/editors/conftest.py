"""Fixtures of the editors."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.editors.rich_text_desk import Desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A window on screen with the editor focused."""
    window = Desk()
    qtbot.addWidget(window)
    window.resize(700, 460)
    window.show()
    window.activateWindow()
    window.editor.setFocus()
    qtbot.waitUntil(window.editor.visual.hasFocus)
    return window
