"""The command itself: its help, its version, and what it does not load."""

import subprocess
import sys

import click
import pytest

from motion_desk import __version__
from motion_desk.__main__ import command
from motion_desk.cli import VERBS
from tests.cli.conftest import Run, real

HEAVY = (
    "PySide6",
    "sqlalchemy",
    "alembic",
    "keyring",
    "ruamel",
    "platformdirs",
    "motion_desk.models",
)


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a process has loaded when the command is done."""
    script = (
        "import sys\n"
        "from motion_desk.__main__ import command\n"
        f"command({list(arguments)!r}, standalone_mode=False)\n"
        "print('\\n'.join(['=====', *sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.partition("=====\n")[2].splitlines())


@pytest.mark.parametrize("arguments", [("--help",), ("import", "--help"), ("--version",)])
def test_help_loads_neither_window_nor_store_nor_declarations(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments).isdisjoint(HEAVY)


def test_the_schema_loads_neither_window_nor_store() -> None:
    loaded = loaded_by("schema")
    assert loaded.isdisjoint({"PySide6", "sqlalchemy", "keyring"})


def test_help_lists_every_verb() -> None:
    shown = real("--help")
    assert shown.returncode == 0
    for verb in VERBS:
        assert f"\n  {verb} " in shown.stdout
    assert "--quit-after-paint" not in shown.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, run: Run) -> None:
    assert run(verb, "--help").stdout.startswith(f"Usage: motion-desk {verb} ")


def test_the_version_is_shown() -> None:
    assert real("--version").stdout == f"Motion Desk {__version__}\n"


def test_an_unknown_verb_is_named(run: Run) -> None:
    assert "No such command 'chek'" in run("chek", code=2).stderr


@pytest.mark.parametrize("arguments", [("--demo", "schema"), ("--demo", "--workspace", "x")])
def test_what_cannot_stand_together_is_refused(arguments: tuple[str, ...], run: Run) -> None:
    assert "--demo" in run(*arguments, code=2).stderr


def test_schema_and_reference_are_printed_as_they_are_kept(run: Run) -> None:
    from tests.services.exchange import test_reference, test_schema

    assert run("schema").stdout == test_schema.COMMITTED.read_text(encoding="utf-8")
    assert run("reference").stdout == test_reference.COMMITTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_list_of_verbs_says_what_each_says_of_itself(verb: str) -> None:
    found = command.get_command(click.Context(command), verb)
    assert found is not None
    assert (found.short_help or found.get_short_help_str(90)) == VERBS[verb]
