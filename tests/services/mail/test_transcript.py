"""A transcript holds what was said and no secret, in whatever form it was sent."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.mail.transcript import HIDDEN, LONGEST_LINE, MOST_LINES, Transcript

USER, SECRET = "care@meridia.example", 'pa"ss\\wörd 42'


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def text_of(transcript: Transcript) -> str:
    return "\n".join(line.text for line in transcript.lines)


FORMS = {
    "plain": SECRET,
    "quoted": SECRET.replace("\\", "\\\\").replace('"', '\\"'),
    "base64": coded(SECRET),
    "PLAIN": coded(f"\0{USER}\0{SECRET}"),
    "PLAIN with identity": coded(f"{USER}\0{USER}\0{SECRET}"),
}


@pytest.mark.parametrize("side", ["C", "S"])
@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_in_each_form_on_both_sides(side: str, form: str) -> None:
    transcript = Transcript()
    transcript.hide(USER, SECRET)
    transcript.said(side, f"x {FORMS[form]} y".encode())
    assert FORMS[form] not in text_of(transcript)
    assert HIDDEN in text_of(transcript)


@pytest.mark.parametrize(
    "line",
    [
        'ABCD1 LOGIN care "x1"',
        'ABCD1 LOGIN "ca re" x1',
        "ABCD1 AUTHENTICATE PLAIN x1",
        "AUTH PLAIN x1",
        "auth login x1",
        "AUTH XOAUTH2 x1",
    ],
)
def test_what_follows_a_login_command_is_hidden_even_if_nobody_knows_it(line: str) -> None:
    transcript = Transcript()
    transcript.said("C", line.encode())
    assert "x1" not in text_of(transcript)
    assert line.split()[0] in text_of(transcript)


def test_an_answer_to_a_challenge_is_hidden_whole() -> None:
    transcript = Transcript()
    transcript.during_login(True)
    digest = hmac.new(b"s", b"c", hashlib.md5).hexdigest()
    transcript.said("C", f"{coded(f'{USER} {digest}')}\r\n".encode())
    transcript.during_login(False)
    transcript.said("C", b"EHLO here\r\n")
    assert [line.text for line in transcript.lines] == [HIDDEN, "EHLO here"]


LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P"], exclude_characters=HIDDEN)


@given(st.text(LETTERS, min_size=4, max_size=40), st.binary(max_size=80), st.binary(max_size=80))
def test_no_secret_comes_out_whatever_stands_around_it(
    secret: str, before: bytes, after: bytes
) -> None:
    transcript = Transcript()
    transcript.hide(USER, secret)
    transcript.said("S", before + secret.encode() + after)
    assert secret not in text_of(transcript)


def test_it_stays_small_whatever_is_said() -> None:
    transcript = Transcript()
    transcript.said("S", b"x" * 1_000_000)
    for _ in range(MOST_LINES * 2):
        transcript.said("S", b"again")
    assert len(transcript.lines) == MOST_LINES + 1
    assert max(len(line.text) for line in transcript.lines) < LONGEST_LINE + 50


def test_control_characters_cannot_act_on_a_terminal() -> None:
    transcript = Transcript()
    transcript.said("S", b"250 \x1b[31mred\x07")
    assert text_of(transcript) == "250 ·[31mred·"
