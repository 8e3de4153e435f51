"""lab: mail servers on this computer that show faults, for tests and for training."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motion_desk.services.lab import Lab

FIRST_PORT = 10_000
"""Added to each usual port: what lies below 1024 is for administrators."""

SERVERS = {
    143: "IMAP, clear text or STARTTLS",
    993: "IMAP, TLS",
    587: "SMTP, clear text or STARTTLS",
    465: "SMTP, TLS",
    25: "SMTP between servers",
    110: "POP3, greeting only",
    995: "POP3, TLS, greeting only",
    443: "signing in, as at Microsoft",
}


class Ports(click.ParamType[dict[int, int]]):
    """Real ports for usual ones, such as ``143=2143,993=2993``."""

    name = "usual=real,…"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[int, int]:
        ports: dict[int, int] = {}
        for part in value.split(","):
            usual, _, real = part.partition("=")
            if not (usual.strip().isdecimal() and real.strip().isdecimal()):
                self.fail(f"“{part}” is no pair of ports. Write it as 143=10143.", param, ctx)
            if int(usual) not in SERVERS:
                usual_ones = ", ".join(map(str, sorted(SERVERS)))
                self.fail(
                    f"The lab has no server for port {usual}, but for {usual_ones}.", param, ctx
                )
            if not 1 <= int(real) <= 65_535:
                self.fail(f"{real} is outside 1 to 65535.", param, ctx)
            ports[int(usual)] = int(real)
        if len(set(ports.values())) < len(ports):
            self.fail("Two servers cannot share a port.", param, ctx)
        return ports


@click.command("lab", short_help="Run mail servers that show faults.")
@click.option("--fault", "name", default="healthy", help="The fault to begin with.")
@click.option("--list", "list_all", is_flag=True, help="List the faults and end.")
@click.option("--ports", type=Ports(), default=None, help="Other ports, such as 143=2143,993=2993.")
def command(name: str, ports: dict[int, int] | None, *, list_all: bool) -> None:
    """Run IMAP, SMTP and POP3 servers that show a fault, on this computer only.

    The name of another fault, typed on a line, switches to it. Ends with Ctrl+C or at the end of
    the input.
    """
    from motion_desk.services import folders
    from motion_desk.services.lab import Lab, LabError, fault

    if list_all:
        for line in _all_faults():
            click.echo(line)
        return
    try:
        fault(name)
    except KeyError:
        raise click.UsageError(_unknown(name)) from None
    real = {usual: FIRST_PORT + usual for usual in SERVERS} | (ports or {})
    try:
        with Lab(folders.data_folder() / "lab", fault=name, ports=real) as lab:
            _introduce(lab)
            _obey(lab)
    except LabError as error:
        raise click.ClickException(error.sentence) from None
    except KeyboardInterrupt:  # one way to end it
        click.echo()  # behind the ^C that a terminal shows


def _introduce(lab: Lab) -> None:
    from motion_desk.services.lab import PASSWORD

    click.echo("The lab listens on this computer only:\n")
    for usual, what in SERVERS.items():
        click.echo(f"  127.0.0.1:{lab.ports[usual]}  for {usual:3}  {what}")
    click.echo(f"\nCertificate authority: {lab.certificate_file}")
    click.echo(
        "User names: any. Passwords: any; where a fault is about passwords, the right one is"
    )
    click.echo(f"“{PASSWORD}”.\n")
    _say_what_is_shown(lab)
    if sys.stdin.isatty():
        click.echo("\nType the name of a fault to show it, “list” to see all. Ctrl+C ends the lab.")


def _obey(lab: Lab) -> None:
    """Switch to the faults that are typed, until the input ends."""
    for line in sys.stdin:
        name = line.strip().lower()
        if name == "list":
            click.echo("\n".join(_all_faults()))
        elif name:
            try:
                lab.show(name)
            except KeyError:
                click.echo(_unknown(name))
            else:
                _say_what_is_shown(lab)


def _say_what_is_shown(lab: Lab) -> None:
    click.echo(f"Showing “{lab.fault.name}”: {lab.fault.about}")
    if lab.fault.is_on_the_way:
        click.echo(
            "It lies in names and addresses, so whoever connects to these ports finds healthy "
            f"servers. See it with: motion-desk test ACCOUNT --lab {lab.fault.name}"
        )


def _all_faults() -> Iterator[str]:
    from motion_desk.services.lab import FAULTS

    width = max(len(each.name) for each in FAULTS)
    for each in FAULTS:
        yield f"{each.name:{width}}  {each.title}"


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    from motion_desk.services.lab import FAULTS

    near = get_close_matches(name, [each.name for each in FAULTS], n=1)
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return f"There is no fault “{name}”. {meant}“motion-desk lab --list” lists them."
