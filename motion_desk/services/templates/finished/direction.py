"""Direction: text written from right to left that does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motion_desk.services.templates.finished.document import Document
from motion_desk.services.templates.finished.remarks import Finding, finding
from motion_desk.services.templates.finished.styles import Styles

# Hebrew, Arabic, Syriac, Thaana, N’Ko … up to Arabic Extended-A, the presentation forms, and the
# scripts of the supplementary plane that run from right to left (Unicode, DerivedBidiClass).
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def direction_findings(document: Document, styles: Styles) -> Iterator[Finding]:
    """The first text that runs from right to left without ``dir``, and without ``lang``."""
    directed, named = _inherited(document, styles)
    missing_direction = missing_language = False
    for text, index in document.texts:
        if text.raw or (index >= 0 and document.elements[index].name == "title"):
            continue
        found = _FROM_RIGHT.search(document.source, text.at, text.end)
        if found is None:
            continue
        if not missing_direction and not (index >= 0 and directed[index]):
            missing_direction = True
            yield finding("direction.missing", found.start())
        if not missing_language and not (index >= 0 and named[index]):
            missing_language = True
            yield finding("direction.no-language", found.start())


def _inherited(document: Document, styles: Styles) -> tuple[list[bool], list[bool]]:
    """For each element, whether it or one around it has a direction, and a language."""
    directed: list[bool] = []
    named: list[bool] = []
    for element in document.elements:
        tag, parent = element.tag, element.parent
        styled = styles.by_element.get(element.index)
        said = tag.value("dir").lower() in ("rtl", "auto") or bool(
            styled
            and styled.piece.last.get("direction")
            and "rtl" in styled.piece.last["direction"].what
        )
        if tag.value("dir").lower() != "ltr":
            said = said or (parent >= 0 and directed[parent])
        directed.append(said)
        named.append(bool(tag.value("lang")) or (parent >= 0 and named[parent]))
    return directed, named
