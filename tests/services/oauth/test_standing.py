"""How it stands with a sign-in, from what real sign-ins at the lab leave to be kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.lab import Lab
from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.kept import Kept, kept_of, noted
from motion_desk.services.oauth.sign_in import Flow
from motion_desk.services.oauth.standing import (
    Level,
    Mailbox,
    Standing,
    State,
    distance,
    standing,
)
from motion_desk.services.oauth.token_table import lines, missing
from tests.services.oauth.signing import PROVIDER, TENANT, USER, signed_in, silently

ENTRY = CloudProviderEntry(
    id=PROVIDER.id, name=PROVIDER.name, tenant=TENANT, client_id=PROVIDER.client_id
)
MAILBOX = Mailbox("Customer care", "care@lab.example", USER)
LATER = timedelta(days=1)


def present() -> datetime:
    """This moment: the lab's tokens are younger than this module, and valid from their beginning."""
    return datetime.now(UTC)


def told(
    entry: CloudProviderEntry = ENTRY, kept: Kept | None = None, now: datetime | None = None
) -> Standing:
    return standing(entry, kept or Kept(), (MAILBOX,), (), now or present())


def remarks(found: Standing) -> str:
    return " ".join(each.sentence for each in found.remarks)


def test_a_provider_that_lacks_an_id_says_which() -> None:
    no_tenant, no_client = told(replace(ENTRY, tenant=" ")), told(replace(ENTRY, client_id=""))
    assert no_tenant.state is no_client.state is State.INCOMPLETE
    assert "Tenant ID is empty" in no_tenant.sentence
    assert "Client ID is empty" in no_client.sentence


def test_nobody_has_signed_in_at_first() -> None:
    assert told().state is State.NOBODY


@pytest.mark.parametrize(
    ("flow", "way"), [(Flow.DEVICE, "by a code"), (Flow.BROWSER, "in the browser")]
)
def test_a_person_is_named_with_the_way_in(lab: Lab, flow: Flow, way: str) -> None:
    kept = kept_of(noted(signed_in(lab, flow).cache, flow.value))
    found = told(kept=kept)
    assert (found.state, found.sentence) == (State.PERSON, f"{USER} has signed in {way}.")
    (holder,) = kept.holders
    assert holder.renews
    assert holder.token
    assert holder.token.scopes
    assert holder.got
    assert told(kept=kept, now=present() + LATER).state is State.PERSON, "it is renewed"


def test_the_note_of_the_way_in_survives_a_renewal(lab: Lab) -> None:
    lab.identity.lifetime = 1
    cache = noted(signed_in(lab, Flow.BROWSER).cache, "browser")
    got = silently(lab, cache)
    assert got.cache, "it was renewed"
    assert kept_of(got.cache).flow == "browser"


def test_an_application_is_told_from_a_person_and_needs_its_secret_once_more(lab: Lab) -> None:
    kept = kept_of(signed_in(lab, Flow.APPLICATION).cache)
    assert kept.kind is Kind.APPLICATION
    with_secret = replace(ENTRY, client_secret=Secret(reference="r"))
    assert told(kept=kept).state is State.APPLICATION
    assert told(kept=kept, now=present() + LATER).state is State.ENDED
    assert told(with_secret, kept, present() + LATER).state is State.APPLICATION


def test_a_sign_in_that_nothing_renews_ends_with_its_token(lab: Lab) -> None:
    cache = json.loads(signed_in(lab).cache)
    del cache["RefreshToken"]
    kept = kept_of(json.dumps(cache))
    assert told(kept=kept).state is State.PERSON
    assert told(kept=kept, now=present() + LATER).state is State.ENDED


def test_a_sign_in_of_another_client_id_is_no_sign_in(lab: Lab) -> None:
    kept = kept_of(signed_in(lab).cache)
    assert told(replace(ENTRY, client_id="another"), kept).state is State.OTHER


@pytest.mark.parametrize(
    "text", ["{", "[]", '"x"', "{}", '{"Account": 3}', "\x00", '{"AccessToken": {"a": 1}}']
)
def test_damage_is_told_and_nothing_breaks(text: str) -> None:
    kept = kept_of(text)
    assert told(kept=kept).state in (State.DAMAGED, State.NOBODY)
    assert not kept.holders


