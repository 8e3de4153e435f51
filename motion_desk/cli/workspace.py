"""Workspace: the workspace file that a verb works on, open, and its failures as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from motion_desk.services.store import Store

option = click.option(
    "--workspace",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The workspace file to work on, in place of the default one.",
)
"""Every verb's way to name a workspace; before the verb it means the same."""


class NotOpenedError(click.ClickException):
    """There is no workspace to work on: nothing was done."""

    exit_code = 2


def named(workspace: Path | None) -> Path | None:
    """The workspace file that was named, behind the verb or before it; ``None`` for neither."""
    root = click.get_current_context().find_root().params
    before: Any = root.get("workspace")
    return workspace or before


def is_new(workspace: Path | None) -> bool:
    """Whether the verb would work on a default workspace that does not exist yet."""
    from motion_desk.services import folders

    return named(workspace) is None and not folders.default_workspace().exists()


@contextmanager
def opened(workspace: Path | None, *, create: bool = False) -> Iterator[Store]:
    """The store of the named workspace, or else of the default one, until the block ends.

    With ``create``, a default workspace that does not exist yet is made. Ends the program with a
    sentence where something is wrong with the keyring or with what was to be stored, and with 2
    where there is no workspace to work on.
    """
    from motion_desk.services import folders
    from motion_desk.services.pipes import may_never_end
    from motion_desk.services.secrets import Secrets, SecretsError
    from motion_desk.services.store import Conflict, Store, WorkspaceError

    path = named(workspace) or folders.default_workspace()
    make = create and is_new(workspace)
    try:
        if make:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif may_never_end(path):
            raise NotOpenedError(f"{path} is a pipe, and no workspace. Choose another file.")
        store = Store.create(path, Secrets()) if make else Store.open(path, Secrets())
    except WorkspaceError as error:
        raise NotOpenedError(error.sentence) from None
    except OSError as error:
        raise NotOpenedError(f"{error.filename}: {error.strerror}.") from None
    try:
        try:
            yield store
        finally:
            store.close()
    except (WorkspaceError, SecretsError) as error:
        raise click.ClickException(error.sentence) from None
    except Conflict as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        if error.filename is None:  # not of the workspace: the output, for one
            raise
        raise click.ClickException(f"{error.filename}: {error.strerror}.") from None
