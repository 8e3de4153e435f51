"""export: writes accounts and the workspace as documents into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import workspace as workspaces
from motion_desk.cli.output import say

if TYPE_CHECKING:
    from motion_desk.models.account import AccountSummary


@click.command("export", short_help="Write accounts and the workspace as documents.")
@click.argument("accounts", metavar="[ACCOUNT]...", nargs=-1)
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; it is made if need be.",
)
@click.option("--overwrite", is_flag=True, help="Overwrite files that were changed since.")
@workspaces.option
def command(
    accounts: tuple[str, ...], folder: Path, workspace: Path | None, *, overwrite: bool
) -> None:
    """Write accounts as documents, one YAML file each, without secrets.

    ACCOUNT is an account's key, name or id. Without any, all accounts are written, and the
    workspace too. A file that is already there is only overwritten if it is exactly as an
    export left it, or with --overwrite.
    """
    from motion_desk.services.exchange.exporting import NotOursError, export

    with workspaces.opened(workspace) as store:
        chosen = [_found(name, store.accounts()) for name in accounts]
        summaries = chosen or store.accounts()
        documents = [store.load(account.id) for account in dict.fromkeys(summaries)]
        try:
            written = export(
                folder, store.workspace(), documents, whole=not accounts, overwrite=overwrite
            )
        except NotOursError as error:
            raise click.ClickException(str(error)) from None
    for path in written:
        say(str(path))


def _found(name: str, accounts: Sequence[AccountSummary]) -> AccountSummary:
    """The account with an id, else with a key, else with a name."""
    for attribute in ("id", "key", "name"):
        same = [account for account in accounts if getattr(account, attribute) == name]
        if len(same) == 1:
            return same[0]
        if same:
            ids = ", ".join(account.id for account in same)
            raise click.ClickException(f"Several accounts are called “{name}”. Give an id: {ids}.")
    keys = ", ".join(account.key or account.id for account in accounts)
    raise click.ClickException(f"There is no account “{name}”. There are: {keys or 'none'}.")
