"""The identity server: which address answers what, and what a fault makes of it."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, unquote_plus

from motion_desk.services.lab.faults.behaviour import Answers, Fault
from motion_desk.services.lab.identity import bearer, pages
from motion_desk.services.lab.identity.flows import DEVICE_GRANT, Flows
from motion_desk.services.lab.identity.http import Answer, Request, as_json, page
from motion_desk.services.lab.identity.identity import Identity, now
from motion_desk.services.lab.identity.keys import Keys
from motion_desk.services.lab.identity.refusals import Refused
from motion_desk.services.lab.seen import Seen
from motion_desk.services.lab.wire import Wire

HOSTS = ("login.microsoftonline.com", "login.lab.example")
"""What the server is called; it answers to any other name as well."""
NETWORK_PAGE = "/network-sign-in"
"""Where the proxy of ``identity-proxy`` sends browsers."""

_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}")
_GRANT_TYPES = {
    "authorization_code": "authorization_code",
    "client_credentials": "client_credentials",
    "refresh_token": "refresh_token",
    DEVICE_GRANT: "device_code",
}
_Endpoint = Callable[[Fault, str, Request], Answer]


class IdentityServer:
    """Answers one client after another; used on the servers' thread only."""

    def __init__(self, identity: Identity, keys: Keys, seen: Seen, scale: float) -> None:
        self._identity = identity
        self._keys = keys
        self._seen = seen
        self._scale = scale
        self._flows = Flows(identity, keys, scale)
        # By method and what follows the tenant, which is the path's first part.
        self._endpoints: dict[tuple[str, str], _Endpoint] = {
            ("GET", "discovery/instance"): self._instances,
            ("GET", "v2.0/.well-known/openid-configuration"): self._configuration,
            ("GET", "discovery/v2.0/keys"): self._published_keys,
            ("POST", "oauth2/v2.0/devicecode"): self._device_code,
            ("GET", "oauth2/v2.0/authorize"): self._authorize,
            ("POST", "oauth2/v2.0/token"): self._token,
            ("POST", "oauth2/v2.0/introspect"): self._introspect,
        }

    async def serve(self, wire: Wire, fault: Fault, request: Request) -> None:
        """Answer a request under a fault. Raises ``OSError`` as the wire does."""
        self._seen.command("https", self._described(request))
        await asyncio.sleep(fault.signing_in.delay * self._scale)
        when = datetime.fromtimestamp(now(fault), UTC)
        await wire.write(self._answer(fault, request).encoded(when))

    def takes(self, fault: Fault, protocol: str, user: str, token: str) -> bearer.Verdict:
        """What the lab’s mail servers think of a token; see ``bearer.verdict``."""
        return bearer.verdict(self._identity, self._keys, fault, protocol, user, token)

    def _answer(self, fault: Fault, request: Request) -> Answer:
        match fault.signing_in.answers:
            case Answers.PAGE:
                return page(pages.message("Welcome", "This is a page for people."))
            case Answers.DOWN:
                text = pages.message("Service unavailable", "Try again later.")
                return page(text, 503, {"Retry-After": "60"})
            case Answers.PROXY:
                return _proxy(request)
        if request.path == "/device":
            return self._device(request)
        tenant, _, rest = unquote(request.path).lstrip("/").partition("/")
        endpoint = self._endpoints.get((request.method, rest))
        if endpoint is None:
            return page(pages.message("Not found", "There is nothing under this address."), 404)
        try:
            return endpoint(fault, self._known(tenant), request)
        except Refused as refused:
            if rest.endswith("authorize"):
                return page(pages.message("Sign-in failed", refused.sentence), refused.status)
            when = datetime.fromtimestamp(now(fault), UTC)
            asked = request.headers.get("client-request-id", "")
            return as_json(refused.body(when, asked), refused.status)

    def _known(self, tenant: str) -> str:
        known = self._identity.tenant(tenant)
        if not known:
            raise Refused(90002, {"tenant": tenant})
        return known

    def _instances(self, fault: Fault, tenant: str, request: Request) -> Answer:
        """Which names mean the same server, for MSAL."""
        base = _base(request)
        return as_json(
            {
                "tenant_discovery_endpoint": f"{base}/common/v2.0/.well-known/openid-configuration",
                "api-version": "1.1",
                "metadata": [
                    {"preferred_network": each, "preferred_cache": each, "aliases": [each]}
                    for each in HOSTS
                ],
            }
        )

    def _configuration(self, fault: Fault, tenant: str, request: Request) -> Answer:
        """OpenID Connect Discovery 1.0 §3."""
        base = f"{_base(request)}/{tenant}"
        return as_json(
            {
                "issuer": f"https://login.microsoftonline.com/{tenant}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
                "introspection_endpoint": f"{base}/oauth2/v2.0/introspect",
                "jwks_uri": f"{base}/discovery/v2.0/keys",
                "response_types_supported": ["code"],
                "response_modes_supported": ["query", "form_post"],
                "subject_types_supported": ["pairwise"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "id_token_signing_alg_values_supported": [self._keys.algorithm],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post",
                    "client_secret_basic",
                ],
            }
        )

    def _published_keys(self, fault: Fault, tenant: str, request: Request) -> Answer:
        return as_json({"keys": self._keys.public()})

    def _device_code(self, fault: Fault, tenant: str, request: Request) -> Answer:
        where = f"{_base(request)}/device"
        return as_json(self._flows.device_code(fault, tenant, request.form, where))

    def _authorize(self, fault: Fault, tenant: str, request: Request) -> Answer:
        back = self._flows.authorize(fault, tenant, request.query)
        if back.posts:
            return page(pages.posted(back.uri, back.values))
        text = pages.message("Signed in", "The browser goes back to the program.")
        return page(text, 302, {"Location": back.address})

    def _token(self, fault: Fault, tenant: str, request: Request) -> Answer:
        form = {**request.form, **_basic(request.headers.get("authorization", ""))}
        info = request.query.get("client_info", "")
        return as_json(self._flows.token(fault, tenant, form, info))

    def _introspect(self, fault: Fault, tenant: str, request: Request) -> Answer:
        """What a token says and whether it counts (RFC 7662), for mail servers."""
        claims = self._keys.verified(request.form.get("token", ""))
        if claims is None or not claims["nbf"] <= now(fault) < claims["exp"]:
            return as_json({"active": False})
        person = claims.get("upn", "")
        known: Mapping[str, Any] = {
            "scope": claims.get("scp") or " ".join(claims.get("roles", [])),
            "client_id": claims.get("appid", claims["aud"]),
            **({"username": person, "email": person} if person else {}),
        }
        return as_json({"active": True, "token_type": "Bearer", **claims, **known})

    def _device(self, request: Request) -> Answer:
        """The page on which a person approves or declines a device code."""
        if request.method != "POST":
            return page(pages.device(self._identity.user))
        code = request.form.get("user_code", "")
        try:
            if request.form.get("answer") == "decline":
                self._identity.decline(code)
                return page(pages.message("Declined", "You can close this page."))
            self._identity.approve(code, request.form.get("user", ""))
        except KeyError:
            sentence = "No sign-in waits under this code. Compare it with your program’s."
            return page(pages.message("Code not known", sentence), 400)
        return page(pages.message("Signed in", "You can close this page."))

    def _described(self, request: Request) -> str:
        """A request for the counts: nothing of it that a client may choose freely."""
        rest = request.path.lstrip("/").partition("/")[2]
        if request.path == "/device":
            rest = "device"
        elif (request.method, rest) not in self._endpoints:
            return "?"
        kind = _GRANT_TYPES.get(request.form.get("grant_type", ""), "")
        return f"{request.method} {rest.rpartition('/')[2]} {kind}".rstrip()


def _proxy(request: Request) -> Answer:
    """What stands between the client and the server: browsers are led to a page, programs not."""
    text = pages.message("Sign in to the network", "Enter your name and password for the network.")
    if request.path == NETWORK_PAGE:
        return page(text)
    if request.method == "GET":
        return page(text, 302, {"Location": NETWORK_PAGE})
    return page(text, 407, {"Proxy-Authenticate": 'Basic realm="network"'})


def _base(request: Request) -> str:
    """Under which address the client has come, so that it finds the way again."""
    host = request.headers.get("host", "")
    return f"https://{host if _HOST.fullmatch(host) else HOSTS[0]}"


def _basic(header: str) -> dict[str, str]:
    """The client and its secret where it shows them in the header (RFC 6749 §2.3.1)."""
    kind, _, text = header.partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        client, _, secret = base64.b64decode(text, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused(9002313) from None
    return {"client_id": unquote_plus(client), "client_secret": unquote_plus(secret)}