@pytest.mark.parametrize("cached", ["x", None, "9" * 30, -1, "0"])
def test_times_that_make_no_sense_are_left_out(lab: Lab, cached: object) -> None:
    cache = json.loads(signed_in(lab).cache)
    for row in cache["AccessToken"].values():
        row["cached_at"] = row["expires_on"] = cached
    assert told(kept=kept_of(json.dumps(cache))).state is State.PERSON


def test_a_keyring_that_does_not_answer_is_told() -> None:
    found = told(kept=Kept(unknown="The keyring is locked."))
    assert found.state is State.UNKNOWN
    assert "The keyring is locked." in found.sentence


@pytest.mark.parametrize(
    ("days", "level"),
    [(-8, Level.ERROR), (0, Level.WARNING), (30, Level.WARNING), (31, Level.NOTE)],
)
def test_the_end_of_the_secret_comes_up_in_time(days: int, level: Level) -> None:
    ends = present().astimezone().date() + timedelta(days=days)
    assert told(replace(ENTRY, secret_expires=ends)).worst is level


def test_two_accounts_of_one_provider_are_a_warning_with_motions_reason() -> None:
    found = standing(ENTRY, Kept(), (MAILBOX, replace(MAILBOX, account="Returns")), (), present())
    assert found.worst is Level.WARNING
    assert "Customer care and Returns use it together." in remarks(found)
    assert "No account uses it." in remarks(standing(ENTRY, Kept(), (), (), present()))


def test_the_same_client_id_twice_is_a_warning() -> None:
    other = replace(ENTRY, id="p2", name="Second", client_id=ENTRY.client_id.upper())
    found = standing(ENTRY, Kept(), (MAILBOX,), (other,), present())
    assert "“Second” has the same Client ID." in remarks(found)


def test_the_wrong_person_is_a_warning(lab: Lab) -> None:
    kept = kept_of(signed_in(lab).cache)
    right = standing(ENTRY, kept, (MAILBOX,), (), present())
    wrong = standing(ENTRY, kept, (replace(MAILBOX, login="bert@lab.example"),), (), present())
    assert right.worst is Level.NOTE
    assert "bert@lab.example is to sign in" in remarks(wrong)


@pytest.mark.parametrize(
    ("fault", "label"),
    [("token-audience", "Audience"), ("token-tenant", "Tenant"), ("token-scope", "Permission")],
)
def test_a_token_that_would_not_do_is_told_with_the_line_that_is_wrong(
    lab: Lab, fault: str, label: str
) -> None:
    lab.show(fault)
    kept = kept_of(signed_in(lab).cache)
    entry = replace(ENTRY, tenant=TENANT)
    assert told(entry, kept).worst is Level.WARNING
    wrong = {line.label for line in lines(kept.holders[0], entry, present()) if line.wrong}
    assert label in wrong


def test_a_good_token_has_no_wrong_line_and_its_end_is_no_flaw(lab: Lab) -> None:
    (holder,) = kept_of(signed_in(lab).cache).holders
    for later in (timedelta(), LATER):
        assert not any(line.wrong for line in lines(holder, ENTRY, present() + later))
    last = lines(holder, ENTRY, present())[-1]
    assert (last.label, last.value) == ("Expires", holder.until)
    ended = lines(replace(holder, renews=False), ENTRY, present() + LATER)
    assert ended[-1].wrong


def test_the_lines_of_a_token_hold_nothing_of_it(lab: Lab) -> None:
    cache = signed_in(lab).cache
    secrets = [
        row["secret"]
        for name in ("AccessToken", "RefreshToken")
        for row in json.loads(cache)[name].values()
    ]
    kept = kept_of(cache)
    said = repr(kept) + repr(lines(kept.holders[0], ENTRY, present())) + repr(told(kept=kept))
    assert not any(part in said for secret in secrets for part in secret.split("."))


def test_a_token_that_is_no_jwt_is_explained_by_a_sentence(lab: Lab) -> None:
    cache = json.loads(signed_in(lab).cache)
    for row in cache["AccessToken"].values():
        row["secret"] = "opaque"
    (holder,) = kept_of(json.dumps(cache)).holders
    assert lines(holder, ENTRY, present()) == ()
    assert "no JWT" in missing(holder)
    assert holder.until, "MSAL knows when it ends"
    assert "gets a new one" in missing(replace(holder, token=None))


def test_days_are_counted_on_this_workstation() -> None:
    today = present().astimezone().date()
    said = [distance(today + timedelta(days=days), present()) for days in (-2, -1, 0, 1, 2)]
    assert said == ["2 days ago", "1 day ago", "today", "in 1 day", "in 2 days"]
