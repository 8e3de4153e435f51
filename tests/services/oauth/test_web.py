"""Whatever stands in the place of the sign-in service gets a name, within a time and a size."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.services.lab.authority import Authority
from motion_desk.services.lab.faults.behaviour import Chain
from motion_desk.services.oauth.calls import Lines
from motion_desk.services.oauth.provider import HOST, Way
from motion_desk.services.oauth.sign_in import Flow, Order
from motion_desk.services.oauth.trouble import SignInError, Trouble
from motion_desk.services.oauth.web import LARGEST, Failed, Web
from tests.patience import PROMPT
from tests.services.mail.scripted import Play, server
from tests.services.oauth.signing import PROVIDER, SECRET
from tests.services.oauth.test_sign_in import happened_without_browser

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATIENCE = 0.5


class Impostor:
    """A server that has the sign-in service's certificate, by the lab's authority."""

    def __init__(self, folder: Path) -> None:
        self._authority = Authority.kept_in(folder)
        self.pem = self._authority.pem
        chain = folder / "chain.pem"
        chain.write_bytes(self._authority.key_and_chain([HOST], Chain.SOUND))
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(chain)

    def play(self, say: Play) -> Play:
        """Shake hands, hear the request, and say something."""

        def play(connection: socket.socket) -> None:
            with suppress(ssl.SSLError), self._context.wrap_socket(connection, True) as encrypted:
                heard = b""
                while b"\r\n\r\n" not in heard:
                    piece = encrypted.recv(65536)
                    if not piece:
                        return
                    heard += piece
                say(encrypted)

        return play


@pytest.fixture(scope="module")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> Impostor:
    return Impostor(tmp_path_factory.mktemp("authority"))


def answer(
    body: bytes = b'{"a": 1}',
    status: str = "200 OK",
    kind: str = "application/json",
    more: str = "",
) -> Play:
    """Say a whole answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"

    def play(connection: socket.socket) -> None:
        connection.sendall(head.encode() + body)
        connection.recv(1)

    return play


def asked(impostor: Impostor, say: Play, url: str = f"https://{HOST}/x") -> object:
    """What becomes of a request; the trouble, or the JSON."""
    lines = Lines()
    with server(impostor.play(say)) as place:
        web = Web(HOST, Way(lambda *_: (place,), impostor.pem), lines, PATIENCE, lambda: NOW)
        try:
            return json.loads(web.post(url, data={"client_secret": SECRET}).text)
        except Failed as failed:
            error = failed
        finally:
            web.close()
            lines.close()
    assert SECRET not in repr(error)
    assert "{" not in error.error.sentence
    return error.error.trouble


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


def one_byte_at_a_time(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    pause = threading.Event()
    while True:
        connection.sendall(b" ")
        pause.wait(0.02)


def endless_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X: " + b"y" * 1000 + b"\r\n")


def silent(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


HTML = b"<!DOCTYPE html><html>Sign in</html>"
ANSWERS: dict[str, tuple[Play, object]] = {
    "an object": (answer(), {"a": 1}),
    "a refusal": (answer(b'{"error": "x"}', "400 Bad Request"), {"error": "x"}),
    "a page": (answer(HTML, kind="text/html; charset=utf-8"), Trouble.PAGE),
    "a page that says it is data": (answer(b"\n " + HTML), Trouble.PAGE),
    "a redirection": (
        answer(b"", "302 Found", more=f"Location: https://{HOST}/\r\n"),
        Trouble.PROXY,
    ),
    "a captive portal": (answer(b"", "511 Network Authentication Required"), Trouble.PROXY),
    "a proxy's question": (answer(HTML, "407 Proxy Authentication Required"), Trouble.PROXY),
    "an outage": (answer(HTML, "503 Service Unavailable", "text/html"), Trouble.DOWN),
    "a limit": (answer(b"{}", "429 Too Many Requests"), Trouble.DOWN),
    "no JSON": (answer(b"{"), Trouble.NONSENSE),
    "a list": (answer(b"[]"), Trouble.NONSENSE),
    "no text": (answer(b"\xff\xfe"), Trouble.NONSENSE),
    "nothing": (answer(b""), Trouble.NONSENSE),
    "deep nesting": (answer(b"[" * 100_000), Trouble.NONSENSE),
    "more than is allowed": (answer(b" " * (LARGEST + 1)), Trouble.TOO_MUCH),
    "no end": (endless, Trouble.TOO_MUCH),
    "a head without end": (endless_head, Trouble.UNREACHABLE),
    "one byte at a time": (one_byte_at_a_time, Trouble.SLOW),
    "silence": (silent, Trouble.SLOW),
    "the end": (lambda connection: None, Trouble.UNREACHABLE),
    "no HTTP": (lambda connection: connection.sendall(b"* OK IMAP\r\n"), Trouble.UNREACHABLE),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_is_told_apart_in_time(impostor: Impostor, name: str) -> None:
    say, expected = ANSWERS[name]
    begun = monotonic()
    assert asked(impostor, say) == expected
    assert monotonic() - begun < PATIENCE + PROMPT


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, {"a": 1}), (4, {"a": 1}), (-4, {"a": 1}), (6, Trouble.CLOCK), (-300, Trouble.CLOCK)],
)
def test_a_clock_that_is_far_off_is_told(
    impostor: Impostor, minutes: int, expected: object
) -> None:
    there = datetime.fromtimestamp(NOW.timestamp() + minutes * 60, UTC)
    date = f"Date: {format_datetime(there, usegmt=True)}\r\n"
    assert asked(impostor, answer(more=date)) == expected


