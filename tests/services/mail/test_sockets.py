"""All addresses of a host are tried at once, and each is reported."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from time import monotonic

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.names import Place
from motion_desk.services.mail.sockets import Unreachable, connect
from tests.patience import PROMPT
from tests.services.mail.scripted import saying, server, silent_place


def closed_port() -> Place:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return Place("127.0.0.1", taken.getsockname()[1])


@pytest.fixture
def silent() -> Iterator[Place]:
    with silent_place() as place:
        yield place


def test_the_first_address_in_order_that_takes_the_connection_is_used() -> None:
    with server(saying(b"one")) as one, server(saying(b"two")) as two:
        places = [closed_port(), Place(*one), Place(*two)]
        connected, attempts = connect(places, until=monotonic() + 5, stop=threading.Event())
        with connected:
            assert connected.getpeername() == one
    assert [each.outcome for each in attempts] == ["refused", "connected", "connected"]


def test_where_none_takes_it_each_says_why(silent: Place) -> None:
    with pytest.raises(Unreachable) as caught:
        connect([closed_port(), silent], until=monotonic() + 0.3, stop=threading.Event())
    assert [each.outcome for each in caught.value.attempts] == ["refused", "silent"]


def test_a_silent_address_holds_the_others_up_for_a_moment_only(silent: Place) -> None:
    with server(saying(b"one")) as one:
        begun = monotonic()
        connected, attempts = connect(
            [silent, Place(*one)], until=monotonic() + 10, stop=threading.Event()
        )
        connected.close()
    assert monotonic() - begun < PROMPT
    assert [each.outcome for each in attempts] == ["silent", "connected"]


def test_a_stop_ends_a_connection_that_is_never_answered(silent: Place) -> None:
    stop = threading.Event()
    threading.Timer(0.05, stop.set).start()
    begun = monotonic()
    with pytest.raises(Stopped):
        connect([silent], until=monotonic() + 20, stop=stop)
    assert monotonic() - begun < PROMPT


def test_an_address_of_no_network_is_unreachable() -> None:
    with pytest.raises(Unreachable) as caught:
        connect([Place("255.255.255.255", 993)], until=monotonic() + 1, stop=threading.Event())
    assert caught.value.attempts[0].outcome == "unreachable"
    assert caught.value.attempts[0].detail
