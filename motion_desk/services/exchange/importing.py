"""Importing: carries a plan out in a store, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from motion_desk.models.workspace import Workspace
from motion_desk.services.exchange.plan import Change, Plan, plan
from motion_desk.services.exchange.reading import Parsed

if TYPE_CHECKING:
    from motion_desk.models.document import Document
    from motion_desk.services.store import Store


def plan_for(
    store: Store | None, documents: Sequence[Parsed], *, create_missing: bool = False
) -> Plan:
    """See ``plan``, for what a store holds now; ``None`` stands for a new, empty workspace.

    Belongs on the store's thread. Raises ``ImportRefusedError`` and the store's errors.
    """
    if store is None:
        return plan(documents, Workspace(), [], create_missing=create_missing)
    accounts = [store.load(each.id) for each in store.accounts()]
    deleted = [store.load(each.id) for each in store.bin()]
    return plan(documents, store.workspace(), accounts, deleted, create_missing=create_missing)


def carry_out(planned: Plan, store: Store) -> None:
    """Save every change. If one cannot be saved, those before it are taken back.

    Belongs on the store's thread. Raises what the store raises for that one.
    """
    done: list[tuple[Change, Document]] = []
    deleted = {each.id for each in store.bin()}
    try:
        for change in planned.changes:
            saved: Document = store.save(change.document)
            done.append((change, saved))
    except BaseException:
        for change, saved in reversed(done):
            if change.before is None:
                store.erase(saved.id)
                continue
            store.save(replace(change.before, version=saved.version))
            if saved.id in deleted:
                store.delete(saved.id)
        raise
