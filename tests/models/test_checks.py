"""Checks by field: what is wrong, what is missing, what is gone; in order, and never when hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import change, resolve
from motion_desk.models.checks import blocking, check
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.kinds import Unreadable
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.secret import Secret
from motion_desk.models.sections.actions import Close, GotoP, ToAgent
from motion_desk.models.sections.answers import CannedAnswer, DispositionEntry
from motion_desk.models.sections.directory import AgentEntry, ListEntry, QueueEntry
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.workspace import Workspace

DIRECTORY = replace(
    put(Workspace(), "lists.entries", (ListEntry(id="2abc", name="Customers"),)),
    agents=replace(Workspace().agents, entries=(AgentEntry(id="3k9f", name="Ada"),)),
)
AROUND = Surroundings(DIRECTORY)


def complete(*, active: bool = True) -> Account:
    """A custom account without any problem."""
    account = Account(id="a")
    filled: dict[str, Any] = {
        "settings.name": "Support",
        "settings.key": "SUP",
        "settings.address": "support@example.com",
        "settings.list": "2abc",
        "settings.agents": ("3k9f",),
        "settings.active": active,
        "imap.host": "imap.example.com",
        "imap.username": "support",
        "imap.password": Secret("r1"),
        "smtp.host": "smtp.example.com",
        "smtp.username": "support",
        "smtp.password": Secret(typed="hunter2"),
    }
    for key, value in filled.items():
        account = change(account, key, value)
    return account


def found(account: Account | Workspace) -> list[tuple[str, str, Severity]]:
    """Where, what and how bad each problem is."""
    return [(each.key, each.code, each.severity) for each in check(account, AROUND)]


ERROR, WARNING = Severity.ERROR, Severity.WARNING
AGENT = ToAgent(id="4aaa", agent="3k9f", timeout=30)
CLOSE = Close(id="9zzz")

# What is wrong is an error whether the account is active or not.
WRONG: list[tuple[str, Any, str, str]] = [
    ("settings.key", "SUPPRT", "settings.key", "long"),
    ("settings.wait_agent", 0, "settings.wait_agent", "range"),
    ("settings.wait_queue", 2_147_484, "settings.wait_queue", "range"),
    ("imap.port", 70_000, "imap.port", "range"),
    ("imap.port", Unreadable("imap"), "imap.port", "whole"),
    ("settings.address", "support@", "settings.address", "address"),
    ("settings.description", "x" * 10_000_000, "settings.description", "long"),
    ("template.body", "\ud800", "template.body", "character"),
    ("settings.service", Unreadable("AOL"), "settings.service", "choice"),
    ("actions.plan", (replace(AGENT, timeout=0),), "actions.plan/4aaa/timeout", "range"),
    (
        "dispositions.entries",
        (DispositionEntry(id="5bbb", name=" Billing"),),
        "dispositions.entries/5bbb/name",
        "blank",
    ),
]


def test_a_complete_account_has_no_problem() -> None:
    assert found(complete()) == []
    assert found(complete(active=False)) == []


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize(("key", "value", "at", "code"), WRONG, ids=lambda v: str(v)[:24])
def test_a_wrong_value_is_an_error(
    active: bool, key: str, value: object, at: str, code: str
) -> None:
    assert (at, code, ERROR) in found(put(complete(active=active), key, value))


# What is missing, or gone, keeps an account from being active, but not from being saved.
UNFINISHED: list[tuple[str, Any, str, str]] = [
    ("settings.name", "", "settings.name", "required"),
    ("settings.key", "", "settings.key", "required"),
    ("settings.address", "", "settings.address", "required"),
    ("settings.list", "", "settings.list", "required"),
    ("settings.list", "gone", "settings.list", "dangling"),
    ("settings.agents", ("3k9f", "gone"), "settings.agents", "dangling"),
    ("settings.wait_agent", None, "settings.wait_agent", "required"),
    ("imap.host", "", "imap.host", "required"),
    ("imap.password", Secret(), "imap.password", "required"),
    ("transfer.to_queue", True, "transfer.queue_timeout", "required"),
    ("transfer.to_agent", True, "transfer.agent_timeout", "required"),
    ("actions.plan", (replace(AGENT, agent=""), CLOSE), "actions.plan/4aaa/agent", "required"),
    ("actions.plan", (replace(AGENT, agent="gone"), CLOSE), "actions.plan/4aaa/agent", "dangling"),
    ("actions.plan", (AGENT, GotoP(id="5bbb")), "actions.plan/5bbb/target", "required"),
    (
        "actions.plan",
        (AGENT, GotoP(id="5bbb", target="gone")),
        "actions.plan/5bbb/target",
        "dangling",
    ),
    (
        "actions.plan",
        (AGENT, Close(id="5bbb", disposition="gone")),
        "actions.plan/5bbb/disposition",
        "dangling",
    ),
    (
        "canned_answers.entries",
        (CannedAnswer(id="5bbb", key="hi"),),
        "canned_answers.entries/5bbb/value",
        "required",
    ),
]


@pytest.mark.parametrize(("key", "value", "at", "code"), UNFINISHED, ids=lambda v: str(v)[:24])
def test_what_is_unfinished_is_an_error_of_an_active_account_and_else_a_warning(
    key: str, value: object, at: str, code: str
) -> None:
    assert found(put(complete(), key, value)) == [(at, code, ERROR)]
    assert found(put(complete(active=False), key, value)) == [(at, code, WARNING)]


def test_a_missing_value_says_what_it_is_needed_for() -> None:
    [active] = check(put(complete(), "imap.host", ""), AROUND)
    assert active.sentence == "IMAP host is needed. Fill it in."
    [inactive] = check(put(complete(active=False), "imap.host", ""), AROUND)
    assert inactive.sentence == "IMAP host is needed before the account can be active."
    [gone] = check(put(complete(), "settings.list", "gone"), AROUND)
    assert gone.sentence == (
        "List names an entry that is no longer in the directory. Choose another one."
    )
    plan = (AGENT, Close(id="5bbb", disposition="gone"))
    [deleted] = check(put(complete(), "actions.plan", plan), AROUND)
    assert deleted.sentence == (
        "What “Disposition” names was deleted from this account. Choose another one."
    )


def test_what_is_missing_in_a_workspace_is_an_error() -> None:
    workspace = put(Workspace(), "queues.entries", (QueueEntry(id="5bbb"),))
    assert found(workspace) == [("queues.entries/5bbb/name", "required", ERROR)]
    assert found(put(Workspace(), "general.invitation", "gone"))[0][1:] == ("dangling", ERROR)


def test_a_reference_to_a_row_of_the_account_itself_is_found_there() -> None:
    account = put(complete(), "dispositions.entries", (DispositionEntry(id="5bbb", name="Solved"),))
    plan = (GotoP(id="7ddd", target="4aaa"), AGENT, Close(id="6ccc", disposition="5bbb"))
    assert found(put(account, "actions.plan", plan)) == []


def test_only_the_workspace_knows_the_entries_of_the_directory() -> None:
    assert ("settings.list", "dangling") in [
        (each.key, each.code) for each in check(complete(), Surroundings())
    ]


HIDDEN: list[tuple[tuple[str, Any], tuple[str, Any]]] = [
    (("settings.service", Service.GMAIL), ("imap.host", "not a host")),
    (("settings.service", Service.GMAIL), ("smtp.port", Unreadable("smtp"))),
    (("imap.authentication", False), ("imap.username", " blank")),
    (("imap.authentication", False), ("imap.password", Secret())),
    (("smtp.authentication", False), ("smtp.username", "")),
    (("settings.service", Service.CUSTOM), ("authentication.username", "")),
    (("settings.service", Service.CUSTOM), ("authentication.cloud_provider", "gone")),
    (("transfer.to_queue", False), ("transfer.queue_timeout", 0)),
    (("transfer.to_account", False), ("transfer.mail_template", "gone")),
    (("disposition.mandatory", False), ("disposition.pause", "gone")),
]


@pytest.mark.parametrize(("choice", "hidden"), HIDDEN, ids=str)
def test_a_hidden_field_has_no_problem(choice: tuple[str, Any], hidden: tuple[str, Any]) -> None:
    account = put(complete(), *choice)
    assert found(put(account, *hidden)) == [
        problem for problem in found(account) if problem[0] != hidden[0]
    ]


def test_a_hidden_cell_has_no_problem() -> None:
    from motion_desk.models.choices import Operator

    filters = (HeaderFilter(id="5bbb", header="X-Spam", operator=Operator.CONTAINS),)
    account = put(complete(), "advanced.header_filters", filters)
    assert [each[0] for each in found(account)] == ["advanced.header_filters/5bbb/value"]
    exists = change(account, "advanced.header_filters/5bbb/operator", Operator.EXISTS)
    assert found(exists) == []
    assert found(change(exists, "advanced.header_filters/5bbb/value", " blank")) == []


def test_problems_stand_in_the_order_of_the_page_the_worst_of_a_field_first() -> None:
    account = Account()
    for key, value in {
        "settings.name": "x\0" * 200,
        "imap.port": 143,
        "imap.any_certificate": True,
        "dispositions.entries": (
            DispositionEntry(id="5bbb"),
            DispositionEntry(id="6ccc", name="Paid"),
            DispositionEntry(id="7ddd", name="Paid"),
        ),
    }.items():
        account = put(account, key, value)
    problems = check(account)
    order = list(ACCOUNT.fields)
    places = [
        (order.index(problem.key.partition("/")[0]), -problem.severity) for problem in problems
    ]
    assert len(problems) > 8
    assert places == sorted(places)
    assert [each.key.split("/")[1] for each in problems[-3:]] == ["6ccc", "7ddd", "5bbb"]


def test_only_errors_block() -> None:
    account = put(put(complete(active=False), "imap.host", ""), "imap.port", 70_000)
    problems = check(account, AROUND)
    assert [problem.key for problem in problems] == ["imap.host", "imap.port"]
    assert [problem.key for problem in blocking(problems)] == ["imap.port"]


def test_what_is_at_hand_may_be_given() -> None:
    account = put(complete(), "imap.host", "")
    resolved, names = resolve(account), AROUND.names(account)
    assert check(account, AROUND, resolved, names) == check(account, AROUND)


def test_a_problem_is_said_from_its_template() -> None:
    problem = Problem("imap.port", "range", "{value} is too high.", {"value": 70_000})
    assert problem.sentence == "70000 is too high."
    assert (problem.severity, problem.severity.word) == (Severity.ERROR, "error")


@pytest.mark.parametrize(("key", "value"), [("imap.ssl", 1), ("imap.any_certificate", 0)])
def test_a_number_is_no_switch_even_where_it_equals_the_default(key: str, value: int) -> None:
    found = check(change(Account(), key, value))
    assert [problem.code for problem in found if problem.key == key] == ["type"]
