"""The tour of the README: it passes, and each of its steps leaves a picture that shows something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]
LEAST_COLOURS = 20
"""A blank window has one colour, and an empty page a handful."""


def colours(path: Path) -> int:
    """How many colours a picture has, seen from afar."""
    image = QImage(str(path))
    assert not image.isNull(), path
    small = image.scaled(160, 100, mode=Qt.TransformationMode.SmoothTransformation)
    return len({small.pixel(x, y) for x in range(160) for y in range(100)})


def test_the_tour_passes_and_leaves_a_picture_of_each_step(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.journeys.tour", str(tmp_path / "tour")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [line for line in done.stdout.splitlines() if line.endswith(".png)")]
    named = [line.rpartition("(")[2].removesuffix(")") for line in steps]
    pictures = sorted((tmp_path / "tour").iterdir())
    assert [path.name for path in pictures] == named
    assert len(named) > 30
    assert [path for path in pictures if colours(path) < LEAST_COLOURS] == []


def test_a_step_that_does_not_show_what_it_should_ends_the_tour(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from motion_desk.services import bundled
from tests.journeys import tour
three = bundled.samples()[:3]
bundled.samples = lambda: three
sys.exit(tour.main(Path(sys.argv[1])))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "tour")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "The tour ends here: the workspace and five accounts should be listed" in done.stderr
