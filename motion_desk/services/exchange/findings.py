"""Findings: what the parts of the reader note down together: faults, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from motion_desk.services.exchange.faults import Fault, Place, suggested

MOST_HINTS = 50
"""Faults up to which a near name is looked for: among thousands each takes as long as a page."""


@dataclass(slots=True)
class Findings:
    """Collected while one document is read.

    ``places`` has the key of each field, row and cell that the text names; rows and cells stand
    by the position of their row in the text, from 1.
    """

    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    _unsound: set[str] = field(default_factory=set)
    """The keys of the faults, and all that they are cells of."""

    def wrong(self, place: Place, key: str, *sentences: str) -> None:
        """Note what is wrong with a key."""
        self.faults.extend(Fault(*place, key, sentence) for sentence in sentences)
        part = key
        while sentences and part not in self._unsound:
            self._unsound.add(part)
            part = part.rpartition("/")[0] or part

    def is_sound(self, key: str) -> bool:
        """Whether nothing is wrong with a field, nor with any of its cells."""
        return key not in self._unsound

    def hint(self, name: str, offered: Iterable[str]) -> str:
        """“ Did you mean “…”?”, or nothing where no name is close or so much else is wrong."""
        return suggested(name, offered) if len(self.faults) < MOST_HINTS else ""
