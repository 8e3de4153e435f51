"""Memory: what was made of a section is kept while nothing that it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any, NamedTuple, TypeVar

from motion_desk.models.catalogue import SectionInfo
from motion_desk.models.changes import Resolved
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document

T = TypeVar("T")


class Cause(NamedTuple):
    """All that something depends on.

    ``parts`` never change in place and are compared by identity: that is quick, and equality
    would take 1 for on. ``facts`` are small values, made anew at each view, that must be equal.
    """

    parts: tuple[object, ...]
    facts: tuple[object, ...]

    def is_that_of(self, other: Cause) -> bool:
        """Whether the other cause has the same effect."""
        return self.facts == other.facts and all(map(is_, self.parts, other.parts))

    def along_with(self, parts: tuple[object, ...] = (), facts: tuple[object, ...] = ()) -> Cause:
        """The cause of what depends on more than this."""
        return Cause(self.parts + parts, self.facts + facts)


class Memory:
    """The last thing of each sort that was made of each section of one document.

    An edit changes one section of a dozen; the others are the same objects as before, which
    makes comparing their causes far cheaper than checking and drawing them again.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Cause, Any]] = {}

    def recall(self, sort: str, section: str, cause: Cause, make: Callable[[], T]) -> T:
        """What was made last where its cause was the same, else what ``make`` makes now."""
        kept = self._kept.get((sort, section))
        if kept is not None and kept[0].is_that_of(cause):
            recalled: T = kept[1]
            return recalled
        made = make()
        self._kept[sort, section] = (cause, made)
        return made


def cause_of(
    info: SectionInfo, document: Document, resolved: Resolved, surroundings: Surroundings
) -> Cause:
    """All that the checks by field and the look of a section depend on, but what is stored."""
    others = (getattr(document, name, None) for name in info.depends_on)
    shown = tuple(resolved.visible[field.key] for field in info.fields)
    return Cause((surroundings, getattr(document, info.name), *others), shown)
