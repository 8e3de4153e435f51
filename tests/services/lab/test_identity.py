"""Real MSAL signs in at the identity server by every flow, and what it gets can be checked."""

import json
import re
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests

from motion_desk.services.lab import Identity, Lab
from tests.services.lab.applications import (
    ANNA,
    APP,
    ITSELF,
    MAIL,
    REDIRECT,
    SECONDS,
    TENANT,
    address,
    browser,
    by_browser,
    by_device,
    claims,
    confidential,
    posted,
    public,
    sent_back,
    token,
)

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def test_a_device_code_is_exchanged_once_it_is_approved(
    identity_lab: Lab, web: requests.Session
) -> None:
    app = public(identity_lab, web)
    got = by_device(identity_lab, app, "bert@lab.example")
    assert got["id_token_claims"]["preferred_username"] == "bert@lab.example"
    assert (got["scope"], got["expires_in"]) == (" ".join(sorted(MAIL)), 3600)
    [account] = app.get_accounts()
    assert account["username"] == "bert@lab.example"
    assert identity_lab.seen.commands["https"] == [
        "GET openid-configuration",
        "POST devicecode",
        "POST token device_code",
    ]


def test_a_device_code_waits_for_its_person_and_can_be_declined(
    identity_lab: Lab, web: requests.Session
) -> None:
    app = public(identity_lab, web)
    flow = app.initiate_device_flow(MAIL)
    flow["interval"] = 1
    pending = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert (pending["error"], pending["error_codes"]) == ("authorization_pending", [70016])
    identity_lab.identity.decline(flow["user_code"])
    flow["expires_at"] = time.time() + SECONDS
    refused = app.acquire_token_by_device_flow(flow)
    assert refused["error"] == "authorization_declined"
    with pytest.raises(KeyError):
        identity_lab.identity.approve(flow["user_code"])


def test_a_device_code_can_be_approved_by_asking_often_enough(
    identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.identity.approve_after = 2
    identity_lab.identity.user = "carla@lab.example"
    app = public(identity_lab, web)
    flow = app.initiate_device_flow(MAIL)
    flow["interval"] = 0
    got = app.acquire_token_by_device_flow(flow)
    assert claims(got["access_token"])["upn"] == "carla@lab.example"
    assert identity_lab.seen.commands["https"].count("POST token device_code") == 3


def test_a_device_code_is_approved_on_the_page(identity_lab: Lab, web: requests.Session) -> None:
    app = public(identity_lab, web)
    flow = app.initiate_device_flow(MAIL)
    shown = web.get(flow["verification_uri"], timeout=SECONDS).text
    assert 'name="user_code"' in shown
    assert f'value="{ANNA}"' in shown
    form = {"user_code": flow["user_code"].lower(), "user": "dora@lab.example", "answer": "approve"}
    assert "Signed in" in web.post(flow["verification_uri"], form, timeout=SECONDS).text
    got = app.acquire_token_by_device_flow(flow)
    assert claims(got["access_token"])["upn"] == "dora@lab.example"
    again = web.post(flow["verification_uri"], form, timeout=SECONDS)
    assert (again.status_code, "not known" in again.text) == (400, True)


def test_a_device_code_is_declined_on_the_page_and_counts_once(
    identity_lab: Lab, web: requests.Session
) -> None:
    begun = posted(identity_lab, web, "devicecode", scope=MAIL[0]).json()
    form = {"user_code": begun["user_code"], "answer": "decline"}
    assert "Declined" in web.post(begun["verification_uri"], form, timeout=SECONDS).text
    for code, number in ((begun["device_code"], 65004), ("another", 70018)):
        got = posted(identity_lab, web, "token", grant_type=DEVICE, device_code=code)
        assert got.json()["error_codes"] == [number]


def test_a_device_code_counts_once_and_only_for_its_client(
    identity_lab: Lab, web: requests.Session
) -> None:
    begun = posted(identity_lab, web, "devicecode", scope=MAIL[0]).json()
    identity_lab.identity.approve(begun["user_code"])
    form = {"grant_type": DEVICE, "device_code": begun["device_code"]}
    for changed, number in (({"client_id": "another"}, 70018), ({}, None), ({}, 70018)):
        got = posted(identity_lab, web, "token", **form | changed).json()
        assert got.get("error_codes") == (number and [number])


def test_a_browser_comes_back_with_a_code_for_the_person_of_the_hint(
    identity_lab: Lab, web: requests.Session
) -> None:
    app = public(identity_lab, web)
    got = by_browser(app, web)
    assert got["id_token_claims"]["preferred_username"] == ANNA
    got = by_browser(app, web, login_hint="bert@lab.example")
    assert claims(got["access_token"])["upn"] == "bert@lab.example"


def test_a_code_comes_as_a_form_where_the_application_wants_that(
    identity_lab: Lab, web: requests.Session
) -> None:
    app = public(identity_lab, web)
    flow = app.initiate_auth_code_flow(MAIL, redirect_uri=REDIRECT, response_mode="form_post")
    shown = web.get(flow["auth_uri"], timeout=SECONDS).text
    assert f'action="{REDIRECT}"' in shown
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', shown))
    got = app.acquire_token_by_auth_code_flow(flow, values)
    assert claims(got["access_token"])["upn"] == ANNA


def code_and_verifier(lab: Lab, web: requests.Session, app: Any) -> dict[str, str]:
    flow = app.initiate_auth_code_flow(MAIL, redirect_uri=REDIRECT, response_mode="form_post")
    uri = flow["auth_uri"].replace("response_mode=form_post", "response_mode=query")
    return {
        "grant_type": "authorization_code",
        "code": sent_back(web, uri)["code"],
        "redirect_uri": REDIRECT,
        "code_verifier": flow["code_verifier"],
    }


def test_a_code_counts_once_and_only_with_its_verifier_address_and_client(
    identity_lab: Lab, web: requests.Session
) -> None:
    form = code_and_verifier(identity_lab, web, public(identity_lab, web))
    for changed, number in (
        ({"code_verifier": "x" * 43}, 501481),
        ({"code_verifier": ""}, 501481),
        ({"redirect_uri": "http://localhost:1"}, 50011),
        ({"client_id": "another"}, 70000),
        ({"code": form["code"][:-2]}, 9002313),
        ({"grant_type": "refresh_token", "refresh_token": form["code"]}, 9002313),
        ({}, None),
        ({}, 54005),
    ):
        got = posted(identity_lab, web, "token", **form | changed).json()
        assert got.get("error_codes") == (number and [number]), changed


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"redirect_uri": "https://elsewhere.example/"}, 50011),
        ({"redirect_uri": "http://localhost.elsewhere.example/"}, 50011),
        ({"redirect_uri": "javascript://localhost/"}, 50011),
        ({"redirect_uri": "http://localhost/\r\nX-Other: 1"}, 50011),
        ({"redirect_uri": "http://[localhost"}, 50011),
        ({"redirect_uri": ""}, 900144),
    ],
    ids=["elsewhere", "almost loopback", "script", "two lines", "no address", "nowhere"],
)
def test_a_browser_is_sent_to_loopback_only(
    changed: dict[str, str], number: int, identity_lab: Lab, web: requests.Session
) -> None:
    query = {"client_id": APP, "scope": MAIL[0], "response_type": "code", "redirect_uri": REDIRECT}
    uri = address(identity_lab, f"/{TENANT}/oauth2/v2.0/authorize")
    answer = web.get(uri, params=query | changed, allow_redirects=False, timeout=SECONDS)
    assert (answer.status_code, f"AADSTS{number}:" in answer.text) == (400, True)


