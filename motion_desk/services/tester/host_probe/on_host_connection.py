"""Connection: the part of the probe that connects, reads lines, and speaks IMAP and SMTP.

It is written into the file that is run on the Motion server, so it keeps to Python 3.6 and its
library.
"""

import socket
import ssl
import time
from typing import Any

MOST_LINES = 100
LONGEST_LINE = 8192


class StepError(Exception):
    """A step did not succeed; the code says how, the detail in which words."""

    def __init__(self, code: str, detail: str = "", **more: object) -> None:
        super().__init__(code)
        self.found = dict(more, outcome=code, detail=clean(detail))


def clean(text: str) -> str:
    """The text, short and printable."""
    return "".join(each if each.isprintable() else "?" for each in text[:400])


class Line:
    """A connection to a server, with a moment at which it must be over."""

    def __init__(self, sock: Any, until: float) -> None:
        self.sock = sock
        self.until = until
        self.rest = b""

    def left(self) -> float:
        """The seconds that are left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise StepError("late", begun=bool(self.rest))
        return left

    def say(self, words: str) -> None:
        """Send one line."""
        try:
            self.sock.settimeout(self.left())
            self.sock.sendall((words + "\r\n").encode("ascii"))
        except OSError as error:
            raise lost(error) from None

    def hear(self) -> str:
        """Receive one line."""
        while b"\n" not in self.rest:
            if len(self.rest) > LONGEST_LINE:
                raise StepError("endless", "a line without end")
            try:
                self.sock.settimeout(self.left())
                data = self.sock.recv(4096)
            except OSError as error:
                raise lost(error, self.rest) from None
            if not data:
                raise StepError("closed")
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode("utf-8", "replace").strip()

    def begin_tls(self, context: "ssl.SSLContext", host: str) -> None:
        """Encrypt from now on."""
        if self.rest:
            raise StepError("endless", "said in clear text ahead of TLS")
        self.sock.settimeout(self.left())
        is_address = ":" in host or host.replace(".", "").isdigit()
        self.sock = context.wrap_socket(self.sock, server_hostname=None if is_address else host)

    def close(self) -> None:
        """End the connection."""
        self.sock.close()


def lost(error: OSError, rest: bytes = b"") -> "StepError":
    """What an error of a connection means, when so much of a line had arrived."""
    if "timed out" in str(error):
        return StepError("late", begun=bool(rest))
    if isinstance(error, ssl.SSLError) and "EOF" not in str(error):
        return StepError("tls-refused", getattr(error, "reason", None) or str(error))
    return StepError("closed", str(error))


def attempt(address: str, port: int, until: float) -> "tuple[dict[str, Any], Any]":
    """Try to connect to one address; what it did, and the connection if there is one."""
    begun = time.monotonic()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    outcome, detail, sock = "connected", "", None
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(max(0.1, until - begun))
        sock.connect((address, port))
    except OSError as error:
        if sock is not None:
            sock.close()
        refused = isinstance(error, ConnectionRefusedError)
        outcome, detail = "refused" if refused else "unreachable", clean(str(error))
        if "timed out" in detail:
            outcome, detail = "silent", ""
    seconds = time.monotonic() - begun
    said = {"address": address, "outcome": outcome, "seconds": seconds, "detail": detail}
    return said, sock if outcome == "connected" else None


def reply(line: "Line", command: str) -> "list[str]":
    """Say one SMTP command; the lines of the answer, without their code."""
    if command:
        line.say(command)
    lines: list[str] = []
    while len(lines) < MOST_LINES:
        said = line.hear()
        if len(said) < 3 or not said[:3].isdigit():
            raise StepError("nonsense", said)
        lines.append(said[4:])
        if said[3:4] != "-":
            if said[0] not in "23":
                raise StepError("refused", said)
            return lines
    raise StepError("endless", "a reply without end")


def extensions(line: "Line") -> "list[str]":
    """What an SMTP server says it can do."""
    address = line.sock.getsockname()[0]  # RFC 5321 allows it in place of a name
    own = "[IPv6:" + address + "]" if ":" in address else "[" + address + "]"
    return [clean(each) for each in reply(line, "EHLO " + own)[1:]]


def abilities(line: "Line") -> "list[str]":
    """What an IMAP server says it can do."""
    line.say("a1 CAPABILITY")
    found: list[str] = []
    for _ in range(MOST_LINES):
        said = line.hear()
        if said.upper().startswith("* CAPABILITY "):
            found = [clean(each) for each in said.split()[2:]]
        elif said.startswith("a1 "):
            if said[3:5].upper() != "OK":
                raise StepError("refused", said[3:])
            return found[:200]
        elif not said.startswith("* "):
            raise StepError("nonsense", said)
    raise StepError("endless", "an answer without end")


def ask_for_tls(line: "Line", offered: "list[str]") -> None:
    """Say STARTTLS, where the server offers it."""
    if "STARTTLS" not in [each.upper() for each in offered]:
        raise StepError("not-offered")
    try:
        reply(line, "STARTTLS")
    except StepError as failed:
        if failed.found["outcome"] == "refused":
            failed.found["outcome"] = "starttls-refused"
        raise
