"""Effort: an upper bound of the steps that a regular expression takes, by its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import factorial, inf

MOST_STEPS = 2_000_000
"""Steps of the engine, about 10 ms, up to which a search needs no clock."""


@dataclass(slots=True)
class Effort:
    """How the steps grow: the degree by repetitions, and in how many ways one can choose.

    ``size`` counts the atoms with counted repetitions written out.
    """

    degree: float = 0
    ways: float = 1
    size: float = 1

    @property
    def quick_up_to(self) -> int:
        """The longest text in which ``MOST_STEPS`` suffice, in characters; -1 where none is.

        There are n^(d+1)/(d+1)! ways to cut a text of n characters at d + 1 places.
        """
        if self.degree == inf:
            return -1
        power = int(self.degree) + 1
        return int((MOST_STEPS / self.ways * factorial(power)) ** (1 / power)) - power


@dataclass(slots=True)
class Group:
    """A group that is open: where it began, and the effort of its branches so far.

    ``number`` is that by which it is named again, 0 for one that is not.
    """

    at: int
    number: int = 0
    branches: list[Effort] = field(default_factory=lambda: [Effort(size=0)])
    last: Effort | None = None
    """What a quantifier would repeat."""

    def add(self, effort: Effort) -> None:
        """Put an atom behind the others of the branch."""
        self._settle()
        self.last = effort

    def branch(self) -> None:
        """Begin another branch."""
        self._settle()
        self.branches.append(Effort(size=0))

    def closed(self) -> Effort:
        """The effort of the whole group."""
        self._settle()
        return Effort(
            max(each.degree for each in self.branches),
            sum(each.ways for each in self.branches),
            1 + sum(each.size for each in self.branches),
        )

    def repeated(self, low: int, high: float) -> None:
        """Repeat the last atom; only plain ones stay certain."""
        last = self.last or Effort()
        self._settle(low, high, last)

    def _settle(self, low: int = 1, high: float = 1, last: Effort | None = None) -> None:
        last, self.last = last or self.last, None
        if last is None:
            return
        here = self.branches[-1]
        here.size += last.size * max(low, 1 if high == inf else high)
        if high > 1:
            if last.degree or last.ways > 1:
                here.degree = inf
            elif low != high:
                here.degree += 1
        else:
            here.degree += last.degree
            here.ways *= last.ways * (2 if low == 0 else 1)
