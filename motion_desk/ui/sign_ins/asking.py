"""Asking: what the store and the keyring know of the cloud providers; runs on the store's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.oauth.kept import Kept
from motion_desk.services.oauth.standing import Mailbox

if TYPE_CHECKING:
    from motion_desk.models.sections.directory import CloudProviderEntry
    from motion_desk.services.oauth.provider import Provider
    from motion_desk.services.store import Store
    from motion_desk.ui.desk import Desk

PASSED = ("passed", "warnings")
"""The words for verdicts of tests that got through."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the providers without asking the network, and without a secret.

    ``kept`` is by the provider's id; ``users`` are the mailbox and the login of accounts that are
    stored, by the account's id; ``passed`` the ids of those whose last real test passed.
    ``place`` says where sign-ins are kept, ``lasting`` whether they outlive the program.
    """

    kept: Mapping[str, Kept] = field(default_factory=dict)
    users: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    place: str = ""
    lasting: bool = False


def look(store: Store, providers: tuple[str, ...], accounts: tuple[str, ...]) -> Found:
    """What is known of providers and of the accounts that use them, by their ids."""
    # With it comes what the page needs to judge; here nobody waits for it.
    from motion_desk.services.oauth import codes  # noqa: F401 - imported for those who come later

    kept = {provider: _kept(store, provider) for provider in providers}
    users = {account: user_of(store.load(account)) for account in accounts}
    last = store.last_runs()
    passed = {
        account
        for account in accounts
        if (run := last.get(account)) and run.verdict in PASSED and not run.lab
    }
    status = store.secrets.status
    return Found(kept, users, frozenset(passed), status.name, status.lasting)


def _kept(store: Store, provider_id: str) -> Kept:
    from motion_desk.services.oauth import cache
    from motion_desk.services.oauth.kept import kept_of
    from motion_desk.services.secrets import SecretsError, service_of

    try:
        return kept_of(cache.kept(store.secrets, service_of(store.identity), provider_id))
    except SecretsError as error:
        return Kept(unknown=error.sentence)


def user_of(account: Account) -> tuple[str, str]:
    """An account's mailbox and who signs in for it, as far as they are filled in."""
    login = endpoint(account, Protocol.IMAP).login
    if login is None:
        return account.settings.address, ""
    return login.username or account.settings.address, login.identity


def mailboxes(desk: Desk, found: Found, provider_id: str) -> tuple[Mailbox, ...]:
    """The mailboxes of the accounts that use a provider, as they are on screen."""
    result = []
    for summary in desk.summaries().values():
        if summary.cloud_provider != provider_id:
            continue
        opened = desk.opened(summary.id)
        if opened is not None and isinstance(opened.draft, Account):
            address, login = user_of(opened.draft)
        else:
            address, login = found.users.get(summary.id, (summary.address, ""))
        name = summary.name or summary.key or summary.id
        result.append(Mailbox(name, address, login, summary.id in found.passed))
    return tuple(result)


def prepared(store: Store, entry: CloudProviderEntry, flow: str) -> tuple[Provider, str]:
    """What a sign-in needs: the provider, with its secret where that is asked for, and its cache.

    Raises ``SecretsError``.
    """
    from motion_desk.services.oauth import cache
    from motion_desk.services.oauth.provider import provider_of
    from motion_desk.services.secrets import service_of
    from motion_desk.services.tester.tokens import secret_text

    kept = cache.kept(store.secrets, service_of(store.identity), entry.id)
    secret = (secret_text(entry, store) if flow == "application" else "") or ""
    return provider_of(entry, secret), kept


def keep(store: Store, provider_id: str, text: str, flow: str) -> str:
    """Keep a sign-in; says where. Raises ``SecretsError``."""
    from motion_desk.services.oauth import cache
    from motion_desk.services.oauth.kept import noted
    from motion_desk.services.secrets import service_of

    cache.keep(store.secrets, service_of(store.identity), provider_id, noted(text, flow))
    status = store.secrets.status
    return status.name if status.lasting else ""


def forget(store: Store, provider_id: str) -> bool:
    """Sign out; whether it is certain that nothing is kept now. Raises ``SecretsError``."""
    from motion_desk.services.oauth import cache
    from motion_desk.services.secrets import service_of

    return cache.forget(store.secrets, service_of(store.identity), provider_id)
