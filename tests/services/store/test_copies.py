"""A copied workspace becomes one of its own; a moved one stays what it is."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from motion_desk.models.secret import NO_SECRET
from motion_desk.services.secrets import Secrets, SecretsError, service_of
from motion_desk.services.store import Store
from tests.services.store.samples import support


@pytest.fixture
def copy(store: Store) -> Path:
    """The path of a copy of the closed store's file."""
    saved = store.save(support())
    store.keep_draft(store.identity, {"general.motion_version": "3.60.0"})
    store.keep_draft(saved.id, {})
    store.close()
    copied = store.path.with_name("copy.motiondesk")
    shutil.copy(store.path, copied)
    return copied


def test_a_copy_gets_an_identity_and_secrets_of_its_own(
    store: Store, copy: Path, secrets: Secrets
) -> None:
    opened = Store.open(copy, secrets)
    assert opened.identity != store.identity
    assert opened.workspace().id == opened.identity
    assert opened.identity in opened.drafts()
    [account] = [opened.load(listed.id) for listed in opened.accounts()]
    assert opened.text_of(account.imap.password.reference) == "hunter2"
    opened.erase(account.id)
    opened.close()
    again = Store.open(store.path, secrets)
    assert again.identity == store.identity
    assert again.text_of(account.imap.password.reference) == "hunter2"
    again.close()


def test_a_copy_becomes_one_of_its_own_only_once(copy: Path, secrets: Secrets) -> None:
    first = Store.open(copy, secrets)
    first.close()
    second = Store.open(copy, secrets)
    second.close()
    assert first.identity == second.identity


def test_a_moved_file_stays_what_it_is_and_can_then_be_copied(
    store: Store, copy: Path, secrets: Secrets
) -> None:
    store.path.unlink()
    moved = Store.open(copy, secrets)
    moved.close()
    assert moved.identity == store.identity
    shutil.copy(copy, store.path)
    copied = Store.open(store.path, secrets)
    copied.close()
    assert copied.identity != store.identity


def test_another_name_of_the_same_file_makes_no_copy(store: Store, secrets: Secrets) -> None:
    store.close()
    link = store.path.with_name("link")
    link.hardlink_to(store.path)
    opened = Store.open(link, secrets)
    opened.close()
    assert opened.identity == store.identity


def test_another_workspace_at_the_old_place_makes_no_copy(
    store: Store, copy: Path, secrets: Secrets
) -> None:
    store.path.unlink()
    Store.create(store.path, secrets).close()
    opened = Store.open(copy, secrets)
    opened.close()
    assert opened.identity == store.identity


class Refusing(Secrets):
    """Secrets whose keyring is locked."""

    def get(self, service: str, reference: str) -> str | None:
        raise SecretsError("The keyring is locked.")


@pytest.mark.parametrize("unreachable", [Refusing(system=False), Secrets(system=False)])
def test_a_copy_whose_secrets_cannot_be_reached_waits_for_another_day(
    store: Store, copy: Path, secrets: Secrets, unreachable: Secrets
) -> None:
    waiting = Store.open(copy, unreachable)
    assert waiting.identity == store.identity
    waiting.close()
    opened = Store.open(copy, secrets)
    [account] = [opened.load(listed.id) for listed in opened.accounts()]
    assert opened.identity != store.identity
    assert account.imap.password != NO_SECRET
    assert opened.text_of(account.imap.password.reference) == "hunter2"
    opened.close()


def test_a_copy_that_cannot_be_written_leaves_no_secrets(
    store: Store, copy: Path, secrets: Secrets
) -> None:
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute(
        "CREATE TRIGGER no BEFORE UPDATE ON workspace BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    connection.close()
    with pytest.raises(Exception, match="no"):
        Store.open(copy, secrets)
    services = {service for service, _ in vars(secrets)["_session"]}
    assert services == {service_of(store.identity)}
