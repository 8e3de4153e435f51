"""Uses: which features of HTML and CSS a mail uses, each as a word, with where.

The words, of which ``resources/caniemail/detection.json`` is made::

    element:<name>  attribute:<name>  input:<type>  button:<type>  meta:<name>
    link:#  link:mailto  image:<format>  image:base64  html:comment  html:doctype
    property:<name>  value:<property>:<word>  keyword:<word>  function:<name>  unit:<name or %>
    css:variable  css:important  css:comment  css:nesting
    at:<name>  media:<feature>  pseudo:<name>  pseudo-element:<name>
    selector:type|class|id|universal|attribute|chaining|grouping|child|descendant|adjacent|sibling
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from motion_desk.services.templates.finished.document import Document, Element
from motion_desk.services.templates.finished.places import Places
from motion_desk.services.templates.finished.styles import Styles

_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})(?:[?#]|\Z)", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/([a-z0-9.+-]+)([^,]*),", re.IGNORECASE)
_FORMATS = {"jpeg": "jpg", "svg+xml": "svg", "x-icon": "ico", "vnd.microsoft.icon": "ico"} | {
    "heic": "heif",
    "tif": "tiff",
}
_TYPED = ("input", "button")
_SOURCES = ("src", "background", "poster")


class Use(NamedTuple):
    """One use of a feature: its word and its offset in the source."""

    word: str
    at: int


def uses(document: Document, styles: Styles, places: Places) -> Iterator[Use]:
    """Every use, in no certain order."""
    for element in document.elements:
        yield from _of_element(element)
    for styled in styles.all:
        for found in styled.piece.uses:
            yield Use(found.what, styled.offset(found, places))
        for found in styled.piece.addresses:
            for word in _image(found.what):
                yield Use(word, styled.offset(found, places))
    for comment in document.comments:
        if comment.is_comment:
            yield Use("html:comment", comment.at)
        elif document.source[comment.begin : comment.begin + 8].lower() == "!doctype":
            yield Use("html:doctype", comment.at)


def _of_element(element: Element) -> Iterator[Use]:
    tag = element.tag
    yield Use(f"element:{tag.name}", tag.at)
    if tag.name in _TYPED:
        default = "text" if tag.name == "input" else "submit"
        yield Use(f"{tag.name}:{tag.value('type').lower() or default}", tag.at)
    for name, attribute in tag.attributes.items():
        yield Use(f"attribute:{name}", attribute.at)
        if name == "href" and tag.name in ("a", "area"):
            address = attribute.value.strip().lower()
            if address.startswith("#") and len(address) > 1:
                yield Use("link:#", attribute.at)
            elif address.startswith("mailto:"):
                yield Use("link:mailto", attribute.at)
        elif name == "name" and tag.name == "meta":
            yield Use(f"meta:{attribute.value.strip().lower()}", attribute.at)
        elif name in _SOURCES or (name == "data" and tag.name == "object"):
            for word in _image(attribute.value):
                yield Use(word, attribute.value_at)


def _image(address: str) -> Iterator[str]:
    # Of a data URI of megabytes, only its beginning says what it is.
    beginning = address[:200].strip()
    if found := _DATA_IMAGE.match(beginning):
        kind = found[1].lower()
        yield f"image:{_FORMATS.get(kind, kind)}"
        if "base64" in found[2].lower():
            yield "image:base64"
    elif (named := _EXTENSION.search(address[-200:])) and not beginning.startswith("data:"):
        kind = named[1].lower()
        yield f"image:{_FORMATS.get(kind, kind)}"
