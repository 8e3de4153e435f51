"""What tags and their attributes say in the HTML subset, and what they say beyond it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

from motion_desk.models.engines.css_subset import ALIGNMENTS, declarations, styled
from motion_desk.models.engines.html_blocks import Picture, Style

Attributes = Mapping[str, str | None]

INLINE = {"a", "b", "em", "i", "span", "strong", "u"}
LISTS = {"ol", "ul"}
KNOWN = {*INLINE, *LISTS, "br", "img", "li", "p"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "th"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
_LOOSE_AMPERSAND = re.compile(r"&(?!#?\w+;)\w+")


@lru_cache(maxsize=256)
def tagged(style: Style, tag: str) -> Style:
    """The style inside of an element, by its tag alone."""
    if tag in ("b", "strong") or tag in HEADINGS:
        return replace(style, bold=True)
    if tag in ("em", "i"):
        return replace(style, italic=True)
    if tag == "u":
        return replace(style, underline=True)
    # A link has a colour of its own; what stands around it does not change that.
    return replace(style, color="") if tag == "a" else style


@dataclass(slots=True)
class Declared:
    """What the attributes of an element say; ``losses`` are what the subset does not have."""

    style: Style
    align: str = ""
    hidden: bool = False
    losses: list[str] = field(default_factory=list)


def declared(tag: str, attributes: Attributes, style: Style, raw: str) -> Declared:
    """Read the attributes of an element; ``raw`` is its tag as it stands in the source."""
    said = Declared(style, hidden="hidden" in attributes)
    if loose_ampersand(raw):
        said.losses.append("an & that could mean two things (write &amp;)")
    for name, value in attributes.items():
        if name == "style":
            for property_, setting in declarations(value or ""):
                _declare(said, tag, property_, setting)
        elif name == "class":
            said.losses.append(f"the class “{value or ''}”")
        elif name not in _ATTRIBUTES.get(tag, ()) and tag in KNOWN:
            said.losses.append(f"the attribute “{name}”")
    return said


def loose_ampersand(raw: str) -> bool:
    """Whether a tag, as it stands in the source, holds an & that browsers read in two ways."""
    return any(unescape(found) != found for found in _LOOSE_AMPERSAND.findall(raw))


def _declare(said: Declared, tag: str, name: str, setting: str) -> None:
    bare = setting.lower()
    if (name, bare) == ("display", "none"):
        said.hidden = True
        said.losses.append("hidden text (display: none)")
    elif name == "text-align" and bare in ALIGNMENTS and tag in ("p", "li"):
        said.align = bare
    elif tag in INLINE or (tag == "p" and name != "text-decoration"):
        changed = styled(said.style, name, setting)
        if changed is None:
            said.losses.append(f"the style “{name}”")
        else:
            said.style = changed
    elif tag in KNOWN:
        said.losses.append(f"the style “{name}”")
    elif name != "text-decoration":
        # The tag itself, such as <div>, is told; what its text inherits can be kept.
        said.style = styled(said.style, name, setting) or said.style


def picture(attributes: Attributes, link: str) -> tuple[Picture | None, list[str]]:
    """The picture that the attributes of an <img> describe, and what of them is lost."""
    source = attributes.get("src") or ""
    if not source:
        return None, ["a picture without a source"]
    lost, sides = [], {}
    for name in ("width", "height"):
        text = attributes.get(name)
        whole = text is not None and re.fullmatch(r"0*[1-9]\d{0,3}", text)
        if text is not None and not whole:
            lost.append(f"the attribute “{name}”")
        sides[name] = int(text) if text is not None and whole else 0
    return Picture(source, attributes.get("alt") or "", **sides, link=link), lost
