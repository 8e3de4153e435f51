"""Letter: a whole message with its people, texts and attachments, however it was made."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.messages.letter import (
    LONGEST_TEXT,
    MOST_LINES,
    Attachment,
    Letter,
    Person,
    read_message,
)
from motion_desk.services.messages.reading import Unreadable


def written() -> EmailMessage:
    """An ordinary message with two texts and an attachment."""
    made = EmailMessage()
    made["Subject"] = "Größe & Preis"
    made["From"] = "Ångström, Åsa <asa@example.test>"
    made["To"] = '"Desk, Help" <help@example.test>, b@example.test'
    made["Cc"] = "c@example.test"
    made["Date"] = "Mon, 23 Nov 2026 12:01:26 +0100"
    made["Message-ID"] = "<one@example.test>"
    made["In-Reply-To"] = "<zero@example.test>"
    made["References"] = "<first@example.test> <zero@example.test>"
    made.set_content("Grüße\n")
    made.add_alternative("<p>Grüße</p>", subtype="html")
    made.add_attachment(b"x" * 1_000, maintype="image", subtype="png", filename="Bild ü.png")
    return made


def test_a_message_is_read_whole() -> None:
    found = read_message(written().as_bytes())
    assert found.subject == "Größe & Preis"
    assert found.to == (Person("Desk, Help", "help@example.test"), Person("", "b@example.test"))
    assert found.cc == (Person("", "c@example.test"),)
    assert found.date == datetime(2026, 11, 23, 11, 1, 26, tzinfo=UTC)
    assert found.message_id == "<one@example.test>"
    assert found.references == ("<first@example.test>", "<zero@example.test>")
    assert (found.text, found.html.strip()) == ("Grüße\n", "<p>Grüße</p>")
    assert found.attachments == (Attachment("Bild ü.png", "image/png", 1_000),)
    assert found.left_out == ()
    assert found.incoming.first("subject") == "Größe & Preis"


def test_an_encoded_name_with_a_comma_is_one_person() -> None:
    found = read_message(b"From: =?utf-8?q?Meier=2C_Anna?= <a@b.example>\n\n")
    assert found.sender == Person("Meier, Anna", "a@b.example")


def test_text_in_a_wrong_or_missing_charset_is_read_as_far_as_can_be() -> None:
    for charset, content in (
        ("; charset=utf-8", "ü".encode("cp1252")),
        ("; charset=no-such", "ü".encode()),
        ("; charset=idna", b"a"),
        ("", "ü".encode("cp1252")),
    ):
        data = b"X: y\nContent-Type: text/plain" + charset.encode() + b"\n\n" + content
        assert read_message(data).text in ("\ufffd", "ü", "a")


def test_what_is_nested_without_end_or_too_large_is_told() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(3_000)
    )
    found = read_message(b"Subject: deep\n" + deep + b"\n\nend")
    assert found.subject == "deep"
    assert len(found.left_out) == 1
    with pytest.raises(Unreadable, match="50 MB"):
        read_message(b"X: y\n\n" + b"x" * (50 * 1024 * 1024))
    with pytest.raises(Unreadable, match="no header"):
        read_message(b"")


def test_of_a_field_without_end_its_beginning_counts() -> None:
    start = b"Subject: s\r\nContent-Type: text/plain; charset=latin-1" + b";a=b" * 3_000
    found = read_message(start + b"; name=late.txt\r\n\r\nGr\xfc\xdfe")
    assert (found.text, found.attachments) == ("Grüße", ())


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"], ids=["crlf", "lf", "cr"])
def test_more_lines_than_memory_should_hold_are_left_out(end: bytes) -> None:
    head = b"Subject: s" + end * 2
    found = read_message(head + end * MOST_LINES + b"late")
    assert found.left_out[0] == f"Only the first {MOST_LINES:,} lines were read."
    whole = read_message(head + end * (MOST_LINES - 2))
    assert whole.left_out == (f"Only the first {LONGEST_TEXT:,} characters were kept.",)


def test_hostile_addresses_end_soon() -> None:
    for content in (b"(" * 90_000, b'"' * 90_000, b"," * 90_000, b"<" * 90_000, b"a@b," * 25_000):
        began = perf_counter()
        read_message(b"From: a@b\nTo: " + content + b"\n\n")
        assert perf_counter() - began < 5


@given(st.binary(max_size=400))
def test_anything_is_a_letter_or_refused_with_a_sentence(content: bytes) -> None:
    for data in (content, b"Subject: a\n" + content, _with_noise(content)):
        try:
            found: Letter | str = read_message(data)
        except Unreadable as error:
            found = error.sentence
        assert isinstance(found, Letter) or found.endswith(".")


def _with_noise(content: bytes) -> bytes:
    """A message in several parts with bytes of no kind in its middle."""
    whole = written().as_bytes()
    middle = len(whole) // 2
    return whole[:middle] + content + whole[middle:]
