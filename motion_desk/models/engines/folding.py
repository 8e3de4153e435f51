"""Folding: source text shown short, and the whole text found again when the short one is edited.

A megabyte of embedded picture, or a line of that length, would stop any text widget for seconds
(measured: 86 s for a picture of 1 MB in a wrapped line). So data is shown by its size and long
lines are shown broken; what is not touched stays as it is to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 2_000
"""Characters; longer lines are shown broken."""

_SHORTEST_DATA = 200
_DATA = rf";base64,[A-Za-z0-9+/=]{{{_SHORTEST_DATA},}}"
# What text widgets take for the end of a line, or for no text at all.
_ODD = r"\r\x00\u2028\u2029\ufdd0\ufdd1\ud800-\udfff"
_SPECIAL = re.compile(rf"\r\n|[\n{_ODD}]|{_DATA}")
_NEEDS_FOLDING = re.compile(rf"[{_ODD}]|{_DATA}")
_LINE_ENDS = ("\n", "\r", "\r\n", "\u2028", "\u2029")
_TAKEN = re.compile(r"⟨data \d+: [^⟨⟩\n]*⟩|\n")


@dataclass(frozen=True, slots=True)
class _Fold:
    """A place where the shown text differs: from ``start`` there, ``shown`` stands for ``kept``."""

    start: int
    shown: str
    kept: str

    @property
    def end(self) -> int:
        return self.start + len(self.shown)


class FoldedText:
    r"""A text and what is shown of it, whose only line ends are ``\n``."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._data_by_mark: dict[str, str] = {}
        self.shown, self._folds = self._folded(text)

    @property
    def has_broken_lines(self) -> bool:
        """Whether a line is shown broken that is whole in the text."""
        return any(fold.shown == "\n" and not fold.kept for fold in self._folds)

    def edit(self, shown: str) -> str:
        """The text after what is shown was edited to ``shown``; all else in it stays."""
        first = common_beginning(self.shown, shown)
        behind = common_end(self.shown, shown, min(len(self.shown), len(shown)) - first)
        end = len(self.shown) - behind
        # A fold that is edited, is edited as a whole.
        inside = [fold for fold in self._folds if fold.start < end and fold.end > first]
        if inside:
            first = min(first, inside[0].start)
            end = max(end, inside[-1].end)
        before = [fold for fold in self._folds if fold.end <= first]
        after = [fold for fold in self._folds if fold.start >= end]
        shift = len(shown) - len(self.shown)
        text_start = first + _growth(before)
        text_end = end + _growth(before) + _growth(inside)
        new, folds = self._taken(shown[first : end + shift], first)
        moved = [_Fold(fold.start + shift, fold.shown, fold.kept) for fold in after]
        self.text = self.text[:text_start] + new + self.text[text_end:]
        self.shown, self._folds = shown, [*before, *folds, *moved]
        return self.text

    def place_of(self, line: int, column: int) -> int:
        """Where in ``shown`` a line and column of the text are, both counted from 1.

        A place inside something that is shown short is where that begins; one beyond the end of a
        line or of the text is its end.
        """
        lines = self.text.split("\n")
        line = min(max(line, 1), len(lines))
        within = min(max(column, 1) - 1, len(lines[line - 1]))
        place = sum(map(len, lines[: line - 1])) + line - 1 + within
        grown = 0
        for fold in self._folds:
            begin = fold.start + grown
            if place < begin + len(fold.kept):
                return fold.start if place >= begin else place - grown
            grown += len(fold.kept) - len(fold.shown)
        return place - grown

    def fold(self, text: str) -> str:
        """Text that is to be inserted, with its data shown short; ``edit`` then knows the data."""

        def short(found: re.Match[str]) -> str:
            opening, comma, data = found[0].partition(",")
            return opening + comma + self._mark(data, text)

        return re.sub(_DATA, short, text)

    def unfold(self, shown: str) -> str:
        """A part of what is shown with its data written out, such as for a copy."""
        return _TAKEN.sub(lambda found: self._data_by_mark.get(found[0], found[0]), shown)

    def _taken(self, shown: str, start: int) -> tuple[str, list[_Fold]]:
        """The text and folds of something inserted, with line ends as the rest has them."""
        line_end = "\r\n" if "\r\n" in self.text else "\n"
        parts, folds, position = [], [], 0
        for found in _TAKEN.finditer(shown):
            kept = line_end if found[0] == "\n" else self._data_by_mark.get(found[0], found[0])
            if kept != found[0]:
                folds.append(_Fold(start + found.start(), found[0], kept))
            parts += [shown[position : found.start()], kept]
            position = found.end()
        return "".join([*parts, shown[position:]]), folds

    def _folded(self, text: str) -> tuple[str, list[_Fold]]:
        longest = max(map(len, text.split("\n")))
        if longest <= LONGEST_LINE and not _NEEDS_FOLDING.search(text):
            return text, []
        parts: list[str] = []
        folds: list[_Fold] = []
        length = 0
        for shown, kept in _unbroken(self._replaced(text)):
            if shown != kept:
                folds.append(_Fold(length, shown, kept))
            parts.append(shown)
            length += len(shown)
        return "".join(parts), folds

    def _replaced(self, text: str) -> Iterator[tuple[str, str]]:
        """Parts as they are shown and as they stand in the text, line ends on their own."""
        position = 0
        for found in _SPECIAL.finditer(text):
            special = found[0]
            if plain := text[position : found.start()]:
                yield plain, plain
            if special.startswith(";"):
                opening = special[: special.index(",") + 1]
                yield opening, opening
                data = special[len(opening) :]
                yield self._mark(data, text), data
            else:
                yield ("\n" if special in _LINE_ENDS else "\ufffd"), special
            position = found.end()
        if position < len(text):
            yield text[position:], text[position:]

    def _mark(self, data: str, text: str) -> str:
        number = len(self._data_by_mark) + 1
        while (mark := f"⟨data {number}: {_size(len(data) * 3 // 4)}⟩") in text or (
            mark in self._data_by_mark
        ):
            number += 1
        self._data_by_mark[mark] = data
        return mark


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 950_000 else f"{max(count // 1000, 1)} kB"


def _unbroken(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The parts with breaks (shown, but nothing in the text) wherever a line grows too long."""
    column = 0
    for shown, kept in parts:
        if shown != kept:
            column = 0 if shown == "\n" else column + len(shown)
            yield shown, kept
            continue
        position = 0
        while shown != "\n" and column + len(shown) - position > LONGEST_LINE:
            most = position + max(LONGEST_LINE - column, 0)
            # Between two tags where there are any, so that the source can be read.
            cut = shown.rfind("><", position, most) + 1 or most
            if cut > position:
                yield shown[position:cut], shown[position:cut]
            yield "\n", ""
            position, column = cut, 0
        column = 0 if shown == "\n" else column + len(shown) - position
        if position < len(shown):
            yield shown[position:], shown[position:]


def _growth(folds: Iterable[_Fold]) -> int:
    return sum(len(fold.kept) - len(fold.shown) for fold in folds)


def common_beginning(one: str, other: str) -> int:
    """How many characters two texts begin with together; compares slices, which is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(one: str, other: str, most: int) -> int:
    """How many characters two texts end with together, up to ``most``."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        ends = (
            one[len(one) - middle : len(one) - low],
            other[len(other) - middle : len(other) - low],
        )
        if ends[0] == ends[1]:
            low = middle
        else:
            high = middle - 1
    return low
