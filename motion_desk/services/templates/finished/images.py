"""Images: their alternatives, where they come from, what they weigh, and damaged ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from motion_desk.services.templates.finished.addresses import address
from motion_desk.services.templates.finished.data_uris import data, is_data
from motion_desk.services.templates.finished.document import Document
from motion_desk.services.templates.finished.markup import Tag
from motion_desk.services.templates.finished.places import Places
from motion_desk.services.templates.finished.remarks import Finding, finding
from motion_desk.services.templates.finished.styles import Styled, Styles

HEAVY = 50_000
"""Bytes of the source: an embedded image that takes half the room Gmail shows."""


class Embedded(NamedTuple):
    """An image that stands in the source: its kind, its bytes, its characters there, its offset."""

    kind: str
    size: int
    in_source: int
    at: int


class Images(NamedTuple):
    """What was found about images, all that are embedded, and where others come from.

    ``remote`` has the offsets of those that are loaded, by code of the remark and host.
    """

    findings: list[Finding]
    embedded: list[Embedded]
    remote: dict[tuple[str, str], list[int]]


def images(document: Document, styles: Styles, places: Places) -> Images:
    """What is wrong with the images of a document, in the order of the source."""
    found = Images([], [], {})
    for element in document.elements:
        tag = element.tag
        if tag.name == "img" or (tag.name == "input" and tag.value("type").lower() == "image"):
            found.findings.extend(_of_tag(tag, styles.by_element.get(element.index)))
        for name in ("src", "background", "poster"):
            attribute = tag.attributes.get(name)
            if attribute and tag.name not in ("script", "iframe", "frame", "embed", "a"):
                _take(found, attribute.value, attribute.value_at, name != "src")
    for styled in styles.all:
        for each in styled.piece.addresses:
            if is_data(each.what):
                _take(found, each.what, styled.offset(each, places), in_css=True)
    for (code, host), offsets in found.remote.items():
        found.findings.append(finding(code, min(offsets), host=host, count=len(offsets)))
    return found


def _of_tag(tag: Tag, styled: Styled | None) -> Iterator[Finding]:
    if "alt" not in tag.attributes:
        yield finding("image.no-alt", tag.at)
    if not tag.value("src") and not tag.value("srcset"):
        yield finding("image.empty", tag.at)
    if not tag.value("width") and not (styled and "width" in styled.piece.last):
        yield finding("image.no-width", tag.at)


def _take(found: Images, given: str, at: int, in_css: bool) -> None:
    if is_data(given):
        _take_data(found, given, at)
        return
    where = address(given)
    if where.is_placeholder or not where.given:
        return
    if where.scheme == "http":
        found.findings.append(finding("image.http", at, address=where.given))
    elif where.is_web:
        code = "image.remote-background" if in_css else "image.remote"
        found.remote.setdefault((code, where.host), []).append(at)
    elif where.scheme == "file" or where.given[1:3] == ":\\":
        found.findings.append(finding("image.file", at, address=where.given))
    elif where.is_relative:
        found.findings.append(finding("image.relative", at, address=where.given))


def _take_data(found: Images, given: str, at: int) -> None:
    held = data(given)
    found.embedded.append(Embedded(held.kind, len(held.content), len(given), at))
    if held.flaw:
        found.findings.append(finding("image.damaged", at, flaw=held.flaw))
    elif not held.kind.startswith("image/"):
        found.findings.append(finding("image.no-image", at, kind=held.kind))
    if len(given) > HEAVY:
        found.findings.append(finding("image.heavy", at, size=_kilobytes(len(given))))


def _kilobytes(count: int) -> str:
    return f"{count / 1000:,.0f} kB"
