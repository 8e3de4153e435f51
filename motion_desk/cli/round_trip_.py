"""round-trip: sends a message from an account to itself and waits until it has arrived."""

from __future__ import annotations

import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motion_desk.cli import in_lab, kept_sign_ins, passwords, targets
from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.tester.round_trip import RoundTrip
    from motion_desk.services.tester.run import Order

INTERRUPTED = 130
UNKNOWN, LOST = 3, 24
JUNK = 25


@click.command("round-trip", short_help="Send a message to the account itself, and await it.")
@click.argument("account")
@click.option("--to", metavar="ADDRESS", default="", help="Send it to another address.")
@click.option("--within", type=click.FloatRange(1, 3600), default=120.0, help="Seconds to wait.")
@click.option("--keep", "end", flag_value="keep", help="Leave the message where it is.")
@click.option("--delete", "end", flag_value="delete", help="Delete the message afterwards.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
@click.option("--lab", "fault", metavar="FAULT", help="Do it in the lab with this fault.")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    account: str,
    to: str,
    within: float,
    end: str | None,
    fault: str | None,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """Send a message from an account to its own address, and wait for it in the mailbox.

    ACCOUNT is named as for “test”. The message is looked for in the account's mailbox, in INBOX
    and in the junk folder. A terminal is asked whether to delete it; elsewhere it stays, but with
    --delete. Passwords come from where “test” takes them.

    Ends with 0 if the message arrived where Motion fetches; with 25 if it arrived elsewhere, such
    as in the junk folder; with 24 if it did not arrive; with 10 to 23 by the step that failed
    before; with 3 if the server did not take it; with 130 after Ctrl+C.
    """
    code = INTERRUPTED
    try:
        with in_lab.started(fault) if fault else nullcontext() as lab:
            order = _order(account, workspace, lab)
            renewed: list[str] = []
            result = _made(order, to, within, lab, renewed)
            if as_json:
                _say_json(result)
            else:
                _say(result)
            code = _code(result)
            if result.arrived and _is_to_be_deleted(end):
                _delete(order, result, renewed)
            _keep(order, renewed, workspace)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
    context.exit(code)


def _order(account: str, workspace: Path | None, lab: Lab | None) -> Order:
    from motion_desk.models.endpoints import Protocol
    from motion_desk.services.tester.run import Order

    given = passwords.given(Protocol)
    ask = [] if lab else [each for each in Protocol if each not in given]
    [target] = targets.targets([account], workspace, keyring_for=ask)
    ready = passwords.prepared(target, tuple(Protocol), in_lab=lab is not None)
    return Order(
        ready.account,
        in_lab.with_authority(target.workspace, lab) if lab else target.workspace,
        passwords=ready.passwords,
        missing=ready.missing,
        route=lab.route if lab else None,
        lab=lab is not None,
        tokens=kept_sign_ins.source(target, workspace, lab),
    )


def _made(order: Order, to: str, within: float, lab: Lab | None, renewed: list[str]) -> RoundTrip:
    """The round trip, told as it goes; ended early by Ctrl+C."""
    from motion_desk.cli.progress import Progress
    from motion_desk.cli.running import interruptions
    from motion_desk.services.tester.round_trip import Arrived, Over, Sent, Waiting, round_trip
    from motion_desk.services.tester.steps import Began, Ended
    from motion_desk.services.tester.tokens import Tokens
    from motion_desk.services.tester.wording import one_line

    own = order.account.settings.address
    where = "in the lab" if lab else "from this workstation"
    click.echo(one_line(f"Sending a message from {own} to {to or own}, {where}."), err=True)
    stop = threading.Event()
    tokens = Tokens(order.tokens, renewed.append)
    progress = Progress()
    try:
        events = round_trip(order, stop, tokens, to=to, seconds=within)
    except ValueError as error:
        raise targets.NotFoundError(str(error)) from None
    with interruptions(stop.set):
        for event in events:
            match event:
                case Began() | Ended():
                    progress.show(event)
                case Sent():
                    folders = ", ".join(f"“{each}”" for each in event.folders)
                    text = f"The server took it: {event.message_id}. Looking into {folders}."
                    click.echo(one_line(text), err=True)
                case Waiting():
                    click.echo(f"Not there yet, {event.left:.0f} s left.", err=True)
                case Arrived():
                    click.echo("It is there. Looking at its DKIM signature.", err=True)
                case Over():
                    return event.result
    raise RuntimeError("a round trip ends with its result")


def _is_to_be_deleted(end: str | None) -> bool:
    """Whether the message goes; without an option only a person on a terminal says so."""
    if end is None and sys.stdin.isatty():
        return click.confirm("Delete the message?", default=False, err=True)
    return end == "delete"


def _delete(order: Order, result: RoundTrip, renewed: list[str]) -> None:
    from motion_desk.services.tester.clearing import delete
    from motion_desk.services.tester.tokens import Tokens

    why_not = delete(order, result, threading.Event(), Tokens(order.tokens, renewed.append))
    said = f"The message was not deleted. {why_not}" if why_not else "The message was deleted."
    click.echo(said, err=True)


def _keep(order: Order, renewed: list[str], workspace: Path | None) -> None:
    """Keep the sign-in as it was renewed last; that of the lab is not kept."""
    from motion_desk.services.tester.steps import Renewed

    if renewed and order.tokens and not order.lab:
        kept_sign_ins.keep(workspace, Renewed(order.tokens.provider.id, renewed[-1]))


def _say(result: RoundTrip) -> None:
    from motion_desk.services.tester.wording import one_line, server_words

    click.echo(one_line(result.sentence))
    findings = [*(result.failed.findings if result.failed else ())]
    findings += [result.finding] if result.finding else []
    for finding in findings:
        click.echo(one_line(f"{finding.title}. {finding.cause}"))
        if words := server_words(finding):
            click.echo(one_line(f"The server said: {words}"))
        for number, remedy in enumerate(finding.remedies, 1):
            click.echo(one_line(f"{number}. {remedy.sentence}"))
    if trace := result.trace:
        for hop in trace.hops:
            delay = "" if hop.delay is None else f" after {hop.delay:.0f} s"
            tls = f", {hop.tls}" if hop.tls else ""
            click.echo(one_line(f"Hop: {hop.sender or '?'} → {hop.receiver or '?'}{delay}{tls}"))
        for each in trace.checked:
            text = f"{each.method.upper()}: {each.result}, says {each.server or 'a server'}"
            click.echo(one_line(f"{text}. {each.detail}".rstrip(" .")))
    if result.dkim:
        for remark in result.dkim.remarks:
            said = f"DKIM, looked at here: {remark.sentence} {remark.meaning}"
            click.echo(one_line(said))
    if trace := result.trace:
        for name, value in trace.spam:
            click.echo(one_line(f"{name}: {value}"))
        for change in trace.altered:
            text = f"{change.name} was changed: “{change.sent}” → “{change.arrived}”"
            click.echo(one_line(text))


def _say_json(result: RoundTrip) -> None:
    from motion_desk.services.tester.keeping import as_json

    trace, arrived = result.trace, result.arrived
    finding = result.finding or (result.failed and next(iter(result.failed.findings), None))
    plain: dict[str, Any] = {
        "account": result.account,
        "to": result.to,
        "at": result.at.isoformat(),
        "message_id": result.message_id,
        "sentence": result.sentence,
        "sent": result.sent,
        "folders": list(result.folders),
        "mailbox": arrived.mailbox if arrived else None,
        "uid": arrived.header.uid if arrived else None,
        "seconds": result.seconds if arrived else None,
        "failed": result.failed.name.value if result.failed else None,
        "finding": finding.failure.value if finding else None,
        "remedies": [each.sentence for each in finding.remedies] if finding else [],
        "stopped": result.stopped,
        "lab": result.lab,
        "hops": [
            {
                "from": hop.sender,
                "by": hop.receiver,
                "at": hop.at.isoformat() if hop.at else None,
                "delay": hop.delay,
                "protocol": hop.protocol,
                "tls": hop.tls,
            }
            for hop in (trace.hops if trace else ())
        ],
        "checked": [
            {"method": each.method, "result": each.result, "server": each.server}
            for each in (trace.checked if trace else ())
        ],
        "dkim": [
            {"code": each.code, "tone": each.tone.value, "sentence": each.sentence}
            for each in (result.dkim.remarks if result.dkim else ())
        ],
        "spam": [list(each) for each in (trace.spam if trace else ())],
        "altered": [each.name for each in (trace.altered if trace else ())],
    }
    click.echo(as_json(plain), nl=False)


def _code(result: RoundTrip) -> int:
    if result.stopped:
        return INTERRUPTED
    if result.failed:
        return result.failed.name.exit_code
    if not result.sent:
        return UNKNOWN
    if result.arrived is None:
        return LOST
    return JUNK if result.finding else 0
