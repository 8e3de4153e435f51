"""The command line: one file a verb, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = (
    "calendar",
    "check",
    "compare",
    "detect",
    "domain",
    "export",
    "import",
    "lab",
    "probe",
    "reference",
    "round-trip",
    "schema",
    "sign-in",
    "test",
    "test-all",
)


class Verbs(click.Group):
    """A group whose verbs are modules of this package; each names its command ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(
            f"motion_desk.cli.{cmd_name.replace('-', '_')}_"
        ).command
        return command
