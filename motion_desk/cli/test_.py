"""test: talks to an account's servers and tells whether Motion would receive and send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motion_desk.cli import in_lab, kept_sign_ins, passwords, targets
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.cli.targets import Target
    from motion_desk.models.endpoints import Protocol
    from motion_desk.services.lab import Lab
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.steps import Renewed, Report, StepName

INTERRUPTED = 130
"""The usual code of a program that Ctrl+C ended."""


class StepWord(click.ParamType[Any]):
    """A step by its word; the steps are loaded only to look one up."""

    name = "step"

    def convert(self, value: Any, param: Any, ctx: Any) -> StepName:
        """The step with this word."""
        from motion_desk.services.tester.steps import StepName

        steps = {step.value: step for step in StepName}
        if value not in steps:
            self.fail(f"“{value}” is no step. Steps are: {', '.join(steps)}.", param, ctx)
        return steps[value]


class ReportFile(click.Path):
    """A file for a report, of a kind that its ending tells, in a folder that is there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """The file's path."""
        path = Path(str(super().convert(value, param, ctx)))
        if path.suffix.lower() not in (".html", ".md", ".json"):
            self.fail(f"{path}: a report's name ends in .html, .md or .json.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{path}: there is no such folder.", param, ctx)
        return path


@click.command("test", short_help="Test whether Motion would receive and send.")
@click.argument("names", metavar="ACCOUNT|FILE...", nargs=-1, required=True)
@click.option("--imap", is_flag=True, help="Test receiving only.")
@click.option("--smtp", is_flag=True, help="Test sending only.")
@click.option("--until", type=StepWord(), metavar="STEP", help="End with this step.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--report", type=ReportFile(), metavar="FILE", help="Write it (.html, .md, .json).")
@click.option("--lab", "fault", metavar="FAULT", help="Test against the lab with this fault.")
@click.option("--keep/--no-keep", default=True, help="Keep the test in the workspace (default).")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    until: StepName | None,
    report: Path | None,
    fault: str | None,
    workspace: Path | None,
    *,
    imap: bool,
    smtp: bool,
    as_json: bool,
    keep: bool,
) -> None:
    """Test whether Motion would receive and send with an account. No mail is changed.

    ACCOUNT is the id, key, name or address of an account of the workspace. FILE is an account's
    document; the workspace's document may stand beside it. Progress goes to standard error, the
    verdict to standard output.

    STEP is inputs, dns, tcp, tls, greeting, capabilities, hello, token, login, mailbox, headers,
    sender, recipient or logout.

    Passwords come from MOTION_DESK_IMAP_PASSWORD and MOTION_DESK_SMTP_PASSWORD, or
    MOTION_DESK_PASSWORD for both; else from the keyring; else a terminal is asked. With --lab
    only the first counts: the lab takes any password, but for faults about passwords.

    For modern authentication it uses what the verb sign-in has kept.

    Ends with 0 if Motion would; with 10 to 23 by the first step that failed; with 3 if it cannot
    be told; with 2 if nothing could be tested; with 130 after Ctrl+C.
    """
    from motion_desk.cli import running

    code = INTERRUPTED
    try:
        chosen = _protocols(imap=imap, smtp=smtp)
        with in_lab.started(fault) if fault else nullcontext() as lab:
            found = _targets(names, workspace, chosen, lab)
            if report and len(found) > 1:
                raise targets.NotFoundError("--report writes one test. Name one account.")
            orders = [_order(target, chosen, until, lab, workspace) for target in found]
            reports = []
            for target, order in zip(found, orders, strict=True):
                _announce(target, lab)
                made, interrupted = running.run(order, _renewed(target, workspace, lab))
                reports.append(made)
                if keep and target.stored:
                    _keep(made, workspace)
                if not as_json:
                    _say(made)
                if interrupted:
                    break
        if as_json:
            _say_json(reports, several=len(found) > 1)
        if report:
            _write(reports[0], report)
        if not interrupted:
            code = _code(reports)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
    context.exit(code)


def _protocols(*, imap: bool, smtp: bool) -> tuple[Protocol, ...]:
    """What is tested: both where neither was asked for."""
    from motion_desk.models.endpoints import Protocol

    asked = {Protocol.IMAP: imap, Protocol.SMTP: smtp}
    return tuple(each for each in Protocol if asked[each]) or tuple(Protocol)


def _targets(
    names: Sequence[str], workspace: Path | None, chosen: Sequence[Protocol], lab: Lab | None
) -> list[Target]:
    """What was named; passwords of the environment go to one account only."""
    given = passwords.given(chosen)
    ask = [] if lab else [each for each in chosen if each not in given]
    found = targets.targets(names, workspace, keyring_for=ask)
    if given and not lab and len(found) > 1:
        text = (
            f"The environment holds a password, which would be sent for all {len(found)} "
            "accounts. Test one account at a time, or unset it."
        )
        raise targets.NotFoundError(text)
    return found


def _order(
    target: Target,
    chosen: tuple[Protocol, ...],
    until: StepName | None,
    lab: Lab | None,
    workspace: Path | None,
) -> Order:
    from motion_desk.services.tester.run import Order

    ready = passwords.prepared(target, chosen, in_lab=lab is not None)
    return Order(
        ready.account,
        in_lab.with_authority(target.workspace, lab) if lab else target.workspace,
        chosen,
        until,
        ready.passwords,
        ready.missing,
        lab.route if lab else None,
        lab is not None,
        tokens=kept_sign_ins.source(target, workspace, lab),
    )


def _renewed(target: Target, workspace: Path | None, lab: Lab | None) -> Callable[[Renewed], None]:
    """What becomes of a renewed sign-in: only one of the workspace's own is kept."""
    if lab is None and target.stored:
        return partial(kept_sign_ins.keep, workspace)
    return lambda _: None


def _announce(target: Target, lab: Lab | None) -> None:
    where = f"in the lab, which shows: {lab.fault.title}" if lab else "from this workstation"
    from motion_desk.services.tester import wording

    name = wording.one_line(target.account.settings.name or "an account without a name")
    click.echo(f"Testing {name} {where}.", err=True)


def _keep(report: Report, workspace: Path | None) -> None:
    """Keep a test in the workspace; where that fails, say so and go on."""
    from motion_desk.services.tester.keeping import plain
    from motion_desk.services.tester.verdict import verdict

    tone = verdict(report).tone.value
    try:
        with workspaces.opened(workspace) as store:
            store.keep_run(
                report.account, report.at, report.fingerprint, tone, plain(report), lab=report.lab
            )
    except click.ClickException as error:
        click.echo(f"The test was not kept. {error.message}", err=True)


def _say(report: Report) -> None:
    from motion_desk.cli.summary import summary

    for line in summary(report):
        click.echo(line)


def _say_json(reports: Sequence[Report], *, several: bool) -> None:
    from motion_desk.services.tester.keeping import as_json, plain

    found = [plain(report) for report in reports]
    click.echo(as_json(found if several else found[0]), nl=False)


def _write(report: Report, path: Path) -> None:
    from motion_desk.services.tester.html import html
    from motion_desk.services.tester.keeping import json_text
    from motion_desk.services.tester.markdown import markdown

    written = {".html": html, ".md": markdown, ".json": json_text}[path.suffix.lower()]
    try:
        path.write_text(written(report), encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}.") from None


def _code(reports: Sequence[Report]) -> int:
    """The exit code of the first test that failed, or else of the first that tells nothing."""
    from motion_desk.services.tester.exit_codes import exit_code, failed_step

    failed = [report for report in reports if failed_step(report)]
    return next(filter(None, map(exit_code, failed or reports)), 0)
