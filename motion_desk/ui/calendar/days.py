"""Days: how far a day is from today in words, and the colours that say how near it is."""

from __future__ import annotations

from datetime import date

from motion_desk.ui.form.words import tr

SOON, NEAR, URGENT = 30, 14, 7
"""Days from which on a day is coloured, and coloured more."""
NEVER = 10**7
"""Where no day is: it comes after all that are, in days since the year 1."""


def today() -> date:
    """The day where the reader is."""
    return date.today()  # noqa: DTZ011 - what counts is the day where the reader is


def distance(days: int) -> str:
    """How far a day is from today."""
    if days == 0:
        return tr("today")
    if days == 1:
        return tr("tomorrow")
    if days == -1:
        return tr("yesterday")
    return tr("in {} days").format(days) if days > 0 else tr("{} days ago").format(-days)


def colours(days: int) -> tuple[str, str]:
    """The names of the colours of a day's text and of the ground behind it, which may be none."""
    if days <= URGENT:
        return "error", "error_ground"
    if days <= NEAR:
        return "warning", "warning_ground"
    return ("warning", "") if days <= SOON else ("text", "")
