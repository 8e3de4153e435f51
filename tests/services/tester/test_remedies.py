"""Every failure has a cause in words and something to do about it, in a sound order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.models.workspace import Workspace
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies import REMEDIES, Case, remedied
from motion_desk.services.tester.steps import Finding, Who

FIELDS = {name for each in Failure for name in re.findall(r"{(\w+)}", each.cause)}


def finding(failure: Failure) -> Finding:
    return Finding(failure, dict.fromkeys(FIELDS, "x"), "", "", "")


def account() -> Account:
    values = {
        "settings.address": "care@meridia.example",
        "imap.host": "mail.meridia.example",
        "imap.username": "care@meridia.example",
        "smtp.host": "mail.meridia.example",
        "smtp.username": "care@meridia.example",
    }
    made = Account(id="care")
    for key, value in values.items():
        made = put(made, key, value)
    return made


CLUES = {
    "open": (993, 143, 465, 587),
    "hosts": ("mail.example",),
    "same place": ("mail.example",),
    "folders": ("INBOX", "Support"),
}


def case(protocol: Protocol, clues: object = None) -> Case:
    made = account()
    found = CLUES if clues is None else clues
    return Case(made, Workspace(), endpoint(made, protocol), found)  # type: ignore[arg-type]


def test_no_failure_is_without_remedies() -> None:
    assert set(REMEDIES) == set(Failure)


@pytest.mark.parametrize("clues", [{}, CLUES], ids=["no clues", "clues"])
@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.label)
@pytest.mark.parametrize("failure", Failure, ids=lambda each: each.value)
def test_each_failure_says_what_to_do(
    failure: Failure, protocol: Protocol, clues: dict[str, object]
) -> None:
    found = remedied(case(protocol, clues), finding(failure))
    assert found
    assert finding(failure).cause.endswith((".", "?", "”", "x"))
    for remedy in found:
        assert remedy.sentence.endswith((".", "?"))
        assert "{" not in remedy.sentence
        if remedy.letter:
            assert remedy.who is not Who.YOU
            assert remedy.letter.startswith("Hello,")


@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.label)
@pytest.mark.parametrize("failure", Failure, ids=lambda each: each.value)
def test_accepting_any_certificate_is_the_last_remedy_and_never_the_first(
    failure: Failure, protocol: Protocol
) -> None:
    codes = [remedy.code for remedy in remedied(case(protocol), finding(failure))]
    if "any-certificate" in codes:
        assert codes.index("any-certificate") == len(codes) - 1 > 0
        assert protocol is Protocol.IMAP


@given(st.sampled_from(list(Failure)), st.sampled_from(list(Protocol)))
def test_differences_say_just_what_the_changes_do(failure: Failure, protocol: Protocol) -> None:
    made = case(protocol)
    for remedy in remedied(made, finding(failure)):
        after = made.account
        for each in remedy.changes:
            after = change(after, each.key, each.value)
        assert (after != made.account) == bool(remedy.changes and remedy.differences)


def test_codes_name_a_remedy_of_a_failure_once() -> None:
    for failure in Failure:
        for protocol in Protocol:
            found = remedied(case(protocol), finding(failure))
            pairs = [(remedy.code, str(remedy.values)) for remedy in found]
            assert len(set(pairs)) == len(pairs), failure
