"""Invitations from an account with modern authentication: by a token, renewed once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from motion_desk.models.sent import Outcome
from motion_desk.services.invitations.sending import send
from motion_desk.services.lab import Lab
from motion_desk.services.tester.steps import Renewed, StepName
from tests.services.invitations.people import an_order, came, of, person
from tests.services.oauth.signing import PROVIDER, signed_in
from tests.services.tester import modern

TWO = [person(1), person(2)]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path, scale=0.01) as started:
        yield started


def renewable(lab: Lab) -> str:
    """A sign-in whose token must be renewed at once."""
    lab.identity.lifetime = 1
    kept = signed_in(lab).cache
    lab.identity.lifetime = 3600
    return kept


def test_a_token_is_renewed_once_told_to_be_kept_and_serves_all_letters(lab: Lab) -> None:
    reached = replace(modern.order(lab, renewable(lab)), lab=True)
    events = list(send(an_order(TWO, reached), threading.Event()))
    attempts, _ = of(events)
    assert {each.outcome for each in attempts} == {Outcome.SENT}
    [renewed] = [event for event in events if isinstance(event, Renewed)]
    assert renewed.provider == PROVIDER.id
    assert renewed.cache
    assert renewed.cache not in repr(events)
    assert lab.seen.logins == {"XOAUTH2": 1}


def test_a_sign_in_that_was_revoked_ends_it_with_its_step(lab: Lab) -> None:
    kept = renewable(lab)
    lab.show("token-revoked")
    attempts, over = came(an_order(TWO, replace(modern.order(lab, kept), lab=True)))
    assert {each.outcome for each in attempts} == {Outcome.NOT_SENT}
    assert over.failed is not None
    assert over.failed.name is StepName.TOKEN
    assert over.reason.startswith("SMTP, Sign-in: ")
