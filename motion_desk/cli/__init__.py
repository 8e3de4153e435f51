"""The command line: one file a verb, loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = {
    "calendar": "List what expires, and write it as a calendar.",
    "check": "List the problems of documents.",
    "compare": "Tell what differs between two tests of an account.",
    "detect": "Look for the settings that belong to an address.",
    "domain": "Check MX, SPF and DMARC of a sender's domain.",
    "export": "Write accounts and the workspace as documents.",
    "import": "Store documents in the workspace.",
    "lab": "Run mail servers that show faults.",
    "probe": "Look at an account's servers from the Motion server.",
    "reference": "Print the reference of every field.",
    "render": "Print a template as it will arrive, with sample data.",
    "round-trip": "Send a message to the account itself, and await it.",
    "schema": "Print the JSON Schema of documents.",
    "sign-in": "Sign in to a cloud provider.",
    "test": "Test whether Motion would receive and send.",
    "test-all": "Test all accounts at once.",
    "timeline": "Tell second by second what happens to a message.",
    "trial": "Try header filters on messages.",
}
"""Each verb and what it does, so that the list of them imports none; a test compares it with theirs."""


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))
