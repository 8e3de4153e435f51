"""A call that is given up ends its own thread, and nothing of it is left behind."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from time import monotonic

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.oauth.calls import Lines, TooLate, answered
from tests.services.mail.scripted import server, silence


def calls() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "motion-desk-oauth-call"]


def listening(place: tuple[str, int], lines: Lines, begun: threading.Event) -> Callable[[], bytes]:
    """A call that waits for a server which says nothing."""

    def call() -> bytes:
        with socket.create_connection(place) as connection:
            lines.add(connection)
            begun.set()
            return connection.recv(1)

    return call


def stop_when(stop: threading.Event, begun: threading.Event) -> None:
    begun.wait(5)
    stop.set()


@pytest.mark.parametrize("why", [Stopped, TooLate], ids=lambda why: why.__name__)
def test_a_call_that_is_given_up_is_broken_off(why: type[Exception]) -> None:
    stop, begun, lines = threading.Event(), threading.Event(), Lines()
    with server(silence) as place:
        call = listening(place, lines, begun)
        if why is Stopped:
            threading.Thread(target=stop_when, args=(stop, begun), daemon=True).start()
        with pytest.raises(why):
            answered(call, lines, stop, 10 if why is Stopped else 0.1)
        until = monotonic() + 1
        for thread in calls():
            thread.join(max(until - monotonic(), 0))
        assert calls() == []
        lines.close()


def test_a_connection_made_too_late_is_broken_off_at_once() -> None:
    lines = Lines()
    lines.cut()
    with server(silence) as place, socket.create_connection(place, timeout=5) as connection:
        lines.add(connection)
        assert connection.recv(1) == b""


def test_the_result_and_the_error_of_a_call_reach_the_asking_thread() -> None:
    def fails() -> None:
        raise KeyError("this")

    assert answered(lambda: 5, Lines(), threading.Event(), 5) == 5
    assert answered(lambda: None, Lines(), threading.Event(), 5) is None
    with pytest.raises(KeyError):
        answered(fails, Lines(), threading.Event(), 5)
