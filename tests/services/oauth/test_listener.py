"""The listener for the browser takes its own answer only, whatever else arrives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from time import monotonic
from urllib.parse import urlsplit

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.oauth.listener import LARGEST, MOST, Listener
from tests.patience import PROMPT
from tests.services.oauth.signing import get, post, said

STATE = "state-of-ours-1234567890"
GOOD = {"code": "a-code", "state": STATE}


class Waiting:
    """A listener that waits on a thread of its own."""

    def __init__(self, seconds: float = 60) -> None:
        self.stop = threading.Event()
        self.found: Mapping[str, str] | None = None
        self.stopped = False
        self._ready = threading.Event()
        self.address = ""
        self.refused = 0
        self._thread = threading.Thread(target=self._wait, args=(seconds,), daemon=True)
        self._thread.start()
        assert self._ready.wait(5)

    def _wait(self, seconds: float) -> None:
        with Listener() as listener:
            self.address = listener.address
            self._ready.set()
            try:
                self.found = listener.wait(STATE, monotonic() + seconds, self.stop)
            except Stopped:
                self.stopped = True
            self.refused = listener.refused

    def end(self) -> Mapping[str, str] | None:
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self.found


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    waiting = Waiting()
    yield waiting
    waiting.stop.set()
    waiting.end()


@pytest.mark.parametrize("send", [get, post], ids=["by GET", "by POST"])
def test_its_own_answer_is_taken_and_answered_with_a_page(waiting: Waiting, send: object) -> None:
    answer = send(waiting.address, GOOD)  # type: ignore[operator]
    assert waiting.end() == GOOD
    assert answer.startswith("HTTP/1.1 200 OK\r\n")
    for header in ("Cache-Control: no-store", "Referrer-Policy: no-referrer", "default-src 'none'"):
        assert header in answer
    assert "a-code" not in answer


STRANGE = {
    "another state": b"GET /?code=x&state=other HTTP/1.1\r\n\r\n",
    "no state": b"GET /?code=x HTTP/1.1\r\n\r\n",
    "our state twice": f"GET /?code=x&state={STATE}&state={STATE} HTTP/1.1\r\n\r\n".encode(),
    "our state and nothing else": f"GET /?state={STATE} HTTP/1.1\r\n\r\n".encode(),
    "an icon": b"GET /favicon.ico HTTP/1.1\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\r\n\r\n",
    "a state beyond ASCII": "GET /?code=x&state=ä HTTP/1.1\r\n\r\n".encode(),
    "many fields": b"GET /?" + b"a=1&" * 100 + b" HTTP/1.1\r\n\r\n",
    "a path that is no address": b"GET //[ HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_another_program_says_is_refused_and_waiting_goes_on(
    waiting: Waiting, name: str
) -> None:
    assert said(waiting.address, STRANGE[name]).startswith("HTTP/1.1 400 ")
    post(waiting.address, GOOD)
    assert waiting.end() == GOOD
    assert waiting.refused == 1


def test_connections_that_say_nothing_hold_nobody_up(waiting: Waiting) -> None:
    port = urlsplit(waiting.address).port or 0
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(MOST // 2)]
    try:
        post(waiting.address, GOOD)
        assert waiting.end() == GOOD
    finally:
        for each in silent:
            each.close()


def test_a_request_without_end_is_cut_off(waiting: Waiting) -> None:
    port = urlsplit(waiting.address).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=5) as endless, suppress(OSError):
        endless.sendall(b"GET /?" + b"x" * (LARGEST * 2))
        assert endless.recv(10) == b""
    post(waiting.address, GOOD)
    assert waiting.end() == GOOD


def test_a_request_may_arrive_in_pieces(waiting: Waiting) -> None:
    port = urlsplit(waiting.address).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=5) as slow:
        request = f"GET /?code=a-code&state={STATE} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        slow.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(request), 7):
            slow.sendall(request[start : start + 7])
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert waiting.end() == GOOD


def test_nothing_comes_of_it_when_time_is_up() -> None:
    assert Waiting(0.05).end() is None


def test_a_stop_ends_the_waiting_at_once(waiting: Waiting) -> None:
    begun = monotonic()
    waiting.stop.set()
    waiting.end()
    assert waiting.stopped
    assert monotonic() - begun < PROMPT


def test_only_this_computer_can_reach_it(waiting: Waiting) -> None:
    assert waiting.address.startswith("http://localhost:")
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.2", urlsplit(waiting.address).port or 0), 1)
