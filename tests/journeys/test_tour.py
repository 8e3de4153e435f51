"""The tour of the README: it passes, and each of its steps leaves a picture that shows something."""

from __future__ import annotations

import re
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
    # `make pictures` copies some for the README, by a pattern that must mean exactly one.
    makefile = (ROOT / "Makefile").read_text("utf-8")
    copied = re.findall(r"^\tcp build/tour/(\S+) docs/pictures/(\S+)$", makefile, re.MULTILINE)
    assert copied
    assert [len([*(tmp_path / "tour").glob(pattern)]) for pattern, _ in copied] == [1] * len(copied)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {*re.findall(r"docs/pictures/([\w-]+\.png)", readme)} == {name for _, name in copied}


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
