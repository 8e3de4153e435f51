"""A lab for each test, with short delays; what goes wrong inside it fails the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from motion_desk.services.lab import Lab
from tests.services.lab.applications import browser

SCALE = 0.02


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path / "lab", scale=SCALE) as lab:
        yield lab
    assert lab.seen.errors == ()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a lab whose keys are made already."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def identity_lab(keys: Path) -> Iterator[Lab]:
    """A lab in which people sign in."""
    with Lab(keys, scale=SCALE) as lab:
        yield lab
    assert lab.seen.errors == ()


@pytest.fixture
def web(identity_lab: Lab) -> Iterator[requests.Session]:
    """A client of HTTP that knows the lab's authority."""
    with browser(identity_lab) as session:
        yield session
