"""The command: opens the window, or does what a verb says without one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from motion_desk import __version__
from motion_desk.cli import Verbs
from motion_desk.services.templates import SANDBOX_SWITCH


@click.group("motion-desk", cls=Verbs, invoke_without_command=True)
@click.option(
    "--workspace",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workspace file to work on, in place of the default one.",
)
@click.option("--demo", is_flag=True, help="Open a demo workspace with five sample accounts.")
@click.option("--quit-after-paint", is_flag=True, hidden=True)
@click.version_option(__version__, message="Motion Desk %(version)s")
@click.pass_context
def command(
    context: click.Context, workspace: Path | None, *, demo: bool, quit_after_paint: bool
) -> None:
    """Prepare, check and preview the email accounts of an XCALLY Motion server, offline.

    Without a verb, the window is opened.
    """
    if context.invoked_subcommand:
        if demo or quit_after_paint:
            raise click.UsageError("--demo opens the window, so no verb can stand beside it.")
        return
    if demo and workspace:
        raise click.UsageError("--demo has a workspace of its own. Leave --workspace out.")
    import gc

    # What the start makes is all kept: looking through it for garbage would cost 15 % of it.
    gc.disable()
    from motion_desk import app

    sys.exit(app.run(workspace, demo=demo, quit_after_paint=quit_after_paint))


def main() -> None:
    """Run the command that the process was started with."""
    if sys.argv[1:2] == [SANDBOX_SWITCH]:
        from motion_desk.services.templates import child

        child.main(sys.argv[2:])
    command(prog_name="motion-desk")


if __name__ == "__main__":
    main()
