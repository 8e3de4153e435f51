"""The wheel, installed where there is nothing else, opens its icons, its samples and its window."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.isolation import OUTER_ENVIRONMENT

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

OPENS_WHAT_IS_BUNDLED = """
import motion_desk
from motion_desk.services import bundled

assert b"<svg" in bundled.icon("plus")
assert bundled.samples()
for name, text in bundled.samples():
    assert name, "a sample without a name"
    assert text.strip(), f"{name} is empty"
assert all(bundled.variables().values())

from motion_desk.services.templates.rendering import Renderer

with Renderer() as renderer:  # by a process of its own, which has to find the same modules
    assert renderer.render("{{ a }}", {"a": "b"}).html == "b"
print(motion_desk.__file__)
"""


def use_tool(*arguments: str | Path) -> None:
    """Run one of Python's tools as the user would; a failure ends the test with its sentence."""
    run = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=OUTER_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        said = (run.stderr + run.stdout).strip().splitlines() or ["it said nothing"]
        errors = [line for line in said if "error" in line.lower()] or said
        pytest.fail(f"{arguments[0]} failed: {errors[-1]}", pytrace=False)


def run_outside(folder: Path, command: Sequence[str | Path]) -> str:
    """Run a program far from the checkout, with the test's own home; what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        command,
        cwd=folder,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    use_tool("build", "--wheel", "--no-isolation", "--outdir", folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of programs of an environment that holds the wheel and what it needs."""
    environment = tmp_path_factory.mktemp("installed")
    use_tool("venv", "--without-pip", environment)
    pip: list[str | Path] = ["pip", "--python", environment, "install", "--quiet", "--no-compile"]
    use_tool(*pip, "--require-hashes", "-r", ROOT / "requirements.txt")
    use_tool(*pip, "--no-deps", wheel)
    yield environment / SCRIPTS
    # pytest keeps its last three folders; these are 700 MB each.
    shutil.rmtree(environment)


def test_it_holds_the_resources_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("motion_desk/resources/") for name in names)
    assert not any(name.startswith(("tests/", "resources/")) for name in names)


def test_it_opens_an_icon_and_the_samples(installed: Path, tmp_path: Path) -> None:
    origin = run_outside(tmp_path, [installed / "python", "-c", OPENS_WHAT_IS_BUNDLED])
    assert Path(origin.strip()).is_relative_to(installed.parent)


def test_it_opens_its_window(installed: Path, tmp_path: Path) -> None:
    run_outside(tmp_path, [installed / "motion-desk", "--demo", "--quit-after-paint"])
