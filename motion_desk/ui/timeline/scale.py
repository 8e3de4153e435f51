"""Scale: waits on a slider, bars of durations, and the clock that plays them; all without widgets."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from motion_desk.models.engines.timeline.events import Event
from motion_desk.models.sections.settings import LONGEST_WAIT

POSITIONS = 1000
"""Places on a slider, from 0."""
TOO_LONG = 30
"""How many times longer than the shortest a duration may be before its bar is broken."""

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_STEPS = ((20, 1), (_MINUTE, 5), (600, 10), (_HOUR, _MINUTE), (_DAY, 600), (7 * _DAY, _HOUR))
"""Up to how many seconds a wait is chosen in which steps; beyond, in days."""


def step(seconds: int) -> int:
    """By how many seconds a wait of this length is made longer at once."""
    return next((size for end, size in _STEPS if seconds < end), _DAY)


def position(seconds: int) -> int:
    """Where a wait stands on a slider; waits beyond the longest stand at its end."""
    within = min(max(seconds, 1), LONGEST_WAIT)
    return round(math.log(within) / math.log(LONGEST_WAIT) * POSITIONS)


def wait_at(place: int) -> int:
    """The wait at a place of a slider, rounded as people say waits: 1 to the longest."""
    if place >= POSITIONS:
        return LONGEST_WAIT
    exact = math.pow(LONGEST_WAIT, max(place, 0) / POSITIONS)
    size = step(int(exact))
    return min(max(1, round(exact / size) * size), LONGEST_WAIT)


def stepped(seconds: int, by: int) -> int:
    """A wait made longer, or for a negative ``by`` shorter, by so many steps."""
    for _ in range(abs(by)):
        size = step(seconds if by > 0 else seconds - 1)
        whole = (seconds // size + 1) * size if by > 0 else (seconds - 1) // size * size
        seconds = min(max(1, whole), LONGEST_WAIT)
    return seconds


def longest_whole(durations: Sequence[int]) -> int:
    """The longest duration whose bar is drawn whole; longer ones are broken. 0 for none."""
    known = sorted(each for each in durations if each > 0)
    if not known:
        return 0
    return max(each for each in known if each <= known[0] * TOO_LONG)


class Course:
    """The virtual clock of a timeline while it is played: each event has the same share of it.

    ``share`` runs from 0 to 1; at 1 everything has happened.
    """

    def __init__(self, events: Sequence[Event], lasts: int) -> None:
        self._starts = [each.at for each in events]
        self._lasts = lasts

    def newest(self, share: float) -> int:
        """The position of the event that happens at a share of the course; -1 without events."""
        return min(int(share * len(self._starts)), len(self._starts) - 1)

    def clock(self, share: float) -> int:
        """Seconds from arrival at a share of the course."""
        newest = self.newest(share)
        if newest < 0 or share >= 1:
            return self._lasts
        begins = self._starts[newest]
        ends = self._starts[newest + 1] if newest + 1 < len(self._starts) else self._lasts
        return begins + int((ends - begins) * (share * len(self._starts) - newest))

    def share(self, seconds: int) -> float:
        """The share at which everything up to a second has happened."""
        if not self._starts:
            return 1.0
        return bisect_right(self._starts, seconds) / len(self._starts)
