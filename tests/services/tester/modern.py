"""Modern: accounts that log in by tokens, signed in at a lab, and orders to test them."""

from __future__ import annotations

from motion_desk.models.account import Account
from motion_desk.models.choices import Service
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.lab import Lab
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.tokens import TokenSource
from tests.services.oauth.signing import PROVIDER, USER, way
from tests.services.tester.orders import IMAP, SMTP, given


def account(mailbox: str = USER, identity: str = USER) -> Account:
    """An account of Outlook365 with modern authentication."""
    made = Account(id="tested")
    values: dict[str, object] = {
        "settings.name": "Tested",
        "settings.service": Service.OUTLOOK365,
        "settings.address": mailbox,
        "authentication.username": mailbox,
        "authentication.modern": True,
        "authentication.modern_address": identity,
        "authentication.cloud_provider": PROVIDER.id,
        "authentication.connection_timeout": 5,
        "authentication.authentication_timeout": 5,
    }
    for key, value in values.items():
        made = put(made, key, value)
    return made


def workspace(lab: Lab) -> Workspace:
    """A workspace with the provider, which knows the lab's authority."""
    entry = CloudProviderEntry(
        id=PROVIDER.id,
        name=PROVIDER.name,
        tenant=PROVIDER.tenant,
        client_id=PROVIDER.client_id,
    )
    return put(given(lab.certificate), "cloud_providers.entries", (entry,))


def order(
    lab: Lab,
    kept: str,
    *,
    tested: Account | None = None,
    only: tuple[Protocol, ...] = (IMAP, SMTP),
    patience: float = 2.0,
) -> Order:
    """An order for a modern account with a kept sign-in."""
    return Order(
        tested or account(),
        workspace(lab),
        only,
        tokens=TokenSource(PROVIDER, kept, way=way(lab)),
        route=lab.route,
        patience=patience,
    )
