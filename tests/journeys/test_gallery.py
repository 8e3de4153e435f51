"""The gallery of the documentation: a picture of each template, and no template worth an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from motion_desk.models.problems import Severity
from motion_desk.services.templates.finished.review import review
from tests.journeys.gallery import TEMPLATES

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in TEMPLATES.glob("*.html"))


def test_the_gallery_draws_each_template(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.journeys.gallery", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(NAMES) == 6
    for name in NAMES:
        image = QImage(str(tmp_path / f"{name}.png"))
        assert image.width() > 600, name
        seen = {image.pixel(x, y) for x in range(0, 600, 7) for y in range(0, 500, 3)}
        assert len(seen) > 20, f"{name} shows next to nothing"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_of_the_gallery_deserves_no_error(name: str) -> None:
    found = review((TEMPLATES / f"{name}.html").read_text("utf-8"))
    assert [each.sentence for each in found.remarks if each.severity is Severity.ERROR] == []
