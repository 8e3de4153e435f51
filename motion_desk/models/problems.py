"""Problems: what a check found, where, how bad it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """How bad a problem is. Only an error keeps a document from being saved."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as a person reads it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a field.

    ``text`` is a template filled with ``values``; a front end translates the template first.
    """

    key: str
    code: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    source: str = ""

    @property
    def sentence(self) -> str:
        """The problem in one or two sentences, with what to do."""
        return self.text.format_map(self.values)
