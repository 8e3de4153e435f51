"""Applying: makes the changes of a remedy in the open account and the workspace, as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import value_at
from motion_desk.models.document import Document
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.workspace import Workspace
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.tester.steps import Change, Finding, Remedy

REVIEW_DAYS = 90
"""Days after which what is done at one's own risk is looked at again, unless another day is set."""

FLAG = "any_certificate"

Values = Mapping[str, object]


def merged(document: Document, changes: Iterable[Change]) -> dict[str, object]:
    """What the changes set, by key; rows come to those that are there, in place of their namesakes.

    For two remedies may each add a row to the same field.
    """
    return {change.key: _merged(document, change.key, change.value) for change in changes}


def _merged(document: Document, key: str, value: Any) -> object:
    head, _, cell = key.partition("/")
    if cell or not isinstance(catalogue_of(document).fields[head].kind, Rows):
        return value
    new: dict[str, Row] = {row.id: row for row in value}
    kept = [new.pop(row.id, row) for row in value_at(document, key)]
    return (*kept, *new.values())


def is_applied(remedy: Remedy, account: Account, workspace: Workspace) -> bool:
    """Whether all that a remedy changes is so already; never for one that changes nothing."""
    pairs = [(account, change) for change in remedy.changes]
    wanted = [*pairs, *((workspace, change) for change in remedy.workspace_changes)]
    return bool(wanted) and all(_is_so(document, change) for document, change in wanted)


def _is_so(document: Document, change: Change) -> bool:
    value = value_at(document, change.key)
    if isinstance(change.value, tuple) and isinstance(value, tuple):
        # The rows may have got a reason and a review date since.
        there = {row.id for row in value}
        return all(row.id in there for row in change.value)
    return bool(value == change.value)


def at_risk(values: Values, known: Account, reason: str, review: date) -> dict[str, object]:
    """The values with the reason and the review date beside each flag, and in each new pin."""
    answered: dict[str, object] = {}
    for key, value in values.items():
        section, _, name = key.partition(".")
        if name == FLAG:
            answered[f"{section}.{FLAG}_reason"] = reason
            answered[f"{section}.{FLAG}_review"] = review
        answered[key] = _answered(value, value_at(known, key), reason, review)
    return answered


def _answered(value: Any, before: Any, reason: str, review: date) -> object:
    """A field of rows with its new rows given reason and review; any other value as it is."""
    if not (isinstance(value, tuple) and isinstance(before, tuple)):
        return value
    return tuple(
        replace(row, reason=reason, review=review)
        if row not in before and hasattr(row, "review")
        else row
        for row in value
    )


def apply(
    desk: Desk,
    finding: Finding,
    remedy: Remedy,
    answer: tuple[str, date] | None,
    told: Callable[[str], None],
) -> None:
    """Make a remedy's changes in the open account and the workspace, as one undoable step.

    ``answer`` is the reason and the review date of what is done at one's own risk.
    """
    account = desk.current.draft if desk.current else None
    if not isinstance(account, Account):
        return
    values = merged(account, remedy.changes)
    if answer:
        values = at_risk(values, account, *answer)
    workspace = desk.workspace
    changes: dict[str, Values] = {}
    if values:
        changes[account.id] = values
    if remedy.workspace_changes:
        changes[workspace.id] = merged(workspace, remedy.workspace_changes)
    desk.edit_all(changes, tr("remedy for “{}”").format(tr(finding.title)))
    if remedy.workspace_changes:
        told(tr("The workspace was changed too. “Save all” saves it together with the account."))
