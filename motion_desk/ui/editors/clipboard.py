"""The clipboard: what is copied out of an editor."""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def emptied(data: QMimeData) -> QMimeData:
    """Data that Qt made for a copy, without its content, to be filled with another one.

    Data made in Python would end the program with a crash if it were still the clipboard's when
    the program ends (PySide 6.11). Asking for a format makes Qt fill it for good, so that
    clearing it lasts.
    """
    data.text()
    data.html()
    data.clear()
    return data
