"""What the tests of the command line share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motion_desk.__main__ import command
from motion_desk.services import bundled, demo, folders
from motion_desk.services.secrets import Secrets

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs the command with some arguments, in this process."""

    def runner(*arguments: str | Path, code: int = 0) -> Result:
        result = CliRunner().invoke(command, [str(each) for each in arguments])
        assert result.exit_code == code, result.output
        return result

    return runner


def real(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the command as people do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "motion_desk", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder with the sample documents."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for name, text in bundled.samples():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace file that holds the samples and their secrets."""
    path = tmp_path / "demo.motiondesk"
    demo.create(path, Secrets(system=False))
    return path


@pytest.fixture
def default_workspace() -> Path:
    """The default workspace, with the samples in it."""
    path = folders.default_workspace()
    path.parent.mkdir(parents=True)
    demo.create(path, Secrets(system=False))
    return path
