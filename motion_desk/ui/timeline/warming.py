"""Warming: makes the timeline's page ready before it is asked for, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.ui.panels.turns import polished_in_turns
from motion_desk.ui.session import Session
from motion_desk.ui.test.warming import meanwhile

if TYPE_CHECKING:
    from motion_desk.services.store import Store


def turns(session: Session, make_page: Callable[[], QWidget]) -> Iterator[None]:
    """Import and make what the first opening of the page would wait for.

    What is imported without Qt is imported on the store's thread.
    """
    yield from meanwhile(session, _import_engine)
    from motion_desk.ui.trial import lines, pinning  # noqa: F401 - imported for the page below

    yield
    from motion_desk.ui.timeline import judging, messages, scene  # noqa: F401 - as above

    yield
    from motion_desk.ui.timeline.situation import card, people  # noqa: F401 - as above

    yield
    from motion_desk.ui.timeline.events import player, row, texts  # noqa: F401 - as above

    yield
    from motion_desk.ui.timeline import cards, drawing  # noqa: F401 - as above

    yield
    from motion_desk.ui.timeline import page  # noqa: F401 - as above

    yield
    made = make_page()
    yield
    yield from polished_in_turns(made)
    if parent := made.parentWidget():
        made.resize(parent.size())


def _import_engine(_: Store) -> None:
    from motion_desk.models.engines.timeline import (
        engine,  # noqa: F401 - imported for those who need it later
        expected,  # noqa: F401 - as above
        worst_case,  # noqa: F401 - as above
    )
