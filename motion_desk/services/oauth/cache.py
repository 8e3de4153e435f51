"""Cache: the tokens of one provider as MSAL keeps them, in the keyring and nowhere else."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motion_desk.services.secrets import Secrets


class Kind(Enum):
    """Who has signed in."""

    NOBODY = "nobody"
    PERSON = "person"
    APPLICATION = "application"


def reference(provider_id: str) -> str:
    """The entry of the keyring that holds a provider's tokens."""
    return f"oauth-{provider_id}"


def kept(secrets: Secrets, service: str, provider_id: str) -> str:
    """What was kept, or an empty text; on the thread of the secrets. Raises ``SecretsError``."""
    return secrets.get(service, reference(provider_id)) or ""


def keep(secrets: Secrets, service: str, provider_id: str, text: str) -> None:
    """Keep tokens in place of those before; on the thread of the secrets. Raises ``SecretsError``.

    The old entry goes first, for it may have more parts. Whoever is interrupted in between has
    to sign in again, and nothing worse.
    """
    secrets.forget(service, reference(provider_id))
    if text:
        secrets.put(service, reference(provider_id), text)


def forget(secrets: Secrets, service: str, provider_id: str) -> bool:
    """Sign out: delete the tokens. Returns whether it is certain that there are none now.

    Microsoft goes on taking a token that somebody copied until it expires: to end it there, the
    administrator of the tenant revokes the sessions of the user. Raises ``SecretsError``.
    """
    return secrets.forget(service, reference(provider_id))


def kind_of(text: str) -> Kind:
    """Who has signed in, by what MSAL keeps. Raises nothing."""
    found = _read(text)
    if _rows(found, "Account"):
        return Kind.PERSON
    return Kind.APPLICATION if _rows(found, "AccessToken") else Kind.NOBODY


def people(text: str) -> tuple[str, ...]:
    """The addresses that have signed in, in order. Raises nothing."""
    names = {str(row.get("username") or "") for row in _rows(_read(text), "Account")}
    return tuple(sorted(names - {""}))


def is_sound(text: str) -> bool:
    """Whether the text can be MSAL's; an empty one can."""
    return not text or bool(_read(text))


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = found.get(name)
    return [row for row in rows.values() if isinstance(row, dict)] if isinstance(rows, dict) else []
