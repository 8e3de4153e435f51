"""Grants: what an application was allowed, by whom and for what; and the scopes that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from motion_desk.services.lab.faults.signing_in import GRAPH
from motion_desk.services.lab.identity.refusals import Refused

OUTLOOK = frozenset(
    {
        "https://outlook.office.com",
        "https://outlook.office365.com",
        "00000002-0000-0ff1-ce00-000000000000",
    }
)
"""What Exchange Online is called as an audience."""
DELEGATED = ("IMAP.AccessAsUser.All", "SMTP.Send")
"""What a person can allow of IMAP and SMTP."""
ROLES = ("IMAP.AccessAsApp", "SMTP.SendAsApp")
"""The same for applications by themselves."""
DEFAULT = ".default"

_OPENID = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True, slots=True)
class Grant:
    """``person`` is empty where the application acts by itself."""

    client: str
    tenant: str
    scopes: tuple[str, ...]
    person: str = ""
    nonce: str = ""
    """What the ID token is to repeat (OpenID Connect Core §3.1.2.1)."""

    @property
    def audience(self) -> str:
        """Whom a token is for: the resource of the scopes."""
        resources = {_resource(scope) for scope in self.scopes if scope not in _OPENID}
        return next(iter(resources), GRAPH)

    @property
    def permissions(self) -> tuple[str, ...]:
        """What a token allows, by short names."""
        names = [_name(scope) for scope in self.scopes if scope not in _OPENID]
        if DEFAULT not in names:
            return tuple(names)
        if self.audience not in OUTLOOK:
            return ()
        return DELEGATED if self.person else ROLES

    @property
    def granted(self) -> str:
        """The scopes of the answer: those of the resource, in full."""
        return " ".join(scope for scope in self.scopes if scope not in _OPENID)

    def values(self) -> dict[str, Any]:
        """It as plain values, for ``of``."""
        return asdict(self)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Grant:
        """The grant of plain values."""
        asked = tuple(values["scopes"])
        return cls(values["client"], values["tenant"], asked, values["person"], values["nonce"])


def scopes(text: str) -> tuple[str, ...]:
    """The scopes that a client asks for, for one resource at most. Raises ``Refused``."""
    asked = tuple(dict.fromkeys(text.split()))
    if not asked:
        raise Refused(900144, {"what": "scope"})
    for scope in asked:
        if not _name(scope):
            raise Refused(70011, {"what": scope})
    if len({_resource(scope) for scope in asked if scope not in _OPENID}) > 1:
        raise Refused(28000)
    return asked


def _resource(scope: str) -> str:
    """What stands before a permission; without anything it is Microsoft Graph’s."""
    return scope.rpartition("/")[0].rstrip("/") or GRAPH


def _name(scope: str) -> str:
    return scope.rpartition("/")[2]
