"""Modified UTF-7, in which IMAP writes the names of mailboxes (RFC 3501, section 5.1.3)."""

from __future__ import annotations

import base64
import binascii
import re

_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]+|&")
_SHIFTED = re.compile(r"&([^-]*)-")


def encoded(name: str) -> str:
    """A mailbox's name as IMAP writes it, in ASCII."""

    def shifted(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        text = base64.b64encode(found[0].encode("utf-16-be")).decode("ascii")
        return "&" + text.rstrip("=").replace("/", ",") + "-"

    return _BEYOND_ASCII.sub(shifted, name)


def decoded(text: str) -> str:
    """The name behind IMAP's writing. Raises ``ValueError`` where it is none."""

    def plain(found: re.Match[str]) -> str:
        if not found[1]:
            return "&"
        digits = found[1].replace(",", "/")
        try:
            return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True).decode(
                "utf-16-be"
            )
        except binascii.Error:
            raise ValueError("a shifted part is no base64") from None

    if not text.isascii() or "&" in _SHIFTED.sub("", text):
        raise ValueError("not modified UTF-7")
    return _SHIFTED.sub(plain, text)
