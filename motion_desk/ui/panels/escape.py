"""Escape: the key that stops what a page runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def let_escape_stop(page: QWidget, stop: Callable[[], object]) -> None:
    """Call ``stop`` at the Escape key while the focus is within the page."""
    key = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(stop)
