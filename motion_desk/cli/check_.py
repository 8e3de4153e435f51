"""check: lists the problems of documents, or of what a workspace has stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import documents, workspace
from motion_desk.cli.output import say, say_document

if TYPE_CHECKING:
    from motion_desk.models.account import AccountSummary
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.exchange.document import DocumentError
    from motion_desk.services.exchange.review import Finding

Object = dict[str, object]

HAS_ERRORS = 1
UNREADABLE = 2


@click.command("check", short_help="List the problems of documents.")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of lines.")
@workspace.option
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], workspace: Path | None, *, as_json: bool
) -> None:
    """List the problems of documents, one a line, as file:line: severity: field: sentence.

    A workspace document among the files, or else the file named by --workspace, says which
    queues, agents and so on there are. Without files the workspace and all its accounts are
    checked as they are stored; a name stands in place of file and line.

    Pinned messages and kept scenarios are tried again, by a model of the documentation.

    Ends with 1 if any problem is an error, or if a pinned message or a kept scenario comes out
    otherwise than it must; with 2 if a file is no document, or the workspace is not there.
    """
    from motion_desk.models.problems import Severity
    from motion_desk.services.exchange.review import review
    from motion_desk.services.expectations import UNMET

    found, unreadable = documents.parsed(files)
    directory: Workspace | None = None
    if files:
        directory, accounts = _there(workspace)
        findings = review(found, directory, accounts)
    else:
        findings = _stored(workspace)
    if as_json:
        say_document(json.dumps(_objects(findings, unreadable), indent=2) + "\n")
    else:
        for finding in findings:
            said = f"{finding.severity.word}: {finding.label}: {finding.sentence}"
            say(f"{_where(finding)}: {said}")
        for error in unreadable:
            say(str(error), err=True)
    if directory is None and not any(each.kind == "workspace" for each in found) and found:
        click.echo(
            "Names of queues, agents and so on were not looked up: give the workspace's document "
            "too, or --workspace.",
            err=True,
        )
    if unreadable:
        context.exit(UNREADABLE)
    if any(
        finding.severity is Severity.ERROR
        or (finding.code in UNMET and finding.key.startswith("expectations."))
        for finding in findings
    ):
        context.exit(HAS_ERRORS)


def _where(finding: Finding) -> str:
    """A file and line, or the name of what is stored, on one line."""
    from motion_desk.services.tester.wording import one_line

    if finding.line:
        return f"{finding.source_name}:{finding.line}"
    return one_line(finding.source_name)


def _stored(workspace_file: Path | None) -> list[Finding]:
    """The problems of the workspace that was named, or else of the default one."""
    from motion_desk.services.exchange.review import review_stored

    with workspace.opened(workspace_file) as store:
        accounts = [store.load(each.id) for each in store.accounts()]
        return review_stored(store.workspace(), accounts)


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
