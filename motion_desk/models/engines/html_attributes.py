"""What tags and their attributes say in the HTML subset, and what they say beyond it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

from motion_desk.models.engines.css_subset import (
    ALIGNMENTS,
    FONT_SIZES,
    SIZES,
    declarations,
    near,
    styled,
)
from motion_desk.models.engines.html_blocks import DIRECTIONS, Picture, Style
from motion_desk.models.engines.html_blocks import HEADINGS as TITLES
from motion_desk.models.engines.html_losses import attribute_shows, is_nothing, style_shows

Attributes = Mapping[str, str | None]

STRIKES = {"del", "s", "strike"}
RAISED = ("sub", "sup")
INLINE = {"a", "b", "em", "font", "i", "span", "strong", "u", *STRIKES, *RAISED}
LISTS = {"ol", "ul"}
TEXTS = {"div", "p", *TITLES}
"""Blocks whose style their text inherits."""
PLACED = {*TEXTS, *LISTS, "blockquote", "li"}
"""Blocks that can say how their text is aligned, and in which direction it runs."""
KNOWN = {*INLINE, *PLACED, "br", "img"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "th"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
_FONT = {"face": "font-family", "color": "color"}
# Not inherited: what they draw at the text of a block is drawn for all of it at once.
_OF_LINES = ("text-decoration", "text-decoration-line", "vertical-align")
_GAPS = ("margin", "margin-top", "margin-bottom")
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
    if tag in STRIKES:
        return replace(style, strike=True)
    if tag in RAISED:
        return replace(style, raised=tag)
    # A link has a colour of its own; what stands around it does not change that.
    return replace(style, color="") if tag == "a" else style


@dataclass(slots=True)
class Declared:
    """What an element says, by its attributes and by those around it.

    ``preserved``: spaces and line breaks of the source count. ``flush``: a paragraph has no gap
    above and below. ``turned``: words in a line run in a direction of their own. ``losses``: what
    the subset does not have, and whether that shows.
    """

    style: Style
    align: str = ""
    direction: str = ""
    hidden: bool = False
    preserved: bool = False
    flush: bool = False
    turned: bool = False
    losses: list[tuple[str, bool]] = field(default_factory=list)

    def lose(self, what: str, shows: bool = True) -> None:
        """Note something that the subset does not have."""
        self.losses.append((what, shows))


def declare(said: Declared, tag: str, attributes: Attributes, raw: str) -> None:
    """Add what the attributes of an element say; ``raw`` is its tag as it stands in the source."""
    said.hidden |= "hidden" in attributes
    if loose_ampersand(raw):
        said.lose("an & that could mean two things (write &amp;)")
    for name, value in attributes.items():
        text = value or ""
        bare = text.strip().lower()
        if name == "style":
            continue
        if name == "class":
            said.lose(f"the class “{text}”", shows=False)
        elif name == "align" and tag in TEXTS and bare in ALIGNMENTS:
            said.align = bare
        elif name == "dir" and tag not in INLINE and bare in DIRECTIONS:
            said.direction = bare
        elif name == "dir" and bare in DIRECTIONS and bare != said.direction:
            said.turned = True
        elif tag == "font" and (changed := styled(said.style, _FONT.get(name, ""), text)):
            said.style = changed
        elif name not in _ATTRIBUTES.get(tag, ()) and tag in KNOWN:
            if (tag, name) == ("font", "size"):
                said.style = near(said.style, "font-size", FONT_SIZES.get(bare, ""))
            said.lose(f"the attribute “{name}”", attribute_shows(tag, name, text, said.direction))
    css = declarations(attributes.get("style") or "")
    said.flush = tag == "p" and _is_flush(css)
    for property_, setting in css:
        if not (said.flush and property_ in _GAPS):
            _declare(said, tag, property_, setting)
    if tag == "div" and said.losses:
        said.losses.insert(0, ("a box (<div>)", False))


def loose_ampersand(raw: str) -> bool:
    """Whether a tag, as it stands in the source, holds an & that browsers read in two ways."""
    return any(unescape(found) != found for found in _LOOSE_AMPERSAND.findall(raw))


def _declare(said: Declared, tag: str, name: str, setting: str) -> None:
    bare = setting.lower()
    if (name, bare) == ("display", "none"):
        said.hidden = True
        said.lose("hidden text (display: none)")
    elif name == "text-align" and bare in ALIGNMENTS and tag not in INLINE:
        said.align = bare
    elif name == "direction" and bare in ("ltr", "rtl") and tag not in INLINE:
        said.direction = bare
    elif tag in INLINE or (tag in TEXTS and name not in _OF_LINES):
        changed = styled(said.style, name, setting)
        if changed is None:
            said.style = near(said.style, name, setting)
            _lose_style(said, tag, name, setting, inherited=name == "font-size" and bare in SIZES)
        else:
            said.style = changed
    else:
        # What its text inherits can be kept; a tag beyond the subset is told of itself.
        changed = None if name in _OF_LINES else styled(said.style, name, setting)
        said.style = changed or said.style
        if tag in KNOWN:
            _lose_style(said, tag, name, setting, inherited=changed is not None)
    said.preserved |= name == "white-space" and bare in ("pre", "pre-wrap", "break-spaces")


def _is_flush(css: list[tuple[str, str]]) -> bool:
    """Whether declarations leave no gap above and below a paragraph."""
    gaps: dict[str, bool] = {}
    for name, value in css:
        sides = {"margin": ("margin-top", "margin-bottom")}.get(name, (name,))
        is_none = bool(value) and all(map(is_nothing, value.lower().split()))
        gaps |= dict.fromkeys(sides, is_none)
    # A margin at the sides would be lost with the gaps.
    at_sides = any(name == "margin" and not all(map(is_nothing, v.split())) for name, v in css)
    return gaps.get("margin-top", False) and gaps.get("margin-bottom", False) and not at_sides


def _lose_style(said: Declared, tag: str, name: str, setting: str, inherited: bool = False) -> None:
    said.lose(f"the style “{name}”", not inherited and style_shows(tag, name, setting))


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
