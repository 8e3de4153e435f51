"""Colours: read from CSS and HTML, compared by WCAG 2.2, and inverted as mail clients do it."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

_SIX = re.compile(r"[0-9a-fA-F]{6}\Z")
_BASE = 21.247
"""The lightness (CIELAB L*) that white becomes; black becomes white. Of Microsoft’s open editor
roosterjs (getDarkColor), which Outlook on the web uses; for other clients it is an approximation.
"""
_MIDDLE = 50.0
"""The lightness that parts light from dark."""
# The reference white D65 and the matrices of sRGB (IEC 61966-2-1).
_WHITE = (0.95047, 1.0, 1.08883)
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_FROM_XYZ = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)


class Way(Enum):
    """The two ways in which mail clients make a light mail dark. What they do is approximated."""

    FULL = "full"
    """Every colour is inverted in lightness, dark parts become light."""
    PARTIAL = "partial"
    """Only light backgrounds and dark texts are inverted; what is dark already stays."""

    @property
    def label(self) -> str:
        """What it is called on screen; never without saying that it is an approximation."""
        words = {Way.FULL: "All colours inverted", Way.PARTIAL: "Light backgrounds darkened"}
        return f"{words[self]} (approximation)"


class Colour(NamedTuple):
    """A colour in sRGB; red, green, blue and alpha each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def text(self) -> str:
        """The colour as CSS: ``#rrggbb``, or ``rgba()`` where it lets something through."""
        red, green, blue = (round(part * 255) for part in self[:3])
        if self.alpha >= 1:
            return f"#{red:02x}{green:02x}{blue:02x}"
        return f"rgba({red}, {green}, {blue}, {self.alpha:.3g})"

    @property
    def lightness(self) -> float:
        """CIELAB L*, from 0 (black) to 100 (white)."""
        return _lab(self)[0]


BLACK, WHITE = Colour(0, 0, 0), Colour(1, 1, 1)
LINK = Colour(0, 0, 238 / 255)
"""The colour of links where nothing else is said (HTML standard, §15.3.4)."""


@lru_cache(maxsize=1024)
def colour(text: str) -> Colour | None:
    """The colour that a CSS value is; ``None`` for what is none or depends on its surroundings."""
    from tinycss2 import color4  # late: only where there are colours

    if len(text) > 200:
        return None
    try:
        found = color4.parse_color(text)
        if found is None or isinstance(found, str):
            return None
        parts = found.to("srgb")
    except (ArithmeticError, ValueError, TypeError, AssertionError, NotImplementedError):
        # tinycss2 raises these for numbers without sense, and cannot convert every space.
        return None
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in tuple(parts)[:3])
    return Colour(red, green, blue, parts.alpha)


def html_colour(text: str) -> Colour | None:
    """The colour of an attribute such as ``bgcolor``, where “#” may be left out."""
    text = text.strip()
    return colour(f"#{text}" if _SIX.match(text) else text)


def over(top: Colour, bottom: Colour) -> Colour:
    """What is seen where one colour lies on an opaque one."""
    if top.alpha >= 1:
        return top
    mixed = [t * top.alpha + b * (1 - top.alpha) for t, b in zip(top[:3], bottom[:3], strict=True)]
    return Colour(*mixed)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def as_background(given: Colour, way: Way) -> Colour:
    """What a mail client makes of a background (or border). An approximation."""
    is_kept = way is Way.PARTIAL and given.lightness <= _MIDDLE
    return given if is_kept else _inverted(given)


def as_text(given: Colour, way: Way) -> Colour:
    """What a mail client makes of a text’s colour. An approximation."""
    is_kept = way is Way.PARTIAL and given.lightness >= _MIDDLE
    return given if is_kept else _inverted(given)


@lru_cache(maxsize=1024)
def _inverted(given: Colour) -> Colour:
    lightness, a, b = _lab(given)
    lightness = (100 - lightness) * (100 - _BASE) / 100 + _BASE
    y = (lightness + 16) / 116
    xyz = [w * _unbent(part) for w, part in zip(_WHITE, (y + a / 500, y, y - b / 200), strict=True)]
    parts = (sum(factor * part for factor, part in zip(row, xyz, strict=True)) for row in _FROM_XYZ)
    red, green, blue = (min(1.0, max(0.0, _gamma(part))) for part in parts)
    return Colour(red, green, blue, given.alpha)


@lru_cache(maxsize=1024)
def _lab(given: Colour) -> tuple[float, float, float]:
    linear = [_linear(part) for part in given[:3]]
    x, y, z = (
        _bent(sum(factor * part for factor, part in zip(row, linear, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _luminance(given: Colour) -> float:
    red, green, blue = (_linear(part) for part in given[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _bent(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _unbent(part: float) -> float:
    cubed = part**3
    return cubed if cubed > 216 / 24389 else (116 * part - 16) / (24389 / 27)
