"""A view tells all that the screen shows: counts, marks, what is kept, and how rows are called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import change
from motion_desk.models.checks import check
from motion_desk.models.choices import Operator, Service
from motion_desk.models.directory import Named, Surroundings
from motion_desk.models.document import put
from motion_desk.models.problems import Severity
from motion_desk.models.rows import moved
from motion_desk.models.sections.actions import GotoP, Noop, ToAgent, ToQueue
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.sections.directory import AgentEntry, QueueEntry
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.views import FieldView, RowView, View, view
from motion_desk.models.workspace import Workspace
from tests.strategies import accounts

SAVED = Account(id="a")
QUEUES = (QueueEntry(id="2abc", name="Sales"), QueueEntry(id="3k9f", name="Old", retired=True))
WORKSPACE = put(Workspace(), "queues.entries", QUEUES)


def seen(draft: Account, saved: Account = SAVED, workspace: Workspace = WORKSPACE) -> View:
    """The view of an account in the workspace."""
    return view(saved, draft, Surroundings(workspace))


def field(shown: View, key: str) -> FieldView:
    """The view of one field."""
    fields = shown.section(key.partition(".")[0]).fields
    return next(each for each in fields if each.key == key)


def with_values(account: Account, **values: Any) -> Account:
    """The account with fields set, by key with two underscores in place of the full stop."""
    for key, value in values.items():
        account = change(account, key.replace("__", "."), value)
    return account


@given(accounts())
def test_sections_count_all_problems_once(account: Account) -> None:
    shown = seen(account)
    assert shown.problems == check(account, Surroundings(WORKSPACE))
    assert sum(section.problems for section in shown.sections) == len(shown.problems)
    for section in shown.sections:
        own = [each for each in shown.problems if each.key.startswith(f"{section.name}.")]
        assert section.problems == len(own)
        assert section.worst == max((each.severity for each in own), default=None)
        in_fields = [each for view in section.fields for each in view.problems]
        in_cells = [
            each
            for view in section.fields
            for row in view.rows
            for cell in row.cells
            for each in cell.problems
        ]
        assert sorted(map(repr, own)) == sorted(map(repr, in_fields + in_cells))


@given(accounts(), accounts())
def test_a_field_is_changed_exactly_where_it_differs_from_what_is_stored(
    draft: Account, saved: Account
) -> None:
    shown = seen(draft, saved)
    assert shown.changed is (draft != saved)
    assert [section.name for section in shown.sections] == [s.name for s in ACCOUNT.sections]
    for section in shown.sections:
        before, after = getattr(saved, section.name), getattr(draft, section.name)
        assert section.changed is (before != after)
        for each in section.fields:
            name = each.key.partition(".")[2]
            assert each.value == getattr(after, name)
            assert each.changed is (getattr(before, name) != each.value)
            assert each.at_default is (each.value == ACCOUNT.fields[each.key].default)


@given(accounts())
def test_equal_accounts_have_equal_views(account: Account) -> None:
    """So that nothing is drawn again that did not change."""
    assert seen(account) == seen(replace(account))


def test_the_worst_problem_of_a_section_is_told() -> None:
    account = with_values(SAVED, imap__any_certificate=True)
    assert seen(account).section("imap").worst is Severity.WARNING
    assert seen(with_values(account, imap__port=0)).section("imap").worst is Severity.ERROR
    assert seen(account).section("notification").worst is None


def test_a_section_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        seen(SAVED).section("interactions")


KEPT: list[tuple[dict[str, Any], str, tuple[str, ...]]] = [
    ({}, "imap", ()),
    ({"imap__host": "mail.example.com"}, "imap", ()),
    (
        {"imap__host": "mail.example.com", "settings__service": Service.GMAIL},
        "imap",
        ("IMAP host",),
    ),
    # The port that goes with the switch is what is suggested: it is not kept, it follows.
    (
        {"imap__ssl": False, "imap__host": "x", "settings__service": Service.GMAIL},
        "imap",
        ("IMAP host", "IMAP port", "SSL"),
    ),
    ({"settings__address": "a@example.com"}, "authentication", ()),
    (
        {"settings__address": "a@example.com", "authentication__username": "b"},
        "authentication",
        ("Username",),
    ),
    (
        {"transfer__to_queue": True, "transfer__queue_timeout": 30, "transfer__to_agent": True},
        "transfer",
        (),
    ),
    ({"transfer__queue_timeout": 30}, "transfer", ("Queue transfer timeout",)),
    ({"imap__any_certificate": True, "imap__ssl": False}, "imap", ("Accept any certificate",)),
]


@pytest.mark.parametrize(("values", "section", "kept"), KEPT, ids=str)
def test_what_is_kept_and_not_used_is_named(
    values: dict[str, Any], section: str, kept: tuple[str, ...]
) -> None:
    assert seen(with_values(SAVED, **values)).section(section).kept == kept


NEWER = {"transfer.to_account", "transfer.send_mail", "transfer.mail_template"}


@pytest.mark.parametrize(
    ("version", "newer"),
    [
        ("", set()),
        ("3.31", NEWER),
        ("3.31.9", NEWER),
        ("3.9", NEWER),
        ("2.100", NEWER),
        ("3.32", set()),
        ("3.32.0", set()),
        ("3.32.1", set()),
        ("3.100", set()),
        ("4.0", set()),
        ("garbage", set()),
        ("3.31-beta", set()),
        ("v3.31", set()),
        ("3..31", set()),
        ("-3.31", set()),
        ("³.31", set()),
        ("9" * 5000, set()),
        ("0." + "9" * 5000, set()),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value)[:12],
)
def test_fields_newer_than_the_server_are_marked(version: str, newer: set[str]) -> None:
    shown = seen(SAVED, workspace=put(Workspace(), "general.motion_version", version))
    marked = {each.key for section in shown.sections for each in section.fields if each.newer}
    assert marked == newer


def test_cells_newer_than_the_server_are_marked() -> None:
    workspace = put(WORKSPACE, "general.motion_version", "3.59")
    shown = view(workspace, workspace, Surroundings(workspace))
    [entries] = shown.section("queues").fields
    assert {cell.key for row in entries.rows for cell in row.cells if cell.newer} == {
        "queues.entries/2abc/weight",
        "queues.entries/3k9f/weight",
    }


def test_a_reference_offers_all_entries_retired_ones_marked() -> None:
    account = put(SAVED, "actions.plan", (ToQueue(id="4aaa"), GotoP(id="5bbb")))
    plan = field(seen(account), "actions.plan")
    queue, timeout = plan.rows[0].cells
    assert queue.entries == (Named("2abc", "Sales"), Named("3k9f", "Old", retired=True))
    assert timeout.entries == ()
    [target] = plan.rows[1].cells
    assert target.entries == (Named("4aaa", "1. Queue"), Named("5bbb", "2. GotoP"))
    assert field(seen(account), "settings.agents").entries == ()
    named = put(WORKSPACE, "agents.entries", (AgentEntry(id="6ccc", name="Ada"),))
    assert field(seen(account, workspace=named), "settings.agents").entries == (
        Named("6ccc", "Ada"),
    )


def rows_of(account: Account, key: str) -> tuple[RowView, ...]:
    return field(seen(account), key).rows


def test_rows_are_called_by_what_they_do_and_where_they_stand() -> None:
    plan = (
        Noop(id="a", value="hello"),
        ToQueue(id="b", queue="2abc"),
        ToQueue(id="c", queue="gone"),
        ToAgent(id="d"),
        GotoP(id="e", target="a"),
    )
    account = put(SAVED, "actions.plan", plan)
    titles = ["1. Noop: hello", "2. Queue: Sales", "3. Queue", "4. Agent", "5. GotoP → 1"]
    assert [row.title for row in rows_of(account, "actions.plan")] == titles
    # What is jumped to is told by where it stands now.
    after = put(account, "actions.plan", moved(plan, "a", 3))
    assert [row.title for row in rows_of(after, "actions.plan")][-2:] == [
        "4. Noop: hello",
        "5. GotoP → 4",
    ]


def test_rows_with_a_name_are_called_by_it() -> None:
    entries = (DispositionEntry(id="a", name="Paid"), DispositionEntry(id="b", parent="a"))
    rows = rows_of(put(SAVED, "dispositions.entries", entries), "dispositions.entries")
    assert [(row.id, row.title, row.parent) for row in rows] == [
        ("a", "Paid", ""),
        ("b", "New disposition", "a"),
    ]
    assert rows[0].type is DispositionEntry


def test_rows_count_the_problems_of_their_cells() -> None:
    filters = (
        HeaderFilter(id="a", header="X-Spam", value="yes"),
        HeaderFilter(id="b"),
        HeaderFilter(id="c", operator=Operator.EXISTS),
    )
    rows = rows_of(put(SAVED, "advanced.header_filters", filters), "advanced.header_filters")
    assert [row.problems for row in rows] == [0, 2, 1]


def test_cells_are_changed_where_they_differ_from_the_stored_row_of_their_id() -> None:
    saved = put(SAVED, "advanced.header_filters", (HeaderFilter(id="a", header="X-Spam"),))
    filters = (
        HeaderFilter(id="b", header="X-Virus"),
        HeaderFilter(id="a", header="X-Spam", value="yes"),
    )
    draft = put(saved, "advanced.header_filters", filters)
    new, old = field(seen(draft, saved), "advanced.header_filters").rows
    assert [cell.key for cell in new.cells if cell.changed] == ["advanced.header_filters/b/header"]
    assert [cell.key for cell in old.cells if cell.changed] == ["advanced.header_filters/a/value"]


def test_a_row_that_became_of_another_type_is_compared_with_defaults() -> None:
    saved = put(SAVED, "actions.plan", (ToAgent(id="a", timeout=30),))
    draft = put(saved, "actions.plan", (ToQueue(id="a", timeout=30),))
    [row] = field(seen(draft, saved), "actions.plan").rows
    assert [cell.key for cell in row.cells if cell.changed] == ["actions.plan/a/timeout"]


def test_hidden_cells_are_told() -> None:
    exists = HeaderFilter(id="a", operator=Operator.EXISTS)
    [row] = rows_of(put(SAVED, "advanced.header_filters", (exists,)), "advanced.header_filters")
    assert [cell.key.rpartition("/")[2] for cell in row.cells if not cell.visible] == ["value"]
