"""Two accounts, of which the first is open: the scene of the tests of editing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.account import Account
from motion_desk.models.document import put
from tests.journeys.driver import CONTROL, SHIFT, Driver
from tests.journeys.filling import directory
from tests.journeys.stage import Stage, stored


def account(name: str, **values: object) -> Account:
    """An account of a custom service."""
    made = put(Account(), "settings.name", name)
    for key, value in values.items():
        made = put(made, key.replace("__", "."), value)
    return made


@pytest.fixture
def two(path: Path, stage: Stage) -> Driver:
    """A window on two accounts, of which Alpha is open."""
    stored(path, directory(), account("Alpha"), account("Beta"))
    return stage()


def undo(driver: Driver) -> None:
    driver.press_key(Qt.Key.Key_Z, CONTROL)


def redo(driver: Driver) -> None:
    driver.press_key(Qt.Key.Key_Z, CONTROL | SHIFT)
