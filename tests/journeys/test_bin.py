"""Accounts that come and go: duplicated, activated, deleted, restored and erased."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage


def binned(driver: Driver) -> list[str]:
    """The names of the accounts in the bin; leaves the dialog open."""
    driver.command("bin")
    driver.settled()
    lines = driver.find("bin-dialog").list
    return [lines.item(n).text().splitlines()[0] for n in range(lines.count())]


@pytest.fixture
def one(stage: Stage) -> Driver:
    """A window on one account with a password."""
    driver = stage(how="new")
    driver.command("new-account")
    driver.type("settings.name", "Support")
    driver.type("settings.key", "SUP")
    driver.type("imap.password", "hunter2")
    driver.press("create")
    driver.wait(driver.accounts, "the new account")
    driver.settled()
    return driver


def test_a_duplicate_is_inactive_has_no_key_and_secrets_of_its_own(one: Driver) -> None:
    before = one.account_draft()
    one.command("duplicate")
    one.wait(lambda: len(one.accounts()) == 2, "the copy")
    copy = one.account_draft()
    assert one.accounts() == ["Support", "Support (copy)"]
    assert (copy.settings.key, copy.settings.active) == ("", False)
    assert copy.imap.password.reference != before.imap.password.reference
    assert one.text_of(copy.imap.password) == "hunter2"
    same = replace(copy.settings, name="Support", key="SUP")
    assert same == before.settings
    one.command("undo")
    one.wait(lambda: one.accounts() == ["Support"], "the copy gone")


def test_activating_is_an_edit_that_can_be_undone(one: Driver) -> None:
    one.command("activate")
    assert one.account_draft().settings.active
    assert "Not active" not in one.account("Support").hint
    one.command("undo")
    assert not one.account_draft().settings.active
    assert "Not active" in one.account("Support").hint


def test_a_deleted_account_comes_back_by_undo_with_its_password(one: Driver) -> None:
    before = one.account_draft()
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    assert one.said() == "Support is in the bin. Undo brings it back."
    assert not one.can("duplicate")
    one.command("undo")
    one.wait(one.accounts, "the account back")
    one.settled()
    assert one.account_draft() == before
    assert one.text_of(before.imap.password) == "hunter2"
    one.command("redo")
    one.wait(lambda: not one.accounts(), "the account gone again")


def test_unsaved_changes_come_back_with_a_deleted_account(one: Driver) -> None:
    one.section("settings")
    one.type("settings.name", "Support EU")
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    one.command("undo")
    one.wait(one.accounts, "the account back")
    one.settled()
    assert one.accounts() == ["Support EU"]
    assert one.console.desk.unsaved


def test_the_bin_restores(one: Driver) -> None:
    before = one.account_draft()
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    assert binned(one) == ["Support"]
    one.press("Restore")
    one.wait(one.accounts, "the account back")
    one.settled()
    assert one.account_draft() == before
    assert binned(one) == []
    one.press("Close")


def test_the_bin_erases_for_ever_once_that_is_sure(one: Driver, answers: Answers) -> None:
    before = one.account_draft()
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    assert binned(one) == ["Support"]
    answers.answers["sure"] = False
    one.press("Erase for ever")
    one.settled()
    assert [name for name, _ in answers.asked] == ["sure"]
    assert binned(one) == ["Support"]
    answers.answers["sure"] = True
    one.press("Erase for ever")
    one.settled()
    assert binned(one) == []
    one.press("Close")
    assert one.text_of(before.imap.password) is None


def test_an_account_that_accepts_any_certificate_is_marked_in_the_list(one: Driver) -> None:
    one.section("imap")
    one.turn("imap.any_certificate")
    assert one.is_there("caution:imap.any_certificate")
    assert ("shield-alert", "warning") in one.account("Support").marks
    assert "Accepts any certificate" in one.account("Support").hint
    one.turn("imap.ssl")
    assert not one.account("Support").marks[:-1], "it counts for nothing without SSL"
