"""timeline: tells second by second what happens to a message in a situation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from motion_desk.cli import documents, targets
from motion_desk.cli import workspace as workspaces
from motion_desk.cli.output import say, say_document

if TYPE_CHECKING:
    from motion_desk.models.account import Account
    from motion_desk.models.engines.timeline.events import Event, Timeline
    from motion_desk.models.engines.timeline.worst_case import Longest, WorstCase
    from motion_desk.models.incoming import Incoming
    from motion_desk.models.sections.expectations import KeptScenario
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError

UNMET = 1
_GAP = "  "
_NOT_LOOKED_UP = (
    "The names of agents and queues are taken as they are written: give --workspace to have them "
    "looked up."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An account, its directory, and a scenario; ``expects``: it says how it must end."""

    account: Account
    workspace: Workspace
    row: KeptScenario
    incoming: Incoming | None
    expects: bool


@click.command("timeline", short_help="Tell second by second what happens to a message.")
@click.argument("account", metavar="ACCOUNT|FILE")
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The situation, as a YAML file; see docs/timeline.md.",
)
@click.option("--kept", metavar="NAME", help="A scenario that is kept in the account.")
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of a table.")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    account: str,
    scenario: Path | None,
    kept: str | None,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """Tell second by second what happens to a message, and how long a customer waits at most.

    ACCOUNT is an account of the workspace, or an account's YAML document. The situation is that
    of --scenario or --kept; without either, an ordinary message arrives and nobody answers. All of
    it is a model of the documentation.

    Ends with 0; with 1 if the scenario says how it must end and it does not; with 2 if something
    is not there or cannot be read.
    """
    if scenario and kept:
        raise click.UsageError("Give --scenario or --kept, not both.")
    from motion_desk.models.engines.header_filters import judged_by
    from motion_desk.models.engines.timeline.engine import timeline
    from motion_desk.models.engines.timeline.expected import ends_as_expected
    from motion_desk.models.engines.timeline.situations import situation
    from motion_desk.models.engines.timeline.worst_case import worst_case
    from motion_desk.services.messages.patterns import Patterns

    chosen = _chosen(account, scenario, kept, workspace)
    judge = judged_by(chosen.account.advanced.header_filters, Patterns())
    there = situation(chosen.row, chosen.account, chosen.workspace)
    there = replace(there, incoming=chosen.incoming)
    found = timeline(chosen.account, chosen.workspace, there, judge)
    worst = worst_case(chosen.account, chosen.workspace)
    unmet = ends_as_expected(chosen.row, found) if chosen.expects else ""
    if as_json:
        say_document(json.dumps(_plain(chosen, found, worst, unmet), indent=2) + "\n")
    else:
        for line in _lines(chosen, found, worst):
            say(line)
        if unmet:
            say(unmet, err=True)
    if unmet:
        context.exit(UNMET)


def _chosen(name: str, scenario: Path | None, kept: str | None, workspace: Path | None) -> Chosen:
    from motion_desk.models.sections.expectations import KeptScenario

    account, directory, looked_up = _account(name, workspace)
    if scenario:
        return _of_file(scenario, account, directory, create_missing=not looked_up)
    row = KeptScenario()
    if kept is not None:
        row = _kept(kept, account)
    incoming = _pinned(row.message, account)
    return Chosen(account, directory, row, incoming, expects=kept is not None)


def _account(name: str, workspace_file: Path | None) -> tuple[Account, Workspace, bool]:
    """The account, the directory, and whether names were looked up there."""
    from motion_desk.models.directory import Surroundings
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError

    if not targets.is_file(name):
        with workspaces.opened(workspace_file) as store:
            stored = store.load(targets.chosen(name, store.accounts()).id)
            return stored, store.workspace(), True
    directory = None
    if workspaces.named(workspace_file) is not None:
        with workspaces.opened(workspace_file) as store:
            directory = store.workspace()
    found, unreadable = documents.parsed([Path(name)])
    if unreadable:
        raise targets.NotFoundError(str(unreadable[0]))
    if found[0].kind != "account":
        raise targets.NotFoundError(f"{name} is no account's document.")
    try:
        read = found[0].read(Surroundings(directory or Workspace()), create_missing=True)
    except DocumentError as error:
        raise targets.NotFoundError(str(error)) from None
    return cast("Account", read.document), read.workspace, directory is not None


def _kept(name: str, account: Account) -> KeptScenario:
    rows = account.expectations.scenarios
    for fold in (str, str.casefold):
        for row in rows:
            if fold(row.name) == fold(name):
                return row
    there = ", ".join(f"“{row.name}”" for row in rows) or "none"
    raise targets.NotFoundError(f"No scenario is called “{name}”. There are: {there}.")


