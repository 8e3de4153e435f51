"""Memory changes how soon a view is made, never what it shows."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.changes import change
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.memory import Memory
from motion_desk.models.sections.actions import Close
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.views import view
from motion_desk.models.workspace import Workspace
from tests.strategies import accounts, values, workspaces


def edits(fields: Any) -> Any:
    return st.lists(
        st.sampled_from(list(fields.values())).flatmap(
            lambda field: st.tuples(st.just(field.key), values(field.kind))
        ),
        max_size=12,
    )


def all_equal(saved: Document, steps: list[tuple[str, Any]], surroundings: Surroundings) -> None:
    memory = Memory()
    draft = saved
    for key, value in (("", None), *steps):
        draft = change(draft, key, value) if key else draft
        assert view(saved, draft, surroundings, memory) == view(saved, draft, surroundings)


@given(accounts(), workspaces(), edits(ACCOUNT.fields))
def test_an_account_looks_the_same_with_memory(
    saved: Account, workspace: Workspace, steps: list[tuple[str, Any]]
) -> None:
    all_equal(saved, steps, Surroundings(workspace, (AccountSummary("peer", key="ABC"),)))


@given(workspaces(), edits(WORKSPACE.fields))
def test_a_workspace_looks_the_same_with_memory(
    saved: Workspace, steps: list[tuple[str, Any]]
) -> None:
    all_equal(saved, steps, Surroundings(saved))


def test_a_section_is_seen_again_where_another_one_that_it_refers_to_has_changed() -> None:
    memory = Memory()
    draft = change(Account(), "dispositions.entries", (DispositionEntry(id="d", name="Sold"),))
    draft = change(draft, "actions.plan", (Close(id="c", disposition="d"),))
    view(draft, draft, Surroundings(), memory)
    renamed = change(draft, "dispositions.entries/d/name", "Lost")
    [row] = view(draft, renamed, Surroundings(), memory).section("actions").fields[0].rows
    assert row.title == "1. Close: Lost"


def test_a_section_is_seen_again_where_the_directory_has_changed() -> None:
    memory = Memory()
    account = change(Account(), "settings.name", "A")
    empty, named = (
        Surroundings(),
        Surroundings(change(Workspace(), "general.motion_version", "3.0")),
    )
    assert not any(
        field.newer for field in view(account, account, empty, memory).section("transfer").fields
    )
    assert any(
        field.newer for field in view(account, account, named, memory).section("transfer").fields
    )


def test_a_value_that_only_equals_the_last_one_is_seen() -> None:
    memory, around = Memory(), Surroundings()
    account = change(Account(), "settings.service", Service.CUSTOM)
    view(account, account, around, memory)
    wrong = change(account, "imap.ssl", 1)
    assert view(account, wrong, around, memory) == view(account, wrong, around)
    assert "type" in [problem.code for problem in view(account, wrong, around, memory).problems]
