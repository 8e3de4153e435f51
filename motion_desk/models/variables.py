"""Variables: the names that a surface's templates may use, ours to list and Motion's to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motion_desk.models.fields import Status
from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.surfaces import Surface


@dataclass(frozen=True, slots=True)
class Variable:
    """One name, exactly as it is written between the braces.

    ``status`` says how much Motion's documentation says of the name: ``OURS`` are those that an
    administrator has added. ``source`` names a page of ``resources/pages.json`` and may be
    empty. ``expected``: a template of this surface misses its purpose without it, unless it
    holds ``instead``, a text that may take its place.
    """

    name: str
    description: str = ""
    sample: str = ""
    status: Status = Status.UNCONFIRMED
    source: str = ""
    expected: bool = False
    instead: str = ""


Variables = Mapping[Surface, tuple[Variable, ...]]
"""The variables that the program knows by itself, of each surface."""

Known = Mapping[str, Variable]
"""Variables by their name, in the order in which they are offered."""


def known_on(surface: Surface, variables: Variables, own: Iterable[VariableEntry]) -> Known:
    """The variables of a surface: the program's, then one's own, which replace those they name."""
    found = {variable.name: variable for variable in variables.get(surface, ())}
    for row in own:
        if row.name and surface in row.surfaces:
            found[row.name] = Variable(row.name, row.description, row.sample, Status.OURS)
    return found
