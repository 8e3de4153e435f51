"""Addresses: what a link or image in a mail leads to, as a browser reads it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

SCRIPTS = frozenset({"javascript", "vbscript", "livescript", "mocha"})
"""Schemes that run code."""
_LONGEST = 20_000
"""Characters of an address that are looked at; browsers end at about that."""
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Browsers drop these within an address, and controls and spaces around it (WHATWG URL, §4.1).
_DROPPED = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))


class Address(NamedTuple):
    """An address in its parts. ``scheme`` and ``host`` are in small letters, or ``""``.

    ``given`` is the whole as written, without what browsers drop. ``has_placeholder`` says that
    it has a variable; ``is_placeholder`` that it begins with one, so that nothing can be told.
    """

    given: str
    scheme: str
    host: str
    user: str
    has_placeholder: bool
    is_placeholder: bool

    @property
    def is_web(self) -> bool:
        """Whether it leads to a web server, also where the scheme is that of the page."""
        return self.scheme in ("http", "https") or self.given.startswith(("//", "\\\\"))

    @property
    def is_relative(self) -> bool:
        """Whether it needs a page to be relative to, which a mail is not."""
        return not self.scheme and not self.given.startswith("#")


def address(text: str) -> Address:
    """The address that a browser reads from an attribute’s value. Never fails."""
    given = _DROPPED.sub("", text[:_LONGEST].strip(_AROUND))
    filled = _PLACEHOLDER.sub("placeholder", given)
    has_placeholder = filled != given
    begins = bool(_PLACEHOLDER.match(given))
    named = None if begins else _SCHEME.match(filled)
    scheme = named[1].lower() if named else ""
    host = user = ""
    if scheme in ("http", "https") or given.startswith(("//", "\\\\")):
        # Browsers take any number of slashes, of both kinds.
        rest = filled[named.end() if named else 0 :].replace("\\", "/").lstrip("/")
        host, user = _host(rest)
    return Address(given, scheme, host, user, has_placeholder, begins)


def _host(rest: str) -> tuple[str, str]:
    try:
        parts = urlsplit(f"//{rest}")
        return (parts.hostname or "").rstrip("."), parts.username or ""
    except ValueError:  # a port without sense, or half an IPv6 address
        return "", ""
