"""Header lines: where the header of a message ends, and its fields, however they were folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motion_desk.models.incoming import Header
from motion_desk.services.messages.decoding import decoded, storable, unlabelled

LARGEST_HEADER = 1024 * 1024
"""Bytes of a message in which its header is looked for; servers refuse a tenth of it."""
MOST_HEADERS = 10_000

_LINE_END = re.compile(rb"\r\n|\n|\r")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
"""A field (RFC 5322 §2.2); blanks before the colon are obsolete (§4.5), but seen."""
_ENVELOPE = re.compile(rb">?From ")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a header, in order. ``left_out`` says what of it was not taken, or nothing.

    ``ended``: an empty line stands behind them, so that the header is whole.
    """

    headers: tuple[Header, ...]
    left_out: str
    ended: bool


def fields_of(content: bytes) -> Fields:
    """The fields at the beginning of a message. Raises nothing.

    Lines end in CR LF, LF, or CR alone. Folded lines are joined as RFC 5322 §2.2.3 says: only the
    line ends go. The first line that is no field ends the header, as for mail programs, node-imap
    and Python's parser; mbox's envelope line is passed over.
    """
    head = content[:LARGEST_HEADER].lstrip(b"\r\n")
    found: list[Header] = []
    left_out, ended = "", False
    for number, line in _unfolded(head):
        if not line:
            ended = True
            break
        field = _FIELD.match(line)
        if field is None:
            if _ENVELOPE.match(line):
                continue
            if found:
                left_out = (
                    f"Line {number:,} is no header: it and what follows are taken for the message’s "
                    "text."
                )
            break
        if len(found) == MOST_HEADERS:
            left_out = f"Only the first {MOST_HEADERS:,} headers were taken."
            break
        raw = storable(unlabelled(field[2])).strip(" \t")
        found.append(Header(field[1].decode("ascii"), raw, decoded(raw)))
    else:
        if len(content) > LARGEST_HEADER:
            left_out = "Only the first 1 MB of the header was taken."
    return Fields(tuple(found), left_out, ended)


def _unfolded(head: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines with those joined that go on, each with the number of its first; one at a time."""
    at, number, begun = 0, 0, 0
    pieces: list[bytes] = []
    while at < len(head):
        end = _LINE_END.search(head, at)
        line = head[at : end.start() if end else len(head)]
        at = end.end() if end else len(head)
        number += 1
        if pieces and line[:1] in (b" ", b"\t"):
            pieces.append(line)
            continue
        if pieces:
            yield begun, b"".join(pieces)
        pieces, begun = [line], number
        if not line:
            break
    if pieces:
        yield begun, b"".join(pieces)
