"""The two clients say what a test needs, read what comes back, and tell a no from nonsense."""

from __future__ import annotations

import base64
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from motion_desk.services.mail.errors import Closed, MailError, Nonsense, Refused, TooMuch
from motion_desk.services.mail.imap import NOT_LOGGED_IN, Imap
from motion_desk.services.mail.smtp import MECHANISMS, Smtp
from tests.services.mail.scripted import Play, saying
from tests.services.mail.wired import wired

CAPABLE = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"


def imap_server(answers: dict[str, bytes]) -> Play:
    """An IMAP server that has an answer for each command; ``TAG`` in it is the command's tag."""

    def play(connection: socket.socket) -> None:
        connection.sendall(b"* OK ready\r\n")
        lines = connection.makefile("rb")
        for line in lines:
            tag, command, *_ = line.split()
            word = command.decode().upper()
            known = {"CAPABILITY": CAPABLE + b"TAG OK done\r\n", **answers}
            connection.sendall(known.get(word, b"TAG OK done\r\n").replace(b"TAG", tag))

    return play


@contextmanager
def imap(answers: dict[str, bytes]) -> Iterator[Imap]:
    with wired(imap_server(answers)) as wire:
        wire.allow(5)
        client = Imap(wire)
        if "LOGIN" not in answers:
            client.log_in("care", "secret")
        yield client


@contextmanager
def smtp(*replies: bytes) -> Iterator[tuple[Smtp, list[bytes]]]:
    """A client of a server that gives the replies in turn, and what the client said."""
    said: list[bytes] = []

    def play(connection: socket.socket) -> None:
        connection.sendall(b"220 ready\r\n")
        lines = connection.makefile("rb")
        for reply in replies:
            said.append(lines.readline())
            connection.sendall(reply)
        lines.read()

    with wired(play) as wire:
        wire.allow(5)
        yield Smtp(wire), said


REFUSALS = {
    b"NO [AUTHENTICATIONFAILED] Wrong.": ("AUTHENTICATIONFAILED", "Wrong."),
    b"NO [LIMIT] Too many": ("LIMIT", "Too many"),
    b"NO LOGIN failed.": ("", "LOGIN failed."),
    b"BAD what is this": ("BAD", "what is this"),
    "NO [ALERT] It's “quoted”".encode(): ("ALERT", "It's “quoted”"),
}


@pytest.mark.parametrize("answer", REFUSALS, ids=lambda each: each.decode())
def test_imaps_no_comes_with_its_code_and_words(answer: bytes) -> None:
    refusal = {"LOGIN": b"TAG " + answer + b"\r\n"}
    with imap(refusal) as client, pytest.raises(Refused) as caught:
        client.log_in("care", "secret")
    assert (caught.value.code, caught.value.words) == REFUSALS[answer]


def test_a_bye_in_place_of_an_answer_is_the_end() -> None:
    with imap({"LOGIN": b"* BYE overloaded\r\n"}) as client, pytest.raises(Closed) as caught:
        client.log_in("care", "secret")
    assert "overloaded" in str(caught.value)


