"""Pinning: notes in the account what the header filters must do with messages, as one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from motion_desk.models import rows
from motion_desk.models.choices import Expected
from motion_desk.models.sections.expectations import PinnedMessage
from motion_desk.ui.trial.lines import Line

LONGEST_NAME = 120
LONGEST_HEADERS = 65_535
"""Characters that the fields take."""


def pinned(
    before: tuple[PinnedMessage, ...], lines: Iterable[Line], expected: Expected
) -> tuple[PinnedMessage, ...]:
    """The pinned messages with those of ``lines`` among them, each expected so from here on."""
    known = {row.id for row in before}
    for line in lines:
        if line.pin is not None and line.pin.id in known:
            before = rows.with_cell(before, line.pin.id, "expected", expected)
            continue
        name = _unique(line.title, before)
        row = rows.fresh(PinnedMessage, before)
        text = _kept(line.incoming.text)
        before = (*before, replace(row, name=name, expected=expected, headers=text))
    return before


def unpinned(before: tuple[PinnedMessage, ...], lines: Sequence[Line]) -> tuple[PinnedMessage, ...]:
    """The pinned messages without those of ``lines``."""
    gone = {line.pin.id for line in lines if line.pin}
    return tuple(row for row in before if row.id not in gone)


def is_cut(line: Line) -> bool:
    """Whether a message's header is too long to be kept whole."""
    return len(line.incoming.text) > LONGEST_HEADERS


def _kept(text: str) -> str:
    """As much of a header as a field keeps, up to the end of a line; what no store takes is gone."""
    text = "".join("�" if each == "\0" or "\ud800" <= each <= "\udfff" else each for each in text)
    if len(text) <= LONGEST_HEADERS:
        return text
    return text[:LONGEST_HEADERS].rpartition("\n")[0] or text[:LONGEST_HEADERS]


def _unique(title: str, taken: tuple[PinnedMessage, ...]) -> str:
    """A name for a message that no other pinned one has."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    plain = plain[:LONGEST_NAME].strip() or "?"
    names = {row.name for row in taken}
    name, number = plain, 1
    while name in names:
        number += 1
        name = f"{plain} ({number})"
    return name
