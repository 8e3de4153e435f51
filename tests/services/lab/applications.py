"""Applications that sign in at the lab's identity server, by MSAL or by plain HTTP."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msal  # type: ignore[import-untyped]
import requests

from motion_desk.services.lab import Lab

ANNA = "anna@lab.example"
"""Who signs in unless somebody else is named."""
APP = "5f1c2b6e-0000-4000-8000-00000000a0b0"
TENANT = "lab-tenant"
SECRET = "right"
IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All"
SMTP = "https://outlook.office.com/SMTP.Send"
MAIL = [IMAP, SMTP]
ITSELF = ["https://outlook.office365.com/.default"]
REDIRECT = "http://localhost:49152"
"""Where nobody listens: the tests look at where they are sent, and do not go."""
SECONDS = 20.0

Body = dict[str, Any]
Unavailable = msal.exceptions.MsalServiceError


def browser(lab: Lab) -> requests.Session:
    """A client of HTTP that knows the lab's authority, and nothing of this computer's proxies."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(lab.certificate_file)
    return session


def address(lab: Lab, path: str = "") -> str:
    """An address of the identity server."""
    return f"https://localhost:{lab.ports[443]}{path}"


def public(
    lab: Lab, web: requests.Session, tenant: str = TENANT, client: str = APP
) -> msal.PublicClientApplication:
    """An application without a secret. Raises as its discovery does."""
    return msal.PublicClientApplication(
        client,
        authority=address(lab, f"/{tenant}"),
        instance_discovery=False,
        http_client=web,
        token_cache=msal.SerializableTokenCache(),
    )


def confidential(
    lab: Lab, web: requests.Session, secret: str = SECRET, client: str = APP
) -> msal.ConfidentialClientApplication:
    """An application with a secret."""
    return msal.ConfidentialClientApplication(
        client,
        client_credential=secret,
        authority=address(lab, f"/{TENANT}"),
        instance_discovery=False,
        http_client=web,
    )


def by_device(lab: Lab, app: msal.PublicClientApplication, user: str = ANNA) -> Body:
    """What MSAL gets for a device code that a person approves at once."""
    flow: Body = app.initiate_device_flow(MAIL)
    if "user_code" not in flow:
        return flow
    lab.identity.approve(flow["user_code"], user)
    got: Body = app.acquire_token_by_device_flow(flow)
    return got


def by_browser(app: msal.ClientApplication, web: requests.Session, **options: str) -> Body:
    """What MSAL gets for the code that a browser is sent back with."""
    flow = app.initiate_auth_code_flow(
        MAIL, redirect_uri=REDIRECT, response_mode="form_post", **options
    )
    flow["auth_uri"] = flow["auth_uri"].replace("response_mode=form_post", "response_mode=query")
    got: Body = app.acquire_token_by_auth_code_flow(flow, sent_back(web, flow["auth_uri"]))
    return got


def sent_back(web: requests.Session, uri: str) -> dict[str, str]:
    """What the identity server gives a browser to take back to the application."""
    answer = web.get(uri, allow_redirects=False, timeout=SECONDS)
    assert answer.status_code == 302, answer.text
    location = answer.headers["location"]
    assert location.startswith(f"{REDIRECT}?")
    return dict(parse_qsl(urlsplit(location).query))


def posted(
    lab: Lab, web: requests.Session, end: str, tenant: str = TENANT, **form: str
) -> requests.Response:
    """The answer to a form."""
    url = address(lab, f"/{tenant}/oauth2/v2.0/{end}")
    return web.post(url, data={"client_id": APP, **form}, timeout=SECONDS)


def token(lab: Lab, web: requests.Session, user: str = ANNA, scope: str = " ".join(MAIL)) -> str:
    """An access token of a person, without the waiting that MSAL does."""
    begun = posted(lab, web, "devicecode", scope=scope).json()
    lab.identity.approve(begun["user_code"], user)
    kind = "urn:ietf:params:oauth:grant-type:device_code"
    got = posted(lab, web, "token", grant_type=kind, device_code=begun["device_code"])
    text: str = got.json()["access_token"]
    return text


def own_token(lab: Lab, web: requests.Session) -> str:
    """An access token of an application by itself."""
    got = posted(
        lab,
        web,
        "token",
        grant_type="client_credentials",
        client_secret="right",
        scope=ITSELF[0],
    )
    text: str = got.json()["access_token"]
    return text


def claims(text: str) -> Body:
    """What a token says, unchecked."""
    part = text.split(".")[1]
    said: Body = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return said
