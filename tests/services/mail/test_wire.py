"""A wire reads and writes within a time and a size, and ends when it is told to."""

from __future__ import annotations

import threading
import tracemalloc
from time import monotonic

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import Closed, Late, TlsRefused, TooMuch
from motion_desk.services.mail.tls import secure
from motion_desk.services.mail.wire import MOST_AT_ONCE, Wire
from tests.patience import PROMPT
from tests.services.mail.scripted import Play, saying, silence, without_end
from tests.services.mail.wired import wired


def test_lines_come_whole_however_they_were_sent() -> None:
    with wired(saying(b"220 he", b"llo\r\n250 o", b"k\r\n")) as wire:
        wire.allow(5)
        assert wire.readline() == b"220 hello\r\n"
        assert wire.readline() == b"250 ok\r\n"


def test_a_line_that_was_looked_at_stays_to_be_read() -> None:
    with wired(saying(b"* OK hello\r\n")) as wire:
        wire.allow(5)
        assert wire.peek_line() == b"* OK hello\r\n"
        assert wire.readline() == b"* OK hello\r\n"


def test_silence_ends_at_the_deadline() -> None:
    with wired(silence) as wire:
        wire.allow(0.1)
        begun = monotonic()
        with pytest.raises(Late) as caught:
            wire.readline()
        assert 0.1 <= monotonic() - begun < PROMPT
        assert not caught.value.begun


def test_one_byte_after_another_does_not_move_the_deadline() -> None:
    def drip(connection: object) -> None:
        waiting = threading.Event()
        while True:
            connection.sendall(b"x")  # type: ignore[attr-defined]
            waiting.wait(0.01)

    with wired(drip) as wire:
        wire.allow(0.2)
        begun = monotonic()
        with pytest.raises(Late) as caught:
            wire.readline()
        assert monotonic() - begun < PROMPT
        assert caught.value.begun


def test_a_line_without_end_is_given_up_and_takes_little_memory() -> None:
    with wired(without_end(b"x" * 65_536)) as wire:
        wire.allow(20)
        tracemalloc.start()
        try:
            with pytest.raises(TooMuch):
                wire.readline()
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()


def test_lines_without_end_are_given_up() -> None:
    with wired(without_end(b"250-more\r\n" * 500)) as wire:
        wire.allow(20, 200_000)
        with pytest.raises(TooMuch):
            all(iter(wire.readline, b""))


def test_a_literal_of_four_gigabytes_is_refused_before_it_is_read() -> None:
    with wired(without_end(b"x" * 65_536)) as wire:
        wire.allow(5)
        with pytest.raises(TooMuch):
            wire.read(2**32)
        assert MOST_AT_ONCE < 2**32


def test_the_end_of_a_connection_is_told() -> None:
    def leave(connection: object) -> None:
        connection.sendall(b"* OK ")  # type: ignore[attr-defined]

    with wired(leave) as wire:
        wire.allow(5)
        with pytest.raises(Closed):
            wire.readline()


@pytest.mark.parametrize("play", [silence, without_end(b"x" * 65_536)], ids=["silent", "busy"])
def test_a_stop_ends_whatever_is_waited_for(play: Play) -> None:
    stop = threading.Event()
    ended: list[float] = []

    def read(wire: Wire) -> None:
        wire.allow(30, 10**12)
        try:
            while True:
                wire.read(1)
        except Stopped:
            ended.append(monotonic())

    with wired(play, stop) as wire:
        thread = threading.Thread(target=read, args=(wire,))
        thread.start()
        asked = monotonic()
        stop.set()
        thread.join(2 * PROMPT)
    assert ended[0] - asked < PROMPT


def test_a_stop_ends_a_tls_handshake_that_is_never_answered() -> None:
    stop = threading.Event()
    with wired(silence, stop) as wire:
        wire.allow(30)
        threading.Timer(0.05, stop.set).start()
        begun = monotonic()
        with pytest.raises(Stopped):
            secure(wire, "mail.example")
        assert monotonic() - begun < PROMPT


def test_tls_to_a_port_that_speaks_clear_text_is_refused_with_a_reason() -> None:
    with wired(saying(b"* OK hello\r\n")) as wire:
        wire.allow(5)
        with pytest.raises(TlsRefused) as caught:
            secure(wire, "mail.example")
        assert "WRONG_VERSION_NUMBER" in caught.value.reason


def test_what_a_server_says_ahead_of_tls_is_never_taken_for_encrypted() -> None:
    with wired(saying(b"220 go\r\n250 injected\r\n")) as wire:
        wire.allow(5)
        wire.readline()
        with pytest.raises(TooMuch):
            secure(wire, "mail.example")


def test_round_trips_are_counted_by_answers_that_were_waited_for() -> None:
    def play(connection: object) -> None:
        connection.sendall(b"hello\r\n")  # type: ignore[attr-defined]
        while connection.recv(100):  # type: ignore[attr-defined]
            connection.sendall(b"one\r\ntwo\r\n")  # type: ignore[attr-defined]

    with wired(play) as wire:
        wire.allow(5)
        wire.readline()
        assert wire.round_trips == 2  # TCP's, and the greeting's
        wire.send(b"ask\r\n")
        wire.readline()
        wire.readline()
        assert wire.round_trips == 3
