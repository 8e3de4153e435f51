"""Faults of connecting, as a client sees them."""

import socket
import time

import pytest

from motion_desk.services.lab import Lab
from tests.services.lab.clients import SILENCE, Client, connected, imap, smtp
from tests.services.lab.conftest import SCALE

IMAP_PORTS, SMTP_PORTS = (143, 993), (25, 465, 587)


def test_a_host_that_does_not_begin_with_mail_is_not_found(lab: Lab) -> None:
    lab.show("name-not-found")
    with pytest.raises(LookupError, match=r"imap\.example\.test"):
        lab.route("imap.example.test", 993)
    for host in ("mail.example.test", "Mail.Example.Test", "127.0.0.1", "::1"):
        assert lab.route(host, 993) == (("127.0.0.1", lab.ports[993]),)


@pytest.mark.parametrize("port", [993, 465])
def test_a_port_is_refused_while_the_one_with_starttls_answers(lab: Lab, port: int) -> None:
    lab.show("port-refused")
    with pytest.raises(ConnectionRefusedError):
        connected(lab, port)
    with imap(lab, 143) as client:
        assert " STARTTLS" in client.ask("CAPABILITY")[0]
    with smtp(lab, 587) as client:
        assert "250-STARTTLS" in client.smtp("EHLO here")


@pytest.mark.parametrize("port", [993, 587])
def test_connecting_is_never_answered(lab: Lab, port: int) -> None:
    lab.show("port-silent")
    [address] = lab.route("mail.example.test", port)
    for _ in range(2):
        with socket.socket() as client:
            client.settimeout(SILENCE)
            with pytest.raises(TimeoutError):
                client.connect(address)


def test_the_first_of_two_addresses_is_dead(lab: Lab) -> None:
    lab.show("two-addresses")
    dead, living = lab.route("mail.example.test", 993)
    assert dead[0] == "127.0.0.2"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(dead)
    assert living == ("127.0.0.1", lab.ports[993])
    socket.create_connection(living).close()


@pytest.mark.parametrize(("port", "greeting"), [(993, "* OK "), (465, "220 ")])
def test_tls_ports_speak_clear_text_and_offer_starttls(lab: Lab, port: int, greeting: str) -> None:
    lab.show("wrong-port-tls")
    with Client(lab, port, tls=False) as client:
        assert client.line().startswith(greeting)
        offers = client.ask("CAPABILITY") if port == 993 else client.smtp("EHLO here")
        assert any("STARTTLS" in line for line in offers)


@pytest.mark.parametrize("port", [143, 587])
def test_clear_text_ports_wait_for_tls_in_silence(lab: Lab, port: int) -> None:
    lab.show("wrong-port-clear")
    with Client(lab, port, tls=False) as client:
        assert client.until_silent() == b""
    with Client(lab, port, tls=True) as client:
        assert client.line().startswith(("* OK ", "220 "))


@pytest.mark.parametrize("port", IMAP_PORTS)
def test_an_imap_port_greets_as_pop3(lab: Lab, port: int) -> None:
    lab.show("pop3")
    with Client(lab, port) as client:
        assert client.line().startswith("+OK ")
        client.say("a1 CAPABILITY")
        assert client.line().startswith("-ERR ")
    with smtp(lab):
        pass


@pytest.mark.parametrize("port", [*IMAP_PORTS, *SMTP_PORTS])
def test_imap_and_smtp_are_swapped(lab: Lab, port: int) -> None:
    lab.show("swapped")
    with Client(lab, port) as client:
        greeting = client.line()
    assert greeting.startswith("220 " if port in IMAP_PORTS else "* OK ")
    assert "SMTP" in greeting if port in IMAP_PORTS else "IMAP" in greeting


@pytest.mark.parametrize("port", [*IMAP_PORTS, *SMTP_PORTS])
def test_a_web_server_answers_on_a_mail_port(lab: Lab, port: int) -> None:
    lab.show("not-mail")
    with Client(lab, port) as client:
        assert client.line() == "HTTP/1.1 400 Bad Request"
        while client.line() != "":
            pass
        assert client.line().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("port", [993, 465, 143, 587])
def test_the_greeting_is_late(lab: Lab, port: int) -> None:
    lab.show("greeting-slow")
    with Client(lab, port) as client:
        began = time.monotonic()
        assert client.line().startswith(("* OK ", "220 "))
        assert time.monotonic() - began >= 12 * SCALE * 0.95


@pytest.mark.parametrize(("port", "greeting"), [(993, "* BYE "), (465, "554 5.3.2 Go away")])
def test_the_greeting_is_a_refusal(lab: Lab, port: int, greeting: str) -> None:
    lab.show("greeting-bye")
    with Client(lab, port) as client:
        assert client.line().startswith(greeting)
        assert client.some(1) == b""


@pytest.mark.parametrize("port", [993, 143, 465, 587])
def test_the_connection_ends_after_the_greeting(lab: Lab, port: int) -> None:
    lab.show("drop-after-greeting")
    with Client(lab, port) as client:
        assert client.line().startswith(("* OK ", "220 "))
        assert client.some(1) == b""


def test_too_many_connections_are_refused_by_imap_at_the_log_in(lab: Lab) -> None:
    lab.show("too-many-connections")
    with imap(lab) as client:
        answer = "NO [LIMIT] Maximum number of connections from user+IP exceeded"
        assert client.ask("LOGIN anna any") == [answer]


def test_too_many_connections_are_refused_by_smtp_at_the_greeting(lab: Lab) -> None:
    lab.show("too-many-connections")
    with Client(lab, 465) as client:
        assert client.line().startswith("421 4.7.0 Too many connections")
        assert client.some(1) == b""
