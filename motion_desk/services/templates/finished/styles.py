"""Styles: all CSS of a document, each piece with where it stands in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from motion_desk.services.templates.finished import css
from motion_desk.services.templates.finished.css import Found, Piece
from motion_desk.services.templates.finished.document import Document, Element
from motion_desk.services.templates.finished.markup import Attribute, Text
from motion_desk.services.templates.finished.places import Places

MOST_CSS = 300_000
"""Characters of different CSS that are looked at; tinycss2 takes about 4 µs for each."""


class Styled(NamedTuple):
    """One piece of CSS: of a style attribute or <style> of this element, from offset ``at``.

    ``exact`` is false where character references make the text another than the source.
    """

    piece: Piece
    element: Element
    at: int
    exact: bool

    def offset(self, found: Found, places: Places) -> int:
        """Where something found in the piece stands in the source."""
        return places.offset(self.at, found.line, found.column) if self.exact else self.at


@dataclass(slots=True)
class Styles:
    """The CSS of a document. ``beyond`` is the offset of the first that was not looked at."""

    sheets: list[Styled] = field(default_factory=list)
    by_element: dict[int, Styled] = field(default_factory=dict)
    beyond: int | None = None

    @property
    def all(self) -> list[Styled]:
        """Sheets and attributes."""
        return [*self.sheets, *self.by_element.values()]


def styles(document: Document) -> Styles:
    """All CSS of a document, in its order, up to ``MOST_CSS``."""
    found = Styles()
    left = MOST_CSS
    pieces: dict[str, Piece] = {}
    for element in document.elements:
        attribute = element.tag.attributes.get("style")
        if attribute is None or not attribute.raw:
            continue
        text = attribute.value
        if text not in pieces:
            left -= len(text)
            if left < 0:
                found.beyond = attribute.at
                break
            pieces[text] = css.attribute(text)
        found.by_element[element.index] = _styled(pieces[text], element, attribute)
    for content, index in document.texts:
        if content.raw and index >= 0 and document.elements[index].name == "style":
            left -= content.end - content.at
            if left < 0:
                beyond = content.at if found.beyond is None else min(found.beyond, content.at)
                found.beyond = beyond
                break
            found.sheets.append(_sheet(document, content, document.elements[index]))
    return found


def _styled(piece: Piece, element: Element, attribute: Attribute) -> Styled:
    return Styled(piece, element, attribute.value_at, "&" not in attribute.raw)


def _sheet(document: Document, text: Text, element: Element) -> Styled:
    return Styled(css.sheet(document.content(text)), element, text.at, exact=True)
