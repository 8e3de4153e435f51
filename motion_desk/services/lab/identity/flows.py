"""Flows: how an application comes to a token (RFC 6749, RFC 7636, RFC 8628)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.identity import devices
from motion_desk.services.lab.identity.grants import DEFAULT, Grant, scopes
from motion_desk.services.lab.identity.identity import Identity, now
from motion_desk.services.lab.identity.issuing import RENEWABLE_SECONDS, Issuer
from motion_desk.services.lab.identity.keys import Keys
from motion_desk.services.lab.identity.refusals import Refused

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CODE_SECONDS = 600
"""How long an authorization code lasts, as with Microsoft."""
POLL_SECONDS = 5
"""Between two questions of a client that waits for a person, before scaling."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PRINTABLE = re.compile(r"[!-~]+")
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a browser is sent back to, with what: in the address, or as a form that it posts."""

    uri: str
    values: dict[str, str]
    posts: bool

    @property
    def address(self) -> str:
        """The address with the values in it."""
        sign = "&" if urlsplit(self.uri).query else "?"
        return self.uri + sign + urlencode(self.values)


class Flows:
    """The flows of one lab; used on the servers' thread only."""

    def __init__(self, identity: Identity, keys: Keys, scale: float) -> None:
        self._identity = identity
        self._keys = keys
        self._scale = scale
        self._redeemed: deque[str] = deque(maxlen=_MOST_KEPT)

    def device_code(
        self, fault: Fault, tenant: str, form: Mapping[str, str], page: str
    ) -> dict[str, Any]:
        """Begin a sign-in that a person approves at ``page``. Raises ``Refused``."""
        grant = self._asked(fault, tenant, form)
        code, user_code = self._identity.devices.begin(grant, now(fault))
        return {
            "user_code": user_code,
            "device_code": code,
            "verification_uri": page,
            "expires_in": devices.LIFE,
            "interval": max(1, round(POLL_SECONDS * self._scale)),
            "message": f"To sign in, open the page {page} and enter the code {user_code}.",
        }

    def authorize(self, fault: Fault, tenant: str, query: Mapping[str, str]) -> Redirect:
        """Sign the usual person in, or whom the client names, and send the browser back.

        Raises ``Refused`` where it can be sent nowhere.
        """
        uri = _required(query, "redirect_uri")
        if not _is_loopback(uri):
            raise Refused(50011, {"what": uri})
        posts = query.get("response_mode") == "form_post"
        state = {"state": query["state"]} if query.get("state") else {}
        try:
            code = self._code(fault, self._asked(fault, tenant, query), query, uri)
        except Refused as refused:
            if refused.number == 700016:  # nobody knows whether the address is that client's
                raise
            said = {"error": refused.error, "error_description": refused.sentence}
            return Redirect(uri, {**said, **state}, posts)
        return Redirect(uri, {"code": code, **state}, posts)

    def token(
        self, fault: Fault, tenant: str, form: Mapping[str, str], client_info: str = ""
    ) -> dict[str, Any]:
        """The answer to a request for a token. Raises ``Refused``."""
        client = self._client(fault, tenant, form)
        grant_types: dict[str, Callable[[Fault, str, str, Mapping[str, str]], Grant]] = {
            "authorization_code": self._by_code,
            "client_credentials": self._by_itself,
            "refresh_token": self._renewed,
            DEVICE_GRANT: self._by_device,
        }
        kind = _required(form, "grant_type")
        if kind not in grant_types:
            raise Refused(70003)
        secret = form.get("client_secret", "")
        if secret:
            if fault.signing_in.refuses_secret:
                raise Refused(fault.signing_in.refuses_secret, {"client": client})
            if not self._identity.is_secret(client, secret):
                raise Refused(7000215, {"client": client})
        elif kind == "client_credentials" or self._identity.needs_secret(client):
            raise Refused(7000218)
        grant = grant_types[kind](fault, tenant, client, form)
        self._admit(fault, grant)
        shows_client = "1" in (client_info, form.get("client_info"))
        return Issuer(self._identity, self._keys, fault).answer(grant, shows_client=shows_client)

    def _code(self, fault: Fault, asked: Grant, query: Mapping[str, str], uri: str) -> str:
        """The authorization code for somebody who signs in without being asked anything."""
        challenge = query.get("code_challenge", "")
        method = query.get("code_challenge_method", "S256" if not challenge else "plain")
        if query.get("response_type") != "code" or method != "S256":
            raise Refused(9002313)
        person = query.get("login_hint") or self._identity.user
        grant = replace(asked, person=person, nonce=query.get("nonce", ""))
        self._admit(fault, grant)
        more = {"kind": "code", "at": now(fault), "uri": uri, "challenge": challenge}
        return self._keys.sealed({**grant.values(), **more})

    def _by_code(self, fault: Fault, tenant: str, client: str, form: Mapping[str, str]) -> Grant:
        code = _required(form, "code")
        values = self._opened(code, "code", client)
        if code in self._redeemed:
            raise Refused(54005)
        if now(fault) > values["at"] + CODE_SECONDS:
            raise Refused(70008)
        if form.get("redirect_uri") != values["uri"]:
            raise Refused(50011, {"what": form.get("redirect_uri", "")})
        if values["challenge"] and not _answers(form.get("code_verifier", ""), values["challenge"]):
            raise Refused(501481)
        self._redeemed.append(code)
        return Grant.of(values)

    def _by_itself(self, fault: Fault, tenant: str, client: str, form: Mapping[str, str]) -> Grant:
        asked = scopes(form.get("scope", ""))
        if len(asked) != 1 or not asked[0].endswith(f"/{DEFAULT}"):
            raise Refused(1002012, {"what": " ".join(asked)})
        return Grant(client, tenant, asked)

    def _renewed(self, fault: Fault, tenant: str, client: str, form: Mapping[str, str]) -> Grant:
        values = self._opened(_required(form, "refresh_token"), "refresh", client)
        if fault.signing_in.refuses_renewal:
            raise Refused(fault.signing_in.refuses_renewal)
        if now(fault) > values["at"] + RENEWABLE_SECONDS:
            raise Refused(700082)
        grant = Grant.of(values)
        if form.get("scope"):
            grant = replace(grant, scopes=scopes(form["scope"]))
        return replace(grant, tenant=tenant, nonce="")

    def _by_device(self, fault: Fault, tenant: str, client: str, form: Mapping[str, str]) -> Grant:
        if fault.signing_in.refuses_device:
            raise Refused(fault.signing_in.refuses_device)
        identity = self._identity
        return identity.devices.redeem(
            _required(form, "device_code"),
            client,
            now(fault),
            identity.user,
            identity.approve_after,
        )

    def _asked(self, fault: Fault, tenant: str, form: Mapping[str, str]) -> Grant:
        """What a client asks for, which nobody has yet allowed."""
        return Grant(self._client(fault, tenant, form), tenant, scopes(form.get("scope", "")))

    def _client(self, fault: Fault, tenant: str, form: Mapping[str, str]) -> str:
        client = _required(form, "client_id")
        who = {"client": client, "tenant": tenant}
        if fault.signing_in.refuses_client:
            raise Refused(fault.signing_in.refuses_client, who)
        if not self._identity.knows_app(client):
            raise Refused(700016, who)
        return client

    def _admit(self, fault: Fault, grant: Grant) -> None:
        """Raise ``Refused`` where the tenant does not let this person or application in."""
        who = {"client": grant.client, "tenant": grant.tenant, "person": grant.person}
        does = fault.signing_in
        if number := does.refuses_person if grant.person else does.refuses_application:
            raise Refused(number, who)
        if grant.person and not self._identity.knows(grant.person):
            raise Refused(50020, who)

    def _opened(self, text: str, kind: str, client: str) -> dict[str, Any]:
        values = self._keys.opened(text)
        if values is None or values["kind"] != kind:
            raise Refused(9002313)
        if values["client"] != client:
            raise Refused(70000)
        return values


def _required(form: Mapping[str, str], name: str) -> str:
    if not form.get(name):
        raise Refused(900144, {"what": name})
    return form[name]


def _is_loopback(uri: str) -> bool:
    """Whether a browser may be sent there: to a program on its own computer (RFC 8252 §7.3)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    # What is more than an address could become a header of its own.
    return bool(_PRINTABLE.fullmatch(uri)) and (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )


def _answers(verifier: str, challenge: str) -> bool:
    """Whether a verifier is the one of a challenge by S256 (RFC 7636 §4.6)."""
    digest = hashlib.sha256(verifier.encode("utf-8")).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode("utf-8"))
