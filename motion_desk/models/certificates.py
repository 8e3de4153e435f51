"""Kinds of values about certificates: SHA-256 fingerprints, and certificates as PEM text."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from motion_desk.models.kinds import Fault, Lines, Text

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_SAID = 255
"""Characters: far more than any tool prints before and between the digits."""


@dataclass(frozen=True, repr=False, eq=False)
class Fingerprint(Text):
    """The SHA-256 of a certificate, as 64 hexadecimal digits in lower case."""

    expected: ClassVar[str] = "a SHA-256 fingerprint"

    def parse(self, text: str) -> object:
        """The digits alone, where the text has what tools print beside them.

        Such as ``sha256 Fingerprint=AB:CD:…``; any other text is kept as it is.
        """
        if len(text) > _LONGEST_SAID:
            return text
        digits = re.sub(r"[\s:]", "", text.rpartition("=")[2]).lower()
        return digits if _SHA256.fullmatch(digits) else text

    def _faults(self, text: str) -> Iterator[Fault]:
        if not _SHA256.fullmatch(text):
            yield "fingerprint", {"text": text}


_EDGE = re.compile(r"-----(BEGIN|END) ([^\n]*?)-----")
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
# As PEM (RFC 7468 §10 and 11, OpenSSH, PGP), as SSH2 (RFC 4716) and as PuTTY write them.
_PRIVATE_KEY = re.compile(r"-{4} ?(?:BEGIN|END)[^\n-]*PRIVATE KEY|PUTTY-USER-KEY-FILE")
_BINARY = re.compile(r"[\0-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, repr=False, eq=False)
class Certificates(Lines):
    """One or more X.509 certificates as PEM text (RFC 7468 §5), with any words around them.

    Their structure is looked at, not what they say. A private key among them is refused, and
    never stored.
    """

    most: int = 500_000  # all roots that Mozilla trusts, twice
    expected: ClassVar[str] = "a certificate"

    def check(self, value: object) -> Iterator[Fault]:
        if isinstance(value, str) and holds_private_key(value):
            yield "private_key", {}
            return
        if isinstance(value, str) and _BINARY.search(value):
            yield "binary_certificate", {}
            return
        faults = tuple(Lines.check(self, value))
        yield from faults
        if isinstance(value, str) and value and not faults:
            yield from _faults(value)


def holds_private_key(text: str) -> bool:
    """Whether a text has the lines that begin or end a private key."""
    upper = text.upper()
    # The pattern alone takes a second for 10 MB.
    return ("PRIVATE KEY" in upper or "PUTTY" in upper) and bool(_PRIVATE_KEY.search(upper))


def _faults(text: str) -> Iterator[Fault]:
    """The first thing that is wrong with a text that should hold certificates."""
    begun, count = 0, 0
    body: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        edge = _EDGE.fullmatch(line.strip())
        if edge is None and begun:
            body.append(line.strip())
        elif edge is None:
            if _BASE64_LINE.fullmatch(line.strip()):
                yield "stray_line", {"line": number}
                return
        elif edge[2] != "CERTIFICATE":
            yield "other_block", {"line": number, "what": edge[2]}
            return
        elif edge[1] == "BEGIN":
            if begun:
                break
            begun, body = number, []
        elif not begun:
            yield "stray_line", {"line": number}
            return
        else:
            if not _is_whole("".join(body)):
                yield "damaged_certificate", {"line": begun}
                return
            begun, count = 0, count + 1
    if begun:
        yield "open_certificate", {"line": begun}
    elif not count:
        yield "no_certificate", {}


def _is_whole(base64: str) -> bool:
    """Whether Base64 text is one DER sequence (X.690 §8.1) of just the length that it says."""
    try:
        der = a2b_base64(base64, strict_mode=True)
    except ValueError:
        return False
    if len(der) < 2 or der[0] != 0x30:
        return False
    if der[1] < 0x80:
        return len(der) == 2 + der[1]
    start = 2 + (der[1] & 0x7F)
    return len(der) == start + int.from_bytes(der[2:start], "big")
