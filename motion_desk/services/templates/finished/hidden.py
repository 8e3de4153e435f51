"""Hidden: whether an element is there but not seen, as the preheader of a newsletter is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from motion_desk.services.templates.finished.css import Found

_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?\Z|0*\.0+(?:px|pt|em|rem|%)?\Z")
NEVER_SEEN = frozenset(
    {"head", "title", "style", "script", "template", "noembed", "noframes", "datalist"}
)
"""Elements whose content is never text of a mail."""


def is_hidden(last: Mapping[str, Found]) -> bool:
    """Whether what a style attribute declares hides an element and all in it."""

    def says(name: str) -> str:
        found = last.get(name)
        return found.what.lower() if found else ""

    return (
        says("display") == "none"
        or says("visibility") in ("hidden", "collapse")
        or says("mso-hide") == "all"
        or bool(_NOTHING.match(says("font-size")))
        or bool(_NOTHING.match(says("opacity")))
        or (says("overflow") == "hidden" and _is_flat(says("max-height"), says("height")))
    )


def _is_flat(*heights: str) -> bool:
    return any(_NOTHING.match(height) for height in heights)
