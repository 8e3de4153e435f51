"""XOAUTH2: sent once, refused with the server's reasons, and hidden in every transcript."""

from __future__ import annotations

import base64
import json
import socket
import threading
from collections.abc import Callable
from time import monotonic
from typing import Self

import pytest

from motion_desk.services.mail import sockets
from motion_desk.services.mail.errors import Nonsense, Refused
from motion_desk.services.mail.imap import Imap
from motion_desk.services.mail.names import Place
from motion_desk.services.mail.smtp import Smtp
from motion_desk.services.mail.transcript import HIDDEN, Transcript
from motion_desk.services.mail.wire import Wire
from motion_desk.services.mail.xoauth2 import initial_response
from tests.services.mail.scripted import Play, server

USER = "anna@meridia.example"
TOKEN = "eyJhbGciOiJSUzI1NiJ9." + "canary" * 200 + ".sig"
REASON = json.dumps({"status": "400", "schemes": "Bearer"})
CHALLENGE = base64.b64encode(REASON.encode())


def talk(play: Play, act: Callable[[Wire], str]) -> tuple[str, Transcript]:
    """What comes of talking to a scripted server, and the transcript of it."""
    transcript = Transcript()
    transcript.hide_token(USER, TOKEN)
    stop = threading.Event()
    with server(play) as (host, port):
        connected, _ = sockets.connect([Place(host, port)], until=monotonic() + 5, stop=stop)
        wire = Wire(connected, transcript, stop)
        wire.allow(5)
        transcript.during_login(True)
        try:
            return act(wire), transcript
        except Refused as refused:
            return f"{refused.code}|{refused.words}|{refused.challenge}", transcript
        finally:
            wire.close()


def by_imap(wire: Wire) -> str:
    return Imap(wire).log_in_token(USER, TOKEN)


def by_smtp(wire: Wire) -> str:
    return Smtp(wire).log_in_token(USER, TOKEN)


class Heard:
    """A server's lines of a client."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._file = connection.makefile("rb")
        self.said: list[bytes] = []

    def line(self) -> bytes:
        self.said.append(self._file.readline().rstrip(b"\r\n"))
        return self.said[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def imap(end: bytes, *, challenge: bytes | None, heard: list[bytes]) -> Play:
    def play(connection: socket.socket) -> None:
        with Heard(connection) as lines:
            told(lines)

    def told(lines: Heard) -> None:
        connection = lines.connection
        connection.sendall(b"* OK ready\r\n")
        tag = lines.line().split()[0]
        connection.sendall(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
        tag = lines.line().split()[0]
        connection.sendall(b"+ \r\n")
        lines.line()
        if challenge is not None:
            connection.sendall(b"+ " + challenge + b"\r\n")
            lines.line()
        heard.extend(lines.said)
        connection.sendall(tag + b" " + end + b"\r\n")
        lines.line()

    return play


def smtp(end: bytes, *, challenge: bytes | None, heard: list[bytes]) -> Play:
    def play(connection: socket.socket) -> None:
        with Heard(connection) as lines:
            told(lines)

    def told(lines: Heard) -> None:
        connection = lines.connection
        connection.sendall(b"220 ready\r\n")
        assert len(lines.line()) <= 510
        connection.sendall(b"334 \r\n")
        lines.line()
        if challenge is not None:
            connection.sendall(b"334 " + challenge + b"\r\n")
            lines.line()
        heard.extend(lines.said)
        connection.sendall(end + b"\r\n")
        lines.line()

    return play


BOTH = pytest.mark.parametrize(
    ("serve", "act", "good", "bad"),
    [
        (imap, by_imap, b"OK in", b"NO [AUTHENTICATIONFAILED] no"),
        (smtp, by_smtp, b"235 2.7.0 in", b"535 5.7.8 no"),
    ],
    ids=["IMAP", "SMTP"],
)


@BOTH
def test_the_token_is_sent_once_with_its_user(
    serve: Callable[..., Play], act: Callable[[Wire], str], good: bytes, bad: bytes
) -> None:
    heard: list[bytes] = []
    said, transcript = talk(serve(good, challenge=None, heard=heard), act)
    assert "in" in said
    sent = base64.b64decode(heard[-1].rpartition(b" ")[2])
    assert sent == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01".encode()
    assert HIDDEN in repr(transcript.lines)
    assert "canary" not in repr(transcript.lines)


@BOTH
def test_a_refusal_is_acknowledged_by_an_empty_line_and_keeps_the_reasons(
    serve: Callable[..., Play], act: Callable[[Wire], str], good: bytes, bad: bytes
) -> None:
    heard: list[bytes] = []
    said, _ = talk(serve(bad, challenge=CHALLENGE, heard=heard), act)
    assert heard[-1] == b""
    assert said.endswith(f"|no|{REASON}")


@BOTH
def test_reasons_that_are_no_base64_are_no_reason_to_fail_otherwise(
    serve: Callable[..., Play], act: Callable[[Wire], str], good: bytes, bad: bytes
) -> None:
    try:
        said, _ = talk(serve(bad, challenge=b"\xff?", heard=[]), act)
    except Nonsense:
        return
    assert "no" in said


@BOTH
def test_a_token_that_is_said_back_whole_or_cut_off_is_hidden(
    serve: Callable[..., Play], act: Callable[[Wire], str], good: bytes, bad: bytes
) -> None:
    whole = base64.b64encode(initial_response(USER, TOKEN))
    for echo in (whole, whole[:300], TOKEN.encode(), TOKEN[:100].encode()):
        _, transcript = talk(serve(bad + b" " + echo, challenge=None, heard=[]), act)
        text = repr(transcript.lines)
        assert echo[:40].decode() not in text
        assert "canary" not in text


@pytest.mark.parametrize("bad", ["a\x01b", "a\r\nb", "a\0b"])
def test_a_control_character_never_gets_into_the_response(bad: str) -> None:
    with pytest.raises(ValueError, match="control"):
        initial_response(bad, TOKEN)
    with pytest.raises(ValueError, match="control"):
        initial_response(USER, bad)
