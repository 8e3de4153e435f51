"""What a proposal changes in an account, never a password, and whom the next test sends what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.changes import with_values
from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.secret import Secret
from motion_desk.services.discovery.candidates import Candidate, Source, UsernameForm
from motion_desk.services.discovery.proposals import Proposal, Trust
from motion_desk.services.discovery.settings import cautions, changes, differences, receivers

ADDRESS = "care@shop.test"
FORMS = UsernameForm
CANARY = "canary-7319"


def candidate(
    protocol: Protocol,
    host: str,
    port: int,
    *,
    tls: bool = True,
    form: UsernameForm = FORMS.UNKNOWN,
    username: str = ADDRESS,
) -> Candidate:
    return Candidate(protocol, host, port, tls, not tls, username, form, Source.SRV, 80)


def proposal(**parts: Any) -> Proposal:
    """A proposal of SRV; of a custom service unless another is named."""
    imap = candidate(Protocol.IMAP, "imap.shop.test", 993)
    smtp = candidate(Protocol.SMTP, "smtp.shop.test", 587, tls=False)
    return replace(Proposal(imap, smtp, (Source.SRV,), Trust.UNSIGNED, 80), **parts)


def account(**values: Any) -> Account:
    """A custom account; double underscores part section and field."""
    made = with_values(Account(id="a"), {"settings.address": ADDRESS})
    return with_values(made, {key.replace("__", "."): value for key, value in values.items()})


def test_a_custom_account_gets_hosts_ports_and_encryption_and_its_followers_stay_set() -> None:
    before = account(imap__ssl=False)
    after = with_values(before, changes(proposal(), before, ADDRESS))
    fetching, sending = (endpoint(after, each) for each in Protocol)
    assert (fetching.host, fetching.port, fetching.tls) == ("imap.shop.test", 993, True)
    assert (sending.host, sending.port, sending.tls) == ("smtp.shop.test", 587, False)
    odd = replace(proposal(), imap=candidate(Protocol.IMAP, "imap.shop.test", 10993))
    assert endpoint(with_values(before, changes(odd, before, ADDRESS)), Protocol.IMAP).port == 10993


def test_the_servers_of_a_built_in_service_change_the_service() -> None:
    before = account(imap__host="mail.old.test")
    values = changes(proposal(service=Service.YAHOO), before, ADDRESS)
    after = with_values(before, values)
    assert after.settings.service is Service.YAHOO
    assert after.imap.host == "mail.old.test", "kept for the way back"
    assert [(each.label, each.after) for each in differences(before, values)] == [
        ("Settings: Service", "Yahoo")
    ]


def test_a_custom_service_is_left_only_for_one_of_motions_own() -> None:
    before = account(settings__service=Service.GMAIL)
    assert changes(proposal(), before, ADDRESS)["settings.service"] is Service.CUSTOM


@pytest.mark.parametrize(
    ("form", "known", "expected"),
    [
        (FORMS.UNKNOWN, "", ADDRESS),
        (FORMS.UNKNOWN, "care", "care"),
        (FORMS.ADDRESS, "care", ADDRESS),
    ],
    ids=["none yet", "one that nobody contradicts", "one that the source contradicts"],
)
def test_a_username_is_set_where_the_source_knows_it_or_there_is_none(
    form: UsernameForm, known: str, expected: str
) -> None:
    before = account(imap__username=known)
    found = proposal(imap=candidate(Protocol.IMAP, "imap.shop.test", 993, form=form))
    assert with_values(before, changes(found, before, ADDRESS)).imap.username == expected


def test_a_shared_mailbox_keeps_its_username_in_a_built_in_service() -> None:
    before = account(authentication__username="shared@shop.test")
    values = changes(proposal(service=Service.OUTLOOK365), before, ADDRESS)
    assert with_values(before, values).authentication.username == "shared@shop.test"


def test_the_address_is_set_only_where_the_account_has_none() -> None:
    assert changes(proposal(), Account(id="a"), ADDRESS)["settings.address"] == ADDRESS
    assert "settings.address" not in changes(proposal(), account(), "other@shop.test")


def test_half_a_proposal_leaves_the_other_half_alone() -> None:
    before = account(smtp__host="out.old.test")
    after = with_values(before, changes(proposal(smtp=None), before, ADDRESS))
    assert (after.imap.host, after.smtp.host) == ("imap.shop.test", "out.old.test")


def test_no_password_is_among_what_changes_or_is_said() -> None:
    before = account(imap__password=Secret(typed=CANARY), smtp__password=Secret("reference-1"))
    values = changes(proposal(), before, ADDRESS)
    assert not any("password" in key for key in values)
    after = with_values(before, values)
    assert (after.imap.password, after.smtp.password) == (
        before.imap.password,
        before.smtp.password,
    )
    assert CANARY not in repr([values, differences(before, values), receivers(after)])


def test_what_changes_is_said_by_the_fields_labels_before_and_after() -> None:
    before = account(imap__host="mail.old.test", imap__username="care")
    said = differences(before, changes(proposal(), before, ADDRESS))
    assert [(each.label, each.before, each.after) for each in said] == [
        ("IMAP host", "mail.old.test", "imap.shop.test"),
        ("SMTP host", "empty", "smtp.shop.test"),
        ("SMTP port", "465", "587"),
        ("SMTP: Secure", "on", "off"),
        ("SMTP: Username", "empty", ADDRESS),
    ]
    again = with_values(before, changes(proposal(), before, ADDRESS))
    assert differences(again, changes(proposal(), again, ADDRESS)) == ()


def test_it_is_said_which_hosts_get_the_password_and_which_have_none_yet() -> None:
    before = account(imap__password=Secret(typed=CANARY))
    after = with_values(before, changes(proposal(), before, ADDRESS))
    assert receivers(after) == (
        "The next test sends the account's password to imap.shop.test:993.",
        "For smtp.shop.test:587 the account has no password yet: type it in first.",
    )
    both = replace(after, smtp=replace(after.smtp, password=Secret("reference-1")))
    assert receivers(both) == (
        "The next test sends the account's password to imap.shop.test:993 and smtp.shop.test:587.",
    )


def test_a_sign_in_shows_a_token_and_no_login_nothing() -> None:
    modern = account(settings__service=Service.OUTLOOK365, authentication__modern=True)
    [said] = receivers(modern)
    assert said.startswith(
        "The next test shows a token of the sign-in to outlook.office365.com:993"
    )
    nothing = account(imap__authentication=False, smtp__authentication=False, imap__host="x.test")
    assert receivers(nothing) == ()


def test_a_new_server_whose_certificate_nobody_looks_at_is_a_caution() -> None:
    before = account(imap__host="mail.old.test", imap__any_certificate=True)
    after = with_values(before, changes(proposal(), before, ADDRESS))
    [said] = cautions(before, after)
    assert "“Accept any certificate” is on" in said
    assert "imap.shop.test" in said
    assert cautions(after, after) == ()
    strict = with_values(before, {"imap.any_certificate": False})
    assert cautions(strict, with_values(strict, changes(proposal(), strict, ADDRESS))) == ()
