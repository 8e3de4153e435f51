"""Hosts, web addresses and email addresses: what is one, and what is told of the others."""

import pytest

from motion_desk.models.internet import Address, Host, Url
from motion_desk.models.kinds import SENTENCES, Kind
from tests.models.test_certificates import BAD_CERTIFICATES, BAD_FINGERPRINTS
from tests.models.test_kinds import BAD, sentences, short

HOSTS = [
    "",
    "localhost",
    "mail.example.com",
    "mail.example.com.",
    "MAIL.Example.COM",
    "mail-1.example.com",
    "_dmarc.example.com",
    "1und1.example",
    "straße.example",
    "почта.example",
    "例え.テスト",
    "xn--strae-oqa.example",
    "192.0.2.7",
    "2001:db8::1",
    "::1",
    "[2001:db8::1]",
    "fe80::1%eth0",
    f"{'a' * 63}.example",
    ".".join(["a" * 63] * 3 + ["a" * 61]),
]

BAD_HOSTS = [
    ("mail example.com", "host"),
    ("mail..example.com", "host"),
    (".example.com", "host"),
    (".", "host"),
    ("-mail.example.com", "host"),
    ("mail-.example.com", "host"),
    (f"{'a' * 64}.example", "host"),
    (".".join(["a" * 63] * 3 + ["a" * 62]), "host"),
    ("192.0.2", "host"),
    ("192.0.2.256", "host"),
    ("[192.0.2.7]", "host"),
    ("[mail.example.com]", "host"),
    ("2001:db8::1::2", "host"),
    ("mail.example.com/inbox", "host"),
    ("support@example.com", "host"),
    ("mail.example.com:imap", "host"),
    ("mail.example.com:", "host"),
    ("mail.example.com:993", "port_in_host"),
    ("192.0.2.7:993", "port_in_host"),
    ("[2001:db8::1]:993", "port_in_host"),
    ("localhost:70000", "port_in_host"),
    ("https://mail.example.com", "url_in_host"),
    ("imaps://mail.example.com:993/INBOX", "url_in_host"),
    ("http://[::1", "url_in_host"),
    (" mail.example.com", "blank"),
    ("mail.example.com\n", "lines"),
    ("mail\0.example.com", "character"),
    ("mail\ud800.example.com", "character"),
    ("a" * 256, "long"),
]

URLS = [
    "",
    "https://motion.example.com",
    "HTTPS://motion.example.com",
    "http://localhost:8080/login",
    "https://192.0.2.7/",
    "https://[2001:db8::1]:8443/",
    "https://straße.example/ä?ö=ü#é",
    "https://user@motion.example.com",
]

BAD_URLS = [
    ("motion.example.com", "url"),
    ("ftp://motion.example.com", "url"),
    ("https:motion.example.com", "url"),
    ("https://", "url"),
    ("https:///login", "url"),
    ("https://motion.example.com:port", "url"),
    ("https://motion.example.com:70000", "url"),
    ("https://motion.example.com:0", "url"),
    ("https://motion example.com", "url"),
    ("https://motion.example.com/log in", "url"),
    ("https://[::1", "url"),
    ("https://192.0.2.256", "url"),
    ("javascript:alert(1)", "url"),
    ("\x01https://motion.example.com", "url"),
    (f"https://motion.example.com/{'a' * 2048}", "long"),
]

ADDRESSES = [
    "",
    "support@example.com",
    "o'brien+tag=1@example.com",
    "support@straße.example",
    "поддержка@почта.example",
    '"front desk"@example.com',
    '"a@b"@example.com',
    f"{'a' * 64}@example.com",
    f"{'ä' * 32}@example.com",
    "support@localhost",
]

BAD_ADDRESSES = [
    ("support", "address"),
    ("support@", "address"),
    ("@example.com", "address"),
    ("support@example..com", "address"),
    ("sup port@example.com", "address"),
    ("sup..port@example.com", "address"),
    (".support@example.com", "address"),
    ("support.@example.com", "address"),
    ("a@b@example.com", "address"),
    ('""@example.com', "address"),
    ("Support <support@example.com>", "address"),
    ("support@example.com, sales@example.com", "address"),
    ("support@192.0.2.7", "address"),
    ("support@2001:db8::1", "address"),
    ("support@example.com:25", "address"),
    ("mailto:support@example.com", "address"),
    (f"{'a' * 65}@example.com", "address"),
    (f"{'ä' * 33}@example.com", "address"),
    (f"a@{'b' * 60}.{'c' * 250}", "long"),
    ("support@example.com ", "blank"),
]

GOOD = [
    *((Host(), text) for text in HOSTS),
    *((Url(), text) for text in URLS),
    *((Address(), text) for text in ADDRESSES),
]
WRONG = [
    *((Host(), *case) for case in BAD_HOSTS),
    *((Url(), *case) for case in BAD_URLS),
    *((Address(), *case) for case in BAD_ADDRESSES),
]


@pytest.mark.parametrize(("kind", "text"), GOOD, ids=short)
def test_a_good_one_is_let_through(kind: Kind, text: str) -> None:
    assert sentences(kind, text) == []


@pytest.mark.parametrize(("kind", "text", "code"), WRONG, ids=short)
def test_a_bad_one_is_told_by_its_code(kind: Kind, text: str, code: str) -> None:
    assert [found for found, _ in kind.check(text)][:1] == [code]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "mail.example.com:993",
            "“mail.example.com:993” contains a port. Put the host here and 993 into the port field.",
        ),
        (
            "https://mail.example.com/x",
            "“https://mail.example.com/x” is a web address. Enter only the host: mail.example.com.",
        ),
        ("a b", "“a b” is not a host name or IP address. Example: mail.example.com."),
    ],
)
def test_what_is_wrong_with_a_host_says_what_to_do(text: str, sentence: str) -> None:
    assert sentences(Host(), text) == [sentence]


def test_every_sentence_about_a_value_is_reached() -> None:
    """By these tables and those of the other kinds."""
    wrong = [*WRONG, *BAD_FINGERPRINTS, *BAD_CERTIFICATES]
    found = {code for kind, text, *_ in wrong for code, _ in kind.check(text)}
    found |= {code for kind, value, _ in BAD for code, _ in kind.check(value)}
    assert found == SENTENCES.keys()
