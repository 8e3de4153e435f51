"""References are told by name, found, and led over to another entry."""

from __future__ import annotations

import pytest

from motion_desk.models.account import Account
from motion_desk.models.catalogue import DIRECTORY
from motion_desk.models.directory import (
    Named,
    Surroundings,
    is_named,
    own_name,
    row_title,
    row_type_title,
    uses,
)
from motion_desk.models.document import Document, put
from motion_desk.models.kinds import Row
from motion_desk.models.references import with_references_replaced
from motion_desk.models.sections.actions import Close, GotoIf, GotoP, Noop, TagIt, ToAgent, ToQueue
from motion_desk.models.sections.answers import CannedAnswer, DispositionEntry
from motion_desk.models.sections.directory import AgentEntry, InvitationEntry, ListEntry
from motion_desk.models.workspace import Workspace

WORKSPACE = put(
    put(Workspace(), "lists.entries", (ListEntry(id="2abc", name="VIP"), ListEntry(id="3k9f"))),
    "invitations.entries",
    (InvitationEntry(id="2abc", key="welcome"),),
)
PLAN = (
    ToAgent(id="a", agent="x"),
    GotoIf(id="b", when_true="a", when_false="gone"),
    GotoP(id="c", target="b"),
    Close(id="d", disposition="p"),
    TagIt(id="e"),
)


def account() -> Account:
    """An account that refers to all sorts of entries."""
    found = put(Account(id="acc"), "settings.list", "2abc")
    found = put(found, "settings.agents", ("x", "y"))
    found = put(found, "dispositions.entries", (DispositionEntry(id="p", name="Paid"),))
    return put(found, "actions.plan", PLAN)


def test_all_references_of_an_account_are_found_in_order() -> None:
    assert uses(account()) == [
        ("settings.list", "lists.entries", "2abc"),
        ("settings.agents", "agents.entries", "x"),
        ("settings.agents", "agents.entries", "y"),
        ("actions.plan/a/agent", "agents.entries", "x"),
        ("actions.plan/b/when_true", "actions.plan", "a"),
        ("actions.plan/b/when_false", "actions.plan", "gone"),
        ("actions.plan/c/target", "actions.plan", "b"),
        ("actions.plan/d/disposition", "dispositions.entries", "p"),
    ]


def test_hidden_references_are_uses_too() -> None:
    """They are kept, so what they name must be kept."""
    hidden = put(Account(), "authentication.cloud_provider", "2abc")
    assert uses(hidden) == [("authentication.cloud_provider", "cloud_providers.entries", "2abc")]


def test_a_workspace_refers_to_its_own_entries() -> None:
    workspace = put(WORKSPACE, "general.invitation", "2abc")
    assert uses(workspace) == [("general.invitation", "invitations.entries", "2abc")]
    names = Surroundings().names(workspace)
    assert names.name("invitations.entries", "2abc") == "welcome"


def test_names_of_the_directory_come_from_the_workspace_around() -> None:
    names = Surroundings(WORKSPACE).names(account())
    assert names.name("lists.entries", "2abc") == "VIP"
    assert names.name("lists.entries", "3k9f") == ""
    assert names.name("lists.entries", "gone") == ""
    assert names.name("invitations.entries", "2abc") == "welcome"
    assert list(names.entries("lists.entries")) == ["2abc", "3k9f"]


def test_names_of_rows_come_from_the_account_itself() -> None:
    names = Surroundings(WORKSPACE).names(account())
    assert names.name("dispositions.entries", "p") == "Paid"
    assert names.name("actions.plan", "b") == "2. GotoIf: true → 1"
    assert names.said("actions.plan", "b") == "2"
    assert names.said("dispositions.entries", "p") == "Paid"
    assert names.said("lists.entries", "2abc") == "VIP"
    assert names.said("actions.plan", "gone") == ""


def test_a_workspace_that_is_edited_is_its_own_directory() -> None:
    """What was just added can be chosen before it is stored."""
    edited = put(WORKSPACE, "lists.entries", (ListEntry(id="4new", name="New"),))
    names = Surroundings(WORKSPACE).names(edited)
    assert dict(names.entries("lists.entries")) == {"4new": Named("4new", "New")}


def test_the_directory_is_every_list_of_the_workspace() -> None:
    assert set(Surroundings().entries) == DIRECTORY
    assert {"lists.entries", "cloud_providers.entries", "invitations.entries"} <= DIRECTORY


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (ListEntry(id="a", name="VIP"), "VIP"),
        (ListEntry(id="a"), "New list"),
        (InvitationEntry(id="a", key="welcome"), "welcome"),
        (CannedAnswer(id="a", key="hi"), "hi"),
        (CannedAnswer(id="a"), "New canned answer"),
        (Noop(id="a", value="x"), "7. Noop: x"),
        (Noop(id="a"), "7. Noop"),
        (Close(id="z", disposition="p"), "7. Close: Paid"),
        (GotoP(id="z", target="c"), "7. GotoP → 3"),
        (GotoIf(id="z", condition="x", when_false="a"), "7. GotoIf: x, false → 1"),
        (ToQueue(id="z", timeout=600), "7. Queue: 600 s"),
        (GotoP(id="z", target="gone"), "7. GotoP"),
    ],
)
def test_a_row_has_a_title(row: Row, title: str) -> None:
    assert row_title(row, Surroundings().names(account()), 7) == title


def test_a_row_bears_a_name_by_its_type() -> None:
    assert is_named(ListEntry)
    assert is_named(CannedAnswer)
    assert not is_named(GotoP)
    assert own_name(CannedAnswer(key="hi")) == "hi"
    assert own_name(GotoP()) == ""
    assert row_type_title(AgentEntry) == "Agent"


def test_a_replaced_entry_is_replaced_wherever_it_is_referred_to() -> None:
    after = with_references_replaced(account(), "agents.entries", "x", "z")
    assert after.settings.agents == ("z", "y")
    assert after.actions.plan[0] == ToAgent(id="a", agent="z")
    assert after.actions.plan[1:] == PLAN[1:]
    assert after.settings.list == "2abc"


def test_replacing_by_an_entry_that_is_there_leaves_it_once() -> None:
    after = with_references_replaced(account(), "agents.entries", "x", "y")
    assert after.settings.agents == ("y",)


def test_entries_of_other_lists_keep_their_references() -> None:
    """Ids are unique within a list only."""
    assert with_references_replaced(account(), "queues.entries", "x", "z") == account()
    assert with_references_replaced(account(), "agents.entries", "2abc", "z") == account()


def test_both_ends_of_a_jump_are_led_over() -> None:
    plan = (GotoIf(id="b", when_true="a", when_false="a"),)
    after = with_references_replaced(put(account(), "actions.plan", plan), "actions.plan", "a", "c")
    assert after.actions.plan == (GotoIf(id="b", when_true="c", when_false="c"),)


@pytest.mark.parametrize("document", [Account(), Workspace()], ids=["account", "workspace"])
def test_an_empty_document_refers_to_nothing(document: Document) -> None:
    assert uses(document) == []
