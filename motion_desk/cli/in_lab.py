"""In the lab: a lab that lives as long as a verb needs it, and what Motion is taken to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motion_desk.models.workspace import Workspace
    from motion_desk.services.lab import Lab

NOT_GIVEN = "private-ca"
"""The fault of an authority that Motion was not given; under all others it was."""


@contextmanager
def started(fault: str) -> Iterator[Lab]:
    """A lab that shows a fault until the block ends; its authority is kept in the data folder.

    Ends the program with a sentence where there is no such fault or the lab cannot be started.
    """
    from difflib import get_close_matches

    from motion_desk.services import folders
    from motion_desk.services.lab import FAULTS, Lab, LabError

    names = [each.name for each in FAULTS]
    if fault not in names:
        near = get_close_matches(fault, names, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(names)}."
        raise click.BadParameter(f"“{fault}” is no fault. {hint}", param_hint="--lab")
    try:
        with Lab(folders.data_folder() / "lab", fault=fault) as lab:
            yield lab
    except LabError as error:
        raise click.ClickException(error.sentence) from None


def with_authority(workspace: Workspace, lab: Lab) -> Workspace:
    """The workspace as if Motion had been given the lab's authority, unless that is the fault."""
    from motion_desk.models.document import new_id
    from motion_desk.models.sections.authorities import AuthorityEntry

    if lab.fault.name == NOT_GIVEN:
        return workspace
    entry = AuthorityEntry(id=new_id(), name="The lab's", certificate=lab.certificate)
    entries = (*workspace.authorities.entries, entry)
    return replace(workspace, authorities=replace(workspace.authorities, entries=entries))
