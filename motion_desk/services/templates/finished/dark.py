"""Dark: a mail with its colours as a mail client in dark mode would invert them: an approximation.

Text in, text out: only colours change, in style attributes, <style> and attributes such as
``bgcolor``. Images and gradients stay, as do colours in variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from motion_desk.services.templates.finished.colours import (
    BLACK,
    LINK,
    WHITE,
    Colour,
    Way,
    as_background,
    as_text,
    colour,
    html_colour,
)
from motion_desk.services.templates.finished.markup import Attribute, Comment, Tag, Text, tokens

__all__ = ["Way", "inverted"]

_Change = Callable[[Colour, Way], Colour]
_AS_TEXT = frozenset(
    [
        "color",
        "-webkit-text-fill-color",
        "text-decoration",
        "text-decoration-color",
        "text-emphasis-color",
        "caret-color",
        "text-shadow",
    ]
)
# Borders and shadows belong to the surfaces that they bound.
_AS_BACKGROUND = re.compile(
    r"background(?:-color)?|border(?:-\w+)*|outline(?:-color)?|box-shadow|column-rule(?:-color)?"
)
_ATTRIBUTES: dict[str, _Change] = {
    "bgcolor": as_background,
    "bordercolor": as_background,
    "color": as_text,
    "text": as_text,
    "link": as_text,
    "vlink": as_text,
    "alink": as_text,
}
_ASIDE = r"/\*(?s:.*?)(?:\*/|\Z)|\"[^\"]*\"?|'[^']*'?|url\([^)]*\)?"
_DECLARATION = re.compile(
    rf"(?P<aside>{_ASIDE})|(?<![\w-])(?P<name>-?[a-z][a-z-]*)(?P<colon>\s*:\s*)"
    rf"(?P<value>(?:{_ASIDE}|[^;{{}}\"'])*)",
    re.IGNORECASE,
)
# A word or function is taken whole: nothing is ever looked at from its middle again.
_PART = re.compile(
    rf"(?P<aside>{_ASIDE}|\{{\{{[^}}]*\}}\}})"
    r"|(?P<function>[\w-]+)\((?:[^()]|\([^()]*\))*\)?|(?P<word>#?[\w-]+)"
)
_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb"})
_LONGEST = 100
"""Characters that a colour may have."""


def inverted(html: str, way: Way) -> str:
    """The HTML with its colours inverted in one of the two ways. Never fails; linear time.

    A style for the page itself is added where a browser looks first: dark behind, light text.
    """
    place = _first_place(html)
    changes = [(place, place, _page_style(way)), *_changes(html, way)]
    pieces, at = [], 0
    for start, end, text in sorted(changes, key=lambda change: change[0]):
        pieces += [html[at:start], text]
        at = end
    return "".join([*pieces, html[at:]])


def _first_place(html: str) -> int:
    """Behind document type, <html> and <head>: before them, it would change how all is read."""
    place = 0
    for token in tokens(html):
        if isinstance(token, Comment):
            if html[token.begin : token.begin + 8].lower() == "!doctype":
                place = token.end
        elif isinstance(token, Tag):
            if token.name not in ("html", "head") or token.is_end or not token.closed:
                break
            place = token.end
        elif html[token.at : token.end].strip():
            break
    return place


def _page_style(way: Way) -> str:
    back, front, link = as_background(WHITE, way), as_text(BLACK, way), as_text(LINK, way)
    return (
        f"<style>:where(html){{background-color:{back.text};color:{front.text}}}"
        f":where(a[href]){{color:{link.text}}}</style>"
    )


def _changes(html: str, way: Way) -> Iterator[tuple[int, int, str]]:
    """What is put in place of which part of the source, in its order."""
    in_style = False
    for token in tokens(html):
        if isinstance(token, Text):
            if in_style and token.raw:
                yield token.at, token.end, _recoloured(html[token.at : token.end], way)
        elif isinstance(token, Tag):
            in_style = token.name == "style" and not token.is_end
            for name, attribute in token.attributes.items():
                text = _attribute(name, attribute, way)
                if text is not None:
                    yield attribute.value_at, attribute.value_at + len(attribute.raw), text


def _attribute(name: str, attribute: Attribute, way: Way) -> str | None:
    """The new value as it stands in the source; ``None`` where nothing changes."""
    if name == "style":
        css = _recoloured(attribute.value, way)
        return None if css == attribute.value else _as_source(css, attribute)
    change = _ATTRIBUTES.get(name)
    found = html_colour(attribute.value) if change and attribute.raw else None
    return change(found, way).text if change and found else None


def _as_source(css: str, attribute: Attribute) -> str:
    # Without references it may go back as it is: what is put in brings no quotes, and no spaces
    # but in rgba(), which only a value in quotes can have had.
    return css if "&" not in attribute.raw else escape(css)


def _recoloured(css: str, way: Way) -> str:
    def declaration(found: re.Match[str]) -> str:
        if found["aside"] is not None:
            return found[0]
        name = found["name"].lower()
        if name in _AS_TEXT:
            change: _Change = as_text
        elif _AS_BACKGROUND.fullmatch(name):
            change = as_background
        else:
            return found[0]

        value = _PART.sub(lambda part: _part(part, change, way), found["value"])
        return f"{found['name']}{found['colon']}{value}"

    return _DECLARATION.sub(declaration, css)


def _part(part: re.Match[str], change: _Change, way: Way) -> str:
    """A part of a value, changed where it is a colour that can be seen."""
    function = part["function"]
    is_other = function is not None and function.lower() not in _FUNCTIONS
    if part["aside"] is not None or is_other or len(part[0]) > _LONGEST:
        return part[0]
    found = colour(part[0].lower())
    return part[0] if found is None or found.alpha == 0 else change(found, way).text
