"""A fresh workspace for each test, with secrets that last as long as the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.services.store.samples import support


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workspace lies; its name has what URIs and shells trip over."""
    return tmp_path / "Büro 100% #1?.motiondesk"


@pytest.fixture
def secrets() -> Secrets:
    return Secrets(system=False)


@pytest.fixture
def store(path: Path, secrets: Secrets) -> Iterator[Store]:
    store = Store.create(path, secrets)
    yield store
    store.close()


@pytest.fixture
def closed(store: Store) -> Path:
    """A workspace file with one account that nobody has open."""
    store.save(support())
    store.close()
    return store.path
