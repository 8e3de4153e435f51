"""Figures: what was measured, against what floor, and whether it keeps within its bound."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

RUNS = 9


@dataclass(frozen=True)
class Figure:
    """One line of the benchmark. ``floor`` is 0 where the bound is absolute, in milliseconds."""

    what: str
    measured: float
    floor: float
    bound: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """What is compared with the bound."""
        return self.measured / self.floor if self.floor else self.measured

    @property
    def kept(self) -> bool:
        """Whether the figure keeps within its bound."""
        return self.ratio <= self.bound

    def line(self) -> str:
        """The figure as a line of a Markdown table."""
        bound = f"≤ {self.bound:g} ×" if self.floor else f"≤ {self.bound:g} {self.unit}"
        floor = f"{self.floor:.1f} {self.unit}" if self.floor else "–"
        ratio = f"{self.ratio:.2f} ×" if self.floor else "–"
        verdict = "kept" if self.kept else "**missed**"
        return f"| {self.what} | {self.measured:.2f} {self.unit} | {floor} | {ratio} | {bound} | {verdict} |"


HEAD = "| figure | measured | floor | ratio | bound | |\n|---|---|---|---|---|---|"


def alternated(*scripts: str, runs: int = RUNS) -> list[list[dict[str, float]]]:
    """Run scripts as processes, in turn, and collect the ``name seconds`` lines they print.

    Each script finds the instant at which its process was asked for, in seconds of the
    monotonic clock, as its first argument. The first round warms caches and is not counted.
    """
    results: list[list[dict[str, float]]] = [[] for _ in scripts]
    for turn in range(runs + 1):
        for place, script in enumerate(scripts):
            asked = time.monotonic()
            command = [sys.executable, "-c", script, repr(asked)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            if turn:
                results[place].append(dict(_lines(done.stdout)))
    return results


def _lines(text: str) -> Iterator[tuple[str, float]]:
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        yield name, float(value)


def median_ms(results: list[dict[str, float]], name: str) -> float:
    """The median of a measurement in milliseconds."""
    return statistics.median(result[name] for result in results) * 1000


def timed(act: Callable[[int], object], turns: int) -> float:
    """The median time of one turn in milliseconds; ``act`` gets the number of the turn."""
    times = []
    for turn in range(turns):
        start = time.perf_counter()
        act(turn)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