def test_a_challenge_in_clear_text_is_refused(identity_lab: Lab, web: requests.Session) -> None:
    query = f"client_id={APP}&scope=x&response_type=code&redirect_uri={REDIRECT}&state=s1"
    uri = address(identity_lab, f"/{TENANT}/oauth2/v2.0/authorize?{query}&code_challenge=abc")
    said = sent_back(web, uri)
    assert (said["error"], said["state"]) == ("invalid_request", "s1")
    assert said["error_description"].startswith("AADSTS9002313: ")


def test_an_application_signs_in_by_itself(identity_lab: Lab, web: requests.Session) -> None:
    got = confidential(identity_lab, web).acquire_token_for_client(ITSELF)
    said = claims(got["access_token"])
    assert said["aud"] == "https://outlook.office365.com"
    assert said["roles"] == ["IMAP.AccessAsApp", "SMTP.SendAsApp"]
    assert not {"upn", "scp"} & said.keys()
    assert "refresh_token" not in got
    got = confidential(identity_lab, web).acquire_token_for_client([MAIL[0]])
    assert got["error_codes"] == [1002012]


def test_a_secret_counts_in_the_header_as_well(identity_lab: Lab, web: requests.Session) -> None:
    url = address(identity_lab, f"/{TENANT}/oauth2/v2.0/token")
    form = {"grant_type": "client_credentials", "scope": ITSELF[0]}
    assert web.post(url, form, auth=(APP, "right"), timeout=SECONDS).status_code == 200
    nobody = web.post(url, form | {"client_id": APP}, timeout=SECONDS)
    assert (nobody.status_code, nobody.json()["error_codes"]) == (401, [7000218])
    broken = web.post(url, form, headers={"Authorization": "Basic !"}, timeout=SECONDS)
    assert broken.json()["error_codes"] == [9002313]


def test_a_sign_in_is_renewed_silently_and_its_refresh_token_changes(
    identity_lab: Lab, web: requests.Session
) -> None:
    app = public(identity_lab, web)
    first = by_device(identity_lab, app)
    [account] = app.get_accounts()
    assert app.acquire_token_silent(MAIL, account)["access_token"] == first["access_token"]
    kept = json.loads(app.token_cache.serialize())["RefreshToken"]
    again = app.acquire_token_silent(MAIL, account, force_refresh=True)
    assert again["access_token"] != first["access_token"]
    assert claims(again["access_token"])["upn"] == ANNA
    now = json.loads(app.token_cache.serialize())["RefreshToken"]
    assert now.keys() == kept.keys()
    assert now != kept


