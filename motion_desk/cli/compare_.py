"""compare: tells what differs between two kept tests of an account, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motion_desk.cli import targets
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.models.runs import RunSummary
    from motion_desk.services.store import Store
    from motion_desk.services.tester.comparison import Comparison
    from motion_desk.services.tester.steps import Report

MOST_LISTED = 10


@click.command("compare", short_help="Tell what differs between two tests of an account.")
@click.argument("account")
@click.argument("runs", metavar="[RUN] [RUN]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@workspaces.option
def command(account: str, runs: tuple[str, ...], workspace: Path | None, *, as_json: bool) -> None:
    """Tell what differs between two kept tests of an account.

    RUN is a kept test: 1 for the newest, 2 for the one before, and so on, or its id. Without any,
    the newest test is compared with the last one before it by which Motion would have worked;
    with one, the newest with that one. The order does not matter: the later test is “now”.

    Ends with 0, whatever differs; with 2 if there are no two tests to compare.
    """
    if len(runs) > 2:
        raise click.UsageError("Name two tests at the most.")
    from motion_desk.services.tester.comparison import compare

    with workspaces.opened(workspace) as store:
        identity = targets.chosen(account, store.accounts()).id
        before, now = _reports(store, identity, runs)
    found = compare(before, now)
    if as_json:
        from motion_desk.services.tester.keeping import as_json as written

        click.echo(written(_plain(found)), nl=False)
    else:
        for line in _lines(found):
            click.echo(line)


def _reports(store: Store, account: str, runs: Sequence[str]) -> tuple[Report, Report]:
    """The two tests, the earlier one first."""
    from motion_desk.services.tester.comparison import last_good

    kept = store.runs(account)
    if not kept:
        raise targets.NotFoundError("No test of this account was kept. Test it first.")
    if runs:
        chosen = [_run(each, kept) for each in runs]
        if len(chosen) == 1:
            chosen.append(kept[0])
        if chosen[0].id == chosen[1].id:
            raise targets.NotFoundError("This is one test. Name two, or an earlier one.")
        first, second = sorted(chosen, key=lambda each: each.at)
        return _report(store, first), _report(store, second)
    newest = next((each for each in kept if not (each.lab or each.vantage)), None)
    if newest is None:
        raise targets.NotFoundError(
            "No kept test was made from here to the real servers. Name the tests to compare.\n"
            f"{_listed(kept)}"
        )
    good = last_good(store, account, newest.at)
    if good is None:
        raise targets.NotFoundError(
            "No earlier test is kept by which Motion would have worked. Name the tests to "
            f"compare.\n{_listed(kept)}"
        )
    return good, _report(store, newest)


def _run(word: str, kept: Sequence[RunSummary]) -> RunSummary:
    """The kept test that was named by its place in the list or by its id."""
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(kept):
        return kept[int(word) - 1]
    for each in kept:
        if each.id == word:
            return each
    raise targets.NotFoundError(f"There is no kept test “{word}”. There are:\n{_listed(kept)}")


def _listed(kept: Sequence[RunSummary]) -> str:
    """The newest kept tests, one a line, with the numbers by which they are named."""
    from motion_desk.services.tester.wording import local

    lines = [
        f"{number:>3}  {local(each.at)}  {each.verdict}{_place(each)}  {each.id}"
        for number, each in enumerate(kept[:MOST_LISTED], 1)
    ]
    if len(kept) > MOST_LISTED:
        lines.append(f"     and {len(kept) - MOST_LISTED} older ones")
    return "\n".join(lines)


def _place(run: RunSummary) -> str:
    """Where a test was made, or led, if not from here to the real servers."""
    place = "lab" if run.lab else run.vantage
    return f"  ({place})" if place else ""


def _report(store: Store, run: RunSummary) -> Report:
    from motion_desk.services.tester.keeping import of_plain

    try:
        return of_plain(store.run(run.id))
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _lines(found: Comparison) -> Iterator[str]:
    from motion_desk.services.tester.verdict import verdict
    from motion_desk.services.tester.wording import local, one_line

    for word, report in (("Before", found.before), ("Now", found.now)):
        yield one_line(f"{word + ':':<8}{local(report.at)}  {verdict(report).sentence}")
    yield one_line(found.sentence)
    for step in found.steps:
        yield f"{step.protocol.label}, {step.name.title}"
        for sentence in step.sentences:
            yield f"  {one_line(sentence)}"


def _plain(found: Comparison) -> dict[str, Any]:
    first = found.first
    return {
        "before": found.before.at.isoformat(),
        "now": found.now.at.isoformat(),
        "sentence": found.sentence,
        "broke": found.broke,
        "mended": found.mended,
        "same_values": found.same_values,
        "values_known": found.values_known,
        "values": [
            {"key": each.key, "label": each.label, "before": each.before, "now": each.after}
            for each in found.values
        ],
        "first": f"{first.protocol.value} {first.name.value}" if first else None,
        "steps": [
            {
                "protocol": step.protocol.value,
                "name": step.name.value,
                "before": step.before.state.value if step.before else None,
                "now": step.now.state.value if step.now else None,
                "seconds_before": step.before.seconds if step.before else None,
                "seconds_now": step.now.seconds if step.now else None,
                "turned": step.turned,
                "paced": step.paced,
                "facts": [
                    {
                        "code": fact.code,
                        "group": fact.group,
                        "before": list(fact.before),
                        "now": list(fact.now),
                    }
                    for fact in step.facts
                ],
            }
            for step in found.steps
        ],
    }
