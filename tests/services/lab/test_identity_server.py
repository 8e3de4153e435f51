"""The identity server speaks HTTP as Microsoft's does, and survives what clients may send."""

import contextlib
import json
import re
import ssl
import threading
import time
from pathlib import Path

import pytest
import requests

from motion_desk.services.lab import Identity, Lab
from tests.services.lab.applications import (
    APP,
    ITSELF,
    MAIL,
    REDIRECT,
    SECONDS,
    TENANT,
    address,
    browser,
    posted,
)
from tests.services.lab.clients import connected, trusting
from tests.services.lab.conftest import SCALE

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.mark.parametrize(
    ("form", "error", "number"),
    [
        ({}, "invalid_request", 900144),
        ({"grant_type": "password"}, "unsupported_grant_type", 70003),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_request", 9002313),
        ({"grant_type": "refresh_token", "refresh_token": "ä"}, "invalid_request", 9002313),
        ({"grant_type": "client_credentials", "client_secret": "x"}, "invalid_request", 900144),
        (
            {"grant_type": "client_credentials", "client_secret": "x", "scope": "https://a/"},
            "invalid_scope",
            70011,
        ),
        (
            {"grant_type": "client_credentials", "client_secret": "x", "scope": "https://a/b c"},
            "invalid_request",
            28000,
        ),
    ],
    ids=["nothing", "grant", "refresh", "letters", "no scope", "empty scope", "two resources"],
)
def test_refusals_are_written_as_microsoft_writes_them(
    form: dict[str, str], error: str, number: int, identity_lab: Lab, web: requests.Session
) -> None:
    url = address(identity_lab, f"/{TENANT}/oauth2/v2.0/token")
    asked = "0f0e0d0c-0b0a-4908-8706-050403020100"
    answer = web.post(
        url, {"client_id": APP, **form}, headers={"client-request-id": asked}, timeout=SECONDS
    )
    body = answer.json()
    assert answer.status_code == 400
    assert (body["error"], body["error_codes"]) == (error, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    assert body["correlation_id"] == asked
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", body["timestamp"])
    assert {"trace_id", "error_uri"} <= body.keys()


def test_the_usual_names_lead_to_the_identity_server(identity_lab: Lab) -> None:
    real = identity_lab.ports[443]
    for host in ("login.microsoftonline.com", "login.lab.example"):
        for fault in ("healthy", "port-silent", "name-not-found", "self-signed"):
            identity_lab.show(fault)
            assert identity_lab.route(host, 443) == (("127.0.0.1", real),)
            plain = connected(identity_lab, 443, host)
            with trusting(identity_lab).wrap_socket(plain, server_hostname=host) as made:
                path = "/common/v2.0/.well-known/openid-configuration"
                made.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                said = made.makefile("rb").read().decode()
            body = json.loads(said.partition("\r\n\r\n")[2])
            assert body["token_endpoint"] == f"https://{host}/{TENANT}/oauth2/v2.0/token"


def test_msal_learns_which_names_mean_one_server(identity_lab: Lab, web: requests.Session) -> None:
    url = address(identity_lab, "/common/discovery/instance?api-version=1.1")
    aliases = [each["aliases"] for each in web.get(url, timeout=SECONDS).json()["metadata"]]
    assert ["login.microsoftonline.com"] in aliases


NO_REQUESTS = {
    "an empty line": b"\r\n",
    "one word": b"GET\r\n\r\n",
    "another protocol": b"GET /device SPDY/1\r\n\r\n",
    "no address": b"GET http://[ HTTP/1.1\r\n\r\n",
    "a long body": b"POST /device HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    "no length": b"POST /device HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "many values": b"POST /device HTTP/1.1\r\nContent-Length: 600\r\n\r\n" + b"a=b&c=" * 100,
    "many headers": b"GET /device HTTP/1.1\r\n" + b"a: b\r\n" * 200,
    "a long line": b"GET /" + b"x" * 100_000,
}
BROKEN_OFF = {
    "nothing": b"",
    "headers": b"GET /device HTTP/1.1\r\n",
    "a body": b"POST /device HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc",
    "an answer": b"GET /device HTTP/1.1\r\n\r\n",
}


def encrypted(lab: Lab) -> ssl.SSLSocket:
    with connected(lab, 443) as plain:
        return trusting(lab).wrap_socket(plain, server_hostname="localhost")


@pytest.mark.parametrize("said", NO_REQUESTS.values(), ids=NO_REQUESTS.keys())
def test_what_is_no_request_ends_the_connection(said: bytes, identity_lab: Lab) -> None:
    with encrypted(identity_lab) as made:
        try:
            made.sendall(said)
            heard = made.recv(100)
        except ConnectionError:  # it ended while there was more to say
            heard = b""
    assert heard == b""


@pytest.mark.parametrize("said", BROKEN_OFF.values(), ids=BROKEN_OFF.keys())
def test_a_client_may_leave_at_any_time(said: bytes, keys: Path) -> None:
    with Lab(keys) as lab:
        with encrypted(lab) as made:
            made.sendall(said)
        with browser(lab) as web:
            assert web.get(address(lab, "/device"), timeout=SECONDS).ok
    assert lab.seen.errors == ()


def test_pages_hold_nothing_of_a_client_that_a_browser_would_run(
    identity_lab: Lab, web: requests.Session
) -> None:
    evil = '"><script>alert(1)</script>'
    identity_lab.identity.user = evil
    assert evil not in web.get(address(identity_lab, "/device"), timeout=SECONDS).text
    uri = address(identity_lab, f"/{TENANT}/oauth2/v2.0/authorize")
    query = {"client_id": APP, "redirect_uri": f"https://{evil}", "scope": "x"}
    assert evil not in web.get(uri, params=query, timeout=SECONDS).text
    query = {"client_id": APP, "redirect_uri": REDIRECT, "state": evil, "scope": "x"}
    query["response_mode"] = "form_post"
    assert evil not in web.get(uri, params=query, timeout=SECONDS).text


def test_a_header_cannot_be_made_to_lead_elsewhere(identity_lab: Lab) -> None:
    with encrypted(identity_lab) as made:
        path = f"/{TENANT}/v2.0/.well-known/openid-configuration"
        made.sendall(f"GET {path} HTTP/1.1\r\nHost: a/b?c\r\n\r\n".encode())
        said = made.makefile("rb").read()
    assert b'"token_endpoint": "https://login.microsoftonline.com/' in said
    assert b"a/b?c" not in said


def test_sign_ins_are_approved_from_any_thread(identity_lab: Lab, web: requests.Session) -> None:
    begun = [posted(identity_lab, web, "devicecode", scope=MAIL[0]).json() for _ in range(8)]
    threads = [
        threading.Thread(target=identity_lab.identity.approve, args=(each["user_code"],))
        for each in begun
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    for each in begun:
        got = posted(identity_lab, web, "token", grant_type=DEVICE, device_code=each["device_code"])
        assert got.ok


def test_nothing_secret_is_kept_in_the_counts_or_shown(
    keys: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary = "canary-secret-4711"
    caplog.set_level("DEBUG", "motion_desk")
    caplog.set_level("DEBUG", "asyncio")
    with Lab(keys, identity=Identity(apps={APP: canary}), scale=SCALE) as lab, browser(lab) as web:
        form = {"grant_type": "client_credentials", "scope": ITSELF[0], "client_secret": canary}
        given = posted(lab, web, "token", **form).json()["access_token"]
        posted(lab, web, "token", **form | {"grant_type": canary})
        web.get(address(lab, f"/{canary}/{canary}"), timeout=SECONDS)
        held = repr([lab, vars(lab), lab._common, lab.seen.commands, lab.seen.errors])
        held += repr([lab.identity, lab._common and lab._common.identity_server])
    assert lab.seen.commands["https"] == ["POST token client_credentials", "POST token", "?"]
    printed = capfd.readouterr()
    for word in (canary, given, given[-40:]):
        assert word not in held + caplog.text + printed.out + printed.err


def test_a_lab_ends_while_somebody_waits_for_an_answer(keys: Path) -> None:
    with Lab(keys, fault="identity-slow", scale=100) as lab, encrypted(lab) as made:
        made.sendall(b"GET /device HTTP/1.1\r\n\r\n")
        until_seen(lab)
        lab.close()
        with contextlib.suppress(OSError):
            assert made.recv(1) == b""
    assert lab.seen.errors == ()


def until_seen(lab: Lab) -> None:
    """Wait until a request has arrived."""
    deadline = time.monotonic() + SECONDS
    while "https" not in lab.seen.commands:
        assert time.monotonic() < deadline
