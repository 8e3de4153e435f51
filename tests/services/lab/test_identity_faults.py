"""Faults of signing in, as real MSAL sees them."""

import datetime as dt
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from motion_desk.services.lab import Lab
from tests.services.lab.applications import (
    APP,
    ITSELF,
    MAIL,
    REDIRECT,
    SECONDS,
    TENANT,
    Unavailable,
    address,
    by_browser,
    by_device,
    claims,
    confidential,
    own_token,
    posted,
    public,
    sent_back,
    token,
)
from tests.services.lab.conftest import SCALE

Body = dict[str, Any]
Way = Callable[[Lab, requests.Session], Body]


def device(lab: Lab, web: requests.Session) -> Body:
    return by_device(lab, public(lab, web))


def code(lab: Lab, web: requests.Session) -> Body:
    return by_browser(public(lab, web), web)


def code_with_secret(lab: Lab, web: requests.Session) -> Body:
    return by_browser(confidential(lab, web), web)


def itself(lab: Lab, web: requests.Session) -> Body:
    got: Body = confidential(lab, web).acquire_token_for_client(ITSELF)
    return got


def renewal(lab: Lab, web: requests.Session) -> Body:
    fault = lab.fault.name
    lab.show("healthy")
    app = public(lab, web)
    by_device(lab, app)
    lab.show(fault)
    [account] = app.get_accounts()
    got: Body = app.acquire_token_silent_with_error(MAIL, account, force_refresh=True)
    return got


REFUSED: list[tuple[str, Way, str, int]] = [
    ("consent-needed", device, "invalid_grant", 65001),
    ("consent-needed", code, "invalid_grant", 65001),
    ("consent-needed", itself, "invalid_grant", 65001),
    ("consent-needed", renewal, "invalid_grant", 65001),
    ("secret-expired", itself, "invalid_client", 7000222),
    ("secret-expired", code_with_secret, "invalid_client", 7000222),
    ("secret-wrong", itself, "invalid_client", 7000215),
    ("secret-wrong", code_with_secret, "invalid_client", 7000215),
    ("app-unknown", device, "unauthorized_client", 700016),
    ("app-unknown", itself, "unauthorized_client", 700016),
    ("app-unknown", renewal, "unauthorized_client", 700016),
    ("mfa-required", device, "invalid_grant", 50076),
    ("mfa-required", code, "invalid_grant", 50076),
    ("mfa-required", renewal, "invalid_grant", 50076),
    ("conditional-access", device, "invalid_grant", 53003),
    ("conditional-access", code, "invalid_grant", 53003),
    ("conditional-access", renewal, "invalid_grant", 53003),
    ("token-revoked", renewal, "invalid_grant", 50173),
    ("refresh-expired", renewal, "invalid_grant", 700082),
    ("device-declined", device, "authorization_declined", 65004),
    ("device-expired", device, "expired_token", 70020),
]


