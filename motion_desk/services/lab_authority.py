"""The lab's authority: noted in a workspace as one that Motion was given, so that lab tests pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from motion_desk.models.document import get, new_id, put
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.workspace import Workspace

if TYPE_CHECKING:
    from motion_desk.services.store import Store

NAME = "Motion Desk lab authority"
KEY = "authorities.entries"
NOT_GIVEN = "private-ca"
"""The fault that Motion was not given the lab's authority: what is noted here counts for nothing."""


def noted(workspace: Workspace, certificate: str) -> Workspace:
    """The workspace with the lab's authority noted, in place of one that the lab had before.

    It is the same workspace where the certificate, as PEM, is there already.
    """
    entries: tuple[AuthorityEntry, ...] = get(workspace, KEY)
    if any(entry.certificate.strip() == certificate.strip() for entry in entries):
        return workspace
    note = "Made on this computer, for the lab alone."
    entry = AuthorityEntry(id=new_id(), name=NAME, certificate=certificate, note=note)
    return put(workspace, KEY, (*(each for each in entries if each.name != NAME), entry))


def without(workspace: Workspace) -> Workspace:
    """The workspace without what ``noted`` puts into it."""
    entries: tuple[AuthorityEntry, ...] = get(workspace, KEY)
    kept = tuple(entry for entry in entries if entry.name != NAME)
    return replace(workspace, authorities=replace(workspace.authorities, entries=kept))


def introduced(store: Store, folder: Path) -> Workspace | None:
    """Note the authority that ``folder`` keeps in the stored workspace; on the store's thread.

    Returns the workspace as it is stored now, or nothing where it was noted before or cannot be.
    Raises ``LabError`` where the folder cannot be used.
    """
    # Making keys takes a library that nothing else here needs.
    from motion_desk.services.lab.authority import Authority

    if store.read_only:
        return None
    before = store.workspace()
    after = noted(before, Authority.kept_in(folder).pem)
    return None if after is before else store.save(after)
