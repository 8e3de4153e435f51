"""Case: what remedies are made from, and the few ways of making one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.changes import change
from motion_desk.models.document import Document, get
from motion_desk.models.endpoints import Endpoint, Protocol
from motion_desk.models.fields import Field
from motion_desk.models.workspace import Workspace
from motion_desk.services.tester.steps import Change, Difference, Remedy, Who

NO_FIELD = frozenset({"settings.service", ""})
"""What a part of an endpoint comes from where it is no field of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """The values that were tested, and the clues that were found beside the steps.

    ``there``: the steps were made on the Motion server.
    """

    account: Account
    workspace: Workspace
    endpoint: Endpoint
    clues: Mapping[str, Any] = field(default_factory=dict)
    there: bool = False

    @property
    def protocol(self) -> Protocol:
        """The protocol that was tested."""
        return self.endpoint.protocol

    def key(self, part: str) -> str:
        """The field that a part of the endpoint comes from, where it is one that can be set."""
        key = self.endpoint.keys.get(part, "")
        return "" if key in NO_FIELD else key

    @property
    def where(self) -> str:
        """Host and port."""
        return f"{self.endpoint.host}:{self.endpoint.port}"


def setting(case: Case, code: str, text: str, values: Mapping[str, Any], **parts: object) -> Remedy:
    """A change of the account: ``parts`` gives the parts of the endpoint their new values.

    Parts that come from no field of their own are left out; see ``can_set``.
    """
    changes = [Change(case.key(part), value) for part, value in parts.items() if case.key(part)]
    return changed(case, code, text, values, *changes)


def can_set(case: Case, *parts: str) -> bool:
    """Whether each part of the endpoint comes from a field that can be set."""
    return all(case.key(part) for part in parts)


def changed(
    case: Case, code: str, text: str, values: Mapping[str, Any], *changes: Change, **more: Any
) -> Remedy:
    """A remedy that consists of changes of the account; ``more`` is for ``Remedy``."""
    differences = differences_of(case.account, changes)
    return Remedy(code, text, values, changes, differences, **more)


def differences_of(document: Document, changes: tuple[Change, ...]) -> tuple[Difference, ...]:
    """What changes would do to a document, followers included, in words."""
    after = document
    for each in changes:
        after = change(after, each.key, each.value)
    catalogue = ACCOUNT if isinstance(document, Account) else WORKSPACE
    return tuple(
        Difference(key, declared.label, _said(declared, was), _said(declared, now, was))
        for key, declared in catalogue.fields.items()
        if (was := get(document, key)) != (now := get(after, key))
    )


def _said(declared: Field, value: Any, before: Any = None) -> str:
    """A value in words; of rows how many there are, and how those are called that are new."""
    if isinstance(value, tuple):
        new = [_called(row) for row in value if before is not None and row not in before]
        return ", ".join([str(len(value)), *new])
    return declared.kind.format(value) or "empty"


def _called(row: Any) -> str:
    """What a row is known by."""
    return f"with “{getattr(row, 'name', '') or getattr(row, 'host', '')}”"


def typed(case: Case, code: str, text: str, part: str, **values: Any) -> Remedy:
    """A remedy for which a person must type what only they know."""
    key = case.endpoint.keys.get(part, "")
    return Remedy(code, text, values, field=key or "settings.service")


def asked(code: str, text: str, who: Who, letter: str, **values: Any) -> Remedy:
    """A remedy that is no setting: ``who`` can do it, and gets the letter."""
    return Remedy(code, text, values, who=who, letter=letter)


def advised(code: str, text: str, who: Who = Who.YOU, **values: Any) -> Remedy:
    """A remedy that is no setting, and needs no letter."""
    return Remedy(code, text, values, who=who)


def retried(code: str, text: str, after: float, **values: Any) -> Remedy:
    """A remedy that consists of waiting."""
    return Remedy(code, text, values, again_after=after)
