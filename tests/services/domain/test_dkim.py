"""The signatures of a message that was received are judged, with keys from the name server only."""

from __future__ import annotations

import base64
import functools

import dkim as signing  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from motion_desk.services.domain.dkim import dkim
from motion_desk.services.domain.results import Check, Tone
from tests.services.domain.name_server import Manner, name_server, within

SHORT = 768
MESSAGE = (
    b"From: Care <care@shop.test>\r\nTo: Ann <ann@example.test>\r\nSubject: Your order\r\n"
    b"Date: Mon, 1 Jun 2026 10:00:00 +0000\r\n\r\nGood morning.\r\n"
)


@functools.cache
def key(bits: int) -> tuple[bytes, str]:
    """A private key (PEM), and the record of its public one."""
    if bits == SHORT:
        return short_key()
    made = rsa.generate_private_key(65537, bits)
    private = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode('ascii')}"


def short_key() -> tuple[bytes, str]:
    """A key that no library makes any more."""
    p, q = (prime(SHORT // 2, start) for start in (12345, 987654321))
    e, n = 65537, p * q
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = (0, n, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    private = base64.encodebytes(der(0x30, *(integer(each) for each in numbers)))
    algorithm = der(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    public = der(0x30, algorithm, der(3, b"\0", der(0x30, integer(n), integer(e))))
    pem = b"-----BEGIN RSA PRIVATE KEY-----\n" + private + b"-----END RSA PRIVATE KEY-----\n"
    return pem, f"v=DKIM1; p={base64.b64encode(public).decode('ascii')}"


def der(tag: int, *parts: bytes) -> bytes:
    """A value of ASN.1 (ITU-T X.690)."""
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(2, "big").lstrip(b"\0")
    return bytes([tag, 128 + len(size)]) + size + body


def integer(number: int) -> bytes:
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def prime(bits: int, start: int) -> int:
    """A prime, by Fermat's test, which is good enough for what nobody relies on."""
    number = (3 << (bits - 2)) + 2 * start + 1
    while pow(2, number - 1, number) != 1 or (number - 1) % 65537 == 0:
        number += 2
    return number


def signed(message: bytes = MESSAGE, domain: bytes = b"shop.test", bits: int = 1024) -> bytes:
    """The message with a signature in front."""
    header: bytes = signing.sign(
        message, b"s1", domain, key(bits)[0], canonicalize=(b"relaxed", b"relaxed")
    )
    return header + message


def record(text: str, domain: str = "shop.test") -> dict[str, list[str]]:
    """A zone with a key."""
    parts = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) or '""'
    return {f"s1._domainkey.{domain}": [f"TXT {parts}"]}


def judged(message: bytes, zone: dict[str, list[str]]) -> Check:
    with name_server(zone) as server:
        return dkim(message, server.resolver, within())


def test_a_good_signature_of_the_senders_domain_is_aligned() -> None:
    found = judged(signed(), record(key(1024)[1]))
    assert found.codes == ("dkim.aligned",)
    assert found.tone is Tone.GOOD
    assert [(fact.label, fact.value) for fact in found.facts][1] == (
        "shop.test",
        "selector s1, rsa-sha256",
    )


CASES: dict[str, tuple[bytes, dict[str, list[str]], str]] = {
    "unsigned": (MESSAGE, {}, "unsigned"),
    "body changed": (
        signed().replace(b"morning", b"evening"),
        record(key(1024)[1]),
        "body-changed",
    ),
    "header changed": (signed().replace(b"Your", b"My"), record(key(1024)[1]), "bad-signature"),
    "another key": (signed(), record(key(1032)[1]), "bad-signature"),
    "no key": (signed(), {}, "no-key"),
    "withdrawn": (signed(), record("v=DKIM1; k=rsa; p="), "revoked"),
    "key is nonsense": (signed(), record("v=DKIM1; p=AAAA"), "key-unreadable"),
    "key is no base64": (signed(), record("v=DKIM1; p=A"), "key-unreadable"),
    "short key": (signed(bits=SHORT), record(key(SHORT)[1]), "short-key"),
    "other domain": (
        signed(domain=b"mailer.test"),
        record(key(1024)[1], "mailer.test"),
        "other-domain",
    ),
    "malformed": (b"DKIM-Signature: v=1; a=rsa-sha256\r\n" + MESSAGE, {}, "malformed"),
    "circle": (signed(), {"s1._domainkey.shop.test": ["CNAME s1._domainkey.shop.test."]}, "loop"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_signature_that_is_worth_nothing_says_why(case: str) -> None:
    message, zone, expected = CASES[case]
    found = judged(message, zone)
    assert found.codes == (f"dkim.{expected}",)
    assert found.tone is not Tone.GOOD


def test_the_sender_is_found_below_a_header_of_a_megabyte() -> None:
    grown = b"X-Grown: " + b"x" * 2**20 + b"\r\n" + signed()
    assert judged(grown, record(key(1024)[1])).codes == ("dkim.aligned",)


def test_two_senders_are_none() -> None:
    twice = b"From: Boss <boss@other.test>\r\n" + signed()
    assert "dkim.aligned" not in judged(twice, record(key(1024)[1])).codes


def test_one_good_signature_is_enough() -> None:
    twice = signed(signed(), b"mailer.test")
    found = judged(twice, record(key(1024)[1]))
    assert found.codes == ("dkim.no-key", "dkim.aligned")
    assert found.tone is Tone.NOTE


def test_a_name_server_that_never_answers_is_named() -> None:
    with name_server({}, {"test": Manner.SILENT}) as server:
        found = dkim(signed(), server.resolver, within(0.3))
    assert found.codes == ("dkim.unanswered",)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff\x00" * 1000,
        b"DKIM-Signature: " + b"a=b;" * 20_000 + b"\r\n\r\n",
        b"DKIM-Signature: v=1; a=x; b=!; bh=!; d=..; s=\x00; h=from\r\nFrom: @\r\n\r\n",
        b"DKIM-Signature: v=1; d=shop.test; s=s1; b=AAAA; bh=AAAA; a=rsa-sha256; h=from\r\n" * 50,
        b"From: " + b"<" * 5000 + b"\r\n\r\n",
    ],
    ids=range(6),
)
def test_nonsense_is_judged_and_raises_nothing(message: bytes) -> None:
    found = judged(message, record(key(1024)[1]))
    assert found.remarks
    assert found.tone is not Tone.GOOD
