"""Retired: what was deleted as too old is said once, and stays until it is put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.kept import Kept
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive
    from motion_desk.services.interactions.deleting import Untold


class RetiredStrip(Strip):
    """Says what the archive deleted by itself, as was agreed when the days were chosen.

    Once it is on screen the archive forgets it, so that no later page says it again.
    """

    def __init__(self, kept: Kept, parent: QWidget) -> None:
        put_away = tr("Put away")
        super().__init__("interactions-retired", "trash-2", "note", put_away, self.hide, parent)
        self._kept = kept

    def show_untold(self, untold: Untold | None) -> None:
        """Say what nobody was told of; nothing new leaves what stands there."""
        if untold is not None:
            self.say(said_of(untold))
            self._kept.ask(_forget, lambda _: None, lambda _: None)


def said_of(untold: Untold) -> str:
    """How many conversations were deleted, when and why, in words."""
    if untold.number == 1:
        said = tr("Of all accounts, 1 conversation older than {days} days was deleted {when}.")
    else:
        said = tr(
            "Of all accounts, {number} conversations older than {days} days were deleted {when}."
        )
    when = tr("on {last}") if untold.first == untold.last else tr("between {first} and {last}")
    return said.format(
        number=f"{untold.number:,}",
        days=untold.days,
        when=when.format(first=untold.first.isoformat(), last=untold.last.isoformat()),
    )


def _forget(archive: Archive) -> None:
    from motion_desk.services.interactions.deleting import UNTOLD

    archive.set_setting(UNTOLD, "")
