"""Identity: tells a workspace file that was copied from one that was moved."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select, update

from motion_desk.models import records
from motion_desk.models.document import new_id
from motion_desk.services.secrets import Secrets, SecretsError, service_of
from motion_desk.services.store.database import Database
from motion_desk.services.store.errors import WorkspaceError
from motion_desk.services.store.files import examine


def settled(database: Database, secrets: Secrets, identity: str) -> str:
    """The identity that the workspace in this file has from now on.

    A copy (the file still lies where it was last opened, too) becomes a workspace of its own with
    its own keyring entries; a moved file notes its new place. Where the copy's secrets cannot be
    reached today, all stays as it is and the next opening tries again.
    """
    here = os.fsencode(database.path.resolve())
    with database.reading() as transaction:
        noted = transaction.scalars(select(records.workspace.c.path)).one()
    if noted == here:
        return identity
    if not _is_copy(Path(os.fsdecode(noted)), database.path, identity):
        with database.writing() as transaction:
            transaction.execute(update(records.workspace).values(path=here))
        return identity
    fresh = new_id()
    copied: list[str] = []
    try:
        if not _copy_secrets(database, secrets, identity, fresh, copied):
            raise SecretsError("Secrets of this session only.")  # noqa: TRY301  the way out below
        _become(database, fresh, here)
    except SecretsError:
        _forget(secrets, fresh, copied)
        return identity
    except BaseException:
        _forget(secrets, fresh, copied)
        raise
    return fresh


def _is_copy(origin: Path, path: Path, identity: str) -> bool:
    try:
        return not origin.samefile(path) and examine(origin).identity == identity
    except (OSError, ValueError, WorkspaceError):  # gone, or some other file by now
        return False


def _copy_secrets(
    database: Database, secrets: Secrets, old: str, new: str, copied: list[str]
) -> bool:
    """Copy all entries, retired ones too; false where some may be in another keyring."""
    with database.reading() as transaction:
        references = list(transaction.scalars(select(records.secret.c.reference)))
    for reference in references:
        text = secrets.get(service_of(old), reference)
        if text is not None:
            copied.append(reference)
            secrets.put(service_of(new), reference, text)
        elif not secrets.status.lasting:
            return False
    return True


def _become(database: Database, identity: str, here: bytes) -> None:
    """Give the workspace another id, wherever it stands."""
    with database.writing() as transaction:
        row = dict(transaction.execute(select(records.workspace)).mappings().one())
        before, row["id"], row["path"] = row["id"], identity, here
        row["digest"] = records.seal(row)
        transaction.execute(update(records.workspace), row)
        for table in (records.secret, records.draft):
            transaction.execute(
                update(table).where(table.c.document == before).values(document=identity)
            )


def _forget(secrets: Secrets, identity: str, references: list[str]) -> None:
    with suppress(SecretsError):
        for reference in references:
            secrets.forget(service_of(identity), reference)
