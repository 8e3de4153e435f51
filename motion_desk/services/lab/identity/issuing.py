"""Issuing: the tokens that follow from a grant, with claims as Microsoft writes them."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from typing import Any

from motion_desk.services.lab.faults.behaviour import Fault, SigningIn
from motion_desk.services.lab.identity.grants import Grant
from motion_desk.services.lab.identity.identity import Identity, now
from motion_desk.services.lab.identity.keys import Keys

RENEWABLE_SECONDS = 90 * 86_400
"""How long a refresh token lasts, as with Microsoft."""

_EXPIRED_AGO = 3600


class Issuer:
    """Makes the answers that give something out."""

    def __init__(self, identity: Identity, keys: Keys, fault: Fault) -> None:
        self._identity = identity
        self._keys = keys
        self._signing_in: SigningIn = fault.signing_in
        self._now = int(now(fault))

    def answer(self, grant: Grant, *, shows_client: bool) -> dict[str, Any]:
        """The JSON of RFC 6749 §5.1, with a refresh token and an ID token where asked for.

        ``shows_client`` adds the home of the person in the form that MSAL asks for.
        """
        body: dict[str, Any] = {
            "token_type": "Bearer",
            "scope": grant.granted,
            "expires_in": self._identity.lifetime,
            "ext_expires_in": self._identity.lifetime,
            "access_token": self._access_token(grant),
        }
        if grant.person and "offline_access" in grant.scopes:
            body["refresh_token"] = self._refresh_token(grant)
        if grant.person and "openid" in grant.scopes:
            body["id_token"] = self._keys.signed(self._id_claims(grant))
        if grant.person and shows_client:
            home = {"uid": _object_id(grant.person), "utid": self._tenant(grant)}
            body["client_info"] = (
                base64.urlsafe_b64encode(json.dumps(home).encode()).rstrip(b"=").decode()
            )
        return body

    def _access_token(self, grant: Grant) -> str:
        claims = self._claims(grant)
        token = self._keys.signed(claims)
        missing = self._signing_in.token_length - len(token)
        if missing > 0:
            # What really makes tokens long: one id of 36 letters for each group of the person.
            claims["groups"] = [
                str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))
                for number in range(missing * 3 // 4 // 39 + 1)
            ]
            token = self._keys.signed(claims)
        return token

    def _claims(self, grant: Grant) -> dict[str, Any]:
        tenant = self._tenant(grant)
        lifetime = self._identity.lifetime
        begins = self._now - (lifetime + _EXPIRED_AGO if self._signing_in.expired else 0)
        allowed = grant.permissions
        if self._signing_in.permissions is not None:
            allowed = self._signing_in.permissions
        claims: dict[str, Any] = {
            "aud": self._signing_in.audience or grant.audience,
            "iss": f"https://sts.windows.net/{tenant}/",
            "iat": begins,
            "nbf": begins,
            "exp": begins + lifetime,
            "appid": grant.client,
            "oid": _object_id(grant.person or grant.client),
            "sub": _object_id(grant.person or grant.client),
            "tid": tenant,
            "uti": secrets.token_urlsafe(16),
            "ver": "1.0",
        }
        if not grant.person:
            return {**claims, "idtyp": "app", "roles": list(allowed)}
        return {
            **claims,
            "idtyp": "user",
            "name": grant.person.partition("@")[0],
            "scp": " ".join(allowed),
            "unique_name": grant.person,
            "upn": grant.person,
        }

    def _id_claims(self, grant: Grant) -> dict[str, Any]:
        tenant = self._tenant(grant)
        return {
            "aud": grant.client,
            "iss": f"https://login.microsoftonline.com/{tenant}/v2.0",
            "iat": self._now,
            "nbf": self._now,
            "exp": self._now + self._identity.lifetime,
            "name": grant.person.partition("@")[0],
            "oid": _object_id(grant.person),
            "preferred_username": grant.person,
            "sub": _object_id(grant.person + grant.client),
            "tid": tenant,
            "ver": "2.0",
            **({"nonce": grant.nonce} if grant.nonce else {}),
        }

    def _refresh_token(self, grant: Grant) -> str:
        return self._keys.sealed({**grant.values(), "kind": "refresh", "at": self._now})

    def _tenant(self, grant: Grant) -> str:
        return self._signing_in.tenant or grant.tenant


def _object_id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name.casefold()))
