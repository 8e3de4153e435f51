"""Checks: pure, in three rings: each value by its kind, what is required, and across fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import DIRECTORY, SectionInfo, catalogue_of
from motion_desk.models.changes import Resolved, resolve, visible_cells
from motion_desk.models.cross_checks import ACCOUNT_CHECKS, WORKSPACE_CHECKS, Case, Check
from motion_desk.models.directory import Names, Surroundings
from motion_desk.models.document import Document
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import SENTENCES, Reference, References, Rows
from motion_desk.models.memory import Memory, cause_of
from motion_desk.models.plan_checks import problems_of_plan
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.template_checks import problems_of_templates
from motion_desk.models.workspace import Workspace

_CROSS_CHECKS: Mapping[type[Document], tuple[Check, ...]] = {
    Account: ACCOUNT_CHECKS,
    Workspace: WORKSPACE_CHECKS,
}


def check(
    document: Document,
    surroundings: Surroundings | None = None,
    resolved: Resolved | None = None,
    names: Names | None = None,
    memory: Memory | None = None,
) -> tuple[Problem, ...]:
    """All problems of a document, in the order of its fields, the worst of a field first.

    Hidden fields have none. A wrong value is an error. A missing one is an error where the
    account is active (and in the workspace), else a warning: an unfinished account can be saved.
    ``resolved``, ``names`` and ``memory`` may be given where they are at hand; they must be the
    document's.
    """
    surroundings = surroundings or Surroundings()
    resolved = resolved or resolve(document)
    names = names or surroundings.names(document)
    memory = memory or Memory()
    incomplete = Severity.ERROR
    if isinstance(document, Account) and document.settings.active is not True:
        incomplete = Severity.WARNING
    found: list[Problem] = []
    for info in catalogue_of(document).sections:
        by_field = partial(_by_field, info, resolved, names, incomplete)
        cause = cause_of(info, document, resolved, surroundings).along_with(facts=(incomplete,))
        found += memory.recall("problems", info.name, cause, partial(_gathered, by_field))
    case = Case(document, resolved.effective, resolved.visible, surroundings)
    for cross_check in _CROSS_CHECKS.get(type(document), ()):
        found.extend(cross_check(case))
    found.extend(problems_of_plan(document, resolved, surroundings, memory))
    found.extend(problems_of_templates(document, resolved, surroundings, memory))
    if len(found) > 1:
        order = {key: position for position, key in enumerate(catalogue_of(document).fields)}
        found.sort(key=lambda problem: (order[problem.key.partition("/")[0]], -problem.severity))
    return tuple(found)


def _gathered(make: Callable[[], Iterator[Problem]]) -> tuple[Problem, ...]:
    return tuple(make())


def blocking(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems that keep a document from being saved."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _by_field(
    info: SectionInfo, resolved: Resolved, names: Names, incomplete: Severity
) -> Iterator[Problem]:
    for field in info.fields:
        key = field.key
        value = resolved.effective[key]
        if not resolved.visible[key] or (value is field.default and not field.required):
            continue
        yield from problems_of_value(key, field, value, incomplete, names)
        if isinstance(field.kind, Rows) and isinstance(value, tuple):
            for row in value:
                shown = visible_cells(row)
                for cell in fields_of(type(row)):
                    content = getattr(row, cell.name)
                    if shown[cell.name] and (content is not cell.default or cell.required):
                        cell_key = f"{key}/{row.id}/{cell.name}"
                        yield from problems_of_value(cell_key, cell, content, incomplete, names)


def problems_of_value(
    key: str, field: Field, value: Any, incomplete: Severity, names: Names
) -> Iterator[Problem]:
    """What the first two rings find of one value that counts: its kind, and what is needed.

    ``incomplete`` is how bad it is that a value is missing.
    """
    if not _is_default(value, field.default):  # which is proved at import
        wrong = False
        for code, values in field.kind.check(value):
            wrong = True
            yield Problem(key, code, SENTENCES[code], values)
        if wrong:
            return
    if field.required and (
        not value if isinstance(field.kind, _TRUTHY) else value == field.kind.empty
    ):
        text = "{label} is needed before the account can be active."
        if incomplete is Severity.ERROR:
            text = "{label} is needed. Fill it in."
        yield Problem(key, "required", text, {"label": field.label}, incomplete)
    elif isinstance(field.kind, Reference) and value and not names.name(field.kind.to, value):
        yield _dangling(key, field, incomplete)
    elif isinstance(field.kind, References):
        entries = names.entries(field.kind.to)
        if any(entry not in entries for entry in value):
            yield _dangling(key, field, incomplete)


_TRUTHY = (References, Rows)


def _is_default(value: object, default: object) -> bool:
    return value is default or (type(value) is type(default) and value == default)


def _dangling(key: str, field: Field, severity: Severity) -> Problem:
    text = "{label} names an entry that is no longer in the directory. Choose another one."
    if isinstance(field.kind, Reference) and field.kind.to not in DIRECTORY:
        text = "What “{label}” names was deleted from this account. Choose another one."
    return Problem(key, "dangling", text, {"label": field.label}, severity)
