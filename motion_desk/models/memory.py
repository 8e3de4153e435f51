"""Memory: what was made of a section is kept while nothing that it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from motion_desk.models.catalogue import SectionInfo
from motion_desk.models.changes import Resolved
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document

T = TypeVar("T")

Cause = tuple[object, ...]
"""All that something depends on; equal causes have equal effects."""


class Memory:
    """The last thing of each sort that was made of each section of one document.

    An edit changes one section of a dozen; the others are the same objects as before, which
    makes comparing their causes far cheaper than checking and drawing them again.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Cause, Any]] = {}

    def recall(self, sort: str, section: str, cause: Cause, make: Callable[[], T]) -> T:
        """What was made last where its cause was equal, else what ``make`` makes now."""
        kept = self._kept.get((sort, section))
        if kept is not None and kept[0] == cause:
            recalled: T = kept[1]
            return recalled
        made = make()
        self._kept[sort, section] = (cause, made)
        return made


def cause_of(
    info: SectionInfo, document: Document, resolved: Resolved, surroundings: Surroundings
) -> Cause:
    """All that the checks by field and the look of a section depend on, but what is stored."""
    return (
        getattr(document, info.name),
        tuple(getattr(document, name, None) for name in info.depends_on),
        tuple(resolved.visible[field.key] for field in info.fields),
        surroundings,
    )
