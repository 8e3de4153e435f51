"""A document changes by its key alone: followers go along, rows and cells are found by their id."""

import pytest

from motion_desk.models.account import Account
from motion_desk.models.changes import (
    change,
    effective,
    effective_rows,
    resolve,
    summary,
    value_at,
    visible_cells,
)
from motion_desk.models.choices import Operator, Service
from motion_desk.models.document import get, new_id, put
from motion_desk.models.kinds import Unreadable
from motion_desk.models.sections.actions import ToAgent
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.workspace import Workspace


def changed(account: Account, *steps: tuple[str, object]) -> Account:
    """The account after several changes, in order."""
    for key, value in steps:
        account = change(account, key, value)
    return account


@pytest.mark.parametrize(
    ("steps", "port"),
    [
        ([("imap.ssl", False)], 143),
        ([("imap.ssl", False), ("imap.ssl", True)], 993),
        ([("imap.port", 1993), ("imap.ssl", False)], 1993),
        ([("imap.port", None), ("imap.ssl", False)], None),
        ([("imap.port", Unreadable("x")), ("imap.ssl", False)], Unreadable("x")),
        # The port is by then what the other choice suggests: nothing tells that it was typed.
        ([("imap.port", 143), ("imap.ssl", False), ("imap.ssl", True)], 993),
        # A hidden follower follows as well: it must fit when it is seen again.
        ([("settings.service", Service.GMAIL), ("imap.ssl", False)], 143),
        # From a switch that could not be read, nothing follows but the default.
        ([("imap.ssl", Unreadable("?"))], 993),
    ],
)
def test_a_port_follows_its_switch(steps: list[tuple[str, object]], port: object) -> None:
    assert get(changed(Account(), *steps), "imap.port") == port


def test_a_username_follows_the_address_until_it_is_another() -> None:
    account = changed(Account(), ("settings.address", "a@example.com"))
    assert get(account, "authentication.username") == "a@example.com"
    account = changed(
        account, ("authentication.username", "b"), ("settings.address", "c@d.example")
    )
    assert get(account, "authentication.username") == "b"
    account = changed(account, ("authentication.username", "c@d.example"))
    assert get(change(account, "settings.address", ""), "authentication.username") == ""


def test_an_account_is_never_changed_itself() -> None:
    before = Account(id="a")
    after = change(before, "settings.name", "Support")
    assert before == Account(id="a")
    assert (after.id, after.settings.name) == ("a", "Support")


def test_a_cell_is_found_by_its_row() -> None:
    account = put(Account(), "actions.plan", (ToAgent(id="2abc"), ToAgent(id="3k9f")))
    after = change(account, "actions.plan/3k9f/timeout", 30)
    assert after.actions.plan == (ToAgent(id="2abc"), ToAgent(id="3k9f", timeout=30))
    assert value_at(after, "actions.plan/3k9f/timeout") == 30
    assert value_at(after, "actions.plan") == after.actions.plan


@pytest.mark.parametrize(
    "key",
    [
        "imap.colour",
        "colour.name",
        "imap",
        "",
        "actions.plan/gone/timeout",
        "actions.plan/2abc/colour",
        "settings.name/2abc/timeout",
    ],
)
def test_a_key_that_is_not_there_is_a_key_error(key: str) -> None:
    account = put(Account(), "actions.plan", (ToAgent(id="2abc"),))
    with pytest.raises(KeyError):
        change(account, key, 1)


def test_a_missing_row_has_no_value() -> None:
    with pytest.raises(KeyError):
        value_at(Account(), "actions.plan/gone/timeout")


def test_switching_the_service_for_a_moment_loses_nothing() -> None:
    account = changed(Account(), ("imap.host", "imap.example.com"), ("imap.port", 1993))
    there = change(account, "settings.service", Service.YAHOO)
    assert get(effective(there), "imap.host") == ""
    assert get(effective(there), "imap.port") == 993
    assert change(there, "settings.service", Service.CUSTOM) == account


def test_what_hides_counts_only_while_it_is_shown_itself() -> None:
    """“Send automatic mail” is hidden while transfer to account is off, and hides its template."""
    account = changed(Account(), ("transfer.to_account", True), ("transfer.send_mail", True))
    assert resolve(account).visible["transfer.mail_template"]
    account = change(account, "transfer.to_account", False)
    assert account.transfer.send_mail
    assert not resolve(account).visible["transfer.mail_template"]


def test_a_hidden_cell_counts_as_its_default() -> None:
    row = HeaderFilter(id="2abc", header="X-Spam", operator=Operator.EXISTS, value="yes")
    assert not visible_cells(row)["value"]
    [counted] = effective_rows((row,))
    assert counted == HeaderFilter(id="2abc", header="X-Spam", operator=Operator.EXISTS)
    account = put(Account(), "advanced.header_filters", (row,))
    assert effective(account).advanced.header_filters == (counted,)


@pytest.mark.parametrize("value", ["x", 5, (), ("2abc",), None])
def test_what_holds_no_rows_counts_as_it_is(value: object) -> None:
    assert effective_rows(value) is value


def test_a_summary_says_what_counts() -> None:
    account = changed(
        Account(id="a"),
        ("settings.name", "Support"),
        ("settings.key", "SUP"),
        ("settings.address", "a@example.com"),
        ("settings.active", True),
        ("imap.any_certificate", True),
        ("authentication.cloud_provider", "2abc"),
    )
    found = summary(account)
    assert (found.id, found.name, found.key, found.service) == (
        "a",
        "Support",
        "SUP",
        Service.CUSTOM,
    )
    assert (found.address, found.active) == ("a@example.com", True)
    assert (found.any_certificate, found.cloud_provider) == (True, "")


@pytest.mark.parametrize(
    ("steps", "risky"),
    [
        ([], False),
        ([("imap.any_certificate", True)], True),
        ([("imap.any_certificate", True), ("imap.ssl", False)], False),
        ([("imap.any_certificate", True), ("settings.service", Service.GMAIL)], False),
        ([("authentication.any_certificate", True)], False),
        ([("authentication.any_certificate", True), ("settings.service", Service.GMAIL)], True),
    ],
)
def test_an_account_is_marked_where_any_certificate_counts(
    steps: list[tuple[str, object]], risky: bool
) -> None:
    account = changed(Account(), *steps)
    assert summary(account).any_certificate is risky


def test_the_cloud_provider_in_use_is_the_one_that_is_shown() -> None:
    account = changed(
        Account(),
        ("settings.service", Service.OUTLOOK365),
        ("authentication.cloud_provider", "2abc"),
        ("authentication.modern", True),
    )
    assert summary(account).cloud_provider == "2abc"


def test_ids_are_easy_to_read_aloud() -> None:
    ids = {new_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(each) == 8 and not set(each) & set("01ilo") for each in ids)
    assert len(new_id(4)) == 4


def test_a_workspace_changes_like_an_account() -> None:
    workspace = change(Workspace(), "general.attachment_limit", 20)
    assert value_at(workspace, "general.attachment_limit") == 20
