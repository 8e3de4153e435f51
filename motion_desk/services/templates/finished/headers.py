"""Headers: texts beyond ASCII as encoded words, in lines that every mail server takes.

Python 3.11’s own folding of headers loses and adds spaces between encoded words, and takes minutes
for some subjects.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

_LINE = 76
"""Characters of a line with an encoded word (RFC 2047 §2); others may have 78 (RFC 5322 §2.1.1)."""
_BYTES = 45
"""Bytes of UTF-8 that become 60 characters of Base64: with its frame, a word of 72."""
_BYTES_FIRST = 30
"""The same for the first, which stands behind the header’s name."""
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_PLAIN = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*\Z")


def words(text: str) -> list[str]:
    """The parts of an unstructured header, which may each stand in a line of their own.

    A text that is not plain ASCII, or has words too long for a line, is encoded as a whole: then
    all of it comes back as it was, spaces too.
    """
    if not text or (_PLAIN.match(text) and "=?" not in text):
        return text.split(" ")
    return list(_encoded(text))


def phrase(name: str) -> list[str]:
    """The parts of a name before an address: atoms, a quoted string, or encoded words."""
    if not name:
        return []
    if "=?" not in name and len(name) <= 60:
        if _ATOMS.match(name):
            return name.split(" ")
        if _PLAIN.match(name):
            escaped = name.replace("\\", "\\\\").replace('"', '\\"')
            return [f'"{escaped}"']
    return list(_encoded(name))


def _encoded(text: str) -> Iterator[str]:
    """Encoded words (RFC 2047), none of which breaks a character in two."""
    part, room = b"", _BYTES_FIRST
    for character in text:
        following = character.encode("utf-8")
        if len(part) + len(following) > room:
            yield _word(part)
            part, room = b"", _BYTES
        part += following
    yield _word(part)


def _word(part: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(part).decode('ascii')}?="


def header(name: str, *parts: str) -> str:
    """A header field with its line end, folded between its parts."""
    lines = [f"{name}:"]
    for part in parts:
        if len(lines[-1]) + 1 + len(part) > _LINE and lines[-1].strip():
            lines.append("")
        lines[-1] += f" {part}"
    return "\r\n".join(lines) + "\r\n"
