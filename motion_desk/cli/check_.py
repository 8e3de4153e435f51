"""check: lists the problems of documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import documents, workspace

if TYPE_CHECKING:
    from motion_desk.models.account import AccountSummary
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError
    from motion_desk.services.exchange.review import Finding

Object = dict[str, object]

HAS_ERRORS = 1
UNREADABLE = 2


@click.command("check", short_help="List the problems of documents.")
@documents.argument
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of lines.")
@workspace.option
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], workspace: Path | None, *, as_json: bool
) -> None:
    """List the problems of documents, one a line, as file:line: severity: field: sentence.

    A workspace document among the files, or else the file named by --workspace, says which
    queues, agents and so on there are. Ends with 1 if any problem is an error, with 2 if a file
    is no document.
    """
    from motion_desk.models.problems import Severity
    from motion_desk.services.exchange.review import review

    found, unreadable = documents.parsed(files)
    directory, accounts = _there(workspace)
    findings = review(found, directory, accounts)
    if as_json:
        click.echo(json.dumps(_objects(findings, unreadable), ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(
                f"{finding.source_name}:{finding.line}: {finding.severity.word}: "
                f"{finding.label}: {finding.sentence}"
            )
        for error in unreadable:
            click.echo(str(error), err=True)
    if directory is None and not any(each.kind == "workspace" for each in found) and found:
        click.echo(
            "Names of queues, agents and so on were not looked up: give the workspace's document "
            "too, or --workspace.",
            err=True,
        )
    if unreadable:
        context.exit(UNREADABLE)
    if any(finding.severity is Severity.ERROR for finding in findings):
        context.exit(HAS_ERRORS)


def _there(workspace_file: Path | None) -> tuple[Workspace | None, Sequence[AccountSummary]]:
    """The directory and the accounts of the workspace that was named, if any was."""
    if workspace.named(workspace_file) is None:
        return None, ()
    with workspace.opened(workspace_file) as store:
        return store.workspace(), store.accounts()


def _objects(findings: Iterable[Finding], unreadable: Iterable[DocumentError]) -> list[Object]:
    return [
        *(
            {
                "file": finding.source_name,
                "line": finding.line,
                "column": finding.column,
                "severity": finding.severity.word,
                "key": finding.key,
                "label": finding.label,
                "code": finding.code,
                "sentence": finding.sentence,
            }
            for finding in findings
        ),
        *(
            {
                "file": error.source_name,
                "line": fault.line,
                "column": fault.column,
                "severity": "error",
                "key": "",
                "label": "Document",
                "code": "unreadable",
                "sentence": fault.sentence,
            }
            for error in unreadable
            for fault in error.faults
        ),
    ]
