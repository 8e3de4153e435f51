"""Losses: what HTML says beyond the subset, and whether a reader of the mail would see it gone."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that visual editing would lose. ``line`` counts from 1; ``what`` is a noun.

    ``shows``: whether the text may look other without it. A paste tells of these alone; a source
    that a person wrote counts every letter.
    """

    line: int
    what: str
    shows: bool = True


UNSEEN_TAGS = {
    *["body", "head", "html", "link", "meta", "o:p", "script", "template", "title", "wbr"],
    *["base", "noscript", "tbody"],
}
"""Tags that show nothing themselves; what of their text can be seen is kept."""

_SEEN_ATTRIBUTES = {
    *["align", "background", "bgcolor", "border", "clear", "color", "dir", "face", "height"],
    *[
        "hspace",
        "nowrap",
        "reversed",
        "size",
        "start",
        "type",
        "valign",
        "value",
        "vspace",
        "width",
    ],
}
_AS_ANYWAY = {("start", "1"), ("type", "1"), ("type", "disc"), ("size", "3"), ("border", "0")}

_UNSEEN_PROPERTIES = {
    *["caret-color", "cursor", "line-break", "orphans", "outline", "overflow-wrap", "page"],
    *["panose-1", "punctuation-wrap", "tab-interval", "tab-stops", "text-autospace"],
    *["text-justify", "text-rendering", "text-underline", "unicode-bidi", "widows", "word-break"],
    *["word-wrap", "layout-grid-mode", "font-kerning", "overflow", "box-sizing", "zoom", "speak"],
    *["text-decoration-color", "text-decoration-thickness", "white-space-collapse"],
    *["hyphens", "pointer-events", "user-select", "direction", "text-wrap-mode"],
}
_UNSEEN_BEGINNINGS = (
    *("-", "mso-", "font-variant", "font-feature", "font-optical", "font-variation", "page-break"),
    *("font-language", "outline-", "break-", "animation", "transition", "font-synthesis"),
)
_NO_EFFECT = {
    *["normal", "none", "initial", "inherit", "unset", "revert", "auto", "start", "baseline"],
    *["transparent", "visible", "static", "separate", "inline", "medium", "currentcolor"],
    *["windowtext", "disc", "decimal", "outside", "wrap", "nowrap", "repeat", "scroll"],
}
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(0,0,0,0)"}
_NOTHING = re.compile(r"[-+]?(\d{0,6}(?:\.\d{0,6})?)(?:px|pt|cm|mm|in|em|rem|%)?\Z")
_OWN_MARGINS = {"p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


def attribute_shows(tag: str, name: str, value: str, direction: str = "") -> bool:
    """Whether an attribute of a tag, in text of a direction, changes what is seen."""
    bare = value.strip().lower()
    if name == "type" and tag not in ("li", "ol", "ul"):
        return False
    as_anyway = (name, bare) in _AS_ANYWAY or (name, bare) == ("dir", direction)
    # The words of these sizes are known.
    as_anyway |= (tag, name) == ("font", "size") and bare in tuple("1234567")
    return name in _SEEN_ATTRIBUTES and not as_anyway


def style_shows(tag: str, name: str, value: str) -> bool:
    """Whether a declaration changes what is seen, as it stands in the style of a tag.

    Programs copy many that say what holds anyway, such as ``letter-spacing: normal``.
    """
    if name in _UNSEEN_PROPERTIES or name.startswith(_UNSEEN_BEGINNINGS):
        return False
    if tag in _OWN_MARGINS and name.startswith("margin"):
        return not name.endswith(("-left", "-right")) or not has_no_effect(value)
    if name == "text-decoration" and tag == "a":
        return True
    if name.startswith("background") and "".join(value.lower().split()) in _WHITE:
        return False
    if name == "display" and value.lower() in ("block", "inline", "inline-block", "list-item"):
        return False
    if name == "white-space":
        return value.lower() == "pre-line"
    return not has_no_effect(value)


def has_no_effect(value: str) -> bool:
    """Whether what is declared is what holds anyway: nothing, or as good as nothing."""
    words = value.lower().replace("!important", "").split()
    return all(word in _NO_EFFECT or is_nothing(word) for word in words)


def is_nothing(length: str) -> bool:
    """Whether a length is zero, or so small that nobody sees it."""
    found = _NOTHING.match(length)
    return found is not None and bool(found[1].strip(".")) and float(found[1]) < 0.01
