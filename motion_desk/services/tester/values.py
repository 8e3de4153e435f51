"""Values: what a test was made of, in words and without secrets, so that it can be compared."""

from __future__ import annotations

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import resolve
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.secret import Secret

_SHOWN = 8
"""Characters of a reference or digest that are enough to tell two apart."""
_OF_THE_LOGIN = ("username", "password", "identity")


def tested_values(account: Account) -> dict[str, str]:
    """The values that count in a test of the account, by field, as people read them.

    They are those that ``endpoints.fingerprint`` stands for. Of a password it says only whether
    there is one, and which entry of the keyring it is; of certificates, only what tells them apart.
    """
    effective = resolve(account).effective
    found: dict[str, str] = {}
    for protocol in Protocol:
        tested = endpoint(account, protocol)
        for part, key in tested.keys.items():
            if key in found or (tested.login is None and part in _OF_THE_LOGIN):
                continue
            value = effective[key]
            if isinstance(value, Secret):
                found[key] = _of_secret(value)
            else:
                found[key] = ACCOUNT.fields[key].kind.format(value)
    pins = (f"{pin.host}:{pin.port} {pin.fingerprint}" for pin in account.trust.pins)
    found["trust.pins"] = ", ".join(sorted(pins))
    authorities = (_digest(str(each.certificate)) for each in account.trust.authorities)
    found["trust.authorities"] = ", ".join(sorted(authorities))
    return found


def _of_secret(secret: Secret) -> str:
    """Whether there is a secret; the digest tells two entries of the keyring apart."""
    if secret.typed is None and secret.reference:
        return f"stored (entry {_digest(secret.reference)})"
    return str(secret)


def _digest(text: str) -> str:
    import hashlib  # not needed to draw the window

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SHOWN]
