"""Accounts: created by the dialog, filled in, saved, and found again with everything in them."""

from __future__ import annotations

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
from tests.journeys.driver import Driver
from tests.journeys.filling import PASSWORDS, directory, fill, screen
from tests.journeys.keyring_session import KEYRING_TOOLS, in_session
from tests.journeys.stage import Stage, stored
from tests.needs import needs

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ASKED = "name key address list service active description"
"""What Motion's create form asks for every service."""
CUSTOM_ASKED = ["imap.host", "imap.port", "smtp.host", "smtp.port", "imap.authentication"]


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

    account = driver.account_draft()
    assert driver.accounts() == ["Claims"]
    assert account.settings.service is service
    assert (account.settings.key, account.settings.address) == ("CLM", "claims@example.com")
    assert account.version == 1
    assert not driver.console.desk.unsaved
    for section in ("imap", "smtp") if custom else ("authentication",):
        assert get(account, f"{section}.username") == "claims"
        assert get(account, f"{section}.password").typed is None
        assert driver.text_of(get(account, f"{section}.password")) == "hunter2"


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
    entered = driver.account_draft()
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
    saved, shown = driver.account_draft(), screen(driver)
    assert not driver.console.desk.unsaved
    assert replace(saved, version=0) == replace(change_secrets(entered, saved), version=0), (
        "saving changes nothing but how secrets are kept"
    )
    for key, text in PASSWORDS.items():
        assert driver.text_of(get(saved, key)) == text

    driver = stage()
    driver.open("Claims")
    assert driver.account_draft() == saved
    assert screen(driver) == shown
    assert not driver.console.desk.unsaved
    assert get(saved, "imap.password").reference
    driver.section("settings")
    driver.pick("settings.service", "Gmail")
    driver.section("authentication")
    assert driver.find("authentication.username").text() == "claims@example.org"


@needs(*KEYRING_TOOLS)
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
