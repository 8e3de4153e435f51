"""Tokens: the sign-in that both probes of a test share, so that it is renewed once at most."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.names import TICK
from motion_desk.services.oauth import cache
from motion_desk.services.oauth.provider import PERSON, Provider, Way, provider_of
from motion_desk.services.oauth.trouble import SignInError, Trouble

if TYPE_CHECKING:
    from motion_desk.services.oauth.silent import Got
    from motion_desk.services.store import Store
    from motion_desk.services.tester.steps import Renewed


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where a test gets its tokens from: values only, so that it can go to other threads.

    ``kept`` is what the keyring holds of the provider (see ``services/oauth/cache``), or empty;
    ``missing`` says why it could not be had. ``way`` leads to the lab, or nowhere else.
    """

    provider: Provider
    kept: str = field(default="", repr=False)
    missing: str = ""
    way: Way = field(default_factory=Way)


def token_source(account: Account, workspace: Workspace, store: Store | None) -> TokenSource | None:
    """Where the account's tokens come from; on the store's thread. Raises nothing.

    ``None`` where the account logs in otherwise, or names no cloud provider that is there.
    """
    login = endpoint(account, Protocol.IMAP).login
    entry = provider_entry(account, workspace)
    if login is None or not login.modern or entry is None:
        return None
    if store is None:
        return TokenSource(provider_of(entry), missing="documents hold no sign-in.")
    from motion_desk.services.secrets import SecretsError, service_of

    service = service_of(store.identity)
    try:
        text = cache.kept(store.secrets, service, entry.id)
        secret = ""
        if cache.kind_of(text) is cache.Kind.APPLICATION:
            secret = secret_text(entry, store)
    except SecretsError as error:
        return TokenSource(provider_of(entry), missing=error.sentence)
    return TokenSource(provider_of(entry, secret), text)


def provider_entry(account: Account, workspace: Workspace) -> CloudProviderEntry | None:
    """The cloud provider that an account names, where it is there."""
    chosen = account.authentication.cloud_provider
    entries = workspace.cloud_providers.entries
    return next((each for each in entries if chosen and each.id == chosen), None)


def secret_text(entry: CloudProviderEntry, store: Store) -> str:
    """The text of a provider's client secret, or empty. Raises ``SecretsError``."""
    if entry.client_secret.typed is not None:
        return entry.client_secret.typed
    reference = entry.client_secret.reference
    return (store.text_of(reference) if reference else None) or ""


def keep(renewed: Renewed, store: Store) -> None:
    """Keep a sign-in that a test has renewed; on the store's thread. Raises ``SecretsError``."""
    from motion_desk.services.secrets import service_of

    cache.keep(store.secrets, service_of(store.identity), renewed.provider, renewed.cache)


class Tokens:
    """Hands out tokens to the probes of one test, on any of their threads, one at a time.

    ``changed`` is called with what is to be kept from now on, on the thread that asked.
    """

    def __init__(self, source: TokenSource | None, changed: Callable[[str], None]) -> None:
        self.source = source
        self._changed = changed
        self._kept = source.kept if source else ""
        self._lock = threading.Lock()

    def token(self, login: str, stop: threading.Event, patience: float) -> Got:
        """A token, which serves both protocols. Raises ``SignInError``, and ``Stopped``."""
        # With it comes MSAL, for which nobody should wait who has a password.
        from motion_desk.services.oauth.silent import token_for

        if self.source is None:
            raise SignInError(Trouble.NEEDED, values={"provider": "the cloud provider"})
        while not self._lock.acquire(timeout=TICK):
            if stop.is_set():
                raise Stopped
        try:
            source = self.source
            got = token_for(source.provider, login, PERSON, self._kept, source.way, stop, patience)
            if got.cache:
                self._kept = got.cache
                self._changed(got.cache)
            return got
        finally:
            self._lock.release()
