"""Folders are the system's own, or one folder that the user names."""

import sys
from pathlib import Path

import pytest

from motion_desk.services import folders


def test_motion_desk_home_takes_the_place_of_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MOTION_DESK_HOME", str(tmp_path / "portable"))
    assert folders.data_folder() == folders.settings_folder() == tmp_path / "portable"
    assert folders.default_workspace() == tmp_path / "portable" / "Motion Desk.motiondesk"
    assert not (tmp_path / "portable").exists()


def test_a_relative_motion_desk_home_is_one_of_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTION_DESK_HOME", "here")
    assert folders.data_folder() == tmp_path / "here"


@pytest.mark.skipif(sys.platform != "linux", reason="says where Linux keeps them")
def test_an_empty_motion_desk_home_is_none(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("MOTION_DESK_HOME", "")
    assert folders.data_folder() == home / "data" / "motion-desk"
    assert folders.settings_folder() == home / "config" / "motion-desk"
