"""In the lab: a browser for its sign-in page, and sign-ins that must be renewed at once."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import requests

from motion_desk.services.oauth.calls import Lines
from motion_desk.services.oauth.provider import Provider, Way
from motion_desk.services.oauth.sign_in import Flow, OpenPage, Order, SignedIn, signed_in
from motion_desk.services.oauth.web import Adapter

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab

PATIENCE = 30.0
"""Seconds that the lab may take, its slow fault included."""


def way_to(lab: Lab) -> Way:
    """The way to a lab's identity server; nothing leaves this computer on it."""
    return Way(lab.route, lab.certificate)


class _Form(HTMLParser):
    """The address and the hidden values of the form that the sign-in page sends back."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.address = given.get("action") or ""
        elif tag == "input" and given.get("type") == "hidden":
            self.values[given.get("name") or ""] = given.get("value") or ""


def answer_of(address: str, way: Way) -> tuple[str, dict[str, str]]:
    """Where the lab's sign-in page leads the browser back to, and with what.

    The address is empty where the page is an error's. Raises ``requests.RequestException``.
    """
    lines = Lines()
    try:
        with requests.Session() as session:
            session.trust_env = False
            session.mount("https://", Adapter(way, lines))
            with session.get(address, timeout=PATIENCE) as response:
                form = _Form()
                form.feed(response.text)
    finally:
        lines.close()
    return form.address, form.values


def browse(address: str, way: Way) -> None:
    """Do as a person's browser would: open the lab's page, sign in, and come back.

    A real browser can neither find the lab under Microsoft's name nor trust it. What goes wrong
    is left to the sign-in that waits.
    """
    try:
        back, values = answer_of(address, way)
    except requests.RequestException:
        return
    port = urlsplit(back).port
    if port is None:
        return
    body = urlencode(values).encode()
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    with (
        suppress(OSError),  # nobody waits any more
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as browser,
    ):
        browser.sendall(head.encode() + body)
        while browser.recv(4096):
            pass


def renewable(lab: Lab, provider: Provider, login: str) -> str:
    """The cache of a person who signed in at the healthy lab, and whose token is to be renewed.

    So a fault that the lab shows is met by the test, and not by the sign-in before it. Raises
    ``SignInError`` for a provider that can be none.
    """
    shown, lifetime = lab.fault.name, lab.identity.lifetime
    lab.show("healthy")
    lab.identity.lifetime = 1
    try:
        order = Order(provider, Flow.BROWSER, login=login, way=way_to(lab))
        for event in signed_in(order, threading.Event()):
            if isinstance(event, OpenPage):
                address = event.address
                # At the same time, for the listener belongs to this thread.
                browser = threading.Thread(target=browse, args=(address, order.way), daemon=True)
                browser.start()
            elif isinstance(event, SignedIn):
                browser.join()
                return event.cache
    finally:
        lab.identity.lifetime = lifetime
        lab.show(shown)
    raise RuntimeError("a sign-in ends with SignedIn or an error")
