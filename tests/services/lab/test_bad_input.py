"""Faults that send what no server should, as a client sees them."""

import time

import pytest

from motion_desk.services.lab import Lab
from tests.services.lab.clients import Client, imap, logged_in, plain
from tests.services.lab.conftest import SCALE


@pytest.mark.parametrize(("port", "command"), [(993, "a1 CAPABILITY"), (465, "EHLO here")])
def test_replies_are_bytes_without_meaning(lab: Lab, port: int, command: str) -> None:
    lab.show("garbage-lines")
    with Client(lab, port) as client:
        assert client.line().startswith(("* OK ", "220 "))
        client.say(command)
        reply = client.raw_line()
        assert reply.endswith(b"\r\n")
        with pytest.raises(UnicodeDecodeError):
            reply.decode("utf-8")


@pytest.mark.parametrize(("port", "command"), [(993, "a1 CAPABILITY"), (465, "EHLO here")])
def test_a_reply_is_a_line_without_end(lab: Lab, port: int, command: str) -> None:
    lab.show("endless-line")
    with Client(lab, port) as client:
        client.line()
        client.say(command)
        line = client.some(2**21)
        assert len(line) == 2**21
        assert b"\n" not in line


def test_a_literal_announces_4_gb_and_does_not_end(lab: Lab) -> None:
    lab.show("huge-literal")
    with logged_in(lab) as client:
        client.ask("EXAMINE INBOX")
        client.say("x UID FETCH 1:* (BODY.PEEK[HEADER])")
        assert client.line() == "* 1 FETCH (BODY[HEADER] {4294967296}"
        assert len(client.some(2**21)) == 2**21


@pytest.mark.parametrize("port", [993, 143, 465, 587])
def test_half_a_greeting_is_followed_by_silence(lab: Lab, port: int) -> None:
    lab.show("half-greeting")
    with Client(lab, port) as client:
        half = client.until_silent()
    assert half.startswith((b"* OK ", b"220 "))
    assert b"\n" not in half


@pytest.mark.parametrize("port", [993, 465])
def test_bytes_come_one_by_one(lab: Lab, port: int) -> None:
    lab.show("one-byte")
    with Client(lab, port) as client:
        began = time.monotonic()
        assert client.some(11) in (b"* OK [CAPAB", b"220 mail.la")
        assert time.monotonic() - began >= 10 * SCALE * 0.95


def test_answers_have_tags_that_were_never_asked(lab: Lab) -> None:
    lab.show("strange-tags")
    with imap(lab) as client:
        for command in ("a1 NOOP", "a2 CAPABILITY", "a3 LOGIN anna any"):
            client.say(command)
            line = client.line()
            while line.startswith("* "):
                line = client.line()
            assert line.startswith("zz")


@pytest.mark.parametrize("command", ["LOGIN anna secret", f"AUTHENTICATE PLAIN {plain('a', 'b')}"])
def test_imap_repeats_the_line_of_a_log_in(lab: Lab, command: str) -> None:
    lab.show("echo")
    with imap(lab) as client:
        assert client.ask("NOOP")[-1].startswith("OK ")
        assert client.ask(command) == [f"BAD unknown command: a2 {command}"]


def test_imap_repeats_the_lines_after_a_log_in(lab: Lab) -> None:
    lab.show("echo")
    with imap(lab) as client:
        client.say("x AUTHENTICATE PLAIN")
        assert client.line() == "+ "
        client.say(plain("anna", "secret"))
        assert client.line() == f"x BAD unknown command: {plain('anna', 'secret')}"
        client.say("y LOGIN anna {6+}\r\nsecret")
        assert client.line() == "y BAD unknown command: y LOGIN anna {6+} secret"


def test_smtp_repeats_the_line_of_a_log_in(lab: Lab) -> None:
    lab.show("echo")
    with Client(lab, 465) as client:
        client.line()
        client.smtp("EHLO here")
        secret = plain("anna", "secret")
        said = f"500 5.5.2 unknown command: AUTH PLAIN {secret}"
        assert client.smtp(f"AUTH PLAIN {secret}") == [said]
        assert client.smtp("AUTH LOGIN") == ["334 "]
        assert client.smtp(secret) == [f"500 5.5.2 unknown command: {secret}"]
