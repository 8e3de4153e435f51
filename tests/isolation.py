"""Keeps every test away from the folders, the keyring and the session of whoever runs it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# As it was before any test: only for tools that need the user's own settings, such as pip.
OUTER_ENVIRONMENT = dict(os.environ)

HOMES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
    "MOTION_DESK_HOME": "motion-desk",
}


def settle_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `folder` the home of everything that looks for one."""
    # Qt warns about a runtime folder that others may read, and a warning fails the test.
    (folder / HOMES["XDG_RUNTIME_DIR"]).mkdir(mode=0o700)
    for name, inside in HOMES.items():
        monkeypatch.setenv(name, str(folder / inside))
    # A test of a real keyring starts its own session bus in a process of its own.
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What fixtures of a wider scope than one test see."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        settle_in(tmp_path_factory.mktemp("session-home"), monkeypatch)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test."""
    folder = tmp_path_factory.mktemp("home")
    settle_in(folder, monkeypatch)
    return folder
