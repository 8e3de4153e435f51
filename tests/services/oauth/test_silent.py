"""A kept sign-in gives tokens in silence, is renewed where it must be, and fails with a name."""

from __future__ import annotations

import json
import threading

import pytest

from motion_desk.services.lab import Lab
from motion_desk.services.oauth import cache, in_lab
from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.provider import PERSON, Way
from motion_desk.services.oauth.sign_in import Flow
from motion_desk.services.oauth.silent import token_for
from motion_desk.services.oauth.trouble import SignInError, Trouble
from motion_desk.services.secrets import LONGEST_ENTRY, Secrets, service_of
from tests.services.oauth.signing import PROVIDER, USER, signed_in, silently, way

SERVICE = service_of("test")


def renewable(lab: Lab, flow: Flow = Flow.BROWSER) -> str:
    """A sign-in whose token is too old to be used again."""
    lab.identity.lifetime = 1
    kept = signed_in(lab, flow).cache
    lab.identity.lifetime = 3600
    return kept


def test_a_fresh_token_is_used_again_without_asking_for_one(lab: Lab) -> None:
    kept = signed_in(lab).cache
    got = silently(lab, kept)
    assert got.token in kept
    assert (got.cache, got.kind) == ("", Kind.PERSON)


@pytest.mark.parametrize("flow", [Flow.BROWSER, Flow.APPLICATION], ids=lambda flow: flow.value)
def test_an_old_token_is_renewed_and_what_is_to_be_kept_is_told(lab: Lab, flow: Flow) -> None:
    kept = renewable(lab, flow)
    got = silently(lab, kept)
    assert got.token not in kept
    assert got.token in got.cache
    assert silently(lab, got.cache).token == got.token


def test_names_of_people_are_compared_without_capitals(lab: Lab) -> None:
    assert silently(lab, signed_in(lab).cache, USER.upper()).token


@pytest.mark.parametrize(
    ("fault", "code"), [("token-revoked", "AADSTS50173"), ("refresh-expired", "AADSTS700082")]
)
def test_a_renewal_that_is_refused_has_its_code(lab: Lab, fault: str, code: str) -> None:
    kept = renewable(lab)
    lab.show(fault)
    with pytest.raises(SignInError) as caught:
        silently(lab, kept)
    assert (caught.value.trouble, caught.value.code) == (Trouble.REFUSED, code)


def test_somebody_else_s_sign_in_is_not_used(lab: Lab) -> None:
    with pytest.raises(SignInError) as caught:
        silently(lab, signed_in(lab).cache, "bert@lab.example")
    assert caught.value.trouble is Trouble.OTHER_PERSON
    assert USER in caught.value.sentence


DAMAGED = ["{", "[]", "null", "{}", '"text"', '{"Account": 5}', "x" * 3000]


@pytest.mark.parametrize("kept", ["", *DAMAGED], ids=lambda kept: kept[:15] or "nothing")
def test_without_a_sound_sign_in_nobody_is_asked(kept: str) -> None:
    with pytest.raises(SignInError) as caught:
        token_for(PROVIDER, USER, PERSON, kept, way_nowhere(), threading.Event())
    expected = Trouble.CACHE if kept else Trouble.NEEDED
    assert caught.value.trouble is expected


def way_nowhere() -> Way:
    def nowhere(host: str, port: int) -> tuple[tuple[str, int], ...]:
        raise AssertionError(f"{host}:{port} was asked for")

    return Way(nowhere)


def test_a_lost_refresh_token_means_to_sign_in_again(lab: Lab) -> None:
    kept = json.loads(renewable(lab))
    del kept["RefreshToken"]
    with pytest.raises(SignInError) as caught:
        silently(lab, json.dumps(kept))
    assert caught.value.trouble is Trouble.NEEDED


def test_the_lab_signs_in_by_itself_so_that_a_fault_is_met_by_the_renewal(lab: Lab) -> None:
    lab.show("consent-needed")
    kept = in_lab.renewable(lab, PROVIDER, USER)
    assert lab.fault.name == "consent-needed"
    with pytest.raises(SignInError) as caught:
        silently(lab, kept)
    assert caught.value.code == "AADSTS65001"


def test_a_sign_in_is_kept_in_parts_that_fit_and_read_again(lab: Lab) -> None:
    kept, secrets = signed_in(lab).cache, Secrets(system=False)
    assert len(kept) > LONGEST_ENTRY
    cache.keep(secrets, SERVICE, "prov1", kept)
    assert cache.kept(secrets, SERVICE, "prov1") == kept
    entries = vars(secrets)["_session"]
    assert all(len(text) <= LONGEST_ENTRY for text in entries.values())
    assert {name.partition(".")[0] for _, name in entries} == {"oauth-prov1"}


def test_a_shorter_sign_in_leaves_nothing_of_the_longer_one(lab: Lab) -> None:
    secrets = Secrets(system=False)
    cache.keep(secrets, SERVICE, "prov1", signed_in(lab).cache)
    cache.keep(secrets, SERVICE, "prov1", "{}")
    assert vars(secrets)["_session"] == {(SERVICE, "oauth-prov1"): "{}"}


def test_signing_out_leaves_nothing(lab: Lab) -> None:
    secrets = Secrets(system=False)
    cache.keep(secrets, SERVICE, "prov1", signed_in(lab).cache)
    assert cache.forget(secrets, SERVICE, "prov1")
    assert vars(secrets)["_session"] == {}
    assert cache.kept(secrets, SERVICE, "prov1") == ""


def test_nothing_of_a_token_is_shown_or_logged(
    lab: Lab, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    kept = renewable(lab)
    ended = signed_in(lab, Flow.BROWSER)
    got = silently(lab, kept)
    lab.show("token-revoked")
    errors = []
    for _ in range(2):
        with pytest.raises(SignInError) as caught:
            silently(lab, kept)
        errors.append(f"{caught.value!r} {caught.getrepr(style='long')}")
    shown = [repr(ended), repr(got), caplog.text, *capsys.readouterr(), *errors]
    shown.append(repr(way(lab)))
    # It would tell authorization codes, and of broken answers all.
    assert not [record for record in caplog.records if record.name.startswith("msal")]
    secrets = {PROVIDER.secret}
    for text in (kept, ended.cache, got.cache):
        for rows in json.loads(text).values():
            secrets |= {row["secret"] for row in rows.values() if "secret" in row}
    assert len(secrets) > 6
    for secret in secrets:
        assert not any(secret in text or secret[:40] in text for text in shown if text)
