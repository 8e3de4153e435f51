"""Findings: what the parts of the reader note down together: faults, and where things stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from motion_desk.services.exchange.faults import Fault, Place


@dataclass(slots=True)
class Findings:
    """Collected while one document is read.

    ``places`` has the key of each field, row and cell that the text names; rows and cells stand
    by the position of their row in the text, from 1.
    """

    faults: list[Fault] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def wrong(self, place: Place, key: str, *sentences: str) -> None:
        """Note what is wrong with a key."""
        self.faults.extend(Fault(*place, key, sentence) for sentence in sentences)

    def is_sound(self, key: str) -> bool:
        """Whether nothing is wrong with a field, nor with any of its cells."""
        return not any(fault.key == key or fault.key.startswith(f"{key}/") for fault in self.faults)
