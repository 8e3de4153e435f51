"""probe: writes the file that looks from the Motion server, and reads what it found there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import targets
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.cli.targets import Target
    from motion_desk.services.tester.steps import Report

REFUSED = 2


@click.command("probe", short_help="Look at an account's servers from the Motion server.")
@click.argument("name", metavar="ACCOUNT|FILE")
@click.option(
    "--read",
    "result",
    type=click.File(encoding="utf-8", errors="replace"),
    metavar="RESULT",
    help="Read what the probe printed there (- for standard input).",
)
@click.option("--json", "as_json", is_flag=True, help="With --read: print the report as JSON.")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    name: str,
    result: io.TextIOBase | None,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write a file that looks at an account's servers from the Motion server.

    It goes to standard output: one Python file without any secret, to be read and then run there.
    It looks up names, connects, encrypts and reads greetings; it does not log in.

    Write it with “motion-desk probe CARE > probe.py”, run it there with “python3 probe.py >
    result.json”, and read that here with “motion-desk probe CARE --read result.json”.

    With --read, tells what was found there, and the first step that differs from the last test
    from this workstation. Ends then with 10 to 22 by the first step that failed, with 2 for a
    result that does not fit.
    """
    from motion_desk.services.tester.host_probe.refusals import HostProbeError
    from motion_desk.services.tester.host_probe.script import script

    (target,) = targets.targets([name], workspace, keyring_for=())
    try:
        if result is None:
            click.echo(script(target.account), nl=False)
        else:
            context.exit(_read(result, target, workspace, as_json=as_json))
    except HostProbeError as error:
        click.echo(error.sentence, err=True)
        context.exit(REFUSED)


def _read(result: io.TextIOBase, target: Target, workspace: Path | None, *, as_json: bool) -> int:
    """Tell what a result says; the exit code."""
    from motion_desk.cli.summary import summary
    from motion_desk.services.tester.exit_codes import exit_code
    from motion_desk.services.tester.host_probe.comparing import first_difference
    from motion_desk.services.tester.host_probe.reading import LARGEST, read
    from motion_desk.services.tester.keeping import json_text
    from motion_desk.services.tester.wording import local, one_line

    there = read(result.read(LARGEST + 1), target.account, target.workspace)
    if as_json:
        click.echo(json_text(there), nl=False)
        return exit_code(there)
    for line in summary(there):
        click.echo(line)
    here = _last_from_here(target, workspace)
    click.echo()
    if here is None:
        click.echo("To compare, test the account from this workstation with these values first.")
    elif found := first_difference(here, there):
        place = f"{found.protocol.label}, {found.name.title}"
        click.echo(f"First difference ({place}): {one_line(found.sentence)}")
    else:
        click.echo(f"No step differs from the test of {local(here.at)} from this workstation.")
    return exit_code(there)


def _last_from_here(target: Target, workspace: Path | None) -> Report | None:
    """The last kept test of the account's servers from this workstation, where one is stored."""
    from motion_desk.services.tester.host_probe.comparing import last_from_here

    if not target.stored:
        return None
    with workspaces.opened(workspace) as store:
        return last_from_here(store, target.account)
