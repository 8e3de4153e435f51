"""Warming: makes the test page ready before it is asked for, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from motion_desk.ui.panels.turns import polished_in_turns
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.store import Store


def turns(session: Session, make_page: Callable[[], QWidget]) -> Iterator[None]:
    """Import and make all that the first test would wait for; each turn takes a few milliseconds.

    What is imported without Qt is imported on the store's thread.
    """
    for imported in (_import_tester, _import_probing):
        yield from meanwhile(session, imported)
    from motion_desk.ui.test import words  # noqa: F401 - imported for those who need it later

    yield
    from motion_desk.ui.test import preparing, progress, records, steps, tested  # noqa: F401 - as above

    yield
    from motion_desk.ui.test import remedies  # noqa: F401 - as above

    yield
    from motion_desk.ui.test import overview  # noqa: F401 - as above

    yield
    from motion_desk.ui.test import band, earlier, strips, transcripts  # noqa: F401 - as above

    yield
    from motion_desk.ui.test import applying, page, reporting  # noqa: F401 - as above

    yield
    made = make_page()
    yield
    widgets = [made, *made.findChildren(QWidget)]
    yield from polished_in_turns(made)
    if isinstance(made, page.TestPage):
        yield from made.other_views()
    if parent := made.parentWidget():
        made.resize(parent.size())
    for widget in widgets:
        # Drawn once, for fonts and icons are made ready with the first drawing.
        if isValid(widget) and not widget.findChildren(QWidget) and not widget.isVisible():
            widget.grab()
            yield


def meanwhile(session: Session, imports: Callable[[Store], None]) -> Iterator[None]:
    """Turns in which the store's thread imports something."""
    session.ask(imports, lambda _: None, lambda _: None)
    yield
    while session.busy:
        yield


def _import_tester(_: Store) -> None:
    from motion_desk.services.tester import plan, run, verdict, wording  # noqa: F401 - as above


def _import_probing(_: Store) -> None:
    """Import what a probe's threads would, for with imapclient and OpenSSL all wait a while."""
    from motion_desk.services.tester import keeping, probing, remedies  # noqa: F401 - as above
