"""Certificates are described, and judged as OpenSSL does, trust and name apart."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest

from motion_desk.services.mail.certificates import (
    UNREADABLE,
    Roots,
    described,
    judge,
    names_host,
    pem_certificates,
)
from tests.servers.authority import NAME, Authority, Certificate

AUTHORITY = Authority()
GIVEN = Roots((AUTHORITY.pem,))


def chain(kind: Certificate) -> list[bytes]:
    text = AUTHORITY.identity(kind).chain.decode()
    return [ssl.PEM_cert_to_DER_cert(each) for each in pem_certificates(text)]


def test_a_chain_is_trusted_where_its_authority_was_given() -> None:
    assert judge(chain(Certificate.SOUND), GIVEN).trusted


def test_mozillas_roots_alone_do_not_trust_a_private_authority() -> None:
    judged = judge(chain(Certificate.SOUND), Roots())
    assert (judged.code, judged.depth) == (20, 1)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Certificate.EXPIRED, 10),
        (Certificate.SELF_SIGNED, 18),
        (Certificate.NO_INTERMEDIATE, 20),
        (Certificate.WRONG_NAME, 0),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_defect_has_the_code_of_openssl(kind: Certificate, code: int) -> None:
    assert judge(chain(kind), GIVEN).code == code


def test_validity_can_be_judged_for_another_moment() -> None:
    later = datetime.now(UTC) + timedelta(days=4000)
    assert judge(chain(Certificate.SOUND), GIVEN, later).code == 10
    assert judge(chain(Certificate.SOUND), GIVEN).trusted


def test_what_is_no_certificate_is_told() -> None:
    assert judge([b"\x30\x03\x02\x01\x00"], GIVEN).code == UNREADABLE
    assert judge([], GIVEN).code == UNREADABLE


def test_a_broken_file_given_to_motion_proves_nothing_and_harms_nothing() -> None:
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    assert judge(chain(Certificate.SOUND), Roots((broken, AUTHORITY.pem))).trusted
    assert not judge(chain(Certificate.SOUND), Roots((broken,))).trusted


def test_a_certificate_says_who_whom_and_until_when() -> None:
    found = described(chain(Certificate.SOUND)[0])
    assert found.subject == NAME
    assert found.issuer == "Motion Desk test intermediate"
    assert NAME in found.names
    assert found.not_before < datetime.now(UTC) < found.not_after
    assert len(found.fingerprint) == 64
    assert found.key == "EC 256"
    assert not found.is_authority
    assert not found.is_self_issued


@pytest.mark.parametrize(
    ("names", "host", "fits"),
    [
        (("mail.example",), "mail.example", True),
        (("MAIL.example",), "mail.Example", True),
        (("mail.example",), "smtp.example", False),
        (("*.example.org",), "mail.example.org", True),
        (("*.example.org",), "a.mail.example.org", False),
        (("*.example.org",), "example.org", False),
        (("*.org",), "example.org", False),
        (("m*.example.org",), "mail.example.org", False),
        (("127.0.0.1",), "127.0.0.1", True),
        (("*.0.0.1",), "127.0.0.1", False),
        (("2001:db8::1",), "2001:DB8::1", True),
        ((), "mail.example", False),
    ],
)
def test_a_name_fits_by_rfc_6125(names: tuple[str, ...], host: str, fits: bool) -> None:
    assert names_host(names, host) is fits
