"""domain: what DNS says of a sender's domain, and what that means for Motion's replies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from motion_desk.cli import name_server
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.services.domain.checks import DomainReport

BAD = 1
NO_DOMAIN = 2
UNTOLD = 3
INTERRUPTED = 130


@click.command("domain", short_help="Check MX, SPF and DMARC of a sender's domain.")
@click.argument("name", metavar="ADDRESS|DOMAIN")
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of lines.")
@name_server.option
@click.pass_context
def command(
    context: click.Context, name: str, name_server: tuple[str, int] | None, *, as_json: bool
) -> None:
    """Check what DNS says of the domain of ADDRESS: MX, SPF and DMARC.

    Each finding says what it means for replies that Motion sends. Ends with 0 if nothing is wrong,
    with 1 if something is, with 3 if it cannot be told, with 2 for what is no domain.
    """
    from motion_desk.services.domain.results import Tone

    stop = threading.Event()
    try:
        report = _examined(name, name_server, stop)
    except KeyboardInterrupt:
        stop.set()
        click.echo("Stopped.", err=True)
        context.exit(INTERRUPTED)
    if report.problem:
        say(report.problem, err=True)
        context.exit(NO_DOMAIN)
    if as_json:
        click.echo(json.dumps(_object(report), indent=2))
    else:
        for line in _lines(report):
            click.echo(line)
    context.exit({Tone.BAD: BAD, Tone.UNKNOWN: UNTOLD}.get(report.tone, 0))


def _examined(name: str, server: tuple[str, int] | None, stop: threading.Event) -> DomainReport:
    from motion_desk.services.domain.checks import examine

    return examine(name, name_server.resolver(server), stop)


def _lines(report: DomainReport) -> Iterator[str]:
    from motion_desk.services.tester.wording import one_line

    yield f"{report.domain}"
    for check in report.checks:
        yield ""
        for remark in check.remarks:
            yield f"{check.name.title:<6}{remark.tone.value:<8}{one_line(remark.sentence)}"
            if remark.meaning:
                yield f"{'':<14}{one_line(remark.meaning)}"
        for fact in check.facts:
            yield f"{'':<14}{one_line(f'{fact.label}: {fact.value}')}"


def _object(report: DomainReport) -> dict[str, object]:
    return {
        "domain": report.domain,
        "tone": report.tone.value,
        "checks": [
            {
                "check": check.name.value,
                "tone": check.tone.value,
                "remarks": [
                    {
                        "code": each.code,
                        "tone": each.tone.value,
                        "sentence": each.sentence,
                        "meaning": each.meaning,
                    }
                    for each in check.remarks
                ],
                "facts": [
                    {"code": each.code, "label": each.label, "value": each.value}
                    for each in check.facts
                ],
            }
            for check in report.checks
        ],
    }
