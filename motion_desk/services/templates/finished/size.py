"""Size: what the HTML weighs, against what Gmail shows of a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from motion_desk.services.templates.finished.images import Embedded
from motion_desk.services.templates.finished.remarks import Finding, finding

MOST = 100_000
"""Bytes of HTML that are safe. Gmail shows about 102 kB of a message, as its senders report, and
puts the rest behind “View entire message”."""
NEAR = 80_000
"""Bytes from which the size is remarked on: variables may still make it longer."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a mail weighs. ``html`` is the source in bytes of UTF-8, with all that is embedded.

    ``embedded`` are its images in the order of the source; ``in_images`` the bytes of the source
    that they take.
    """

    html: int
    embedded: tuple[Embedded, ...] = ()

    @property
    def in_images(self) -> int:
        """The bytes of the source that embedded images take."""
        return sum(each.in_source for each in self.embedded)


def size(source: str, embedded: list[Embedded]) -> Size:
    """The size of a source. Lone surrogates count as the three bytes they would take."""
    return Size(len(source.encode("utf-8", errors="surrogatepass")), tuple(embedded))


def size_findings(found: Size) -> Iterator[Finding]:
    """Whether the mail will be clipped."""
    values = {
        "size": f"{found.html / 1000:,.0f} kB",
        "images": f"{found.in_images / 1000:,.0f} kB",
        "most": f"{MOST / 1000:.0f} kB",
    }
    if found.html > MOST:
        yield finding("size.clipped", 0, **values)
    elif found.html > NEAR:
        yield finding("size.near", 0, **values)
