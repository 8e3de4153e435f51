"""test-all: tests many accounts at once, with one login at a time on each server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motion_desk.cli import in_lab, kept_sign_ins, passwords, targets
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.cli.targets import Target
    from motion_desk.services.lab import Lab
    from motion_desk.services.tester.board import BoardRow
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Report

INTERRUPTED, FAILED = 130, 1


@click.command("test-all", short_help="Test all accounts at once.")
@click.argument("names", metavar="[ACCOUNT]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the board as JSON.")
@click.option("--at-once", type=click.IntRange(1, 16), default=16, help="Probes at once (16).")
@click.option("--lab", "fault", metavar="FAULT", help="Test against the lab with this fault.")
@click.option("--keep/--no-keep", default=True, help="Keep the tests in the workspace (default).")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    at_once: int,
    fault: str | None,
    workspace: Path | None,
    *,
    as_json: bool,
    keep: bool,
) -> None:
    """Test all accounts of the workspace, or those that are named, side by side.

    No server sees two logins at once, so that no mailbox is locked out. Passwords come from the
    keyring only. Each line tells an account's verdict, when it last proved to work, and the days
    on which its certificate, its client secret and its trust in any certificate are up.

    Ends with 0 if Motion would receive and send with all of them, with 1 if not, with 2 if
    nothing could be tested, with 130 after Ctrl+C.
    """
    with in_lab.started(fault) if fault else nullcontext() as lab:
        found = _targets(names, workspace, lab)
        orders = [_order(target, lab, workspace) for target in found]
        reports, interrupted = _tested(orders, at_once, workspace)
    rows = _rows(found, reports, workspace, keep=keep)
    if as_json:
        _say_json(rows)
    else:
        _say(rows)
    good = all(row.verdict and row.verdict.tone.value in ("passed", "warnings") for row in rows)
    context.exit(INTERRUPTED if interrupted else 0 if good else FAILED)


def _targets(names: Sequence[str], workspace: Path | None, lab: Lab | None) -> list[Target]:
    from motion_desk.models.endpoints import Protocol

    if any(map(targets.is_file, names)):
        raise targets.NotFoundError("Only accounts of the workspace can be tested together.")
    with workspaces.opened(workspace) as store:
        chosen = [targets.chosen(name, store.accounts()) for name in names] or store.accounts()
        identities = list(dict.fromkeys(each.id for each in chosen))
    if not identities:
        raise targets.NotFoundError("There is no account in this workspace.")
    return targets.targets(identities, workspace, keyring_for=[] if lab else list(Protocol))


def _order(target: Target, lab: Lab | None, workspace: Path | None) -> Order:
    from motion_desk.models.endpoints import Protocol
    from motion_desk.services.tester.run import Order

    if lab is None:
        return Order(
            target.account,
            target.workspace,
            passwords=target.passwords,
            missing=target.refused,
            tokens=kept_sign_ins.source(target, workspace, lab),
        )
    ready = passwords.prepared(target, tuple(Protocol), in_lab=True)
    return Order(
        ready.account,
        in_lab.with_authority(target.workspace, lab),
        passwords=ready.passwords,
        missing=ready.missing,
        route=lab.route,
        lab=True,
        tokens=kept_sign_ins.source(target, workspace, lab),
    )


def _tested(
    orders: Sequence[Order], at_once: int, workspace: Path | None
) -> tuple[dict[int, Report], bool]:
    """The reports by the orders' numbers, and whether Ctrl+C ended it."""
    from motion_desk.cli.running import TICK, interruptions
    from motion_desk.services.tester.fleet import Fleet, Tested
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.services.tester.verdict import verdict
    from motion_desk.services.tester.wording import one_line

    fleet = Fleet(orders, at_once)
    reports: dict[int, Report] = {}
    interrupted: list[bool] = []

    def stop() -> None:
        interrupted.append(True)
        fleet.stop()

    with interruptions(stop):
        try:
            while fleet.running:
                for event in fleet.drain():
                    if isinstance(event, Renewed) and not any(each.lab for each in orders):
                        kept_sign_ins.keep(workspace, event)
                    elif isinstance(event, Tested):
                        reports[event.number] = event.report
                        count = f"{len(reports)} of {len(orders)}"
                        said = verdict(event.report).sentence
                        click.echo(one_line(f"{count}: {event.report.name}: {said}"), err=True)
                time.sleep(TICK)  # which Ctrl+C ends at once; a wait on a queue it may not
        except BaseException:
            fleet.stop()
            raise
    return reports, bool(interrupted)


def _rows(
    found: Sequence[Target], reports: dict[int, Report], workspace: Path | None, *, keep: bool
) -> list[BoardRow]:
    """The board's rows, in the order of the accounts; the tests are kept on the way."""
    from motion_desk.services.tester.board import board_row, last_proof
    from motion_desk.services.tester.keeping import plain
    from motion_desk.services.tester.verdict import verdict

    rows = []
    with workspaces.opened(workspace) as store:
        for number, target in enumerate(found):
            report = reports.get(number)
            proved = last_proof(store, target.account.id)
            rows.append(board_row(target.account, target.workspace, report, proved))
            if report and keep and not store.read_only:
                tone = verdict(report).tone.value
                store.keep_run(
                    report.account,
                    report.at,
                    report.fingerprint,
                    tone,
                    plain(report),
                    lab=report.lab,
                )
    return rows


def _say(rows: Sequence[BoardRow]) -> None:
    from motion_desk.services.tester.wording import local, one_line

    for row in rows:
        said = row.verdict.sentence if row.verdict else "Not tested."
        parts = [f"{row.name or row.account}: {said}"]
        parts += [f"last proof {local(row.proved)}"] if row.proved else ["never proved"]
        days = (
            ("certificate ends", row.certificate_ends),
            ("secret ends", row.secret_ends),
            ("review", row.review),
        )
        parts += [f"{what} {day.isoformat()}" for what, day in days if day]
        click.echo(one_line(" · ".join(parts)))
        if row.verdict and row.verdict.detail:
            click.echo(one_line(f"  {row.verdict.detail}"))


def _say_json(rows: Sequence[BoardRow]) -> None:
    from motion_desk.services.tester.keeping import as_json

    plain: list[dict[str, Any]] = [
        {
            "account": row.account,
            "name": row.name,
            "tone": row.verdict.tone.value if row.verdict else None,
            "sentence": row.verdict.sentence if row.verdict else None,
            "detail": row.verdict.detail if row.verdict else None,
            "last_proof": row.proved.isoformat() if row.proved else None,
            "certificate_ends": row.certificate_ends.isoformat() if row.certificate_ends else None,
            "secret_ends": row.secret_ends.isoformat() if row.secret_ends else None,
            "review": row.review.isoformat() if row.review else None,
        }
        for row in rows
    ]
    click.echo(as_json(plain), nl=False)
