"""The CSS subset: what a style attribute says about a run or a block, and what it says beyond."""

from __future__ import annotations

import re
from dataclasses import replace

from motion_desk.models.engines.html_blocks import Style

ALIGNMENTS = ("left", "center", "right", "justify")
SIZES = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
    "xxx-large": 48,
}
"""Pixels that a word for a size stands for, where nobody has set their own (CSS Fonts 4, 2.5.1)."""
FONT_SIZES = dict(zip("1234567", list(SIZES)[1:], strict=True))
"""The words for the sizes of <font>."""
_COLORS = {
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "brown": "#a52a2a",
    "cyan": "#00ffff",
    "darkblue": "#00008b",
    "darkgray": "#a9a9a9",
    "darkgreen": "#006400",
    "darkred": "#8b0000",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "lime": "#00ff00",
    "magenta": "#ff00ff",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "purple": "#800080",
    "red": "#ff0000",
    "silver": "#c0c0c0",
    "teal": "#008080",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
_NAME = re.compile(r"""\s*(?:"([^"'\\;{}<>,]+)"|'([^"'\\;{}<>,]+)'|([\w-]+(?: +[\w-]+)*))\s*\Z""")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)\Z")


def declarations(text: str) -> list[tuple[str, str]]:
    """Name and value of what a style attribute declares, names in small letters."""
    found = []
    for part in text.split(";"):
        if part.strip():
            name, _, value = part.partition(":")
            found.append((name.strip().lower(), value.strip()))
    return found


def styled(style: Style, name: str, value: str) -> Style | None:
    """The style with one more declaration; ``None`` where the subset does not have it."""
    bare = value.lower()
    match name:
        case "font-family" if family := _family(value):
            return replace(style, family=family)
        case "font-size" if size := _size(bare):
            return replace(style, size=size)
        case "color" if color := _color(bare):
            return replace(style, color=color)
        case "font-weight" if bare in ("bold", "700", "normal", "400"):
            return replace(style, bold=bare in ("bold", "700"))
        case "font-style" if bare in ("italic", "normal"):
            return replace(style, italic=bare == "italic")
        case "text-decoration" | "text-decoration-line" if lines := _lines(bare):
            return replace(
                style,
                underline=style.underline or "underline" in lines,
                strike=style.strike or "line-through" in lines,
            )
        case "vertical-align" if bare in ("sub", "super") and not style.raised:
            return replace(style, raised="sub" if bare == "sub" else "sup")
    return None


def _lines(text: str) -> set[str]:
    """The lines at a text that a declaration draws; nothing where the subset lacks one of them."""
    said = set(text.split())
    return said if said <= {"underline", "line-through"} else set()


def near(style: Style, name: str, value: str) -> Style:
    """The style with what comes nearest to a declaration beyond the subset, if anything does."""
    if name == "font-size" and (pixels := SIZES.get(value.lower())):
        return replace(style, size=f"{pixels}px")
    if name == "font-size" and (found := re.fullmatch(r"(\d{1,3}\.\d+)px", value.lower())):
        return replace(style, size=f"{max(round(float(found[1])), 1)}px")
    return style


def _family(text: str) -> str:
    """The names, separated by ``", "`` and without quotes; nothing where one is not plain."""
    names = []
    for part in text.split(","):
        found = _NAME.match(part)
        if not found:
            return ""
        name = " ".join((found[1] or found[2] or found[3]).split())
        if name.lower() in ("inherit", "initial", "revert", "unset"):
            return ""
        names.append(name)
    return ", ".join(names)


def _size(text: str) -> str:
    # Whole pixels only: QTextDocument knows no others.
    if found := re.fullmatch(r"0*([1-9]\d{0,3})(?:\.0+)?px", text):
        return f"{found[1]}px"
    if found := re.fullmatch(r"(\d{1,3}(?:\.\d{1,2})?)pt", text):
        points = float(found[1])
        return f"{points:g}pt" if points > 0 else ""
    return ""


def _color(text: str) -> str:
    if text in _COLORS:
        return _COLORS[text]
    if re.fullmatch(r"#[0-9a-f]{6}", text):
        return text
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        return "#" + "".join(digit * 2 for digit in text[1:])
    if found := _RGB.match(text):
        parts = [int(part) for part in found.groups()]
        if max(parts) <= 255:
            return "#" + "".join(f"{part:02x}" for part in parts)
    return ""
