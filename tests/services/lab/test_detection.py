"""The lab says by DNS and by autoconfig files where a domain's mail is, well or as a fault has it."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

import pytest
import requests

from motion_desk.services.domain.resolver import Kind, Record, Resolver, Said
from motion_desk.services.lab import Lab
from tests.services.domain.name_server import within
from tests.services.lab.applications import address, browser

DOMAIN = "shop.example"
FILE = "/mail/config-v1.1.xml"


def asked(lab: Lab, name: str, kind: Kind) -> tuple[Said, tuple[Record, ...]]:
    """What the resolver makes of the lab's answer."""
    answer = Resolver([lab.name_server]).ask(name, kind, within(1.0))
    return answer.said, answer.records


def fetched(lab: Lab, host: str, path: str = FILE) -> requests.Response:
    """What a web client gets there."""
    with browser(lab) as session:
        return session.get(address(lab, path), headers={"Host": host}, timeout=10)


def test_every_domain_has_its_mail_in_the_lab_by_dns(lab: Lab) -> None:
    assert asked(lab, DOMAIN, Kind.MX) == (Said.FOUND, (Record("mx.shop.example", 10),))
    services = {
        label: asked(lab, f"{label}._tcp.{DOMAIN}", Kind.SRV)[1][0]
        for label in ("_imaps", "_imap", "_submissions", "_submission")
    }
    assert services == {
        "_imaps": Record("imap.shop.example", 0, 1, 993),
        "_imap": Record("", 0, 1, 0),
        "_submissions": Record("smtp.shop.example", 0, 1, 465),
        "_submission": Record("smtp.shop.example", 0, 1, 587),
    }
    assert asked(lab, f"imap.{DOMAIN}", Kind.A)[1] == (Record("192.0.2.25"),)
    assert asked(lab, f"imap.{DOMAIN}", Kind.AAAA) == (Said.NO_DATA, ())
    assert asked(lab, f"f00.{DOMAIN}", Kind.A) == (Said.NO_DATA, ()), "no wildcard"
    assert lab.seen.errors == ()


def test_what_it_says_of_senders_are_sound_policies(lab: Lab) -> None:
    assert asked(lab, DOMAIN, Kind.TXT)[1] == (Record("v=spf1 mx -all"),)
    [policy] = asked(lab, f"_dmarc.{DOMAIN}", Kind.TXT)[1]
    assert policy.text.startswith("v=DMARC1; p=quarantine;")
    [key] = asked(lab, f"lab._domainkey.{DOMAIN}", Kind.TXT)[1]
    assert key.text.startswith("v=DKIM1; k=rsa; p=")
    assert len(key.text) > 255, "in more than one string"


@pytest.mark.parametrize(
    ("fault", "name", "said"),
    [
        ("names-silent", DOMAIN, Said.UNANSWERED),
        ("names-loop", DOMAIN, Said.LOOP),
        ("names-lie", DOMAIN, Said.FOUND),
    ],
)
def test_the_name_service_fails_as_the_fault_says(
    fault: str, name: str, said: Said, lab: Lab
) -> None:
    lab.show(fault)
    found, records = asked(lab, name, Kind.MX)
    assert found is said
    assert [each.text for each in records] == (["mx.postbox.example"] if records else [])


def test_packets_without_a_question_are_not_answered_and_disturb_nobody(lab: Lab) -> None:
    whole = struct.pack("!HHHHHH", 7, 0x0100, 1, 0, 0, 0) + b"\x04shop\x07example\0\0\x0f\0\x01"
    strange = [
        b"",
        b"\0" * 11,
        whole[:-5],
        whole[:2] + b"\x81\x80" + whole[4:],  # an answer
        whole[:4] + b"\0\x02" + whole[6:],  # two questions
        whole[:12] + b"\xc0\x0c" + whole[14:],  # a name that points at itself
        whole[:12] + (b"\x3f" + b"a" * 63) * 5 + whole[12:],  # a name that is too long
        whole[:12] + b"\x02\xff\xfe" + whole[12:],
        b"\xff" * 4000,
    ]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.connect(lab.name_server)
        for packet in [*strange, whole]:
            client.send(packet)
        answer = client.recv(4096)
        assert answer[:2] == whole[:2]
        assert b"\x02mx\x04shop\x07example" in answer
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.recv(4096)
    assert lab.seen.errors == ()


def test_the_name_server_ends_with_the_lab(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab:
        place = lab.name_server
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.bind(place)


def test_a_domains_autoconfig_host_has_a_file_for_it(identity_lab: Lab) -> None:
    response = fetched(identity_lab, f"autoconfig.{DOMAIN}")
    assert response.status_code == 200
    assert "<domain>shop.example</domain>" in response.text
    assert "<hostname>imap.shop.example</hostname>" in response.text
    assert identity_lab.seen.commands["https"] == ["GET autoconfig"]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (DOMAIN, "/.well-known/autoconfig/mail/config-v1.1.xml"),
        ("autoconfig.thunderbird.net", f"/v1.1/{DOMAIN}"),
        ("autoconfig.gmail.example", FILE),
    ],
    ids=["web site", "public list", "hosted"],
)
def test_elsewhere_there_is_no_such_file(host: str, path: str, identity_lab: Lab) -> None:
    assert fetched(identity_lab, host, path).status_code == 404


def test_the_file_is_for_another_domain_or_malicious_as_the_fault_says(identity_lab: Lab) -> None:
    identity_lab.show("autoconfig-other-domain")
    text = fetched(identity_lab, f"autoconfig.{DOMAIN}").text
    assert "<domain>postbox.example</domain>" in text
    assert DOMAIN not in text
    identity_lab.show("autoconfig-malicious")
    assert "<!ENTITY" in fetched(identity_lab, f"autoconfig.{DOMAIN}").text


def test_the_endless_file_ends_when_the_client_leaves(identity_lab: Lab) -> None:
    identity_lab.show("autoconfig-endless")
    with browser(identity_lab) as session:
        asked = {"Host": f"autoconfig.{DOMAIN}"}
        place = address(identity_lab, FILE)
        with session.get(place, headers=asked, timeout=10, stream=True) as response:
            assert len(response.raw.read(1_000_000)) == 1_000_000
    identity_lab.show("healthy")
    assert fetched(identity_lab, f"autoconfig.{DOMAIN}").status_code == 200
