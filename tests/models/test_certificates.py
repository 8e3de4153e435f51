"""Fingerprints and certificates: what is one, what is told of the rest, what is never stored."""

import time
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.document import put
from motion_desk.models.kinds import Kind
from motion_desk.models.plain import content, dump
from motion_desk.models.records import to_row
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.sections.trust import PrivateAuthorityEntry
from motion_desk.models.workspace import Workspace
from tests.models.test_kinds import sentences, short
from tests.patience import PROMPT
from tests.strategies import CERTIFICATES, PEM

DIGITS = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COLONS = ":".join(DIGITS.upper()[at : at + 2] for at in range(0, 64, 2))
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
BODY = PEM.splitlines()[1:-1]
# Made up: what is between the lines of a key is never looked at.
KEYS = [
    f"-----BEGIN {kind}PRIVATE KEY-----\n{BODY[0]}\n-----END {kind}PRIVATE KEY-----\n"
    for kind in ("", "RSA ", "EC ", "ENCRYPTED ", "OPENSSH ")
]
KEYS += [
    f"{PEM}{KEYS[0]}",
    f"{KEYS[1]}{PEM}".replace("\n", "\r\n"),
    f"{BODY[0]}\n-----END PRIVATE KEY-----",
    f"  -----begin rsa private key-----\n{BODY[0]}",
    f"-----BEGIN PGP PRIVATE KEY BLOCK-----\n{BODY[0]}",
    "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
    f"PuTTY-User-Key-File-3: ssh-ed25519\n{BODY[0]}",
    f"{KEYS[0]}\0",
    KEYS[0] + "x" * 500_000,
]
KEY_SENTENCE = (
    "This holds a private key. It must stay on its server and is not kept here: delete it, and "
    "paste the certificate alone."
)
NO_CERTIFICATE = f"This is not a certificate. Paste the text from {BEGIN} to {END}."
NOT_TEXT = "This is not text. Turn the file into text (openssl x509 -inform der -in FILE), then paste that."


def damaged(line: int) -> str:
    return (
        f"The certificate that begins on line {line} is damaged or cut short. Copy it again, whole."
    )


def stray(line: int) -> str:
    return (
        f"Line {line} belongs to no certificate. Delete it, or paste what it belongs to from its "
        f"{BEGIN} line."
    )


def open_(line: int) -> str:
    return f"The certificate that begins on line {line} has no end. Paste it up to its {END} line."


def other(line: int, what: str) -> str:
    return f"Line {line} is about “{what}”, which is no certificate. Delete that part."


def pem(*body: str) -> str:
    return "\n".join((BEGIN, *body, END))


BAD_CERTIFICATES: list[tuple[Kind, Any, str]] = [
    *((Certificates(), key, KEY_SENTENCE) for key in KEYS),
    (Certificates(), "mail.example.com", NO_CERTIFICATE),
    (Certificates(), " \n", NO_CERTIFICATE),
    (Certificates(), "0\x82\x01\xaa0\x82\x01P\xa0\x03\x02\x01\x02", NOT_TEXT),
    (Certificates(), f"{PEM}\0", NOT_TEXT),
    (Certificates(), pem(), damaged(1)),
    (Certificates(), pem(*BODY[:-1]), damaged(1)),
    (Certificates(), pem(*BODY[1:]), damaged(1)),
    (Certificates(), pem(*BODY, BODY[0]), damaged(1)),
    (Certificates(), pem(*BODY[:-1], f"{BODY[-1]}A"), damaged(1)),
    (Certificates(), pem("Größe"), damaged(1)),
    (Certificates(), pem("MA"), damaged(1)),
    (Certificates(), pem("MIIB"), damaged(1)),
    (Certificates(), f"{PEM}\n{pem('????')}", damaged(len(BODY) + 4)),
    (Certificates(), PEM.replace(END, ""), open_(1)),
    (Certificates(), PEM.replace(END, BEGIN), open_(1)),
    (Certificates(), f"# first\n{BEGIN}\n{PEM}", open_(2)),
    (Certificates(), PEM.replace(BEGIN, "").strip(), stray(1)),
    (Certificates(), f"{PEM}{BODY[0]}\n", stray(len(BODY) + 3)),
    (Certificates(), f"{END}\n{PEM}", stray(1)),
    (
        Certificates(),
        PEM.replace("CERTIFICATE", "CERTIFICATE REQUEST"),
        other(1, "CERTIFICATE REQUEST"),
    ),
    (
        Certificates(),
        f"{PEM}{PEM.replace('CERTIFICATE', 'PUBLIC KEY')}",
        other(len(BODY) + 3, "PUBLIC KEY"),
    ),
    (
        Certificates(most=100),
        PEM,
        f"At most 100 characters are allowed; this has {len(PEM)}. Shorten it by {len(PEM) - 100}.",
    ),
    (
        Certificates(),
        f"{PEM}\ud800",
        f"Character {len(PEM) + 1} cannot be stored (U+D800). Delete it.",
    ),
    (Certificates(), PEM.encode(), "This is not a certificate."),
]

