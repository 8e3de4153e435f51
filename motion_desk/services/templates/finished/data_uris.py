"""Data URIs: the images that stand in a mail’s source itself, decoded, weighed and looked at."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

LARGEST = 25_000_000
"""Characters: a longer data URI is not decoded."""
_HEAD = re.compile(r"\s*data:([a-z0-9.+-]+/[a-z0-9.+-]+)?((?:;[^,;]*)*),", re.IGNORECASE)
_SPACES = re.compile(rb"\s+")
# How a whole file of each kind begins and ends; `None` where its end tells nothing.
_MARKS: tuple[tuple[str, bytes, bytes | None], ...] = (
    ("image/png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    ("image/apng", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    ("image/jpeg", b"\xff\xd8\xff", b"\xff\xd9"),
    ("image/jpg", b"\xff\xd8\xff", b"\xff\xd9"),
    ("image/gif", b"GIF8", b";"),
    ("image/webp", b"RIFF", None),
    ("image/bmp", b"BM", None),
)


class Data(NamedTuple):
    """What a data URI holds. ``flaw`` is a few words on what is wrong with it, or ``""``.

    ``content`` is what could be decoded; of a damaged image as much as there is.
    """

    kind: str
    is_base64: bool
    content: bytes
    flaw: str


def is_data(address: str) -> bool:
    """Whether an address is a data URI."""
    return address[:20].lstrip().lower().startswith("data:")


def data(address: str) -> Data:
    """What a data URI (RFC 2397) holds. Never fails; linear, and bounded by ``LARGEST``."""
    head = _HEAD.match(address[:1000])
    if head is None:
        return Data("", False, b"", "its beginning cannot be read")
    kind = (head[1] or "text/plain").lower()
    is_base64 = head[2].lower().endswith(";base64")
    if len(address) > LARGEST:
        return Data(kind, is_base64, b"", "it is too long")
    body = address[head.end() :]
    content = unquote_to_bytes(body)
    if not is_base64:
        return Data(kind, False, content, "" if content else "it is empty")
    content, flaw = _decoded(_SPACES.sub(b"", content))
    return Data(kind, True, content, flaw or _flaw(kind, content))


def _decoded(body: bytes) -> tuple[bytes, str]:
    if not body:
        return b"", "it is empty"
    try:
        # Browsers do without the signs that only fill the end up.
        return base64.b64decode(
            body.rstrip(b"=") + b"=" * (-len(body.rstrip(b"=")) % 4), validate=True
        ), ""
    except (binascii.Error, ValueError):
        return b"", "its Base64 is damaged"


def _flaw(kind: str, content: bytes) -> str:
    """What is wrong with an image’s file, as far as beginning and end tell."""
    known = [mark for mark in _MARKS if mark[0] == kind]
    if not known:
        return ""
    _, begin, end = known[0]
    if not content.startswith(begin):
        return f"it is no {kind.partition('/')[2].upper()} file"
    if end is not None and end not in content[-64:]:
        return "its end is missing"
    return ""
