"""Names become addresses, and look-ups that never end can be left."""

from __future__ import annotations

import socket
import threading
from time import monotonic

import pytest

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import NameUnanswered, NameUnknown
from motion_desk.services.mail.names import Place, ascii_host, resolve
from tests.patience import PROMPT


def resolved(host: str, **more: object) -> tuple[Place, ...]:
    return resolve(host, 993, until=monotonic() + 5, stop=threading.Event(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("Mail.Example.COM.", "mail.example.com"),
        ("straße.example", "xn--strae-oqa.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_host_is_asked_for_as_uts_46_writes_it(host: str, asked: str) -> None:
    assert ascii_host(host) == asked


@pytest.mark.parametrize("host", ["a..b ü.example", "ü" * 70 + ".example"])
def test_what_can_be_no_name_is_an_unknown_name(host: str) -> None:
    with pytest.raises(NameUnknown):
        ascii_host(host)


def test_addresses_need_no_name_service() -> None:
    assert resolved("127.0.0.1") == (Place("127.0.0.1", 993),)
    assert resolved("::1") == (Place("::1", 993),)
    assert str(Place("::1", 993)) == "[::1]:993"


def test_a_label_that_is_too_long_is_an_unknown_name() -> None:
    with pytest.raises(NameUnknown):
        resolved("x" * 64 + ".example")


def test_a_route_stands_in_for_the_name_service() -> None:
    def route(host: str, port: int) -> tuple[tuple[str, int], ...]:
        if host != "mail.example":
            raise LookupError(host)
        return (("127.0.0.1", port + 1),)

    assert resolved("mail.example", route=route) == (Place("127.0.0.1", 994),)
    with pytest.raises(NameUnknown):
        resolved("other.example", route=route)


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A name service that says nothing until the event is set."""
    answer = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        answer.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answer


def test_a_look_up_is_left_when_a_person_stops_it(stuck: threading.Event) -> None:
    stop = threading.Event()
    threading.Timer(0.05, stop.set).start()
    begun = monotonic()
    with pytest.raises(Stopped):
        resolve("mail.example", 993, until=monotonic() + 20, stop=stop)
    assert monotonic() - begun < PROMPT
    stuck.set()


def test_a_look_up_is_left_at_its_deadline(stuck: threading.Event) -> None:
    with pytest.raises(NameUnanswered):
        resolve("mail.example", 993, until=monotonic() + 0.1, stop=threading.Event())
    stuck.set()


def test_a_failing_name_service_is_told_from_an_unknown_name(stuck: threading.Event) -> None:
    stuck.set()
    with pytest.raises(NameUnanswered):
        resolved("mail.example")
