"""The command line: one file a verb, loaded when it is called."""

from __future__ import annotations

import errno
import io
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from motion_desk.cli.output import abandon, say, visible

NOT_DONE = 2
INTERRUPTED = 130
UNWRITABLE = {errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT, errno.EINVAL}
"""What an output fails with that takes no more; a connection, for one, fails otherwise."""
CLOSED = 141
"""What programs end with whose output nobody reads any more: 128 and the number of SIGPIPE."""

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
    """A group whose verbs are modules of this package; each names its command ``command``.

    What ends every verb alike is said here: Ctrl+C (130), an output that nobody reads (141) or
    that cannot be written, and files that fail in a way that no verb knows (2).
    """

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _say_failed(error)
            sys.exit(NOT_DONE)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # old terminals lack marks and quotes
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = visible(error.message)  # type: ignore[misc]  # click prints this one
            raise
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            abandon()
            ctx.exit(CLOSED)

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


def _say_failed(error: OSError) -> None:
    """Say what failed: a file, the output, or something else whose name nobody knows any more."""
    parts = [error.strerror or str(error)]
    if error.filename is not None:
        parts.insert(0, str(error.filename))
    elif error.errno in UNWRITABLE:
        abandon()
        parts.insert(0, "The output cannot be written")
    with suppress(OSError):  # there may be nowhere left to say it
        say(f"Error: {': '.join(parts)}.", err=True)
