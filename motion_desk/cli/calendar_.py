"""calendar: lists what of a workspace ends or is to be looked at again, and writes it as .ics."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.services.calendar import Entry


@click.command("calendar", short_help="List what expires, and write it as a calendar.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write it for calendar programs (RFC 5545).",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@workspaces.option
def command(ics: Path | None, workspace: Path | None, *, as_json: bool) -> None:
    """List what of the workspace ends, or is to be looked at again, the earliest day first.

    That is: certificates that servers showed in kept tests, client secrets of cloud providers,
    and the reviews of “Accept any certificate” and of pinned certificates. Each event in FILE
    reminds two weeks before. A file that is there is replaced.
    """
    from motion_desk.services.calendar import entries
    from motion_desk.services.icalendar import icalendar

    with workspaces.opened(workspace) as store:
        found = entries(store)
    if ics:
        try:
            ics.write_bytes(icalendar(found, datetime.now(UTC)))
        except OSError as error:
            raise click.ClickException(f"{ics}: {error.strerror}.") from None
        click.echo(
            f"{len(found)} {'day' if len(found) == 1 else 'days'} written to {ics}.", err=True
        )
    if as_json:
        _say_json(found)
    else:
        _say(found)


def _say(found: tuple[Entry, ...]) -> None:
    from motion_desk.services.tester.wording import one_line

    today = date.today()  # noqa: DTZ011 - what counts is the day where the reader is
    for each in found:
        when = _distance((each.day - today).days)
        click.echo(one_line(f"{each.day.isoformat()}  {when:<14}  {each.title}  [{each.source}]"))
    if not found:
        click.echo("Nothing of this workspace is known to end.")


def _distance(days: int) -> str:
    """How far a day is from today."""
    if days == 0:
        return "today"
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {number}" if days > 0 else f"{number} ago"


def _say_json(found: tuple[Entry, ...]) -> None:
    from motion_desk.services.tester.keeping import as_json

    rows = [
        {
            "day": each.day.isoformat(),
            "ending": each.ending.value,
            "account": each.account,
            "name": each.name,
            "what": each.what,
            "source": each.source,
            "uid": each.uid,
        }
        for each in found
    ]
    click.echo(as_json(rows), nl=False)
