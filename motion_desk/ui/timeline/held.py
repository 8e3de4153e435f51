"""Held: lets parts of widgets come and go while their layouts wait, and follow once for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def held(outer: QWidget, *inner: QWidget) -> Iterator[None]:
    """Keep the layouts of a widget and of parts of it as they are inside, and then let them follow.

    Else Qt lays out the whole page, up to its window, for each part that is shown. Where a widget
    around this one is held, the page is laid out when that one no longer is.
    """
    layouts = [found for each in (outer, *inner) if (found := each.layout())]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in reversed(layouts):  # parts first: those around them go by their sizes
            layout.setEnabled(True)
            layout.activate()
        around = outer.parentWidget()
        while around is not None and around.isVisible():
            found = around.layout()
            if found is None or not found.isEnabled():
                break
            found.activate()
            around = around.parentWidget()
