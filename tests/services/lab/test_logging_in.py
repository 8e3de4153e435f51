"""Faults of logging in, as a client sees them."""

import base64
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from motion_desk.services.lab import PASSWORD, Lab
from tests.services.lab.clients import Client, imap, plain, smtp
from tests.services.lab.conftest import SCALE

RIGHT, WRONG = PASSWORD, "not it"

IMAP_REFUSALS = {
    "wrong-password": "NO [AUTHENTICATIONFAILED] ",
    "app-password": "NO [ALERT] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833 (Failure)",
    "tenant-gate": "NO LOGIN failed.",
    "password-expired": "NO [EXPIRED] ",
    "authorization-failed": "NO [AUTHORIZATIONFAILED] ",
    "contact-admin": "NO [CONTACTADMIN] ",
    "login-unavailable": "NO [UNAVAILABLE] ",
}
SMTP_REFUSALS = {
    "wrong-password": "535 5.7.8 ",
    "app-password": "534 5.7.9 Application-specific password required",
    "tenant-gate": "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled "
    "for the Tenant. ",
    "password-expired": "535 5.7.8 ",
    "authorization-failed": "535 5.7.8 ",
    "contact-admin": "535 5.7.8 ",
    "login-unavailable": "454 4.7.0 ",
}
ABOUT_PASSWORDS = ("wrong-password", "app-password")


Way = Callable[[Client, str], str]


def login(client: Client, password: str) -> str:
    return client.ask(f'LOGIN anna "{password}"')[-1]


def authenticate(client: Client, password: str) -> str:
    return client.ask(f"AUTHENTICATE PLAIN {plain('anna', password)}")[-1]


def auth(client: Client, password: str) -> str:
    return client.smtp(f"AUTH PLAIN {plain('anna', password)}")[-1]


@pytest.mark.parametrize("fault", IMAP_REFUSALS)
@pytest.mark.parametrize("way", [login, authenticate])
def test_imap_refuses_in_the_words_of_the_fault(lab: Lab, fault: str, way: Way) -> None:
    lab.show(fault)
    with imap(lab) as client:
        assert way(client, WRONG).startswith(IMAP_REFUSALS[fault])
        is_in = way(client, RIGHT).startswith("OK ")
        assert is_in is (fault in ABOUT_PASSWORDS)


@pytest.mark.parametrize("fault", SMTP_REFUSALS)
def test_smtp_refuses_in_the_words_of_the_fault(lab: Lab, fault: str) -> None:
    lab.show(fault)
    with smtp(lab) as client:
        assert auth(client, WRONG).startswith(SMTP_REFUSALS[fault])
        is_in = auth(client, RIGHT).startswith("235 ")
        assert is_in is (fault in ABOUT_PASSWORDS)


def test_with_people_the_right_password_is_theirs(tmp_path: Path) -> None:
    with Lab(tmp_path, people={"anna": "Grüße"}, scale=SCALE) as lab:
        for fault in ("healthy", "wrong-password"):
            lab.show(fault)
            for password, is_right in (("Grüße", True), (RIGHT, False), ("", False)):
                with imap(lab) as client:
                    assert login(client, password).startswith("OK ") is is_right
                with smtp(lab) as client:
                    assert auth(client, password).startswith("235 ") is is_right
        with imap(lab) as client:
            assert client.ask("LOGIN bert Gr")[-1].startswith("NO [AUTHENTICATIONFAILED] ")
        assert lab.seen.errors == ()


def test_without_passwords_imap_offers_modern_authentication_only(lab: Lab) -> None:
    lab.show("basic-closed")
    with imap(lab) as client:
        offers = client.ask("CAPABILITY")[0].split()
        assert [offer for offer in offers if offer.startswith("AUTH=")] == ["AUTH=XOAUTH2"]
        assert "LOGINDISABLED" in offers
        assert login(client, RIGHT).startswith("NO ")
        assert authenticate(client, RIGHT).startswith("NO ")
        client.say(
            "x AUTHENTICATE XOAUTH2 " + base64.b64encode(b"user=anna\1auth=Bearer t").decode()
        )
        assert b'"status"' in base64.b64decode(client.line().removeprefix("+ "))
        client.say("")
        assert client.line().startswith("x NO [AUTHENTICATIONFAILED] ")
    assert lab.seen.logins == {"XOAUTH2": 1}


def test_without_passwords_smtp_offers_modern_authentication_only(lab: Lab) -> None:
    lab.show("basic-closed")
    with smtp(lab) as client:
        assert "250-AUTH XOAUTH2" in client.smtp("EHLO here")
        assert auth(client, RIGHT).startswith("504 5.5.4 ")
        [challenge] = client.smtp("AUTH XOAUTH2 " + base64.b64encode(b"user=anna").decode())
        assert b'"status"' in base64.b64decode(challenge.removeprefix("334 "))
        assert client.smtp("") == ["535 5.7.8 Authentication failed"]


def test_logging_in_is_slow(lab: Lab) -> None:
    lab.show("login-slow")
    with imap(lab) as client:
        began = time.monotonic()
        assert login(client, RIGHT).startswith("OK ")
        assert time.monotonic() - began >= 7 * SCALE * 0.95
    with smtp(lab) as client:
        began = time.monotonic()
        assert auth(client, RIGHT).startswith("235 ")
        assert time.monotonic() - began >= 7 * SCALE * 0.95


@pytest.mark.parametrize("port", [465, 587])
def test_smtp_knows_no_log_in_and_needs_none(lab: Lab, port: int) -> None:
    lab.show("no-auth")
    with smtp(lab, port) as client:
        assert not any("AUTH" in line for line in client.smtp("EHLO here"))
        assert auth(client, RIGHT).startswith("503 5.5.1 ")
        assert client.smtp("MAIL FROM:<anna@example.test>")[0].startswith("250 ")
        assert client.smtp("RCPT TO:<anna@example.test>")[0].startswith("250 ")
    with imap(lab) as client:
        assert login(client, WRONG).startswith("OK ")
