"""Places: line and column of a position in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """Where something stands: line and column, in characters (code points), both from 1."""

    line: int
    column: int


class Places:
    """Finds the places of one text: one pass to begin with, then O(log lines) for each."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_ENDS.finditer(source))]
        self._length = len(source)

    def of(self, offset: int) -> Place:
        """The place of an offset; beyond the end, that of the end."""
        offset = max(0, min(offset, self._length))
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def offset(self, begin: int, line: int, column: int) -> int:
        """The offset of a line and column that are counted from ``begin``, both from 1."""
        if line == 1:
            return begin + column - 1
        at = bisect_right(self._starts, begin) - 1 + line - 1
        return min(self._starts[min(at, len(self._starts) - 1)] + column - 1, self._length)
