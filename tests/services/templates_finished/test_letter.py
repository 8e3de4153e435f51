"""A letter is a message that mail programs read back as it was meant, and nothing can be injected."""

from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.templates.finished.letter import LetterError, letter

GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PICTURE = f"data:image/gif;base64,{GIF}"


def written(html: str = "<p>Hi</p>", **given: object) -> bytes:
    values = {"subject": "Hello", "sender": "a@a.example", "recipient": "b@b.example"} | given
    return letter(html, **values)  # type: ignore[arg-type]  # names and types are the test's own


def message(html: str = "<p>Hi</p>", **given: object) -> EmailMessage:
    return message_from_bytes(written(html, **given), policy=default)


def test_a_letter_has_text_and_html() -> None:
    made = message("<p>Grüße, <b>Ann</b></p>")
    assert made.get_content_type() == "multipart/alternative"
    text, html = made.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().strip() == "Grüße, Ann"
    assert html.get_content().strip() == "<p>Grüße, <b>Ann</b></p>"
    assert made["MIME-Version"] == "1.0"
    assert made["Message-ID"].endswith("@a.example>")


def test_a_text_part_of_its_own_is_taken() -> None:
    text, _ = message(text="mine\n").iter_parts()
    assert text.get_content().splitlines() == ["mine"]


def test_lines_end_in_cr_lf_and_none_is_too_long() -> None:
    content = written("<p>" + "x" * 3_000 + "</p>\n<p>ä\r</p>", subject="é" * 500)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_long_html_stays_the_same() -> None:
    html = "<p>€ " + "x" * 300_000 + "</p>"
    _, part = message(html).iter_parts()
    assert part.get_content().strip() == html


def test_the_date_is_that_given_or_now() -> None:
    zone = timezone(timedelta(hours=2))
    assert message(date=datetime(2030, 5, 6, 7, 8, 9, tzinfo=zone))["Date"] == (
        "Mon, 06 May 2030 07:08:09 +0200"
    )
    now = message()["Date"].datetime
    assert abs((now - datetime.now(UTC)).total_seconds()) < 60


WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters='<>"\\@'),
    min_size=1,
    max_size=30,
)


def raw(content: bytes, name: str) -> str:
    """A header as it was sent. Python 3.11's modern parser puts spaces between encoded words."""
    return str(message_from_bytes(content, policy=compat32)[name])


def read(text: str) -> str:
    return str(make_header(decode_header(text)))


TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(TEXTS)
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    content = written(subject=subject)
    sent = raw(content, "Subject")
    assert sent.isascii()
    assert all(len(line) <= 78 for line in f"Subject: {sent}".splitlines())
    assert read(sent).replace("\n", "").replace("\r", "") == subject


@given(TEXTS)
def test_a_name_comes_back_as_it_was(name: str) -> None:
    sent = raw(written(sender=f"{name} <ann@a.example>"), "From")
    shown, address = parseaddr(sent.replace("\r\n", ""))
    assert address == "ann@a.example"
    assert read(shown) == name


@pytest.mark.parametrize("subject", ["=?utf-8?q?x?=", "a  b", "x" * 200, "", "?= =?"])
def test_a_subject_that_looks_encoded_or_has_no_room_comes_back(subject: str) -> None:
    assert read(raw(written(subject=subject), "Subject")) == subject


def test_plain_headers_stay_readable() -> None:
    content = written(subject="Your order is on its way", sender='"Holm, Ann" <a@a.example>')
    assert b"Subject: Your order is on its way\r\n" in content
    assert b'From: "Holm, Ann" <a@a.example>\r\n' in content


def test_a_name_in_quotes_is_meant_without_them() -> None:
    [address] = message(sender=r'"Holm, \"Ann\"" <ann@a.example>')["From"].addresses
    assert address.display_name == 'Holm, "Ann"'


def test_a_domain_beyond_ascii_is_written_as_its_a_label() -> None:
    assert message(recipient="b@straße.example")["To"] == "b@xn--strae-oqa.example"


CONTROLS = [
    "\r\nBcc: x@x.example",
    "\nBcc: x",
    "\r",
    "\0",
    "\x0b",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
]


@pytest.mark.parametrize("bad", CONTROLS, ids=ascii)
@pytest.mark.parametrize("place", ["subject", "sender", "recipient"])
def test_a_control_in_a_header_is_refused(place: str, bad: str) -> None:
    value = f"Hi{bad}" if place == "subject" else f"Ann{bad} <a@a.example>"
    with pytest.raises(LetterError, match="line end or control"):
        written(**{place: value})


@pytest.mark.parametrize("place", ["sender", "recipient"])
def test_a_control_in_an_address_is_refused(place: str) -> None:
    with pytest.raises(LetterError):
        written(**{place: "Ann <a@a.example\r\nBcc: x@x.example>"})


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "@a.example",
        "a@",
        "a b@a.example",
        "a@a..example",
        "a@-a.example",
        "a@b@",
        "a@a.example, b@b.example",
        "Ann <a@a.example> <b@b.example>",
        "a@a.example>",
        "Ann <>",
        "x" * 65 + "@a.example",
        "a@" + "b" * 64 + ".example",
        "ä@a.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(LetterError, match="address") as refused:
        written(recipient=address)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("bad", ["\ud800", "\0"], ids=ascii)
@pytest.mark.parametrize("place", ["html", "text", "subject", "sender"])
def test_what_cannot_be_sent_is_refused(place: str, bad: str) -> None:
    value = f"a{bad} <a@a.example>" if place == "sender" else f"a{bad}"
    with pytest.raises(LetterError, match=r"cannot be sent|control"):
        written(**{place: value})


def test_a_subject_without_end_is_refused() -> None:
    with pytest.raises(LetterError, match="characters"):
        written(subject="x" * 5_000)


def test_embedded_images_become_parts_on_request() -> None:
    html = f'<p><img src="{PICTURE}"><img src={PICTURE}></p><img src="data:image/gif;base64,??">'
    made = message(html, attaches_images=True)
    _, related = made.iter_parts()
    assert related.get_content_type() == "multipart/related"
    assert related["Content-Type"].params["type"] == "text/html"
    page, image = cast(EmailMessage, related).iter_parts()
    name = image["Content-ID"].strip("<>")
    assert page.get_content().count(f"cid:{name}") == 2
    assert "data:image/gif;base64,??" in page.get_content()
    assert image.get_content_type() == "image/gif"
    assert image.get_content().startswith(b"GIF89a")


def test_embedded_images_stay_where_nobody_asks() -> None:
    _, html = message(f'<img src="{PICTURE}">').iter_parts()
    assert PICTURE in html.get_content()
