"""Plain clients of the lab, which see each line as it was sent."""

from __future__ import annotations

import base64
import socket
import ssl
from types import TracebackType
from typing import Self

from motion_desk.services.lab import Lab

NAME = "mail.example.test"
"""The host whose server is asked for, unless a test says otherwise."""
SECONDS = 10.0
"""How long anything may take before a test fails."""
SILENCE = 0.25
"""Seconds without a byte that count as silence."""

TLS_PORTS = (993, 465)


def trusting(lab: Lab) -> ssl.SSLContext:
    """What a client uses that was given the lab's authority."""
    return ssl.create_default_context(cadata=lab.certificate)


def connected(lab: Lab, port: int, host: str = NAME) -> socket.socket:
    """A connection to the first address of a host. Raises ``OSError`` as ``connect`` does."""
    made = socket.socket()
    made.settimeout(SECONDS)
    try:
        made.connect(lab.route(host, port)[0])
    except BaseException:
        made.close()
        raise
    return made


class Client:
    """A client of one server; the greeting is read when it is asked for."""

    def __init__(self, lab: Lab, port: int, *, tls: bool | None = None, host: str = NAME) -> None:
        """``tls`` from the first byte; left out, as is usual for the port."""
        self._lab = lab
        self._host = host
        self._tag = 0
        self.socket = connected(lab, port, host)
        self._lines = self.socket.makefile("rb")
        if tls if tls is not None else port in TLS_PORTS:
            self.encrypt()

    def encrypt(self) -> None:
        """Shake hands for TLS and check the certificate. Raises ``ssl.SSLError``."""
        self._lines.close()
        try:
            self.socket = trusting(self._lab).wrap_socket(self.socket, server_hostname=self._host)
        except BaseException:
            self.socket.close()
            raise
        self._lines = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lines.close()
        self.socket.close()

    def line(self) -> str:
        """The next line without its end. Raises ``EOFError`` where the server has left."""
        return self.raw_line().rstrip(b"\r\n").decode("utf-8", "replace")

    def raw_line(self) -> bytes:
        """The next line as it was sent. Raises ``EOFError`` where the server has left."""
        line = self._lines.readline()
        if not line:
            raise EOFError
        return line

    def some(self, count: int) -> bytes:
        """Exactly so many bytes, or fewer where the server leaves."""
        return self._lines.read(count) or b""

    def say(self, text: str | bytes) -> None:
        """Send a line."""
        self.socket.sendall((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def until_silent(self) -> bytes:
        """What comes until nothing comes for a while. Raises ``EOFError`` where the server leaves."""
        self.socket.settimeout(SILENCE)
        received = b""
        try:
            while data := self.socket.recv(1000):
                received += data
        except TimeoutError:
            return received
        raise EOFError

    def ask(self, command: str) -> list[str]:
        """The reply to an IMAP command, the tagged line last and without its tag."""
        self._tag += 1
        self.say(f"a{self._tag} {command}")
        lines = []
        while not (line := self.line()).startswith(f"a{self._tag} "):
            lines.append(line)
        return [*lines, line.partition(" ")[2]]

    def smtp(self, command: str) -> list[str]:
        """The lines of the reply to an SMTP command."""
        self.say(command)
        return self.reply()

    def reply(self) -> list[str]:
        """The lines of one SMTP reply."""
        lines = [self.line()]
        while lines[-1][3:4] == "-":
            lines.append(self.line())
        return lines


def imap(lab: Lab, port: int = 993) -> Client:
    """A client of IMAP that has read the greeting."""
    client = Client(lab, port)
    assert client.line().startswith("* OK ")
    return client


def logged_in(lab: Lab, user: str = "anna@example.test") -> Client:
    """A client of IMAP that has logged in."""
    client = imap(lab)
    assert client.ask(f'LOGIN "{user}" any')[-1].startswith("OK ")
    return client


def smtp(lab: Lab, port: int = 465) -> Client:
    """A client of SMTP that has said EHLO."""
    client = Client(lab, port)
    assert client.line().startswith("220 ")
    assert client.smtp("EHLO client.example.test")[-1].startswith("250 ")
    return client


def plain(user: str, password: str) -> str:
    """What PLAIN sends, in base64."""
    return base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
