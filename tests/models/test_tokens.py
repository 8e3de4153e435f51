"""A token says what it is for, and what is wrong with it is told before a server sees it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.endpoints import Protocol
from motion_desk.models.engines.tokens import LONGEST, Flaw, Token, explained, judged

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TENANT = "11111111-2222-3333-4444-555555555555"
IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
GOOD: dict[str, object] = {
    "aud": "https://outlook.office.com",
    "scp": "IMAP.AccessAsUser.All SMTP.Send",
    "tid": TENANT,
    "upn": "anna@meridia.example",
    "appid": "app-1",
    "iat": NOW.timestamp() - 60,
    "exp": NOW.timestamp() + 3600,
}


def jwt(claims: object) -> str:
    parts = [{"alg": "RS256"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in parts]
    return b".".join([*encoded, b"c2lnbmF0dXJl"]).decode()


def flaws(changes: Mapping[str, object], protocol: Protocol = IMAP) -> list[Flaw]:
    token = explained(jwt({**GOOD, **changes}))
    found = judged(token, protocol, NOW, tenant=TENANT, user="Anna@meridia.example")
    assert all(each.sentence.endswith(".") and "{" not in each.sentence for each in found)
    return [each.flaw for each in found]


def test_a_token_says_whom_and_what_it_is_for() -> None:
    token = explained(jwt(GOOD))
    assert token.audience == "https://outlook.office.com"
    assert token.permissions == ("IMAP.AccessAsUser.All", "SMTP.Send")
    assert (token.tenant, token.user, token.application) == (
        TENANT,
        "anna@meridia.example",
        "app-1",
    )
    assert token.issued == NOW - timedelta(minutes=1)
    assert token.expires == NOW + timedelta(hours=1)


@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.value)
def test_a_good_token_has_no_flaw(protocol: Protocol) -> None:
    assert flaws({}, protocol) == []


@pytest.mark.parametrize(
    ("changes", "protocol", "expected"),
    [
        ({"aud": "https://graph.microsoft.com/"}, IMAP, [Flaw.GRAPH]),
        ({"aud": "00000003-0000-0000-c000-000000000000"}, IMAP, [Flaw.GRAPH]),
        ({"aud": "api://else"}, IMAP, [Flaw.AUDIENCE]),
        ({"aud": None}, IMAP, [Flaw.AUDIENCE]),
        ({"aud": "https://outlook.office365.com/"}, IMAP, []),
        ({"scp": "IMAP.AccessAsUser.All"}, IMAP, []),
        ({"scp": "IMAP.AccessAsUser.All"}, SMTP, [Flaw.PERMISSION]),
        ({"scp": ""}, IMAP, [Flaw.PERMISSION]),
        ({"tid": TENANT.replace("1", "9")}, IMAP, [Flaw.TENANT]),
        ({"upn": "bert@meridia.example"}, IMAP, [Flaw.USER]),
        ({"upn": None, "preferred_username": "anna@meridia.example"}, IMAP, []),
        ({"exp": NOW.timestamp()}, IMAP, [Flaw.EXPIRED]),
        ({"iat": NOW.timestamp() + 400}, IMAP, [Flaw.NOT_YET_VALID]),
        ({"iat": NOW.timestamp() + 200}, IMAP, []),
        ({"iat": "soon", "exp": True}, IMAP, []),
    ],
    ids=lambda each: str(each)[:60] if isinstance(each, dict) else "",
)
def test_each_flaw_is_told_apart(
    changes: dict[str, object], protocol: Protocol, expected: list[Flaw]
) -> None:
    assert flaws(changes, protocol) == expected


def test_the_worst_flaw_comes_first() -> None:
    found = flaws({"exp": 0, "scp": "", "aud": "https://graph.microsoft.com"})
    assert found == [Flaw.GRAPH, Flaw.PERMISSION, Flaw.EXPIRED]


def test_an_application_needs_roles_in_place_of_scopes() -> None:
    application = {"scp": None, "upn": None, "roles": ["IMAP.AccessAsApp"]}
    assert explained(jwt(GOOD | application)).is_application
    assert flaws(application) == []
    assert flaws(application, SMTP) == [Flaw.PERMISSION]


def test_a_tenant_that_is_a_domain_is_not_compared() -> None:
    token = explained(jwt(GOOD))
    assert judged(token, IMAP, NOW, tenant="meridia.onmicrosoft.com") == ()


@pytest.mark.parametrize(
    "text",
    ["", "opaque", "a.b", "a.b.c", "a.e30=.c.d", "e30.W10.x", "." * 2, "e30." + "e" * LONGEST],
    ids=lambda text: text[:12] or "empty",
)
def test_a_text_that_is_no_token_is_unreadable(text: str) -> None:
    assert explained(text) == Token(readable=False)
    assert [each.flaw for each in judged(explained(text), IMAP, NOW)] == [Flaw.UNREADABLE]


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: jwt(list(data))))
def test_no_text_whatever_makes_the_reader_fail(text: str) -> None:
    judged(explained(text), SMTP, NOW, tenant=TENANT, user="x")


@given(
    st.dictionaries(
        st.sampled_from(list(GOOD)),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    )
)
def test_no_claims_whatever_make_the_reader_fail(claims: dict[str, object]) -> None:
    judged(explained(jwt(claims)), SMTP, NOW, tenant=TENANT, user="x")