BROKEN: dict[str, tuple[str, bytes, type[MailError]]] = {
    "a tag that was never asked": ("LIST", b"XXXX9 OK done\r\n", Nonsense),
    "no IMAP at all": ("LIST", b"\x00\xff\xfe\r\n", Nonsense),
    "a literal of 4 GB": ("LIST", b"* LIST {4294967296}\r\n", TooMuch),
    "a literal without a size": ("LIST", b"* LIST () {x}\r\nTAG OK done\r\n", Nonsense),
    "half a list": ("LIST", b'* LIST (\\A "/" \r\nTAG OK done\r\n', Nonsense),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_is_no_imap_is_nonsense_and_no_crash(name: str) -> None:
    command, answer, kind = BROKEN[name]
    with imap({command: answer}) as client:
        ask: dict[str, Callable[[], object]] = {
            "LIST": client.folders,
            "STATUS": lambda: client.examine("INBOX"),
        }
        with pytest.raises(kind):
            ask[command]()


def test_what_takes_a_login_is_refused_without_one() -> None:
    with imap({"LOGIN": b""}) as client, pytest.raises(Refused) as caught:
        client.examine("INBOX")
    assert caught.value.code == NOT_LOGGED_IN


def test_mailboxes_are_listed_with_their_real_names() -> None:
    listed = b'* LIST (\\HasNoChildren) "/" "R&APw-ckfragen"\r\n* LIST () "/" INBOX\r\nTAG OK x\r\n'
    with imap({"LIST": listed}) as client:
        assert [folder.name for folder in client.folders()] == ["Rückfragen", "INBOX"]


def test_replies_of_many_lines_are_read_whole() -> None:
    with smtp(b"250-mail.example\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n") as (client, said):
        assert client.hello() == ("SIZE 1000", "AUTH PLAIN")
    assert said[0].startswith(b"EHLO ")


def test_smtps_no_comes_with_its_codes_and_words() -> None:
    reply = b"550-5.7.1 You may not\r\n550 5.7.1 send as this.\r\n"
    with smtp(reply) as (client, _), pytest.raises(Refused) as caught:
        client.sender("care@meridia.example")
    assert (caught.value.code, caught.value.words) == ("550 5.7.1", "You may not send as this.")


@pytest.mark.parametrize(
    "reply", [b"hello\r\n", b"99 low\r\n", b"\xff\xfe\r\n", b"25\r\n", b"2501 x\r\n"]
)
def test_a_reply_that_is_no_smtp_is_nonsense(reply: bytes) -> None:
    with smtp(reply) as (client, _), pytest.raises(Nonsense):
        client.hello()


def test_a_reply_of_endless_lines_is_nonsense() -> None:
    with smtp(b"250-more\r\n" * 5_000) as (client, _), pytest.raises(Nonsense):
        client.hello()


def coded(text: str) -> bytes:
    return base64.b64encode(text.encode())


CONVERSATIONS: dict[str, tuple[list[bytes], Callable[[bytes], bool]]] = {
    "PLAIN": ([b"235 ok\r\n"], lambda said: said == b"AUTH PLAIN " + coded("\0cäre\0sécret")),
    "LOGIN": (
        [b"334 VXNlcm5hbWU6\r\n", b"334 UGFzc3dvcmQ6\r\n", b"235 ok\r\n"],
        lambda said: said == b"AUTH LOGIN" + coded("cäre") + coded("sécret"),
    ),
    "CRAM-MD5": (
        [b"334 " + coded("<1@x>") + b"\r\n", b"235 ok\r\n"],
        lambda said: base64.b64decode(said.removeprefix(b"AUTH CRAM-MD5")).startswith(
            "cäre ".encode()
        ),
    ),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_each_mechanism_says_the_login_in_utf_8_once(mechanism: str) -> None:
    replies, is_right = CONVERSATIONS[mechanism]
    with smtp(*replies) as (client, said):
        client.log_in(mechanism, "cäre", "sécret")
    assert is_right(b"".join(line.strip() for line in said))


def test_a_line_break_in_an_address_never_becomes_a_command() -> None:
    with smtp() as (client, said), pytest.raises(ValueError, match="line break"):
        client.recipient("care@meridia.example>\r\nDATA")
    assert said == []


def test_a_server_that_hangs_up_is_told_from_one_that_says_no() -> None:
    def leave(connection: socket.socket) -> None:
        connection.sendall(b"220 ready\r\n")

    with wired(leave) as wire:
        wire.allow(5)
        client = Smtp(wire)
        with pytest.raises(Closed):
            client.hello()


def test_a_greeting_that_is_no_is_a_refusal() -> None:
    with wired(saying(b"554 go away\r\n")) as wire:
        wire.allow(5)
        with pytest.raises(Refused):
            Smtp(wire)
