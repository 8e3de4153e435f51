"""Kept sign-ins: where a test gets its tokens from, and what it renewed goes back to the keyring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from motion_desk.cli import workspace as workspaces

if TYPE_CHECKING:
    from motion_desk.cli.targets import Target
    from motion_desk.services.lab import Lab
    from motion_desk.services.tester.steps import Renewed
    from motion_desk.services.tester.tokens import TokenSource


def source(target: Target, workspace: Path | None, lab: Lab | None) -> TokenSource | None:
    """Where the tokens of an account come from; ``None`` where it needs none.

    In the lab somebody signs in there and then: a person's own sign-in should not go there.
    """
    from motion_desk.models.endpoints import Protocol, endpoint
    from motion_desk.services.tester.tokens import TokenSource, token_source

    found = token_source(target.account, target.workspace, None)
    if found is None:
        return None
    if lab is not None:
        from motion_desk.services.oauth import in_lab
        from motion_desk.services.oauth.trouble import SignInError

        login = endpoint(target.account, Protocol.IMAP).login
        kept = ""
        try:
            kept = in_lab.renewable(lab, found.provider, login.identity if login else "")
        except SignInError as error:
            return TokenSource(found.provider, missing=error.sentence)
        return TokenSource(found.provider, kept, way=in_lab.way_to(lab))
    if not target.stored:
        return found
    with workspaces.opened(workspace) as store:
        return token_source(target.account, target.workspace, store)


def keep(workspace: Path | None, renewed: Renewed) -> None:
    """Keep a renewed sign-in; where that fails, say so and go on."""
    from motion_desk.services.tester.tokens import keep as kept

    try:
        with workspaces.opened(workspace) as store:
            kept(renewed, store)
    except click.ClickException as error:
        click.echo(f"The renewed sign-in was not kept. {error.message}", err=True)
