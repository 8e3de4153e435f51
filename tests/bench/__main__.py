"""Run the benchmark: ``python -m tests.bench``; with ``--write`` into docs/benchmarks.md too."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import (
    board,
    edit,
    filters,
    fleet,
    frames,
    interactions,
    interactions_page,
    invitations,
    oauth,
    pauses,
    start,
    stops,
    templates,
    tester,
    timeline,
)
from tests.bench.figures import HEAD, Figure

TARGET = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def _report(figures: list[Figure]) -> str:
    when = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [HEAD, *(figure.line() for figure in figures)]
    return f"{when}, {machine}, off screen, `make bench`; medians.\n\n" + "\n".join(lines) + "\n"


def main() -> int:
    """Measure and print; exit 0 whatever the figures are, for a missed one is reported."""
    report = _report(
        [
            *start.figures(),
            *edit.main(),
            *frames.figures(),
            *pauses.figures(),
            *board.figures(),
            *templates.figures(),
            *tester.figures(),
            *oauth.figures(),
            *stops.figures(),
            *fleet.figures(),
            *invitations.figures(),
            *filters.figures(),
            *interactions.figures(),
            *interactions_page.figures(),
            *timeline.figures(),
        ]
    )
    print(report)
    if "--write" in sys.argv:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(f"# Benchmarks\n\n{report}", "utf-8")
    return 0


sys.exit(main())
