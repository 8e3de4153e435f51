"""Signing: providers, sign-ins run to their end against a lab, and a browser for them."""

from __future__ import annotations

import html
import re
import socket
import threading
from urllib.parse import parse_qs, urlencode, urlsplit

from motion_desk.services.lab import Lab
from motion_desk.services.oauth.calls import Lines
from motion_desk.services.oauth.provider import PERSON, Provider, Way
from motion_desk.services.oauth.running import sign_in
from motion_desk.services.oauth.sign_in import (
    Event,
    Flow,
    OpenPage,
    Order,
    ShowCode,
    SignedIn,
)
from motion_desk.services.oauth.silent import Got, token_for
from motion_desk.services.oauth.web import Web

TENANT = "11111111-2222-3333-4444-555555555555"
USER = "anna@lab.example"
SECRET = "geheim-‹5›-client"
PROVIDER = Provider("prov1", "Meridia Microsoft", TENANT, "app-1", SECRET)


def way(lab: Lab) -> Way:
    """The way to a lab's identity server."""
    return Way(lab.route, lab.certificate)


def order(lab: Lab, flow: Flow, provider: Provider = PROVIDER, kept: str = "") -> Order:
    """A sign-in at a lab."""
    return Order(provider, flow, kept, USER, way(lab), browser_seconds=10)


def happened(lab: Lab, ordered: Order) -> list[Event]:
    """All events of a sign-in, in which a person does what they are asked for."""
    events = []
    for event in sign_in(ordered).events():
        events.append(event)
        if isinstance(event, ShowCode):
            lab.identity.approve(event.code)
        elif isinstance(event, OpenPage):
            browse(lab, event.address)
    return events


def signed_in(lab: Lab, flow: Flow = Flow.BROWSER, kept: str = "") -> SignedIn:
    """The end of a sign-in."""
    last = happened(lab, order(lab, flow, kept=kept))[-1]
    assert isinstance(last, SignedIn)
    return last


def silently(lab: Lab, kept: str, login: str = USER, provider: Provider = PROVIDER) -> Got:
    """A token from a kept sign-in."""
    return token_for(provider, login, PERSON, kept, way(lab), threading.Event(), 5)


def answer_of(lab: Lab, address: str) -> tuple[str, dict[str, str]]:
    """Where the sign-in page leads the browser back to, and with what."""
    lines = Lines()
    web = Web(str(urlsplit(address).hostname), way(lab), lines)
    try:
        with web._session.get(address, proxies={}, timeout=5) as response:
            page = response.text
    finally:
        web.close()
        lines.close()
    [back] = re.findall(r'action="([^"]*)"', page)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', page)
    return html.unescape(back), {name: html.unescape(value) for name, value in fields}


def browse(lab: Lab, address: str) -> None:
    """Do as a browser does: sign in, and post what comes back."""
    back, values = answer_of(lab, address)
    assert post(back, values).startswith("HTTP/1.1 200 ")


def post(back: str, values: dict[str, str]) -> str:
    """The answer to a form that is posted to an address of this computer."""
    body = urlencode(values)
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    return said(back, (head + body).encode())


def get(back: str, values: dict[str, str]) -> str:
    """The answer to a redirection to an address of this computer."""
    return said(back, f"GET /?{urlencode(values)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


def said(back: str, request: bytes) -> str:
    """All that is answered to some bytes."""
    with socket.create_connection(("127.0.0.1", urlsplit(back).port or 0), timeout=5) as browser:
        browser.sendall(request)
        answer = b""
        while piece := browser.recv(65536):
            answer += piece
    return answer.decode()


def parameters(address: str) -> dict[str, str]:
    """What the address of the sign-in page asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
