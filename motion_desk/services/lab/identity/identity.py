"""Identity: who and what the identity server knows, and the sign-ins that wait for a person."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.faults.signing_in import OTHER_TENANT
from motion_desk.services.lab.identity.devices import Devices
from motion_desk.services.lab.identity.keys import Keys

TENANT = "lab-tenant"
"""The home of people who sign in without naming a tenant."""
USER = "anna@lab.example"

_ANY_TENANT = frozenset({"common", "organizations", "consumers"})


class Identity:
    """What the identity server of one lab knows.

    ``people`` are the mailboxes that each person may open beside their own; without, anybody is
    known and may open any. ``apps`` are client secrets by client id, ``None`` for an application
    without one; without, any application is known and any secret is right. ``tenants`` are those
    that exist; without, any does. With ``secret`` tokens are signed by HS256 with it, for servers
    that check tokens by themselves, in place of RS256.

    ``user``, ``approve_after`` and ``lifetime`` may be set, and ``approve`` and ``decline`` be
    called, on any thread.
    """

    def __init__(
        self,
        people: Mapping[str, Iterable[str]] | None = None,
        apps: Mapping[str, str | None] | None = None,
        *,
        tenants: Iterable[str] | None = None,
        secret: bytes | None = None,
    ) -> None:
        self.user = USER
        """Who signs in, unless the application names somebody."""
        self.approve_after: int | None = None
        """How often a client must ask for a device code to be approved without a person."""
        self.lifetime = 3600
        """Seconds that an access token lasts."""
        self.secret = secret
        self.devices = Devices()
        self._people = (
            None
            if people is None
            else {
                person.casefold(): {each.casefold() for each in mailboxes}
                for person, mailboxes in people.items()
            }
        )
        self._apps = None if apps is None else dict(apps)
        self._tenants = None if tenants is None else frozenset(tenants)

    def approve(self, user_code: str, user: str = "") -> None:
        """Sign in for who shows this code, as ``user`` or somebody given, as the usual one.

        Raises ``KeyError`` where no sign-in waits under that code.
        """
        self.devices.approve(user_code, user or self.user)

    def decline(self, user_code: str) -> None:
        """Refuse to sign in for who shows this code. Raises ``KeyError`` as ``approve`` does."""
        self.devices.decline(user_code)

    def keys(self, folder: Path) -> Keys:
        """The keys that tokens are signed with, kept in a folder."""
        return Keys(folder, self.secret)

    def tenant(self, name: str) -> str:
        """The tenant behind a name of an address, or nothing where there is none."""
        if name in _ANY_TENANT:
            return TENANT
        return name if self._tenants is None or name in self._tenants else ""

    def takes_from(self, tenant: str) -> bool:
        """Whether the mail servers take tokens of a tenant."""
        return tenant != OTHER_TENANT and bool(self.tenant(tenant))

    def knows(self, person: str) -> bool:
        """Whether there is such a person."""
        return self._people is None or person.casefold() in self._people

    def knows_app(self, client: str) -> bool:
        """Whether there is such an application."""
        return self._apps is None or client in self._apps

    def needs_secret(self, client: str) -> bool:
        """Whether an application has a secret, which it then must show."""
        return self._apps is not None and self._apps.get(client) is not None

    def is_secret(self, client: str, secret: str) -> bool:
        """Whether this is the secret of an application."""
        return self._apps is None or self._apps.get(client) == secret

    def opens(self, person: str, mailbox: str) -> bool:
        """Whether a person may open a mailbox."""
        if person.casefold() == mailbox.casefold() or self._people is None:
            return True
        return mailbox.casefold() in self._people.get(person.casefold(), ())


def now(fault: Fault) -> float:
    """The time by the servers’ clock, in seconds since 1970."""
    return time.time() + fault.signing_in.clock_ahead
