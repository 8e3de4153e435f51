"""Durations: seconds in words, and words in seconds."""

from __future__ import annotations

import re

_UNITS = ((86_400, "day", "days"), (3600, "h", "h"), (60, "min", "min"), (1, "s", "s"))
_SECONDS = {word: size for size, *words in _UNITS for word in words}
_PART = re.compile(r"([0-9]{1,9})\s*(days?|h|min|s)(?![a-z])")


def in_words(seconds: int) -> str:
    """A duration as a person reads it, to the second: “4 min 20 s”, “1 h 3 min”, “2 days”.

    ``seconds`` is 0 or more; nothing is rounded.
    """
    parts = []
    for size, one, many in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return " ".join(parts) or "0 s"


def seconds_of(words: str) -> int | None:
    """The seconds that a duration in words has, or ``None`` where it is none.

    ``in_words`` undone; each unit may stand in any order and with or without a space.
    """
    bare = words.strip().casefold()
    found = _PART.findall(bare)
    if not found or _PART.sub("", bare).strip():
        return None
    return sum(int(count) * _SECONDS[unit] for count, unit in found)
