"""Damage: HTML that does not close what it opens, and characters that no mail may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motion_desk.services.templates.finished.document import DEEPEST, Document, Flaw
from motion_desk.services.templates.finished.markup import MOST_TAGS
from motion_desk.services.templates.finished.remarks import Finding, finding

_CODES = {flaw: f"damage.{flaw.value}" for flaw in Flaw}
_NULL = re.compile("\0")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_TWICE = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def damage_findings(document: Document) -> Iterator[Finding]:
    """What is damaged in a document, and characters in it that cannot be sent as they are."""
    for each in document.damages:
        bound = {Flaw.TOO_DEEP: DEEPEST, Flaw.TOO_MANY: MOST_TAGS}.get(each.flaw, 0)
        yield finding(_CODES[each.flaw], each.at, element=each.name, bound=f"{bound:,}")
    for code, pattern in (
        ("source.null", _NULL),
        ("source.surrogate", _SURROGATE),
        ("source.control", _CONTROL),
    ):
        if found := pattern.search(document.source):
            count = sum(1 for _ in pattern.finditer(document.source))
            character = f"U+{ord(found[0]):04X}"
            yield finding(code, found.start(), character=character, count=count)
    for element in document.elements:
        if element.name == "meta":
            said = element.tag.value("charset") or element.tag.value("content")
            named = _TWICE.search(said) if "=" in said else None
            charset = named[1] if named else element.tag.value("charset")
            if charset and charset.lower() not in ("utf-8", "utf8"):
                yield finding("source.charset", element.tag.at, charset=charset)


def decoded(content: bytes) -> tuple[str, Finding | None]:
    """The text of a file’s bytes, and what is wrong where they are not UTF-8.

    What cannot be read becomes U+FFFD, so that the rest can still be looked at. A byte order mark
    is left out.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        text = content.decode("utf-8", errors="replace")
        return text, finding("source.not-utf8", len(before), byte=f"0x{content[error.start]:02X}")
