"""Provider: a cloud provider of the workspace as a sign-in needs it, and what it can ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motion_desk.models.engines.tokens import SCOPES
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.mail.names import Route
from motion_desk.services.oauth.trouble import SignInError, Trouble

HOST = "login.microsoftonline.com"
"""Where Microsoft's identity platform signs in, worldwide."""

RESOURCE = "https://outlook.office.com/"
APPLICATION = ("https://outlook.office365.com/.default",)
"""What an application by itself asks for (Microsoft Learn, “Use client credentials grant flow to
authenticate SMTP, IMAP, and POP connections”)."""
PERSON = tuple(RESOURCE + scope for scope in SCOPES.values())
"""What a person's sign-in asks for, and each renewal: so one token serves both protocols.

MSAL adds offline_access, openid and profile by itself."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_NO_TENANT = ("common", "organizations", "consumers")


@dataclass(frozen=True, slots=True)
class Provider:
    """An app registration. ``secret`` is the client secret's text, or empty."""

    id: str
    name: str
    tenant: str
    client_id: str
    secret: str = field(default="", repr=False)
    host: str = HOST

    @property
    def authority(self) -> str:
        """The address that stands for the tenant."""
        return f"https://{self.host}/{self.tenant}"


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the sign-in service: the system's own, or to the lab.

    ``route`` leads every host elsewhere while its name stays. ``authority`` is the PEM of the one
    that is trusted then, in place of all others.
    """

    route: Route | None = None
    authority: str = ""


def provider_of(entry: CloudProviderEntry, secret: str = "") -> Provider:
    """The provider of a row of the workspace; ``secret`` is the text behind its client secret."""
    return Provider(entry.id, entry.name, entry.tenant.strip(), entry.client_id.strip(), secret)


def check(provider: Provider, *, application: bool = False) -> None:
    """Raise ``SignInError`` where the provider lacks what a sign-in needs."""
    what = ""
    if not provider.tenant:
        what = "its Tenant ID is empty"
    elif not _NAME.fullmatch(provider.tenant) or provider.tenant.lower() in _NO_TENANT:
        what = "its Tenant ID is neither an id nor a domain"
    elif not provider.client_id:
        what = "its Client ID is empty"
    elif not provider.client_id.isascii() or not provider.client_id.isprintable():
        what = "its Client ID has characters that no id has"
    elif application and not provider.secret:
        what = "an application signs in by its Client secret, which is not at hand"
    if what:
        raise SignInError(Trouble.INCOMPLETE, values={"provider": provider.name, "what": what})