def test_a_token_that_has_ended_is_renewed(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.identity.lifetime = 1
    app = public(identity_lab, web)
    first = by_device(identity_lab, app)
    [account] = app.get_accounts()
    assert app.acquire_token_silent(MAIL, account)["access_token"] != first["access_token"]


def test_tokens_say_what_microsofts_say(identity_lab: Lab, web: requests.Session) -> None:
    said = claims(token(identity_lab, web))
    assert said["aud"] == "https://outlook.office.com"
    assert said["iss"] == f"https://sts.windows.net/{TENANT}/"
    assert (said["tid"], said["appid"], said["ver"]) == (TENANT, APP, "1.0")
    assert said["scp"] == "IMAP.AccessAsUser.All SMTP.Send"
    assert said["exp"] - said["iat"] == 3600


def test_anybody_can_check_a_token_by_the_published_key(
    identity_lab: Lab, web: requests.Session
) -> None:
    configuration = web.get(
        address(identity_lab, f"/{TENANT}/v2.0/.well-known/openid-configuration"), timeout=SECONDS
    ).json()
    [key] = web.get(configuration["jwks_uri"], timeout=SECONDS).json()["keys"]
    text = token(identity_lab, web)
    assert jwt.get_unverified_header(text)["kid"] == key["kid"]
    said = jwt.decode(
        text, jwt.PyJWK(key), algorithms=["RS256"], audience="https://outlook.office.com"
    )
    assert said["upn"] == ANNA


def test_a_shared_secret_signs_in_place_of_the_key(keys: Path) -> None:
    secret = b"0123456789abcdef0123456789abcdef"
    with Lab(keys, identity=Identity(secret=secret)) as lab, browser(lab) as web:
        text = token(lab, web)
        assert jwt.get_unverified_header(text)["kid"] == "default"
        jwt.decode(text, secret, algorithms=["HS256"], audience="https://outlook.office.com")
        assert lab.identity.secret == secret
        url = address(lab, f"/{TENANT}/discovery/v2.0/keys")
        assert web.get(url, timeout=SECONDS).json() == {"keys": []}


def test_tokens_are_looked_into_for_mail_servers(identity_lab: Lab, web: requests.Session) -> None:
    text = token(identity_lab, web)
    said = posted(identity_lab, web, "introspect", token=text).json()
    assert (said["active"], said["username"], said["client_id"]) == (True, ANNA, APP)
    assert said["scope"] == "IMAP.AccessAsUser.All SMTP.Send"
    identity_lab.show("token-expired")
    expired = token(identity_lab, web)
    for wrong in (expired, text[:-4], "x", "", "ä.ö.ü", text.split(".")[0] + "..", "e30.e30.e30"):
        assert posted(identity_lab, web, "introspect", token=wrong).json() == {"active": False}


def test_labs_of_one_folder_know_each_others_sign_ins_and_no_others(
    keys: Path, tmp_path: Path
) -> None:
    with Lab(keys) as lab, browser(lab) as web:
        app = public(lab, web)
        form = {
            "grant_type": "refresh_token",
            "refresh_token": by_device(lab, app)["refresh_token"],
        }
    for folder, number in ((keys, None), (tmp_path, 9002313)):
        with Lab(folder) as lab, browser(lab) as web:
            got = posted(lab, web, "token", **form).json()
            assert got.get("error_codes") == (number and [number])


def test_the_key_is_for_its_owner_only_and_made_when_needed(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab, browser(lab) as web:
        assert not (tmp_path / "identity.key").exists()
        token(lab, web)
    assert (tmp_path / "identity.key").stat().st_mode & 0o077 == 0


def test_only_known_people_applications_secrets_and_tenants_count(keys: Path) -> None:
    identity = Identity(
        {ANNA: ["support@lab.example"]}, {APP: None, "server": "right"}, tenants=["contoso"]
    )
    with Lab(keys, identity=identity) as lab, browser(lab) as web:

        def number(end: str, tenant: str = "contoso", **form: str) -> int:
            [found] = posted(lab, web, end, tenant, **form).json()["error_codes"]
            return int(found)

        assert number("devicecode", "elsewhere", scope=MAIL[0]) == 90002
        assert number("devicecode", client_id="nobody", scope=MAIL[0]) == 700016
        by_itself = {"grant_type": "client_credentials", "scope": ITSELF[0], "client_id": "server"}
        assert number("token", **by_itself, client_secret="wrong") == 7000215
        assert number("token", **by_itself) == 7000218
        assert posted(lab, web, "token", "contoso", **by_itself, client_secret="right").ok
        begun = posted(lab, web, "devicecode", "contoso", scope=MAIL[0]).json()
        lab.identity.approve(begun["user_code"], "stranger@elsewhere.example")
        assert number("token", grant_type=DEVICE, device_code=begun["device_code"]) == 50020
        with pytest.raises(ValueError, match="authority configuration"):
            public(lab, web, "elsewhere")
        assert lab.seen.errors == ()
