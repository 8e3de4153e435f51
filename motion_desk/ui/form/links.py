"""Links: buttons that look like links, and those of them that copy something."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

SIDE = 14
"""Pixels: the side of a link's icon."""


def link_button(
    text: str, name: str, parent: QWidget, *, sign: str = "", flush: bool = False
) -> QPushButton:
    """A way to elsewhere; ``name`` is its object name, ``sign`` its icon.

    ``flush``: nothing is left free beside the text, so that it begins where other lines do.
    """
    button = _plain(text, name, parent, sign, flush)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def copy_button(said: str, name: str, parent: QWidget, *, flush: bool = False) -> QPushButton:
    """“Copy”; ``said`` is what it copies, in words, for tool tip and screen readers."""
    button = _plain(tr("Copy"), name, parent, "copy", flush)
    button.setAccessibleName(said)
    button.setToolTip(said)
    return button


def _plain(text: str, name: str, parent: QWidget, sign: str, flush: bool) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setProperty("role", "link")
    if flush:
        button.setProperty("flush", True)
    if sign:
        button.setIcon(icon(sign))
        button.setIconSize(QSize(SIDE, SIDE))
    return button
