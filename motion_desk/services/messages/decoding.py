"""Decoding: the content of a header as people read it, however it was written.

The standard library's ``make_header`` is not used: it adds spaces beside encoded words that stand
in brackets, and gives up a whole header for one word that is damaged.
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bBqQ])\?([^?]*)\?=")
"""An encoded word (RFC 2047 §2; RFC 2231 §5 for the language behind the star)."""
_UNSAFE = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python's codecs that are no charsets of mail; that for IDNA takes time by the square."""
_LONE = re.compile("[\0\ud800-\udfff]")


def decoded(raw: str) -> str:
    """A header's content with its encoded words read (RFC 2047).

    Words that lie side by side are one text: white space between them is left out, and bytes of
    one character that were divided come together again. A word that is cut short, or whose
    encoding or charset nobody knows, stays as it is. Raises nothing.
    """
    if "=?" not in raw:
        return raw
    parts: list[str] = []
    waiting: tuple[str, bytes] | None = None
    at = 0
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        content = _content(word[2], word[3])
        charset = _charset(word[1])
        if content is None or not charset:
            continue
        if waiting and not between.strip():
            if waiting[0] == charset:
                waiting = charset, waiting[1] + content
            else:
                parts.append(text_of(waiting[1], waiting[0]))
                waiting = charset, content
        else:
            parts += [text_of(waiting[1], waiting[0])] if waiting else []
            parts.append(between)
            waiting = charset, content
        at = word.end()
    parts += [text_of(waiting[1], waiting[0])] if waiting else []
    return storable("".join([*parts, raw[at:]]))


def text_of(content: bytes, charset: str) -> str:
    """Bytes as text by a charset; what it does not know is U+FFFD. Raises nothing."""
    name = _charset(charset)
    try:
        return content.decode(name, "replace") if name else unlabelled(content)
    except (LookupError, ValueError):  # a codec that knows no replacing
        return unlabelled(content)


def unlabelled(content: bytes) -> str:
    """Bytes whose charset nobody said: UTF-8 (RFC 6532), else Windows-1252, as mail programs do."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def storable(text: str) -> str:
    """A text without what no store takes: U+FFFD in place of U+0000 and of lone surrogates."""
    return _LONE.sub("\N{REPLACEMENT CHARACTER}", text)


def _content(encoding: str, text: str) -> bytes | None:
    """The bytes of an encoded word, or ``None`` where it is damaged."""
    if not text.isascii():
        return None
    if encoding in "qQ":
        return binascii.a2b_qp(text.encode("ascii"), header=True)
    bare = text.strip().rstrip("=")
    try:  # padding is often left out, or cut off
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None


@lru_cache(256)
def _charset(name: str) -> str:
    """Python's name of a charset of text, or nothing."""
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)
    return "" if found.name.replace("-", "_") in _UNSAFE or not is_text else found.name
