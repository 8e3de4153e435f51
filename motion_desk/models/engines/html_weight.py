"""Weight: how heavy HTML source is, and how much of it is pictures that are embedded as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLIPPED_FROM = 100_000
"""Bytes: Gmail shows about 102 kB of a message, as senders report, and a message has headers."""

_DATA = ";base64,"
_UNQUOTED = re.compile(r"[^\"'<>()\s]*")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of UTF-8: of the whole source, and of the pictures' data in it."""

    source: int = 0
    pictures: int = 0

    @property
    def is_clipped(self) -> bool:
        """Whether Gmail would hide the end of a mail that has this source."""
        return self.source >= CLIPPED_FROM


def weight(html: str) -> Weight:
    """The weight of HTML. Takes 1 ms for 1 MB: picture data is skipped, not looked through."""
    source = len(html) if html.isascii() else len(html.encode("utf-8", "surrogatepass"))
    return Weight(source, sum(end - start for start, end in _embedded(html)))


def weight_of_picture(source: str) -> int:
    """The bytes that a picture's own source takes in the HTML."""
    return len(source.encode("utf-8", "surrogatepass"))


def _embedded(html: str) -> Iterator[tuple[int, int]]:
    """Where ``data:`` addresses of pictures begin and end."""
    at = 0
    while (found := html.find(_DATA, at)) >= 0:
        begin = html.rfind("data:", max(found - 100, at), found)
        if begin < 0 or html[begin : begin + 11].lower() != "data:image/":
            at = found + len(_DATA)
            continue
        quote = html[begin - 1 : begin]
        if quote in ("'", '"'):
            end = html.find(quote, found)
            end = len(html) if end < 0 else end
        else:
            unquoted = _UNQUOTED.match(html, found)
            end = unquoted.end() if unquoted else found
        yield begin, end
        at = end


def size_text(count: int) -> str:
    """A number of bytes as people read it, in units of 1000: “0.4 kB”, “12 kB”, “1.4 MB”."""
    if count >= 999_500:
        return f"{count / 1_000_000:.1f} MB"
    return f"{count / 1000:.1f} kB" if count < 9_950 else f"{count / 1000:.0f} kB"
