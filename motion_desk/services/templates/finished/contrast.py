"""Contrast: whether texts can be read, in light and as mail clients invert colours.

Colours come from style attributes, ``bgcolor``, <font> and <body>, and, through inlining, from
<style>. Media queries are not applied. What cannot be resolved is said, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from motion_desk.services.templates.finished import css
from motion_desk.services.templates.finished.colours import (
    BLACK,
    LINK,
    WHITE,
    Colour,
    Way,
    as_background,
    as_text,
    colour,
    contrast,
    html_colour,
    over,
)
from motion_desk.services.templates.finished.css import Found
from motion_desk.services.templates.finished.document import Document, Element
from motion_desk.services.templates.finished.hidden import NEVER_SEEN, is_hidden
from motion_desk.services.templates.finished.inlining import InliningError, inlined
from motion_desk.services.templates.finished.markup import Tag, tokens
from motion_desk.services.templates.finished.remarks import Finding, finding
from motion_desk.services.templates.finished.styles import Styles

NEEDED = 4.5
"""The contrast that a text needs (WCAG 2.2, success criterion 1.4.3)."""
NEEDED_LARGE = 3.0
"""The same for large text: 24 px, or bold and 18.66 px."""
_MARK = "data-motion-desk-at"
_COLOURED = ("color", "background")
_FIXED = frozenset({"inherit", "initial", "unset", "revert", "currentcolor", "none", ""})
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)\Z")
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "big": 1.17}
# Entities and signs that are there to be not seen, as after a preheader.
_INVISIBLE = re.compile("[\\s\u00a0\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class _Look:
    """How text in an element looks. ``unresolved`` says what its colours depend on."""

    text: Colour = BLACK
    background: Colour = WHITE
    size: float = 16.0
    bold: bool = False
    hidden: bool = False
    unresolved: str = ""
    link: Colour = LINK


def contrast_findings(document: Document, styles: Styles) -> Iterator[Finding]:
    """Texts with too little contrast: for each pair of colours the first, with their number."""
    try:
        lasts = _lasts(document, styles)
    except InliningError as error:
        lasts = _from_attributes(styles)
        yield finding("contrast.no-inlining", 0, reason=str(error))
    looks: list[_Look] = []
    for element in document.elements:
        parent = looks[element.parent] if element.parent >= 0 else _Look()
        looks.append(_look(element, parent, lasts.get(element.index, {})))
    seen: dict[tuple[Colour, Colour, bool], list[int]] = {}
    unresolved: dict[str, list[int]] = {}
    for text, index in document.texts:
        look = looks[index] if index >= 0 else _Look()
        if text.raw or look.hidden or not _is_seen(document.source, text.at, text.end):
            continue
        if look.unresolved:
            unresolved.setdefault(look.unresolved, []).append(text.at)
        else:
            is_large = look.size >= 24 or (look.bold and look.size >= 18.66)
            seen.setdefault((look.text, look.background, is_large), []).append(text.at)
    for (front, back, is_large), places in seen.items():
        yield from _judged(front, back, is_large, places)
    for reason, places in unresolved.items():
        yield finding("contrast.unresolved", places[0], reason=reason, count=len(places))


def _is_seen(source: str, at: int, end: int) -> bool:
    content = source[at:end]
    if not content.strip():
        return False
    return bool(_INVISIBLE.sub("", unescape(content)))


def _judged(front: Colour, back: Colour, is_large: bool, places: list[int]) -> Iterator[Finding]:
    needed = NEEDED_LARGE if is_large else NEEDED
    pairs = {"light": (front, back)} | {
        way.value: (as_text(front, way), as_background(back, way)) for way in Way
    }
    for name, (text, background) in pairs.items():
        ratio = contrast(over(text, background), background)
        if ratio < needed:
            yield finding(
                f"contrast.{name}",
                places[0],
                text=text.text,
                background=background.text,
                # Rounded down: 4.499 is not 4.5.
                ratio=f"{int(ratio * 100) / 100:.2f}",
                needed=f"{needed:g}",
                count=len(places),
            )
            if name == "light":
                return  # what is bad in light needs no second remark


def _look(element: Element, parent: _Look, last: dict[str, Found]) -> _Look:
    tag = element.tag
    hidden = (
        parent.hidden or tag.name in NEVER_SEEN or "hidden" in tag.attributes or is_hidden(last)
    )
    if not (last or tag.attributes or tag.name in _BOLD or tag.name in _SIZES):
        return parent if hidden == parent.hidden else replace(parent, hidden=hidden)
    look = replace(
        parent,
        hidden=hidden,
        size=_size(tag.name, parent.size, last),
        bold=_is_bold(tag.name, parent.bold, last),
    )
    look = _with_background(look, tag, last)
    look = _with_text(look, tag, last)
    if (opacity := last.get("opacity")) and opacity.what not in ("1", "1.0", "100%"):
        look = replace(look, unresolved="opacity")
    return look


def _with_background(look: _Look, tag: Tag, last: dict[str, Found]) -> _Look:
    words = [
        found.what
        for name, found in last.items()
        if name in ("background", "background-color", "background-image")
    ]
    given = html_colour(tag.value("bgcolor")) if tag.value("bgcolor") else None
    image = "a background image" if tag.value("background") else ""
    unresolved = ""
    for word in words:
        lower = word.lower()
        if "url(" in lower or "gradient(" in lower or "image-set(" in lower:
            image = "a background image"
        base = colour(lower) or _first_colour(lower)
        if base is not None:
            given, unresolved = base, ""
        elif lower not in _FIXED and not image:
            unresolved = f"the background “{word[:40]}”"
    if unresolved or image:
        return replace(look, unresolved=unresolved or image)
    if given is None:
        return look
    if given.alpha >= 1:
        return replace(look, background=given, unresolved="")
    return look if look.unresolved else replace(look, background=over(given, look.background))


def _first_colour(text: str) -> Colour | None:
    """The colour among the parts of a ``background``."""
    if "(" in text and "rgb" not in text and "hsl" not in text:
        text = re.sub(r"[\w-]+\([^)]*\)", " ", text)
    for part in re.findall(r"(?:rgb|hsl)a?\([^)]*\)|[^\s,()]+", text):
        found = colour(part)
        if found is not None:
            return found
    return None


def _with_text(look: _Look, tag: Tag, last: dict[str, Found]) -> _Look:
    if tag.name == "body":
        look = replace(
            look,
            text=html_colour(tag.value("text")) or look.text,
            link=html_colour(tag.value("link")) or look.link,
        )
    elif tag.name == "a" and "href" in tag.attributes:
        look = replace(look, text=look.link)
    elif tag.name == "font" and tag.value("color"):
        look = replace(look, text=html_colour(tag.value("color")) or look.text)
    found = last.get("color")
    if found is None:
        return look
    given = colour(found.what.lower())
    if given is not None:
        return replace(look, text=given)
    if found.what.lower() in _FIXED:
        return look
    return replace(look, unresolved=look.unresolved or f"the colour “{found.what[:40]}”")


def _size(name: str, around: float, last: dict[str, Found]) -> float:
    size = around * _SIZES.get(name, 1.0)
    found = _SIZE.match(last["font-size"].what.lower()) if "font-size" in last else None
    if found is None:
        return size
    number = float(found[1])
    by_unit = {"px": 1.0, "pt": 4 / 3, "em": around, "rem": 16.0, "%": around / 100}
    return min(number * by_unit[found[2]], 10_000.0)


def _is_bold(name: str, around: bool, last: dict[str, Found]) -> bool:
    found = last.get("font-weight")
    if found is None:
        return around or name in _BOLD
    word = found.what.lower()
    return word in ("bold", "bolder") or (word.isdigit() and int(word[:5]) >= 700)


def _from_attributes(styles: Styles) -> dict[int, dict[str, Found]]:
    return {index: styled.piece.last for index, styled in styles.by_element.items()}


def _lasts(document: Document, styles: Styles) -> dict[int, dict[str, Found]]:
    """What holds for each element: of its style attribute, or with <style> brought into it."""
    if not any(
        found.what.startswith("property:") and found.what[9:].startswith(_SHAPING)
        for styled in styles.sheets
        for found in styled.piece.uses
    ):
        return _from_attributes(styles)
    parts, at = [], 0
    for element in document.elements:
        place = element.tag.at + 1 + len(element.name)
        parts += [document.source[at:place], f' {_MARK}="{element.index}"']
        at = place
    parts.append(document.source[at:])
    found: dict[int, dict[str, Found]] = {}
    for token in tokens(inlined("".join(parts), document, document.stop)):
        if isinstance(token, Tag) and "style" in token.attributes and _MARK in token.attributes:
            number = token.value(_MARK)
            if number.isdecimal():
                found.setdefault(int(number), css.attribute(token.value("style")).last)
    return found


_SHAPING = (*_COLOURED, "display", "font", "visibility", "opacity", "max-height", "mso-hide")
