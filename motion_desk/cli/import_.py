"""import: stores documents, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import documents, workspace
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.models.document import Document
    from motion_desk.services.exchange.plan import Change, Plan


@click.command("import", short_help="Store documents in the workspace.")
@documents.argument
@click.option("--create-missing", is_flag=True, help="Add unknown names to the directory.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@workspace.option
def command(
    files: tuple[Path, ...], workspace: Path | None, *, create_missing: bool, dry_run: bool
) -> None:
    """Store documents in the workspace: all of them, or none if anything is wrong.

    A document updates the account with its id, or else the one with its key, and adds one if
    there is neither. Secrets stay as they are: documents have none.
    """
    planned = _imported(files, workspace, create_missing=create_missing, dry_run=dry_run)
    for line in _said(planned, "would be " if dry_run else ""):
        say(line)
    for change in planned.changes:
        if change.made_inactive:
            say(
                f"{_name(change.document)} is imported as inactive: documents hold no secrets. "
                "Type the missing ones in Motion Desk, then activate it.",
                err=True,
            )


def _imported(
    files: tuple[Path, ...], workspace_file: Path | None, *, create_missing: bool, dry_run: bool
) -> Plan:
    """What was done, or would be. Ends the program with all that is wrong."""
    from motion_desk.services.exchange.importing import carry_out, plan_for
    from motion_desk.services.exchange.plan import ImportRefusedError

    found, unreadable = documents.parsed(files)
    if unreadable:
        raise _refused(*map(str, unreadable))
    try:
        if dry_run and workspace.is_new(workspace_file):
            return plan_for(None, found, create_missing=create_missing)
        with workspace.opened(workspace_file, create=True) as store:
            planned = plan_for(store, found, create_missing=create_missing)
            if not dry_run:
                carry_out(planned, store)
            return planned
    except ImportRefusedError as error:
        raise _refused(str(error)) from None


def _refused(*reasons: str) -> click.ClickException:
    return click.ClickException("\n".join(("Nothing was imported.", *reasons)))


def _said(planned: Plan, would: str) -> Iterator[str]:
    for missing in planned.missing:
        yield f"{would}added: {missing.what} “{missing.name}”"
    for change in planned.changes:
        if change.before is None:
            yield f"{would}added: {_name(change.document)}"
        else:
            yield f"{would}changed: {_name(change.document)}{_fields(change)}"
    if not planned.changes:
        yield "Nothing is different: everything is already stored as the documents say."


def _fields(change: Change) -> str:
    return f": {', '.join(change.fields)}" if change.fields else ""


def _name(document: Document) -> str:
    from motion_desk.models.account import Account

    if isinstance(document, Account):
        return f"{document.settings.name} ({document.settings.key})"
    return "the workspace"
