"""Autoconfig files are read as Thunderbird's, and bad ones are refused by name."""

from __future__ import annotations

import threading
from time import monotonic

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.discovery.autoconfig import LARGEST, MOST_SERVERS, read
from motion_desk.services.discovery.candidates import Ending, SourceEnded, UsernameForm
from motion_desk.services.discovery.search import Request, Search
from motion_desk.services.domain.resolver import Asking, Resolver
from tests.patience import PROMPT
from tests.services.discovery import files

SEARCH = Search(
    "Care@shop.test",
    "Care",
    "shop.test",
    Request("Care@shop.test", Resolver([])),
    Asking(monotonic() + 60, threading.Event()),
)


def test_servers_for_imap_and_smtp_are_read_with_the_address_filled_in() -> None:
    found = read(files.GOOD, SEARCH)
    assert found.domains == ("shop.test",)
    assert [(each.protocol, each.host, each.port, each.tls) for each in found.servers] == [
        (Protocol.IMAP, "imap.shop.test", 993, True),
        (Protocol.SMTP, "smtp.shop.test", 587, False),
    ]
    assert [(each.username, each.username_form) for each in found.servers] == [
        ("Care@shop.test", UsernameForm.ADDRESS),
        ("Care", UsernameForm.LOCAL_PART),
    ]


@pytest.mark.parametrize(
    ("username", "form"),
    [
        ("%EMAILLOCALPART%@%EMAILDOMAIN%", UsernameForm.ADDRESS),
        ("shop-%EMAILLOCALPART%", UsernameForm.OTHER),
        ("", UsernameForm.UNKNOWN),
        ("a\x85b", UsernameForm.UNKNOWN),
        ("x" * 300, UsernameForm.UNKNOWN),
    ],
    ids=range(5),
)
def test_the_form_of_the_username_is_told(username: str, form: UsernameForm) -> None:
    listed = read(files.file(files.server("imap", "a.test", 1, "SSL", username)), SEARCH).servers[0]
    assert listed.username_form is form
    assert listed.username


@pytest.mark.parametrize(
    "bad",
    [
        files.server("imap", "not a host", 993, "SSL"),
        files.server("imap", "a.test/../b", 993, "SSL"),
        files.server("imap", "a.test", 0, "SSL"),
        files.server("imap", "a.test", 99_999, "SSL"),
        files.server("imap", "", 993, "SSL"),
        files.server("exchange", "a.test", 443, "SSL"),
        '<incomingServer type="imap"/>',
    ],
    ids=range(7),
)
def test_what_can_be_no_server_is_left_out(bad: str) -> None:
    assert [each.host for each in read(files.file(bad, files.IMAP), SEARCH).servers] == [
        "imap.shop.test"
    ]


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (files.LAUGHS, Ending.MALICIOUS),
        (files.OUTSIDE, Ending.MALICIOUS),
        (files.TYPED, Ending.MALICIOUS),
        (files.DEEP, Ending.MALICIOUS),
        (files.WIDE, Ending.MALICIOUS),
        (b" " * (LARGEST + 1), Ending.TOO_LARGE),
        (b"", Ending.NONSENSE),
        (b"<html><body>Sign in</body></html>", Ending.NONSENSE),
        (b"<!DOCTYPE html><html><br></html>", Ending.MALICIOUS),
        (b"{}", Ending.NONSENSE),
        (b"\xff\xfe\x00", Ending.NONSENSE),
        (b'<?xml version="1.0" encoding="utf-7"?><clientConfig/>', Ending.NONSENSE),
        (b'<?xml version="1.0" encoding="no-such"?><clientConfig/>', Ending.NONSENSE),
        (files.GOOD[:-20], Ending.NONSENSE),
    ],
    ids=range(14),
)
def test_what_is_no_honest_file_is_refused_by_name(data: bytes, ending: Ending) -> None:
    begun = monotonic()
    with pytest.raises(SourceEnded) as refused:
        read(data, SEARCH)
    assert refused.value.ending is ending
    assert monotonic() - begun < PROMPT


def test_only_the_first_servers_of_many_are_taken() -> None:
    many = [files.server("imap", f"h{number}.test", 993, "SSL") for number in range(50)]
    assert len(read(files.file(*many), SEARCH).servers) == MOST_SERVERS
