"""trial: tells what an account's header filters do with messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motion_desk.cli import targets
from motion_desk.cli import workspace as workspaces
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.models.account import Account
    from motion_desk.models.engines.header_filters import Cell, Judgement
    from motion_desk.models.incoming import Incoming
    from motion_desk.models.problems import Problem
    from motion_desk.models.sections.routing import HeaderFilter

UNMET = 1
UNREADABLE = 2
_MATCHED, _NOT_MATCHED, _WRONG = "x", ".", "!"
_LEGEND = "x matches, . does not, ! cannot be applied"


@dataclass(slots=True)
class _Trial:
    """The messages of some files, judged one by one as they are asked for."""

    rules: Sequence[HeaderFilter]
    files: Sequence[Path]
    unreadable: list[str] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)
    accepted: int = 0
    rejected: int = 0

    def judged(self) -> Iterator[tuple[Path, Incoming, Judgement]]:
        """Each message with its file and what becomes of it."""
        from motion_desk.models.choices import Verdict
        from motion_desk.models.engines.header_filters import judged_by
        from motion_desk.services.messages.patterns import Patterns
        from motion_desk.services.messages.reading import Unreadable, read_file

        judge = judged_by(self.rules, Patterns())
        for file in self.files:
            try:
                for incoming in read_file(file):
                    judgement = judge(incoming)
                    accepted = judgement.verdict is Verdict.ACCEPT
                    self.accepted += accepted
                    self.rejected += not accepted
                    for at, cell in enumerate(judgement.cells):
                        if cell.wrong:
                            self.wrong.setdefault(at, cell.wrong)
                    yield file, incoming, judgement
            except Unreadable as error:
                self.unreadable.append(error.sentence)


@click.command("trial", short_help="Try header filters on messages.")
@click.argument("account", metavar="ACCOUNT|FILE")
@click.argument(
    "files", metavar="MESSAGE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of lines.")
@workspaces.option
@click.pass_context
def command(
    context: click.Context,
    account: str,
    files: tuple[Path, ...],
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """Tell what an account's header filters do with messages, and which of them decides.

    ACCOUNT is an account of the workspace, or an account's YAML document; each MESSAGE is an .eml
    file or an mbox with many. Every rule is tried on every message. Order, operators and
    verdicts are a model of the documentation: Motion documents only that headers are filtered.

    Ends with 0; with 1 if a message that is pinned in the account comes out otherwise than it
    must; with 2 if the account or a message is not there or cannot be read.
    """
    from motion_desk.models.changes import effective
    from motion_desk.models.engines.filter_review import idle, review
    from motion_desk.services.expectations import UNMET as UNMET_CODES
    from motion_desk.services.expectations import unmet
    from motion_desk.services.messages.patterns import Patterns

    found, directory = targets.account_of(account, workspace)
    rules = effective(found).advanced.header_filters
    trial = _Trial(rules, files)
    told = _say_json if as_json else _say
    problems = [*review(rules)]
    problems += idle(rules, told(found, trial))
    expectations = [
        each
        for each in unmet(found, directory, Patterns())
        if each.code in UNMET_CODES and each.key.startswith("expectations.messages/")
    ]
    _end = _end_json if as_json else _end_lines
    _end(trial, problems, expectations)
    for sentence in trial.unreadable:
        say(sentence, err=True)
    if trial.unreadable:
        context.exit(UNREADABLE)
    if expectations:
        context.exit(UNMET)


def _say(account: Account, trial: _Trial) -> Iterator[Judgement]:
    """Print the rules, and each message as it is judged; hands the judgements on."""
    from motion_desk.services.tester.wording import one_line

    click.echo(one_line(account.settings.name or "Account"))
    click.echo("A model of the documentation: Motion may differ.")
    click.echo("")
    for position, rule in enumerate(trial.rules, 1):
        click.echo(f"{position:>4}  {one_line(rule.said)}")
    if not trial.rules:
        click.echo("      There is no rule: every message is accepted.")
    click.echo("")
    click.echo(f"verdict   by    rules 1 to {len(trial.rules)}: {_LEGEND}")
    positions = {rule.id: position for position, rule in enumerate(trial.rules, 1)}
    for file, incoming, judgement in trial.judged():
        verdict = "accepted" if judgement.verdict.value == "accept" else "rejected"
        by = str(positions.get(judgement.decided_by, "–"))
        marks = "".join(map(_mark, judgement.cells))
        name, source = one_line(incoming.name), one_line(str(file))
        click.echo(f"{verdict}  {by:>3}    {marks}  {name}  [{source}]")
        if incoming.left_out:
            say(f"{'':>17}{incoming.left_out}")
        yield judgement


def _mark(cell: Cell) -> str:
    if cell.wrong:
        return _WRONG
    return _MATCHED if cell.matched else _NOT_MATCHED


def _end_lines(trial: _Trial, problems: Sequence[Problem], expectations: Sequence[Problem]) -> None:
    from motion_desk.services.tester.wording import one_line

    click.echo("")
    click.echo(f"{trial.accepted:,} accepted, {trial.rejected:,} rejected.")
    positions = {rule.id: position for position, rule in enumerate(trial.rules, 1)}
    for at, sentence in sorted(trial.wrong.items()):
        click.echo(f"rule {at + 1}: warning: {one_line(sentence)}")
    for problem in problems:
        position = positions[problem.key.split("/")[1]]
        click.echo(f"rule {position}: {problem.severity.word}: {one_line(problem.sentence)}")
    for problem in expectations:
        click.echo(f"pinned message: {one_line(problem.sentence)}")


def _say_json(account: Account, trial: _Trial) -> Iterator[Judgement]:
    """Print the object up to its messages, each as it is judged; hands the judgements on."""
    rules = [
        {
            "id": rule.id,
            "position": position,
            "said": rule.said,
            "verdict": rule.verdict.value,
        }
        for position, rule in enumerate(trial.rules, 1)
    ]
    click.echo('{"account": ' + _json(account.settings.name) + ",")
    click.echo('"basis": "model of the documentation",')
    click.echo('"rules": ' + _json(rules) + ",")
    click.echo('"messages": [', nl=False)
    comma = "\n"
    for file, incoming, judgement in trial.judged():
        click.echo(comma + _json(_message(trial, file, incoming, judgement)), nl=False)
        comma = ",\n"
        yield judgement
    click.echo("],")


def _message(trial: _Trial, file: Path, incoming: Incoming, judgement: Judgement) -> Any:
    return {
        "file": str(file),
        "name": incoming.name,
        "digest": incoming.digest,
        "verdict": judgement.verdict.value,
        "decided_by": judgement.decided_by or None,
        "left_out": incoming.left_out,
        "cells": [
            _cell(rule, cell, incoming)
            for rule, cell in zip(trial.rules, judgement.cells, strict=True)
        ],
    }


def _cell(rule: HeaderFilter, cell: Cell, incoming: Incoming) -> Any:
    found = None
    if cell.header is not None and cell.span is not None:
        header = incoming.headers[cell.header]
        start, stop = cell.span
        found = {
            "header": header.name,
            "number": cell.header + 1,
            "start": start,
            "stop": stop,
            "text": header.decoded[start:stop],
        }
    return {"rule": rule.id, "matched": cell.matched, "found": found, "wrong": cell.wrong}


def _end_json(trial: _Trial, problems: Sequence[Problem], expectations: Sequence[Problem]) -> None:
    found = [
        {
            "key": each.key,
            "severity": each.severity.word,
            "code": each.code,
            "sentence": each.sentence,
        }
        for each in problems
    ]
    click.echo('"problems": ' + _json(found) + ",")
    click.echo('"unmet": ' + _json([each.sentence for each in expectations]) + ",")
    click.echo('"unreadable": ' + _json(trial.unreadable) + "}")


def _json(value: Any) -> str:
    return json.dumps(value)
