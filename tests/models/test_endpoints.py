"""What Motion connects to, and what keeps that from a test."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import effective
from motion_desk.models.choices import BUILT_IN, Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.endpoints import (
    TESTER_SMTP_TIMEOUT,
    Endpoint,
    Login,
    Protocol,
    endpoint,
    fingerprint,
    obstacles,
)
from motion_desk.models.kinds import Unreadable
from motion_desk.models.problems import Severity
from motion_desk.models.providers import SERVERS
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.models.workspace import Workspace
from tests.strategies import accounts

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
STORED, TYPED = Secret("r3f"), Secret(typed="hunter2")
AROUND = Surroundings(
    put(Workspace(), "cloud_providers.entries", (CloudProviderEntry(id="2abc", name="Entra"),))
)
CUSTOM: dict[str, Any] = {
    "settings.address": "support@example.com",
    "imap.host": "imap.example.com",
    "imap.username": "reader",
    "imap.password": STORED,
    "imap.mailbox": "INBOX/Support",
    "imap.connection_timeout": 20,
    "imap.authentication_timeout": 7,
    "smtp.host": "smtp.example.com",
    "smtp.username": "sender",
    "smtp.password": TYPED,
}
BUILT: dict[str, Any] = {
    "settings.service": Service.GMAIL,
    "settings.address": "support@example.com",
    "authentication.username": "login@example.com",
    "authentication.password": STORED,
    "authentication.mailbox": "Team",
    "authentication.connection_timeout": 21,
    "authentication.authentication_timeout": 8,
}
MODERN = {
    **BUILT,
    "settings.service": Service.OUTLOOK365,
    "authentication.modern": True,
    "authentication.modern_address": "robot@example.com",
    "authentication.cloud_provider": "2abc",
}


def account(values: dict[str, Any], **more: Any) -> Account:
    """An account with values; those of `more` by key, with `__` for the full stop."""
    made = Account(id="a")
    named = {key.replace("__", "."): value for key, value in more.items()}
    for key, value in (values | named).items():
        made = put(made, key, value)
    return made


def test_a_custom_service_is_fetched_as_the_imap_section_says() -> None:
    found = endpoint(account(CUSTOM), IMAP)
    assert found == Endpoint(
        IMAP,
        "imap.example.com",
        993,
        tls=True,
        starttls=False,
        any_certificate=False,
        login=Login("reader", STORED),
        address="support@example.com",
        mailbox="INBOX/Support",
        connection_timeout=20.0,
        authentication_timeout=7.0,
        keys={},
    )
    assert found.keys == {
        "host": "imap.host",
        "port": "imap.port",
        "tls": "imap.ssl",
        "any_certificate": "imap.any_certificate",
        "login": "imap.authentication",
        "username": "imap.username",
        "password": "imap.password",
        "address": "settings.address",
        "mailbox": "imap.mailbox",
        "connection_timeout": "imap.connection_timeout",
        "authentication_timeout": "imap.authentication_timeout",
    }


def test_a_custom_service_sends_as_the_smtp_section_says() -> None:
    found = endpoint(account(CUSTOM, smtp__secure=False, smtp__port=587), SMTP)
    assert found == Endpoint(
        SMTP,
        "smtp.example.com",
        587,
        tls=False,
        starttls=True,
        any_certificate=False,
        login=Login("sender", TYPED),
        address="support@example.com",
        mailbox="",
        connection_timeout=TESTER_SMTP_TIMEOUT,
        authentication_timeout=TESTER_SMTP_TIMEOUT,
        keys={},
    )
    assert found.keys == {
        "host": "smtp.host",
        "port": "smtp.port",
        "tls": "smtp.secure",
        "starttls": "smtp.secure",
        "login": "smtp.authentication",
        "username": "smtp.username",
        "password": "smtp.password",
        "address": "settings.address",
    }


def test_a_built_in_service_has_its_own_servers_and_one_login() -> None:
    fetching = endpoint(account(BUILT, authentication__any_certificate=True), IMAP)
    sending = endpoint(account(BUILT), SMTP)
    assert (fetching.host, fetching.port, fetching.tls) == ("imap.gmail.com", 993, True)
    assert (sending.host, sending.port, sending.tls) == ("smtp.gmail.com", 465, True)
    assert fetching.login == sending.login == Login("login@example.com", STORED)
    assert fetching.any_certificate
    assert (fetching.mailbox, sending.mailbox) == ("Team", "")
    assert (fetching.connection_timeout, fetching.authentication_timeout) == (21.0, 8.0)
    assert fetching.keys["host"] == fetching.keys["port"] == "settings.service"
    assert fetching.keys["tls"] == "authentication.ssl"
    assert sending.keys["tls"] == sending.keys["starttls"] == "settings.service"
    assert fetching.keys["password"] == sending.keys["password"] == "authentication.password"
    assert fetching.keys["any_certificate"] == "authentication.any_certificate"


@pytest.mark.parametrize("service", BUILT_IN)
@pytest.mark.parametrize("protocol", Protocol)
def test_each_built_in_service_has_servers(service: Service, protocol: Protocol) -> None:
    found = endpoint(account(BUILT, settings__service=service), protocol)
    assert found.host.endswith(".com")
    assert list(ACCOUNT.fields["imap.host"].kind.check(found.host)) == []
    # On 465 TLS begins at once, on 587 by STARTTLS: mixing them gives “wrong version number”.
    assert (found.port, found.tls, found.starttls) in {
        (993, True, False),
        (465, True, False),
        (587, False, True),
    }
    assert (protocol is IMAP) == (found.port == 993)


def test_only_custom_has_no_servers_of_its_own() -> None:
    assert set(SERVERS) == set(Service) - {Service.CUSTOM}


def test_a_built_in_service_without_ssl_is_fetched_from_the_port_without() -> None:
    values = {**BUILT, "authentication.ssl": False, "authentication.any_certificate": True}
    found = endpoint(account(values), IMAP)
    assert (found.port, found.tls, found.starttls) == (143, False, False)
    assert not found.any_certificate, "it is hidden, and counts for nothing"
    assert endpoint(account(values), SMTP).port == 465


def test_imap_without_ssl_is_clear_text_and_never_upgraded() -> None:
    found = endpoint(account(CUSTOM, imap__ssl=False, imap__port=143), IMAP)
    assert (found.tls, found.starttls) == (False, False)


def test_any_certificate_is_for_imap_alone() -> None:
    values = {**CUSTOM, "imap.any_certificate": True}
    assert endpoint(account(values), IMAP).any_certificate
    assert not endpoint(account(values), SMTP).any_certificate


def test_modern_authentication_has_no_password() -> None:
    for protocol in Protocol:
        found = endpoint(account(MODERN), protocol)
        assert found.login == Login("login@example.com", NO_SECRET, True, "robot@example.com")
        assert found.keys["password"] == "authentication.cloud_provider"
        assert found.keys["login"] == "authentication.modern"


def test_without_authentication_there_is_no_login() -> None:
    values = {**CUSTOM, "imap.authentication": False}
    assert endpoint(account(values), IMAP).login is None
    assert endpoint(account(values), SMTP).login == Login("sender", TYPED)


def test_what_cannot_be_read_comes_out_as_empty() -> None:
    values = dict.fromkeys(ACCOUNT.fields, Unreadable("?"))
    for service in (Service.CUSTOM, Service.YAHOO, Unreadable("?")):
        made = account({**values, "settings.service": service})
        for protocol in Protocol:
            found = endpoint(made, protocol)
            assert found.address == ""
            assert found.login is None or found.login == Login("", NO_SECRET)
            if protocol is IMAP:
                assert (found.connection_timeout, found.authentication_timeout) == (10.0, 5.0)
            if service is not Service.YAHOO:
                assert (found.host, found.port) == ("", 0)
            if service is Service.CUSTOM:
                assert (found.tls, found.mailbox) == (False, "")


@given(accounts())
def test_what_is_hidden_counts_for_nothing(given_account: Account) -> None:
    counted = effective(given_account)
    for protocol in Protocol:
        assert endpoint(given_account, protocol) == endpoint(counted, protocol)
        assert set(endpoint(given_account, protocol).keys.values()) <= set(ACCOUNT.fields)
    assert fingerprint(given_account) == fingerprint(counted)


HIDDEN_IN_IMAP = {"imap.password": NO_SECRET, "imap.username": "", "imap.authentication": False}
Found = list[tuple[str, str]]
OBSTACLES: dict[str, tuple[dict[str, Any], Protocol, Found]] = {
    "a complete custom service, IMAP": (CUSTOM, IMAP, []),
    "a complete custom service, SMTP": (CUSTOM, SMTP, []),
    "a complete built-in service, IMAP": (BUILT, IMAP, []),
    "a complete built-in service, SMTP": (BUILT, SMTP, []),
    "modern authentication": (MODERN, IMAP, []),
    "nothing filled in, IMAP": (
        {},
        IMAP,
        [("imap.host", "required"), ("imap.username", "required"), ("imap.password", "required")],
    ),
    "nothing filled in, SMTP": (
        {},
        SMTP,
        [("smtp.host", "required"), ("smtp.username", "required"), ("smtp.password", "required")],
    ),
    "nothing of SMTP, for IMAP": (
        {**CUSTOM, "smtp.host": "", "smtp.port": Unreadable("x"), "smtp.password": NO_SECRET},
        IMAP,
        [],
    ),
    "nothing of IMAP, for SMTP": (
        {**CUSTOM, "imap.host": "", "imap.port": None, "imap.password": NO_SECRET},
        SMTP,
        [],
    ),
    "a host that is none": (
        {**CUSTOM, "imap.host": "imap.example.com:993"},
        IMAP,
        [("imap.host", "port_in_host")],
    ),
    "a port that is none": (
        {**CUSTOM, "smtp.port": Unreadable("smtp")},
        SMTP,
        [("smtp.port", "whole")],
    ),
    "no port": ({**CUSTOM, "smtp.port": None}, SMTP, [("smtp.port", "required")]),
    "a blank behind the name": (
        {**CUSTOM, "imap.username": "reader "},
        IMAP,
        [("imap.username", "blank")],
    ),
    "no log-in": ({**CUSTOM, **HIDDEN_IN_IMAP}, IMAP, []),
    "no password": (
        {**BUILT, "authentication.password": NO_SECRET},
        SMTP,
        [("authentication.password", "required")],
    ),
    "a password that no server takes": (
        {**CUSTOM, "imap.password": Secret(typed="a\0")},
        IMAP,
        [("imap.password", "character")],
    ),
    "modern authentication without all it needs": (
        {
            **MODERN,
            "authentication.modern_address": "",
            "authentication.cloud_provider": "gone",
        },
        IMAP,
        [
            ("authentication.modern_address", "required"),
            ("authentication.cloud_provider", "dangling"),
        ],
    ),
    "a service that is none": (
        {**CUSTOM, "settings.service": Unreadable("AOL")},
        IMAP,
        [("settings.service", "choice")],
    ),
    "what a test can do without": (
        {
            **CUSTOM,
            "settings.address": "",
            "settings.name": "",
            "imap.mailbox": "",
            "imap.connection_timeout": Unreadable("soon"),
        },
        IMAP,
        [],
    ),
}


@pytest.mark.parametrize("case", OBSTACLES)
def test_what_keeps_a_protocol_from_a_test_is_told(case: str) -> None:
    values, protocol, expected = OBSTACLES[case]
    for active in (False, True):
        found = obstacles(account(values, settings__active=active), AROUND, protocol)
        assert [(problem.key, problem.code) for problem in found] == expected
        assert all(problem.severity is Severity.ERROR for problem in found)


def test_an_obstacle_says_what_to_do() -> None:
    [host, *_] = obstacles(Account(), AROUND, IMAP)
    assert host.sentence == "IMAP host is needed. Fill it in."


def test_an_endpoint_never_shows_a_typed_password() -> None:
    assert "hunter2" not in repr(endpoint(account(CUSTOM), SMTP))
