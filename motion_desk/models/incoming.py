"""Incoming: a message that arrives, as far as filters, plans and people look at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """One line of a message's header, folded lines joined.

    ``raw`` is its content as it was sent, ``decoded`` with its encoded words read (RFC 2047);
    both without line breaks around them.
    """

    name: str
    raw: str
    decoded: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message by its header. ``name`` is what lists call it: its subject, or its file's name.

    ``text`` is its header as text, as far as it was kept: what ``pinned messages`` hold.
    ``digest`` is the SHA-256 of its bytes, or of ``text`` where these are gone, in hex.
    ``left_out`` is a sentence about what of the header was not taken, or empty.
    """

    name: str
    headers: tuple[Header, ...]
    text: str
    digest: str
    left_out: str = ""

    def first(self, name: str) -> str:
        """The decoded content of the first header of a name, in whatever capitals, or nothing."""
        wanted = name.casefold()
        return next((each.decoded for each in self.headers if each.name.casefold() == wanted), "")
