"""Frames: what the program and the sandbox's process send each other: a JSON object and a text.

Eight bytes with both lengths, the object, the text in UTF-8. Nothing of it can be code, and lone
surrogates pass unharmed. Imports the standard library only.
"""

from __future__ import annotations

import json
from struct import Struct
from typing import IO, Any

_LENGTHS = Struct(">II")
LARGEST = 128 * 1024 * 1024
"""Bytes of an object or of a text that are taken: 20 million characters have 80 MB at most."""


def write(pipe: IO[bytes], head: dict[str, Any], body: str = "") -> None:
    """Send one frame. Raises ``OSError`` where nobody reads."""
    text = body.encode("utf-8", "surrogatepass")
    start = json.dumps(head).encode("ascii")
    pipe.write(_LENGTHS.pack(len(start), len(text)) + start)
    if text:
        pipe.write(text)
    pipe.flush()


def read(pipe: IO[bytes]) -> tuple[dict[str, Any], str]:
    """The next frame. Raises ``EOFError`` where there is none, or half of one, or too large a one."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        raise EOFError
    head, body = _LENGTHS.unpack(lengths)
    if head > LARGEST or body > LARGEST:
        raise EOFError
    start = pipe.read(head)
    text = pipe.read(body) if body else b""
    if len(start) < head or len(text) < body:
        raise EOFError
    return json.loads(start), text.decode("utf-8", "surrogatepass")
