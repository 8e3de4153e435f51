"""Additions: what stands on a section's page beside its rows, by the section's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.models.views import SectionView

if TYPE_CHECKING:
    from motion_desk.ui.form.page import SectionPage
    from motion_desk.ui.form.tools import FormTools


class Place(Enum):
    """Where on the page an addition stands."""

    ABOVE = auto()
    BELOW = auto()
    BESIDE = auto()
    """At the right of the rows where the page is wide enough, else below them."""


class Addition(QWidget):
    """Base of what stands on a section's page beside its rows.

    It draws what ``show_view`` gives and never asks a row for its value; what a person does with
    it goes to the desk as an edit, or to the page (``go_to`` a field or cell).
    """

    PLACE = Place.BELOW
    TITLE = ""
    """What stands ``BESIDE`` is called where the page leads to it; empty leads nowhere."""

    def show_view(self, view: SectionView) -> None:
        """Draw a view of the section; called at each edit while the page is on the screen."""
        raise NotImplementedError

    def stand(self, room: int, *, beside: bool) -> None:
        """Take note of the place: ``beside`` the rows or below; ``room`` pixels are in view there.

        Only what stands ``BESIDE`` is told.
        """


Maker = Callable[["FormTools", "SectionPage"], Addition]
Additions = Mapping[str, tuple[Maker, ...]]
"""By the section's name; each maker imports what it makes, when its page is first shown."""
