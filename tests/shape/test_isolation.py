"""No test can reach what belongs to whoever runs it."""

import os
from pathlib import Path

import pytest

from tests.isolation import HOMES, OUTER_ENVIRONMENT


@pytest.mark.parametrize("name", HOMES)
def test_each_home_is_inside_the_tests_own_folder(home: Path, name: str) -> None:
    assert Path(os.environ[name]).is_relative_to(home)
    assert os.environ[name] != OUTER_ENVIRONMENT.get(name)


def test_the_users_home_is_out_of_sight(home: Path) -> None:
    assert Path.home() == home


def test_the_users_keyring_is_out_of_reach() -> None:
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"
