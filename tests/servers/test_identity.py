"""Dovecot takes the tokens that the lab's identity server gives out, and refuses wrong ones."""

from __future__ import annotations

import base64
import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
import requests
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from motion_desk.services.lab import Identity, Lab
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, BRUNO
from tests.services.lab.applications import browser, by_browser, claims, public, token

TIMEOUT = 10


@pytest.fixture
def lab(dovecot: Dovecot, tmp_path: Path) -> Iterator[Lab]:
    """A lab whose tokens Dovecot can check by itself."""
    with Lab(tmp_path, identity=Identity(secret=dovecot.token_secret)) as lab:
        yield lab
    assert lab.seen.errors == ()


@pytest.fixture
def web(lab: Lab) -> Iterator[requests.Session]:
    """A client of HTTP that knows the lab's authority."""
    with browser(lab) as session:
        yield session


@pytest.fixture
def trust(dovecot: Dovecot) -> ssl.SSLContext:
    """Trusts Dovecot's authority and no other."""
    return ssl.create_default_context(cadata=dovecot.ca_pem)


@pytest.fixture
def imap(dovecot: Dovecot, trust: ssl.SSLContext) -> Iterator[IMAPClient]:
    """A connection over TLS."""
    with IMAPClient(dovecot.host, dovecot.imaps, ssl_context=trust, timeout=TIMEOUT) as connection:
        yield connection


@pytest.fixture
def smtp(dovecot: Dovecot, trust: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """A connection over TLS."""
    with smtplib.SMTP_SSL(
        dovecot.host, dovecot.submissions, context=trust, timeout=TIMEOUT
    ) as connection:
        connection.ehlo()
        yield connection


def auth(connection: smtplib.SMTP, user: str, text: str) -> int:
    """The code that AUTH XOAUTH2 ends with."""
    sent = base64.b64encode(f"user={user}\1auth=Bearer {text}\1\1".encode()).decode("ascii")
    code = connection.docmd("AUTH", f"XOAUTH2 {sent}")[0]
    return connection.docmd("")[0] if code == 334 else code


def test_what_msal_gets_lets_people_in(
    lab: Lab, web: requests.Session, imap: IMAPClient, smtp: smtplib.SMTP
) -> None:
    got = by_browser(public(lab, web), web, login_hint=ALICE)
    imap.oauth2_login(ALICE, got["access_token"])
    assert imap.select_folder("INBOX", readonly=True)[b"EXISTS"] == 3
    assert auth(smtp, ALICE, got["access_token"]) == 235


def test_oauthbearer_takes_it_as_well(lab: Lab, web: requests.Session, imap: IMAPClient) -> None:
    imap.oauthbearer_login(BRUNO, token(lab, web, BRUNO))


@pytest.mark.parametrize("fault", ["token-expired", "clock-wrong"])
def test_a_token_that_is_not_valid_now_is_refused(
    fault: str, lab: Lab, web: requests.Session, imap: IMAPClient, smtp: smtplib.SMTP
) -> None:
    lab.show(fault)
    text = token(lab, web, ALICE)
    with pytest.raises(LoginError):
        imap.oauth2_login(ALICE, text)
    assert auth(smtp, ALICE, text) == 535


def test_a_token_of_somebody_else_and_a_forged_one_are_refused(
    lab: Lab, web: requests.Session, smtp: smtplib.SMTP, dovecot: Dovecot
) -> None:
    text = token(lab, web, BRUNO)
    forged = jwt.encode(
        claims(text) | {"upn": ALICE}, bytes(32), "HS256", headers={"kid": "default"}
    )
    assert auth(smtp, ALICE, text) == 535
    assert auth(smtp, ALICE, forged) == 535
    assert auth(smtp, BRUNO, text) == 235
