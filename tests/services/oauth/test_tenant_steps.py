"""What administrators must do: each step once, ticked only by what is seen, with texts that are safe."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motion_desk.models.choices import SignIn
from motion_desk.models.engines.tokens import Token
from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.kept import Holder, Kept
from motion_desk.services.oauth.standing import Mailbox
from motion_desk.services.oauth.step_texts import quoted
from motion_desk.services.oauth.tenant_steps import (
    Origin,
    Step,
    Subject,
    Way,
    as_text,
    seen_done,
    steps,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TENANT = "6f0e7d0c-58c1-4c0b-9d0a-2f1f0c7b9a11"
CLIENT = "0a4b6f1e-7f0d-4a3e-8f55-3f2d1c9be201"
ENTRY = CloudProviderEntry(id="p1", name="Entra", tenant=TENANT, client_id=CLIENT)
SHARED = Mailbox("Customer care", "care@meridia.example", "robot@meridia.example")
OWN = Mailbox("Trade desk", "trade@meridia.example", "trade@meridia.example")
PERSON = Token(True, scopes=("IMAP.AccessAsUser.All", "SMTP.Send"), user=SHARED.login)
APPLICATION = Token(True, roles=("IMAP.AccessAsApp", "SMTP.SendAsApp"), application=CLIENT)
WAYS = pytest.mark.parametrize("way", Way, ids=lambda way: way.value)


def subject(entry: CloudProviderEntry = ENTRY, *mailboxes: Mailbox, **kept: object) -> Subject:
    return Subject(entry, Kept(**kept), mailboxes or (SHARED,), NOW)  # type: ignore[arg-type]  # by their names


def signed_in(token: Token, kind: Kind = Kind.PERSON, flow: str = "") -> Subject:
    return subject(kind=kind, holders=(Holder(token.user, token, renews=True),), flow=flow)


def step(name: str, subject: Subject, way: Way = Way.PERSON) -> Step:
    (found,) = [each for each in steps(subject, way) if each.name == name]
    return found


@WAYS
def test_each_step_says_who_does_it_where_and_where_that_is_from(way: Way) -> None:
    found = steps(subject(), way)
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert each.title
        assert each.by
        assert each.where
        assert each.sentences
        assert each.origins
        assert bool(each.why) or each.done is None, each.name


def test_a_person_and_an_application_need_different_permissions() -> None:
    texts = [each.text for each in step("permissions", subject()).texts]
    assert texts == ["IMAP.AccessAsUser.All", "SMTP.Send", "offline_access"]
    texts = [each.text for each in step("permissions", subject(), Way.APPLICATION).texts]
    assert texts == ["IMAP.AccessAsApp", "SMTP.SendAsApp"]


def test_only_ways_of_this_workstation_ask_for_localhost_and_public_flows() -> None:
    assert [each.text for each in step("localhost", subject()).texts] == ["http://localhost"]
    for name in ("localhost", "public-flows"):
        assert Origin.TESTS in step(name, subject()).origins
        assert name not in [each.name for each in steps(subject(), Way.APPLICATION)]


def test_nothing_is_ticked_of_a_provider_that_is_empty() -> None:
    empty = Subject(CloudProviderEntry(id="p1", name="New"), now=NOW)
    for way in Way:
        assert not any(each.done for each in steps(empty, way))
        assert "Tenant ID and Client ID missing" in as_text(empty, way)
        assert "adminconsent" not in as_text(empty, way)
    assert "<address of the mailbox>" in as_text(empty, Way.PERSON)


def test_the_values_of_the_provider_and_its_accounts_are_filled_in() -> None:
    text = as_text(subject(ENTRY, SHARED, OWN), Way.PERSON)
    assert f"https://login.microsoftonline.com/{TENANT}/adminconsent?client_id={CLIENT}" in text
    access = step("access", subject(ENTRY, SHARED, OWN)).texts[0].text
    assert (
        "Add-MailboxPermission -Identity 'care@meridia.example' -User 'robot@meridia.example' "
        "-AccessRights FullAccess" in access
    )
    assert "trade@" not in access, "its own mailbox needs no permission"
    protocols = step("protocols", subject(ENTRY, SHARED, OWN)).texts[0].text
    assert "'care@meridia.example' -ImapEnabled $true" in protocols
    assert "'robot@meridia.example' -SmtpClientAuthenticationDisabled $false" in protocols
    assert "'care@meridia.example' -Smtp" not in protocols, "the login sends, not the mailbox"


def test_an_application_sends_as_the_mailbox_and_is_made_known_to_exchange() -> None:
    protocols = step("protocols", subject(), Way.APPLICATION).texts[0].text
    assert "'care@meridia.example' -SmtpClientAuthenticationDisabled $false" in protocols
    known = step("service-principal", subject(), Way.APPLICATION).texts[0].text
    assert f"Connect-ExchangeOnline -Organization '{TENANT}'" in known
    assert f"New-ServicePrincipal -AppId '{CLIENT}' -ObjectId" in known


def test_access_is_no_step_where_every_mailbox_signs_in_itself() -> None:
    assert "access" not in [each.name for each in steps(subject(ENTRY, OWN), Way.PERSON)]


def test_a_token_ticks_the_permissions_it_has_and_crosses_those_it_lacks() -> None:
    good = signed_in(PERSON)
    assert step("permissions", good).done is True
    assert step("consent", good).done is True
    lacking = signed_in(replace(PERSON, scopes=("IMAP.AccessAsUser.All",)))
    assert step("permissions", lacking).done is False
    assert "SMTP.Send" in step("permissions", lacking).why
    assert step("consent", lacking).done is None, "it may never have been asked for"
    assert step("permissions", good, Way.APPLICATION).done is None, "that is another token"
    own = signed_in(APPLICATION, Kind.APPLICATION)
    assert step("permissions", own, Way.APPLICATION).done is True


def test_a_token_of_another_application_ticks_nothing() -> None:
    other = signed_in(replace(PERSON, application="another"))
    assert step("permissions", other).done is None


@pytest.mark.parametrize(("flow", "name"), [("browser", "localhost"), ("device", "public-flows")])
def test_the_way_in_which_was_signed_in_ticks_what_it_needed(flow: str, name: str) -> None:
    assert step(name, signed_in(PERSON, flow=flow)).done is True
    assert step(name, signed_in(PERSON, flow="application")).done is None


@pytest.mark.parametrize(
    ("ends", "kept", "done"),
    [
        (date(2027, 3, 31), True, True),
        (date(2026, 11, 23), True, True),
        (date(2026, 11, 22), True, False),
        (date(2027, 3, 31), False, None),
        (None, True, None),
        (None, False, None),
    ],
)
def test_the_secret_is_ticked_until_its_last_day(
    ends: date | None, kept: bool, done: bool | None
) -> None:
    secret = Secret(reference="r" * 16) if kept else Secret()
    entry = replace(ENTRY, secret_expires=ends, client_secret=secret)
    assert step("secret", subject(entry)).done is done


def test_a_passed_test_proves_access_and_protocols_only_for_all_mailboxes() -> None:
    passed, other = replace(SHARED, passed=True), replace(SHARED, account="Returns")
    kept = {"kind": Kind.PERSON, "holders": (Holder(SHARED.login, PERSON, renews=True),)}
    assert step("protocols", subject(ENTRY, passed, **kept)).done is True
    assert step("access", subject(ENTRY, passed, **kept)).done is True
    assert step("protocols", subject(ENTRY, passed, other, **kept)).done is None


@pytest.mark.parametrize(
    ("noted", "done"), [(SignIn.DONE, True), (SignIn.NEEDED, None), (SignIn.UNKNOWN, None)]
)
def test_what_was_noted_of_motion_ticks_its_sign_in(noted: SignIn, done: bool | None) -> None:
    assert step("authenticated", subject(replace(ENTRY, signed_in=noted))).done is done


def test_what_is_unknown_of_motion_is_a_question_and_no_address() -> None:
    found = step("motions-address", subject())
    assert Origin.INFERRED in found.origins
    assert not any("http" in each.text for each in found.texts)
    last = steps(subject(), Way.APPLICATION)[-1]
    assert "not documented" in " ".join(last.sentences)


def test_the_number_of_ticks_is_told() -> None:
    assert seen_done(steps(subject(), Way.PERSON)).startswith("2 of 14 steps are seen to be done.")
    late = subject(replace(ENTRY, secret_expires=date(2026, 11, 1)))
    assert ", 1 is to be put right." in seen_done(steps(late, Way.PERSON))


def test_all_steps_as_text_hold_no_secret() -> None:
    entry = replace(ENTRY, client_secret=Secret(typed="a canary in the mine"))
    for way in Way:
        assert "canary" not in as_text(subject(entry), way)


@given(st.text(st.sampled_from("ab'‘’‚‛\"$()`;\n\r\x00\u2028"), max_size=12))
@example("x'; Remove-Mailbox y; '")
@example("x\nRemove-Mailbox y")
def test_powershell_runs_nothing_of_what_was_typed_in(value: str) -> None:
    text = quoted(value)
    assert "\n" not in text
    # PowerShell's own rule: within single quotes only a doubled quote stands for one.
    assert re.fullmatch(r"'(?:[^'‘’‚‛]|''|‘‘|’’|‚‚|‛‛)*'", text)


def test_an_address_for_consent_cannot_be_led_elsewhere() -> None:
    entry = replace(ENTRY, tenant="x/../evil?a=", client_id="b&redirect_uri=https://evil")
    (address,) = step("consent", subject(entry)).texts
    assert address.text == (
        "https://login.microsoftonline.com/x%2F..%2Fevil%3Fa%3D/adminconsent"
        "?client_id=b%26redirect_uri%3Dhttps%3A%2F%2Fevil"
    )
