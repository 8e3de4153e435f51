"""Typed secrets give way to stored ones where they were stored, and only there."""

from dataclasses import replace

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.places import secrets_of, settle, settled_between
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace

TYPED, STORED = Secret(typed="hunter2"), Secret("r1")
ACCOUNT = put(put(Account(id="a"), "imap.password", TYPED), "smtp.password", Secret("r0"))


def providers(*secrets: Secret) -> Workspace:
    """A workspace with a cloud provider for each secret."""
    entries = tuple(
        CloudProviderEntry(id=f"p{number}", client_secret=secret)
        for number, secret in enumerate(secrets)
    )
    return put(Workspace(id="w"), "cloud_providers.entries", entries)


def test_secrets_are_found_in_fields_and_cells() -> None:
    assert dict(secrets_of(ACCOUNT)) == {"imap.password": TYPED, "smtp.password": Secret("r0")}
    assert dict(secrets_of(providers(TYPED, NO_SECRET))) == {
        "cloud_providers.entries/p0/client_secret": TYPED
    }


def test_hidden_secrets_are_found_too() -> None:
    """They are kept, so their entries in the keyring must be."""
    hidden = put(Account(), "authentication.password", STORED)
    assert dict(secrets_of(hidden)) == {"authentication.password": STORED}


def test_a_typed_secret_gives_way_to_the_one_it_was_stored_as() -> None:
    stored = put(ACCOUNT, "imap.password", STORED)
    settled = settled_between(ACCOUNT, stored)
    assert settled == {("a", "imap.password", TYPED): STORED}
    later = put(ACCOUNT, "settings.name", "Support")
    assert settle(later, settled) == put(stored, "settings.name", "Support")


def test_a_secret_that_was_typed_since_is_kept() -> None:
    settled = settled_between(ACCOUNT, put(ACCOUNT, "imap.password", STORED))
    newer = put(ACCOUNT, "imap.password", Secret(typed="correct horse"))
    assert settle(newer, settled) == newer
    emptied = put(ACCOUNT, "imap.password", NO_SECRET)
    assert settle(emptied, settled) == emptied


def test_the_same_text_in_another_place_or_account_is_kept() -> None:
    settled = settled_between(ACCOUNT, put(ACCOUNT, "imap.password", STORED))
    elsewhere = put(Account(id="a"), "smtp.password", TYPED)
    assert settle(elsewhere, settled) == elsewhere
    other = replace(ACCOUNT, id="b")
    assert settle(other, settled) == other


def test_cells_are_settled_by_their_row() -> None:
    settled = settled_between(providers(TYPED, TYPED), providers(STORED, Secret("r2")))
    assert settle(providers(TYPED, TYPED), settled) == providers(STORED, Secret("r2"))


def test_a_secret_that_was_not_stored_settles_nothing() -> None:
    assert settled_between(ACCOUNT, put(ACCOUNT, "imap.password", NO_SECRET)) == {}
    assert settle(ACCOUNT, {}) is ACCOUNT