@pytest.mark.parametrize("date", ["soon", "", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_a_date_that_is_none_is_passed_over(impostor: Impostor, date: str) -> None:
    assert asked(impostor, answer(more=f"Date: {date}\r\n")) == {"a": 1}


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", f"http://{HOST}/x", f"https://{HOST}@evil.example/"]
)
def test_no_secret_goes_to_another_host_or_in_clear_text(impostor: Impostor, url: str) -> None:
    assert asked(impostor, answer(), url) is Trouble.NONSENSE


def failure(way: Way) -> SignInError:
    with pytest.raises(SignInError) as caught:
        happened_without_browser(Order(PROVIDER, Flow.DEVICE, way=way))
    return caught.value


def test_a_certificate_that_nobody_vouches_for_is_told_with_openssl_s_reason(
    impostor: Impostor, tmp_path: Path
) -> None:
    other = Authority.kept_in(tmp_path).pem
    with server(impostor.play(answer())) as place:
        found = failure(Way(lambda *_: (place,), other))
        system = failure(Way(lambda *_: (place,)))
    assert found.trouble is system.trouble is Trouble.UNTRUSTED
    assert "certificate" in found.sentence


def nobody(host: str, port: int) -> tuple[tuple[str, int], ...]:
    raise LookupError(host)


@pytest.fixture
def closed_port() -> Iterator[tuple[str, int]]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()


def test_a_name_that_is_not_there_and_a_closed_port_are_told_apart(
    closed_port: tuple[str, int],
) -> None:
    unknown, refused = failure(Way(nobody)), failure(Way(lambda *_: (closed_port,)))
    assert unknown.trouble is refused.trouble is Trouble.UNREACHABLE
    assert "no host of this name" in unknown.sentence
    assert "nobody takes the connection" in refused.sentence


CONFIGURATION = {
    "authorization_endpoint": f"https://{HOST}/t/authorize",
    "token_endpoint": f"https://{HOST}/t/token",
    "device_authorization_endpoint": f"https://{HOST}/t/devicecode",
    "issuer": f"https://{HOST}/t/v2.0",
}
ODD_TOKENS: dict[str, object] = {
    "none": None,
    "a number": 5,
    "an empty one": "",
    "a huge one": "x" * 100_000,
    "one with a line break": "x\r\nDATA",
    "one with a control character": "x\x01y",
    "one with letters beyond ASCII": "ä",
}


def application(answers: Callable[[bytes], bytes], impostor: Impostor) -> Order | SignInError:
    """The trouble of an application's sign-in at a server that answers by the request."""

    def play(connection: socket.socket) -> None:
        with impostor._context.wrap_socket(connection, True) as encrypted:
            while heard := encrypted.recv(65536):
                body = answers(heard)
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
                encrypted.sendall(head.encode() + body)

    with server(play) as place:
        way = Way(lambda *_: (place,), impostor.pem)
        with pytest.raises(SignInError) as caught:
            happened_without_browser(Order(PROVIDER, Flow.APPLICATION, way=way))
    return caught.value


@pytest.mark.parametrize("name", ODD_TOKENS)
def test_a_token_that_can_be_none_is_refused(impostor: Impostor, name: str) -> None:
    given = {"access_token": ODD_TOKENS[name], "expires_in": 3600, "token_type": "Bearer"}

    def answers(heard: bytes) -> bytes:
        return json.dumps(CONFIGURATION if heard.startswith(b"GET") else given).encode()

    found = application(answers, impostor)
    assert isinstance(found, SignInError)
    assert found.trouble is Trouble.NONSENSE


@pytest.mark.parametrize("missing", [*CONFIGURATION, "all of it"])
def test_a_discovery_that_lacks_something_is_nonsense_or_does_without(
    impostor: Impostor, missing: str
) -> None:
    given = {} if missing == "all of it" else {**CONFIGURATION, missing: None}

    def answers(heard: bytes) -> bytes:
        return json.dumps(given if heard.startswith(b"GET") else {"a": 1}).encode()

    found = application(answers, impostor)
    assert isinstance(found, SignInError)
    assert found.trouble is Trouble.NONSENSE


def test_a_token_endpoint_on_another_host_never_gets_the_secret(impostor: Impostor) -> None:
    elsewhere = {**CONFIGURATION, "token_endpoint": "https://evil.example/t/token"}
    heard: list[bytes] = []

    def answers(request: bytes) -> bytes:
        heard.append(request)
        return json.dumps(elsewhere).encode()

    found = application(answers, impostor)
    assert isinstance(found, SignInError)
    assert found.trouble is Trouble.NONSENSE
    assert len(heard) == 1
    assert SECRET.encode() not in heard[0]
