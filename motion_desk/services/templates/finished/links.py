"""Links: where they lead, and whether that is what their text shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from motion_desk.services.templates.finished.addresses import SCRIPTS, Address, address
from motion_desk.services.templates.finished.document import Document, Element
from motion_desk.services.templates.finished.remarks import Finding, finding

_KNOWN = frozenset({"http", "https", "mailto", "tel", "sms", "callto", "cid", "geo", "whatsapp"})
_SHOWN = re.compile(
    r"\s*(?:https?://)?(?:[^\s/@?#]*@)?((?:[\w-]+\.)+[^\W\d_]{2,})(?:[:/?#]\S*)?\s*\Z"
)
_MAILBOX = re.compile(r"[^\s@,<>()\[\]\"]+@(?:[\w-]+\.)+[\w-]{2,}\Z")
_FIELDS = frozenset({"subject", "body", "cc", "bcc", "to", "in-reply-to"})
# A text such as “report.pdf” looks like a host and is none.
_FILES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "csv",
        "txt",
        "zip",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "html",
        "htm",
        "eml",
        "ics",
        "md",
    ]
)


def link_findings(document: Document) -> Iterator[Finding]:
    """What is wrong with the links, in the order of the source."""
    texts = _texts(document)
    anchors = {
        element.tag.value(name)
        for element in document.elements
        for name in ("id", "name")
        if name in element.tag.attributes
    }
    for element in document.elements:
        tag = element.tag
        if tag.name not in ("a", "area"):
            continue
        given = tag.attributes.get("href")
        if given is None:
            if not {"id", "name"} & tag.attributes.keys():
                yield finding("link.empty", tag.at)
            continue
        found = address(given.value)
        shown = " ".join("".join(texts.get(element.index, ())).split())[:500]
        yield from _of(found, given.value_at, shown, anchors)
        if not shown and tag.name == "a" and element.index not in texts:
            yield finding("link.no-text", tag.at, address=found.given)


def _of(found: Address, at: int, shown: str, anchors: set[str]) -> Iterator[Finding]:
    if found.given in ("", "#"):
        yield finding("link.empty", at)
    elif found.is_placeholder or found.scheme in SCRIPTS or found.scheme == "data":
        return  # a variable says all, or it is told as active content
    elif found.given.startswith("#"):
        if found.given[1:] not in anchors:
            yield finding("link.anchor", at, address=found.given)
    elif found.scheme == "file":
        yield finding("link.file", at, address=found.given)
    elif found.scheme == "mailto":
        yield from _mailto(found, at)
    elif found.is_web:
        yield from _web(found, at, shown)
    elif found.is_relative:
        yield finding("link.relative", at, address=found.given)
    elif found.scheme not in _KNOWN:
        yield finding("link.scheme", at, scheme=found.scheme)


def _web(found: Address, at: int, shown: str) -> Iterator[Finding]:
    if not found.host:
        yield finding("link.no-host", at, address=found.given)
        return
    if not found.scheme:
        yield finding("link.no-scheme", at, address=found.given)
    elif found.scheme == "http":
        yield finding("link.http", at, address=found.given)
    if found.user:
        yield finding("link.user", at, user=found.user, host=found.host)
    if found.host.startswith("xn--") or ".xn--" in found.host or not found.host.isascii():
        yield finding("link.foreign-letters", at, host=found.host)
    named = _SHOWN.match(shown)
    if named and "placeholder" not in found.host:
        host = named[1].lower()
        if host.rpartition(".")[2] not in _FILES and not _same(host, found.host):
            yield finding("link.other-host", at, shown=host, host=found.host)


def _same(shown: str, host: str) -> bool:
    """Whether a host is the one that is shown, or stands below it."""
    shown, host = shown.removeprefix("www."), host.removeprefix("www.")
    return host == shown or host.endswith(f".{shown}")


def _mailto(found: Address, at: int) -> Iterator[Finding]:
    if found.has_placeholder:
        return
    receivers, _, fields = found.given[len("mailto:") :].partition("?")
    names = [field.partition("=")[0].lower() for field in re.split("&amp;|&", fields) if field]
    boxes = [unquote(each).strip() for each in receivers.split(",") if each]
    if wrong := next((each for each in boxes if not _MAILBOX.match(each)), ""):
        yield finding("link.mailto", at, address=wrong)
    elif not boxes and "to" not in names:
        yield finding("link.mailto", at, address=found.given)
    elif odd := next((name for name in names if name not in _FIELDS), ""):
        yield finding("link.mailto-field", at, field=odd)


def _texts(document: Document) -> dict[int, list[str]]:
    """By the index of a link: the texts in it. Images with an alternative count as text."""
    link_of = _links_around(document)
    texts: dict[int, list[str]] = defaultdict(list)
    for text, index in document.texts:
        if index >= 0 and not text.raw and (link := link_of[index]) >= 0:
            content = document.content(text)
            if content.strip():
                texts[link].append(content)
    for element in document.elements:
        if element.name in ("img", "svg") and (link := link_of[element.index]) >= 0:
            # Its alternative is judged with the images.
            texts.setdefault(link, [])
    return texts


def _links_around(document: Document) -> list[int]:
    """For each element the index of the link it stands in, or -1. Parents come before children."""
    found: list[int] = []
    for element in document.elements:
        found.append(_own_or(element, found))
    return found


def _own_or(element: Element, found: list[int]) -> int:
    if element.name == "a":
        return element.index
    return found[element.parent] if element.parent >= 0 else -1