def _of_file(path: Path, account: Account, directory: Workspace, *, create_missing: bool) -> Chosen:
    from motion_desk.services.exchange.document import DocumentError, load
    from motion_desk.services.exchange.scenario_files import read_scenario

    try:
        read = read_scenario(
            load(path), account, directory, source_name=str(path), create_missing=create_missing
        )
    except DocumentError as error:
        raise targets.NotFoundError(_told(error, path)) from None
    if not create_missing:
        _tell_unknown(read.row, directory)
    elif read.row.people:
        click.echo(_NOT_LOOKED_UP, err=True)
    incoming = _message(read.message, path, account)
    return Chosen(account, read.workspace, read.row, incoming, read.expects)


def _told(error: DocumentError, path: Path) -> str:
    return "\n".join(
        f"{path}:{fault.line}: {fault.key}{': ' if fault.key else ''}{fault.sentence}"
        for fault in error.faults
    )


def _tell_unknown(row: KeptScenario, directory: Workspace) -> None:
    from motion_desk.models.scenarios import problems_of_people

    names = [each.name for each in directory.agents.entries]
    names += [each.name for each in directory.queues.entries]
    for problem in problems_of_people((row,), names):
        say(f"warning: {problem.sentence}", err=True)


def _message(written: str, scenario: Path, account: Account) -> Incoming | None:
    """The message that a scenario's file names: pinned, a header, or an .eml file's first."""
    from motion_desk.services.messages.reading import Unreadable, read_file, read_headers

    if not written:
        return None
    for row in account.expectations.messages:
        if row.name == written:
            return _pinned(row.id, account)
    try:
        first_line = written.partition("\n")[0]
        if "\n" in written or (": " in first_line and not (scenario.parent / written).is_file()):
            return read_headers(written)
        return next(iter(read_file(scenario.parent / written)))
    except (Unreadable, StopIteration) as error:
        said = getattr(error, "sentence", f"There is no message in {written}.")
        raise targets.NotFoundError(f"{scenario}: message: {said}") from None


def _pinned(identity: str, account: Account) -> Incoming | None:
    from motion_desk.services.messages.reading import Unreadable, read_headers

    for row in account.expectations.messages:
        if row.id == identity:
            try:
                return read_headers(row.headers, row.name)
            except Unreadable as error:
                raise targets.NotFoundError(f"“{row.name}”: {error.sentence}") from None
    return None


def _lines(chosen: Chosen, found: Timeline, worst: WorstCase) -> Iterator[str]:
    """The timeline as a table, and the worst case. What others said in it is made harmless."""
    from motion_desk.models.durations import in_words
    from motion_desk.models.engines.timeline.events import Basis
    from motion_desk.services.tester.wording import one_line

    title = chosen.account.settings.name or "Account"
    yield one_line(f"{title} · {chosen.row.name}" if chosen.row.name else title)
    yield "A model of the documentation: where nothing says “documented”, Motion may differ."
    yield ""
    rows = [("at", "lasts", "what happens", "what decides", "")]
    for event in found.events:
        lasts = "" if event.until is None else in_words(event.until - event.at)
        decides = _label(event, chosen.account)
        basis = event.basis.mark if event.basis is Basis.DOCUMENTED else ""
        rows.append((in_words(event.at), lasts, one_line(event.sentence), decides, basis))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield _GAP.join(cells).rstrip()
    yield ""
    yield f"After {in_words(found.ended)}: {found.ending.label[0].lower()}{found.ending.label[1:]}."
    yield from worst.sentences


def _label(event: Event, account: Account) -> str:
    """The setting that decides, as a person finds it."""
    from motion_desk.models.catalogue import catalogue_of

    if not event.key:
        return ""
    catalogue, head = catalogue_of(account), event.key.partition("/")[0]
    label = catalogue.field(event.key).label
    if event.number and head != event.key:
        return f"Action {event.number}: {label}"
    section = catalogue.section_of[head]
    return label if section.name == "settings" else f"{section.title}: {label}"


def _plain(chosen: Chosen, found: Timeline, worst: WorstCase, unmet: str) -> dict[str, Any]:
    return {
        "account": chosen.account.settings.name,
        "scenario": chosen.row.name,
        "events": [_event(each) for each in found.events],
        "ending": found.ending.value,
        "ended": found.ended,
        "asked": found.asked,
        "accepted": found.accepted,
        "unmet": unmet,
        "worst_case": {
            "asked": _longest(worst.asked),
            "offered": _longest(worst.offered),
            "ending": worst.ending.value,
            "sentences": list(worst.sentences),
        },
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "until": event.until,
        "kind": event.kind.value,
        "sentence": event.sentence,
        "key": event.key,
        "action": event.number or None,
        "person": event.person,
        "basis": event.basis.value,
        "source": event.source,
    }


def _longest(longest: Longest) -> dict[str, Any]:
    return {
        "seconds": longest.seconds,
        "parts": [
            {"key": each.key, "seconds": each.seconds, "action": each.number or None}
            for each in longest.parts
        ],
        "circle": list(longest.circle),
    }
