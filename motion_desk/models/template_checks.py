"""Checks of templates: names that Motion would not fill in, with the line on which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import Resolved
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.engines.names import Finding, findings
from motion_desk.models.engines.placeholders import NAME
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import RichText, Rows
from motion_desk.models.memory import Cause, Memory
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.surfaces import Offered, Surface
from motion_desk.models.variables import Known, known_on
from motion_desk.models.workspace import Workspace

MOST = 50
"""Findings of one template: whoever has more of them begins with these."""
LONGEST = 1_000_000
"""Characters of one template that are looked at: what can be read between two key presses."""

_NO_NAME = (
    "“{name}” can be no variable. Write letters, digits and _, and dots between names, as in "
    "user.name."
)

_NOWHERE = "This variable is offered nowhere. Switch on at least one surface below."


def problems_of_templates(
    document: Document, resolved: Resolved, surroundings: Surroundings, memory: Memory
) -> Iterator[Problem]:
    """The problems of a document's templates, and of the variables that a workspace adds.

    Templates have none where the surroundings name no variables. A text is read again only when
    it or the variables have changed.
    """
    if isinstance(document, Workspace):
        yield from _own_names(document)
    if surroundings.variables is None:
        return
    known = _known(document, surroundings, memory)
    for key, field, text in _templates(document, resolved):
        if field.surface and text and isinstance(text, str):
            names = known[field.surface]
            make = partial(_problems, key, field, text, names)
            yield from memory.recall("template", key, Cause((text, names), ()), make)


def _own_names(workspace: Workspace) -> Iterator[Problem]:
    for row in workspace.variables.entries:
        if row.name and not NAME.fullmatch(row.name):
            key = f"variables.entries/{row.id}/name"
            yield Problem(key, "name", _NO_NAME, {"name": row.name})
        if row.surface is Offered.SEVERAL and not row.surfaces:
            yield Problem(
                f"variables.entries/{row.id}/surface", "nowhere", _NOWHERE, {}, Severity.WARNING
            )


def _known(
    document: Document, surroundings: Surroundings, memory: Memory
) -> Mapping[Surface, Known]:
    workspace = document if isinstance(document, Workspace) else surroundings.workspace
    variables, own = surroundings.variables or {}, workspace.variables

    def make() -> Mapping[Surface, Known]:
        return {each: known_on(each, variables, own.entries) for each in Surface}

    return memory.recall("known", "variables", Cause((variables, own), ()), make)


def _templates(document: Document, resolved: Resolved) -> Iterator[tuple[str, Field, object]]:
    """The key, the declaration and the value of each template that counts."""
    for field in catalogue_of(document).templates:
        value = resolved.effective[field.key]
        if not resolved.visible[field.key]:
            continue
        if not isinstance(field.kind, Rows):
            yield field.key, field, value
        elif isinstance(value, tuple):
            for row in value:
                for cell in fields_of(type(row)):
                    if cell.surface:
                        yield f"{field.key}/{row.id}/{cell.name}", cell, getattr(row, cell.name)


def _problems(key: str, field: Field, text: str, known: Known) -> tuple[Problem, ...]:
    expected = {
        variable.name: variable.description
        for variable in known.values()
        if variable.expected
        and isinstance(field.kind, RichText)
        and not (variable.instead and variable.instead in text)
    }
    found = findings(text[:LONGEST], known, expected)
    return tuple(_problem(key, finding, field) for finding in islice(found, MOST))


def _problem(key: str, finding: Finding, field: Field) -> Problem:
    return Problem(key, finding.code, finding.text, finding.values, Severity.WARNING, field.source)
