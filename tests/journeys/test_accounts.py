"""Accounts: created, filled in, saved and found again, duplicated, deleted and restored."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import change
from motion_desk.models.choices import Service
from motion_desk.models.document import get
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Rows
from motion_desk.models.secret import Secret
from tests.journeys.driver import Answers, Driver
from tests.journeys.filling import PASSWORDS, directory, fill, screen
from tests.journeys.keyring_session import KEYRING_TOOLS, in_session
from tests.journeys.stage import Stage, stored

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ASKED = "name key address list service active description"
"""What Motion's create form asks for every service."""
CUSTOM_ASKED = ["imap.host", "imap.port", "smtp.host", "smtp.port", "imap.authentication"]


def drafted(driver: Driver) -> Account:
    """The open account as it is on screen."""
    current = driver.console.desk.current
    assert current is not None
    assert isinstance(current.draft, Account)
    return current.draft


def text_of(driver: Driver, secret: Secret) -> str | None:
    """What the keyring has for a stored secret."""
    found: list[str | None] = []
    driver.console.session.ask(lambda store: store.text_of(secret.reference), found.append)
    driver.settled()
    return found[0]


def binned(driver: Driver) -> list[str]:
    """The names of the accounts in the bin; leaves the dialog open."""
    driver.command("bin")
    driver.settled()
    lines = driver.find("bin-dialog").list
    return [lines.item(n).text().splitlines()[0] for n in range(lines.count())]


@pytest.fixture
def one(path: Path, stage: Stage) -> Driver:
    """A window on one account with a password."""
    driver = stage(how="new")
    driver.command("new-account")
    driver.type("settings.name", "Support")
    driver.type("settings.key", "SUP")
    driver.type("imap.password", "hunter2")
    driver.turn("settings.active")
    driver.turn("settings.active")
    driver.press("create")
    driver.wait(driver.accounts, "the new account")
    driver.settled()
    return driver


# Creating


@pytest.mark.parametrize("service", Service)
def test_the_dialog_creates_an_account_of_each_service(driver: Driver, service: Service) -> None:
    driver.command("new-account")
    driver.pick("settings.service", service.label)
    custom = service is Service.CUSTOM
    login = "imap" if custom else "authentication"
    assert driver.is_there("imap.host") is custom
    assert driver.is_there("authentication.username") is not custom
    assert all(driver.is_there(f"settings.{name}") for name in ASKED.split())
    assert all(driver.is_there(key) is custom for key in CUSTOM_ASKED)
    driver.type("settings.name", "Claims")
    driver.type("settings.key", "CLM")
    driver.type("settings.address", "claims@example.com")
    driver.type(f"{login}.username", "claims")
    driver.type(f"{login}.password", "hunter2")
    driver.press("create")
    driver.wait(driver.accounts, "the new account")

    account = drafted(driver)
    assert driver.accounts() == ["Claims"]
    assert account.settings.service is service
    assert (account.settings.key, account.settings.address) == ("CLM", "claims@example.com")
    assert account.version == 1
    assert not driver.console.desk.unsaved
    for section in ("imap", "smtp") if custom else ("authentication",):
        assert get(account, f"{section}.username") == "claims"
        assert get(account, f"{section}.password").typed is None
        assert text_of(driver, get(account, f"{section}.password")) == "hunter2"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("settings.key", "ABCDEF"),
        ("settings.address", "claims at example.com"),
        ("imap.port", "70000"),
        ("imap.host", "https://mail.example.com"),
        ("smtp.port", "10s"),
    ],
)
def test_the_dialog_refuses_a_wrong_value_and_says_why(driver: Driver, key: str, text: str) -> None:
    driver.command("new-account")
    create = driver.find("create")
    assert create.isEnabled()
    driver.type(key, text)
    assert not create.isEnabled()
    assert create.toolTip() == "Mend what is marked in red first."
    assert driver.is_there(f"problems:{key}")
    driver.press("create")
    driver.focus("settings.name")
    driver.press_key(Qt.Key.Key_Return)
    driver.settled()
    assert driver.is_there("create"), "the dialog should stay"
    assert not driver.accounts()
    driver.type(key, "")
    assert create.isEnabled()
    assert create.toolTip() == ""


def test_the_dialog_wants_more_of_an_active_account(driver: Driver) -> None:
    driver.command("new-account")
    driver.turn("settings.active")
    assert not driver.find("create").isEnabled()
    assert driver.is_there("problems:settings.name")
    driver.turn("settings.active")
    assert driver.find("create").isEnabled()


def test_giving_up_creates_nothing(driver: Driver) -> None:
    driver.command("new-account")
    driver.type("settings.name", "Claims")
    driver.press("Cancel")
    driver.settled()
    assert not driver.accounts()
    assert not driver.is_there("create")


# Filled in, closed and found again


