"""A lab for each test, with short delays; what goes wrong inside it fails the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.services.lab import Lab


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path / "lab", scale=0.02) as lab:
        yield lab
    assert lab.seen.errors == ()
