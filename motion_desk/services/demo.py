"""Demo: a workspace file with the sample accounts, complete and active."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import resolve
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import D, get, put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Rows
from motion_desk.models.secret import Secret
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store


def create(path: Path, secrets: Secrets) -> None:
    """Make a workspace file of the samples, with a made-up secret wherever one is asked for.

    Belongs on the store's thread. Raises ``WorkspaceError`` where the file exists or cannot be
    made, and ``SecretsError`` where the keyring refuses; then no file is left.
    """
    (_, first), *others = bundled.samples()
    workspace = read(first).document
    if not isinstance(workspace, Workspace):
        raise TypeError("the first sample is no workspace")
    surroundings = Surroundings(workspace)
    accounts = [read(text, surroundings).document for _, text in others]
    store = Store.create(path, secrets, _with_secrets(workspace))
    try:
        for account in accounts:
            store.save(_with_secrets(account))
    except BaseException:
        store.close()
        path.unlink()
        raise
    store.close()


def _with_secrets(document: D) -> D:
    """The document with a secret in each field and cell that is shown and takes one."""
    visible = resolve(document).visible
    for key, field in catalogue_of(document).fields.items():
        if field.secret and visible[key]:
            document = put(document, key, Secret(typed=f"demo-{document.id}-{field.name}"))
        elif isinstance(field.kind, Rows):
            rows = []
            for row in get(document, key):
                cells: dict[str, Any] = {
                    cell.name: Secret(typed=f"demo-{row.id}-{cell.name}")
                    for cell in fields_of(type(row))
                    if cell.secret
                }
                rows.append(replace(row, **cells))
            document = put(document, key, tuple(rows))
    return document