def untouched(account: Account) -> set[str]:
    """The fields, and cells of rows, that still hold their default."""
    found = set()
    for key, field in ACCOUNT.fields.items():
        value = get(account, key)
        if value == field.default:
            found.add(key)
        if isinstance(field.kind, Rows):
            for row in value:
                found |= {
                    f"{key}/{cell.name}"
                    for cell in fields_of(type(row))
                    if getattr(row, cell.name) == cell.default
                }
    return found


def test_everything_is_found_again_where_it_was(path: Path, stage: Stage) -> None:
    """The journey of the first issue: each field of the page entered, saved, and there again."""
    stored(path, directory())
    driver = stage()
    driver.command("new-account")
    driver.press("create")
    driver.wait(driver.accounts, "the new account")
    fill(driver)
    entered = drafted(driver)
    assert untouched(entered) == {
        "settings.service",  # Custom is the default; it was Gmail in between
        "settings.active",  # of which the next assertion says the same
        "imap.authentication",
        "smtp.authentication",
    }
    kinds = {type(row) for row in entered.actions.plan}
    plan = ACCOUNT.fields["actions.plan"].kind
    assert isinstance(plan, Rows)
    assert kinds == set(plan.types), "one action of each type"
    driver.save()
    saved, shown = drafted(driver), screen(driver)
    assert not driver.console.desk.unsaved
    assert replace(saved, version=0) == replace(change_secrets(entered, saved), version=0), (
        "saving changes nothing but how secrets are kept"
    )
    for key, text in PASSWORDS.items():
        assert text_of(driver, get(saved, key)) == text

    driver = stage()
    driver.open("Claims")
    assert drafted(driver) == saved
    assert screen(driver) == shown
    assert not driver.console.desk.unsaved
    assert get(saved, "imap.password").reference
    driver.section("settings")
    driver.pick("settings.service", "Gmail")
    assert screen(driver)["authentication.username"] == "claims@example.org"


real_keyring = pytest.mark.skipif(
    bool(missing := [tool for tool in KEYRING_TOOLS if not shutil.which(tool)])
    and os.environ.get("MOTION_DESK_REQUIRE_SERVERS") != "1",
    reason=f"needs {' and '.join(missing)}",
)


@real_keyring
def test_passwords_outlive_the_program_in_the_keyring(tmp_path: Path) -> None:
    path = tmp_path / "Test.motiondesk"
    for what in ("create", "read"):
        assert in_session(tmp_path, what, path) == [*PASSWORDS.values(), "no notice"]


def change_secrets(account: Account, saved: Account) -> Account:
    """The account with each typed secret replaced by the stored one."""
    for key in PASSWORDS:
        assert get(account, key).typed is not None
        assert get(saved, key).typed is None
        account = change(account, key, get(saved, key))
    return account


# Coming and going


def test_a_duplicate_is_inactive_has_no_key_and_secrets_of_its_own(one: Driver) -> None:
    before = drafted(one)
    one.command("duplicate")
    one.wait(lambda: len(one.accounts()) == 2, "the copy")
    copy = drafted(one)
    assert one.accounts() == ["Support", "Support (copy)"]
    assert (copy.settings.key, copy.settings.active) == ("", False)
    assert copy.imap.password.reference != before.imap.password.reference
    assert text_of(one, copy.imap.password) == "hunter2"
    same = replace(copy.settings, name="Support", key="SUP")
    assert same == before.settings
    one.command("undo")
    one.wait(lambda: one.accounts() == ["Support"], "the copy gone")


def test_activating_is_an_edit_that_can_be_undone(one: Driver) -> None:
    one.command("activate")
    assert drafted(one).settings.active
    assert "Not active" not in one.account("Support").hint
    one.command("undo")
    assert not drafted(one).settings.active
    assert "Not active" in one.account("Support").hint


def test_a_deleted_account_comes_back_by_undo_with_its_password(one: Driver) -> None:
    before = drafted(one)
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    assert one.said() == "Support is in the bin. Undo brings it back."
    assert not one.can("duplicate")
    one.command("undo")
    one.wait(one.accounts, "the account back")
    one.settled()
    assert drafted(one) == before
    assert text_of(one, before.imap.password) == "hunter2"
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
    before = drafted(one)
    one.command("delete")
    one.wait(lambda: not one.accounts(), "the account gone")
    assert binned(one) == ["Support"]
    one.press("Restore")
    one.wait(one.accounts, "the account back")
    one.settled()
    assert drafted(one) == before
    assert binned(one) == []
    one.press("Close")


def test_the_bin_erases_for_ever_once_that_is_sure(one: Driver, answers: Answers) -> None:
    before = drafted(one)
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
    assert text_of(one, before.imap.password) is None


def test_an_account_that_accepts_any_certificate_is_marked_in_the_list(one: Driver) -> None:
    one.section("imap")
    one.turn("imap.any_certificate")
    assert one.is_there("caution:imap.any_certificate")
    assert ("shield-alert", "warning") in one.account("Support").marks
    assert "Accepts any certificate" in one.account("Support").hint
    one.turn("imap.ssl")
    assert not one.account("Support").marks[:-1], "it counts for nothing without SSL"
