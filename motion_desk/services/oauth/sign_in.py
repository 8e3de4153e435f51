"""Sign-in: the three ways in, as generators that tell how far they are and end when stopped."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from typing import Any

from motion_desk.models.engines.tokens import Token, explained
from motion_desk.services.jobs import Stopped
from motion_desk.services.oauth.cache import people
from motion_desk.services.oauth.client import Client, Result
from motion_desk.services.oauth.codes import refused
from motion_desk.services.oauth.listener import Listener
from motion_desk.services.oauth.provider import APPLICATION, PERSON, Provider, Way
from motion_desk.services.oauth.trouble import SignInError, Trouble

BROWSER_SECONDS = 300.0
"""Seconds that a person has in the browser."""
PENDING = ("authorization_pending", "slow_down")  # RFC 8628 §3.5
SHORTEST_INTERVAL, LONGEST_INTERVAL = 1.0, 60.0
LONGEST_CODE = 1_800.0


class Flow(Enum):
    """The ways to sign in."""

    DEVICE = "device"
    BROWSER = "browser"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class ShowCode:
    """Tells that the code is to be typed in on the page at the address, within some seconds."""

    code: str
    address: str
    seconds: float


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Tells that the address is to be opened in a browser; whoever hears of it opens it."""

    address: str = field(repr=False)
    seconds: float = BROWSER_SECONDS


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The end: who has signed in (empty for an application), and the cache to be kept."""

    login: str
    token: Token
    cache: str = field(repr=False)


Event = ShowCode | OpenPage | SignedIn


@dataclass(frozen=True, slots=True)
class Order:
    """What to sign in to: values only, so that it can go to other threads.

    ``kept`` is the cache as it was kept. ``login`` is proposed on the sign-in page; whoever signs
    in is told at the end. ``browser_seconds`` is how long a person has in the browser.
    """

    provider: Provider
    flow: Flow
    kept: str = field(default="", repr=False)
    login: str = ""
    way: Way = field(default_factory=Way)
    browser_seconds: float = BROWSER_SECONDS


def signed_in(order: Order, stop: threading.Event) -> Iterator[Event]:
    """Sign in; the last event is ``SignedIn``. Raises ``SignInError``.

    Blocks, so it belongs on a job's thread: see ``running.SignIn``. Raises ``Stopped`` within
    100 ms of ``stop``.
    """
    application = order.flow is Flow.APPLICATION
    # A kept sign-in that is damaged is no reason not to make a new one.
    kept = order.kept if people(order.kept) and not application else ""
    with Client(order.provider, kept, order.way, stop, application=application) as client:
        if order.flow is Flow.DEVICE:
            result = yield from _by_device(client, stop)
        elif order.flow is Flow.BROWSER:
            result = yield from _by_browser(client, order, stop)
        else:
            result = client.ask(lambda app: app.acquire_token_for_client(list(APPLICATION)))
        token = client.token(result)
        yield SignedIn(_login(result), explained(token), client.cache())


def _by_device(client: Client, stop: threading.Event) -> Generator[Event, None, Result]:
    """The device code (RFC 8628)."""
    flow: Result = client.ask(lambda app: app.initiate_device_flow(list(PERSON)))
    if "error" in flow:
        raise refused(flow)
    code, address = flow.get("user_code"), flow.get("verification_uri")
    if not isinstance(code, str) or not isinstance(address, str):
        raise client.nonsense("there is no code in it")
    if not address.startswith("https://") or not code.isprintable():
        raise client.nonsense("it names a page that is not safe")
    seconds = min(float(flow["expires_in"]), LONGEST_CODE)
    until = monotonic() + seconds
    yield ShowCode(code, address, seconds)
    while True:
        interval = min(max(float(flow["interval"]), SHORTEST_INTERVAL), LONGEST_INTERVAL)
        if stop.wait(min(interval, max(until - monotonic(), 0))):
            raise Stopped
        if monotonic() >= until:
            raise SignInError(Trouble.CODE_EXPIRED)
        result: Result = client.ask(
            lambda app: app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
        )
        if result.get("error") not in PENDING:
            return result


def _by_browser(
    client: Client, order: Order, stop: threading.Event
) -> Generator[Event, None, Result]:
    """The authorization code with PKCE (RFC 7636), back by a port of this computer (RFC 8252)."""
    with Listener() as listener:
        flow: dict[str, Any] = client.ask(
            lambda app: app.initiate_auth_code_flow(
                list(PERSON),
                redirect_uri=listener.address,
                login_hint=order.login or None,
                prompt="select_account",
                # In a form the code stays out of the browser's history.
                response_mode="form_post",
            )
        )
        yield OpenPage(str(flow["auth_uri"]), order.browser_seconds)
        answer = listener.wait(flow["state"], monotonic() + order.browser_seconds, stop)
    if answer is None:
        minutes = f"{order.browser_seconds / 60:g}"
        raise SignInError(Trouble.NOT_FINISHED, values={"minutes": minutes})
    if "error" in answer:
        raise refused(answer)
    result: Result = client.ask(lambda app: app.acquire_token_by_auth_code_flow(flow, dict(answer)))
    return result


def _login(result: Result) -> str:
    claims = result.get("id_token_claims")
    name = claims.get("preferred_username") if isinstance(claims, dict) else ""
    return name if isinstance(name, str) else ""
