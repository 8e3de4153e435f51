"""Seconds: what a setting in seconds counts as, whatever a draft holds in its place."""

from __future__ import annotations

from motion_desk.models.sections.settings import LONGEST_WAIT


def counted(value: object, instead: int = 0) -> int:
    """The seconds of a setting, kept within 0 to the page's longest wait.

    ``instead`` counts where nothing is filled in or what was typed is no number.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return min(max(value, 0), LONGEST_WAIT)
    return instead
