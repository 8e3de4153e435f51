"""Secrets of documents: in the keyring, each with one owner, and never lost or left behind."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from motion_desk.models.changes import change
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.secrets import Secrets, SecretsError
from motion_desk.services.store import Conflict, Store
from tests.services.store.samples import support


class LockedKeyring(Secrets):
    """Secrets whose keyring refuses everything after so many puts."""

    def __init__(self, puts: int = 0) -> None:
        super().__init__(system=False)
        self.puts = puts

    def put(self, service: str, reference: str, text: str) -> None:
        if not self.puts:
            raise SecretsError("The keyring is locked.")
        self.puts -= 1
        super().put(service, reference, text)


def noted(path: Path) -> dict[str, bool]:
    """The entries that the file names, and whether they are retired."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT reference, retired_at IS NOT NULL FROM secret").fetchall()
    connection.close()
    return {reference: bool(retired) for reference, retired in rows}


def test_a_stored_account_holds_a_reference_and_no_text(store: Store) -> None:
    saved = store.save(support(password="hunter2"))
    assert saved.imap.password.typed is None
    assert store.text_of(saved.imap.password.reference) == "hunter2"


def test_saving_again_keeps_the_entry(store: Store) -> None:
    first = store.save(support())
    second = store.save(change(first, "settings.name", "Renamed"))
    assert second.imap.password == first.imap.password


def test_a_replaced_secret_retires_and_comes_back_with_undo(store: Store, path: Path) -> None:
    first = store.save(support(password="first"))
    second = store.save(change(first, "imap.password", Secret(typed="second")))
    old, new = first.imap.password.reference, second.imap.password.reference
    assert noted(path) == {old: True, new: False}
    undone = store.save(change(second, "imap.password", first.imap.password))
    assert undone.imap.password == first.imap.password
    assert store.text_of(old) == "first"
    assert noted(path) == {old: False, new: True}


def test_retired_secrets_are_deleted_when_their_time_is_over(store: Store, path: Path) -> None:
    first = store.save(support())
    second = store.save(change(first, "imap.password", NO_SECRET))
    store.purge()
    assert store.text_of(first.imap.password.reference) == "hunter2"
    store.purge(older_than_days=0)
    assert store.text_of(first.imap.password.reference) is None
    assert noted(path) == {}
    undone = store.save(change(second, "imap.password", first.imap.password))
    assert undone.imap.password == NO_SECRET


def test_opening_deletes_what_retired_long_ago(store: Store, path: Path, secrets: Secrets) -> None:
    first = store.save(support())
    store.save(change(first, "imap.password", NO_SECRET))
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE secret SET retired_at = '2020-01-01 00:00:00.000000'")
    connection.commit()
    connection.close()
    again = Store.open(path, secrets)
    assert again.text_of(first.imap.password.reference) is None
    again.close()


def test_a_secret_is_forgotten_at_once_when_asked(store: Store, path: Path) -> None:
    saved = store.save(support())
    store.forget(saved.imap.password.reference)
    assert store.text_of(saved.imap.password.reference) is None
    assert noted(path) == {}


def test_a_duplicate_gets_an_entry_of_its_own(store: Store) -> None:
    first = store.save(support())
    twin = store.save(replace(first, id="", version=0))
    assert twin.imap.password != first.imap.password
    store.erase(first.id)
    assert store.text_of(twin.imap.password.reference) == "hunter2"


def test_a_duplicated_row_gets_an_entry_of_its_own(store: Store) -> None:
    workspace = store.workspace()
    provider = CloudProviderEntry(id="p1", name="One", client_secret=Secret(typed="s3cret"))
    saved = store.save(change(workspace, "cloud_providers.entries", (provider,)))
    [one] = saved.cloud_providers.entries
    both = (one, replace(one, id="p2", name="Two"))
    again = store.save(change(saved, "cloud_providers.entries", both))
    first, second = (row.client_secret.reference for row in again.cloud_providers.entries)
    assert first == one.client_secret.reference != second
    assert store.text_of(second) == "s3cret"


def test_an_emptied_password_is_none(store: Store, path: Path) -> None:
    first = store.save(support())
    cleared = Secret(first.imap.password.reference, typed="")
    assert store.save(change(first, "imap.password", cleared)).imap.password == NO_SECRET
    assert list(noted(path).values()) == [True]


def test_a_conflict_leaves_no_entry_behind(store: Store, path: Path) -> None:
    first = store.save(support())
    store.save(change(first, "settings.name", "Newer"))
    with pytest.raises(Conflict):
        store.save(change(first, "imap.password", Secret(typed="late")))
    assert noted(path) == {first.imap.password.reference: False}


def test_a_commit_that_fails_takes_the_new_entries_back(
    store: Store, path: Path, secrets: Secrets
) -> None:
    first = store.save(support(password="first"))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "CREATE TRIGGER refuse BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    connection.close()
    with pytest.raises(Exception, match="no"):
        store.save(change(first, "imap.password", Secret(typed="second")))
    assert noted(path) == {first.imap.password.reference: False}
    assert list(vars(secrets)["_session"].values()) == ["first"]


@pytest.mark.parametrize("puts", [0, 1])
def test_a_keyring_that_refuses_leaves_everything_as_it_was(path: Path, puts: int) -> None:
    secrets = LockedKeyring(puts)
    store = Store.create(path, secrets)
    account = change(support(), "smtp.password", Secret(typed="other"))
    with pytest.raises(SecretsError, match="locked"):
        store.save(account)
    assert store.accounts() == ()
    assert all(noted(path).values())
    assert vars(secrets)["_session"] == {}
    store.close()


def test_a_workspace_whose_secrets_cannot_be_kept_is_not_created(store: Store, path: Path) -> None:
    other = path.with_name("other")
    provider = CloudProviderEntry(id="p1", name="One", client_secret=Secret(typed="s3cret"))
    workspace = change(store.workspace(), "cloud_providers.entries", (provider,))
    with pytest.raises(SecretsError):
        Store.create(other, LockedKeyring(), workspace)
    assert not other.exists()


def test_an_entry_is_named_in_the_file_before_the_keyring_has_it(path: Path) -> None:
    """Else a program that ends between the two would leave a password behind for ever."""
    seen = []

    class Watched(Secrets):
        def put(self, service: str, reference: str, text: str) -> None:
            seen.append(noted(path)[reference])
            super().put(service, reference, text)

    store = Store.create(path, Watched(system=False))
    store.save(support())
    assert seen == [True]
    assert list(noted(path).values()) == [False]
    store.close()


def test_an_entry_that_may_be_in_another_keyring_stays_noted(store: Store, path: Path) -> None:
    saved = store.save(support())
    store.close()
    elsewhere = Store.open(path, Secrets(system=False))
    elsewhere.save(change(saved, "imap.password", NO_SECRET))
    elsewhere.purge(older_than_days=0)
    assert noted(path) == {saved.imap.password.reference: True}
    elsewhere.close()