@pytest.mark.parametrize(
    ("fault", "way", "error", "number"),
    REFUSED,
    ids=[f"{fault} {way.__name__}" for fault, way, _, _ in REFUSED],
)
def test_the_identity_server_refuses_under_its_number(
    fault: str, way: Way, error: str, number: int, identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show(fault)
    got = way(identity_lab, web)
    assert got["error"] == error
    assert got["error_description"].startswith(f"AADSTS{number}: ")
    assert "access_token" not in got


@pytest.mark.parametrize(
    ("fault", "way"),
    [
        ("secret-expired", device),
        ("mfa-required", itself),
        ("conditional-access", itself),
        ("token-revoked", device),
        ("refresh-expired", code),
        ("device-declined", code),
        ("device-expired", renewal),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_refusal_concerns_only_its_own_flows(
    fault: str, way: Way, identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show(fault)
    assert "access_token" in way(identity_lab, web)


@pytest.mark.parametrize("fault", ["consent-needed", "mfa-required", "conditional-access"])
def test_a_browser_is_sent_back_with_the_refusal(
    fault: str, identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show(fault)
    query = f"client_id={APP}&scope=x&response_type=code&redirect_uri={REDIRECT}&state=s1"
    said = sent_back(web, address(identity_lab, f"/{TENANT}/oauth2/v2.0/authorize?{query}"))
    assert (said["error"], said["state"], "code" in said) == ("invalid_grant", "s1", False)
    assert said["error_description"].startswith("AADSTS")


def test_msal_is_told_what_a_person_can_do(identity_lab: Lab, web: requests.Session) -> None:
    for fault, classification in (
        ("consent-needed", "consent_required"),
        ("mfa-required", "basic_action"),
        ("conditional-access", "message_only"),
        ("token-revoked", ""),
    ):
        identity_lab.show(fault)
        assert renewal(identity_lab, web)["classification"] == classification


def test_a_browser_is_shown_that_the_application_is_unknown(
    identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show("app-unknown")
    query = {"client_id": APP, "redirect_uri": REDIRECT, "scope": "x", "response_type": "code"}
    uri = address(identity_lab, f"/{TENANT}/oauth2/v2.0/authorize")
    answer = web.get(uri, params=query, allow_redirects=False, timeout=SECONDS)
    assert (answer.status_code, "AADSTS700016: " in answer.text) == (400, True)


def test_tokens_are_for_another_service(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("token-audience")
    said = claims(token(identity_lab, web))
    assert said["aud"] == "https://graph.microsoft.com"
    assert "IMAP" not in said["scp"]


def test_tokens_are_of_another_tenant(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("token-tenant")
    said = claims(token(identity_lab, web))
    assert (said["tid"], said["iss"]) == ("other-tenant", "https://sts.windows.net/other-tenant/")


def test_tokens_lack_the_permission(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("token-scope")
    assert claims(token(identity_lab, web))["scp"] == "Mail.Read"
    assert claims(own_token(identity_lab, web))["roles"] == ["Mail.Read"]


def test_tokens_have_ended_before_they_are_used(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("token-expired")
    got = device(identity_lab, web)
    assert got["expires_in"] == 3600
    assert claims(got["access_token"])["exp"] <= time.time() - 3500


def test_a_token_of_a_person_in_many_groups_has_12_kb(
    identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show("token-long")
    assert 12_289 <= len(token(identity_lab, web)) < 12_500
    assert 12_289 <= len(device(identity_lab, web)["access_token"]) < 12_500


def test_the_clock_is_five_hours_ahead(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("clock-wrong")
    answer = posted(identity_lab, web, "introspect", token="x")
    now = dt.datetime.now(dt.UTC)
    ahead = parsedate_to_datetime(answer.headers["date"]) - now
    assert abs(ahead.total_seconds() - 5 * 3600) < 60
    said = claims(token(identity_lab, web))
    assert abs(said["iat"] - time.time() - 5 * 3600) < 60
    refused = posted(identity_lab, web, "token").json()
    stamp = dt.datetime.fromisoformat(refused["timestamp"])
    assert abs((stamp - now).total_seconds() - 5 * 3600) < 60


def test_answers_are_slow(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("identity-slow")
    began = time.monotonic()
    assert web.get(address(identity_lab, "/device"), timeout=SECONDS).ok
    assert time.monotonic() - began >= 12 * SCALE * 0.95


def test_there_are_pages_in_place_of_answers(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("identity-html")
    answer = posted(identity_lab, web, "token", grant_type="refresh_token")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        "text/html",
    )
    with pytest.raises(ValueError, match="authority configuration"):
        public(identity_lab, web)


def test_a_proxy_asks_to_sign_in(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("identity-proxy")
    url = address(identity_lab, f"/{TENANT}/v2.0/.well-known/openid-configuration")
    answer = web.get(url, timeout=SECONDS)
    assert [each.status_code for each in answer.history] == [302]
    assert answer.url == address(identity_lab, "/network-sign-in")
    assert "Sign in to the network" in answer.text
    answer = posted(identity_lab, web, "token", grant_type="refresh_token")
    assert (answer.status_code, "proxy-authenticate" in answer.headers) == (407, True)
    with pytest.raises(ValueError, match="authority configuration"):
        public(identity_lab, web)


def test_the_server_is_not_available(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("identity-down")
    answer = posted(identity_lab, web, "token", grant_type="refresh_token")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    with pytest.raises(Unavailable):
        public(identity_lab, web)


def test_a_fault_is_shown_to_the_next_request(identity_lab: Lab, web: requests.Session) -> None:
    app = public(identity_lab, web)
    by_device(identity_lab, app)
    [account] = app.get_accounts()
    identity_lab.show("identity-down")
    with pytest.raises(Unavailable):
        app.acquire_token_silent_with_error(MAIL, account, force_refresh=True)
    identity_lab.show("healthy")
    with requests.Session() as other:
        other.trust_env, other.verify = False, web.verify
        assert "access_token" in by_device(identity_lab, public(identity_lab, other))
