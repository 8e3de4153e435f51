"""The tester signs in at the lab's identity server, and Dovecot takes its token."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.trust import PinEntry
from motion_desk.services.lab import Identity, Lab
from motion_desk.services.oauth import in_lab
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import State, StepName
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, BRUNO
from tests.services.oauth.signing import PROVIDER
from tests.services.tester import modern
from tests.services.tester.orders import IMAP, probe

SMTP_HOST, SMTP_PORT = "smtp.office365.com", 587


@pytest.fixture
def lab(dovecot: Dovecot, tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path, identity=Identity(secret=dovecot.token_secret)) as lab:
        yield lab
    assert lab.seen.errors == ()


def account(dovecot: Dovecot, mailbox: str, login: str) -> Account:
    """An account of Outlook365, whose servers show a certificate of another name here."""
    pem = ssl.get_server_certificate((dovecot.host, dovecot.imaps))
    fingerprint = sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    pin = PinEntry(id="pin", host=SMTP_HOST, port=SMTP_PORT, fingerprint=fingerprint)
    made = put(modern.account(mailbox, login), "trust.pins", (pin,))
    return put(made, "authentication.any_certificate", True)


def order(lab: Lab, dovecot: Dovecot, protocol: Protocol, mailbox: str = ALICE) -> Order:
    """A test whose sign-in is the lab's, and whose mail servers are Dovecot."""

    def route(host: str, port: int) -> tuple[tuple[str, int], ...]:
        real = {993: dovecot.imaps, SMTP_PORT: dovecot.submission}[port]
        return ((dovecot.host, real),)

    kept = in_lab.renewable(lab, PROVIDER, ALICE)
    tested = account(dovecot, mailbox, ALICE)
    ordered = modern.order(lab, kept, tested=tested, only=(protocol,), patience=5)
    return replace(ordered, route=route)


@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.value)
def test_dovecot_takes_a_renewed_token(lab: Lab, dovecot: Dovecot, protocol: Protocol) -> None:
    found = probe(order(lab, dovecot, protocol), protocol)
    login = found.step(StepName.LOGIN)
    assert login is not None
    assert (login.state, login.summary) == (State.PASSED, f"{ALICE} by XOAUTH2"), found.steps
    assert found.steps[-1].state is State.PASSED


def test_dovecot_refuses_a_mailbox_that_is_not_the_token_s(lab: Lab, dovecot: Dovecot) -> None:
    found = probe(order(lab, dovecot, IMAP, mailbox=BRUNO), IMAP)
    login = found.step(StepName.LOGIN)
    assert login is not None
    assert login.state is State.FAILED
    assert login.findings[0].failure is Failure.TOKEN_REFUSED