GOOD_CERTIFICATES = [
    *CERTIFICATES,
    PEM.replace("\n", "\r\n"),
    PEM.replace("\n", " \n  "),
    pem("".join(BODY)),
    pem(*BODY, "", ""),
    pem("MAA="),  # an empty sequence: whether it is a certificate is not looked at
    PEM * 200,
    f"Zertifikat für Büro\n\nKey: Value\n{PEM}\tthe end",
]


def said(text: str) -> str:
    return (
        f"“{text}” is not a SHA-256 fingerprint. Write its 64 digits, 0 to 9 and a to f, without "
        "colons."
    )


BAD_FINGERPRINTS: list[tuple[Kind, Any, str]] = [
    (Fingerprint(), text, said(text))
    for text in (
        DIGITS[:-1],
        f"{DIGITS}0",
        DIGITS[:40],
        COLONS,
        DIGITS.upper(),
        "z" * 64,
        "９" * 64,
    )
]


@pytest.mark.parametrize("text", ["", *GOOD_CERTIFICATES], ids=short)
def test_certificates_are_let_through(text: str) -> None:
    assert sentences(Certificates(), text) == []


@pytest.mark.parametrize(("kind", "value", "sentence"), BAD_CERTIFICATES, ids=short)
def test_what_is_no_certificate_has_one_sentence(kind: Kind, value: object, sentence: str) -> None:
    assert sentences(kind, value) == [sentence]


@pytest.mark.parametrize(("kind", "value", "sentence"), BAD_FINGERPRINTS, ids=short)
def test_what_is_no_fingerprint_has_one_sentence(kind: Kind, value: object, sentence: str) -> None:
    assert sentences(kind, value) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        DIGITS,
        COLONS,
        f" {COLONS.lower()} ",
        f"sha256 Fingerprint={COLONS}",
        f"SHA256 Fingerprint = {COLONS}\n",
        DIGITS.upper(),
        " ".join(DIGITS[at : at + 4] for at in range(0, 64, 4)),
    ],
)
def test_a_fingerprint_is_read_in_every_form_that_tools_print(text: str) -> None:
    assert Fingerprint().parse(text) == DIGITS
    assert sentences(Fingerprint(), DIGITS) == []


@pytest.mark.parametrize("text", ["", "AB:CD", "sha256", COLONS[:-3], "x" * 10_000_000])
def test_what_is_no_fingerprint_is_kept_as_it_was_typed(text: str) -> None:
    assert Fingerprint().parse(text) == text


def test_text_of_ten_megabytes_is_judged_at_once() -> None:
    for huge in ("-" * 10_000_000, f"{BEGIN}\n" * 370_000, "-----BEGIN " * 900_000):
        before = time.process_time()
        assert [code for code, _ in Certificates().check(huge)] == ["long"]
        assert time.process_time() - before < PROMPT


@pytest.mark.parametrize("key", KEYS, ids=short)
def test_a_private_key_is_in_nothing_that_is_stored(key: str) -> None:
    """Neither in a draft, which is kept before anything is checked."""
    assert dump(Certificates(), key) == ""
    entry = PrivateAuthorityEntry(id="2abc", certificate=key)
    account = put(Account(), "trust.authorities", (entry,))
    given = AuthorityEntry(id="2abc", certificate=key)
    workspace = put(Workspace(), "authorities.entries", (given,))
    stored = f"{content(account)} {to_row(account)} {content(workspace)} {to_row(workspace)}"
    assert "AuthorityEntry" in stored
    assert BODY[0] not in stored
    assert dump(Certificates(), PEM) == PEM
