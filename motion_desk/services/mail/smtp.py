"""SMTP: the commands of a test, on a wire; round trips and invitations send messages by it.

The client is our own: of smtplib only the writing of a line would be left, for its ``login`` tries
every mechanism in turn and its replies have no bounds.
"""

from __future__ import annotations

import base64
import hmac
import re
import socket
from dataclasses import dataclass

from motion_desk.services.mail.errors import Nonsense, Refused
from motion_desk.services.mail.wire import Wire
from motion_desk.services.mail.xoauth2 import MECHANISM, initial_response

MECHANISMS = ("PLAIN", "LOGIN", "CRAM-MD5")
"""Those that take a password, in the order in which nodemailer chooses; that Motion sends by it
is inferred."""
MOST_LINES = 100
"""Lines that one reply may have."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its code, its enhanced code (RFC 3463) or nothing, and its lines."""

    code: int
    enhanced: str
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it says, in one line."""
        return " ".join(line.strip() for line in self.lines if line.strip())


class Smtp:
    """One SMTP session on a wire whose greeting was not read yet.

    Every method raises the errors of ``Wire``, ``Refused`` with the server's code and words, and
    ``Nonsense`` for answers that are no SMTP. Making it reads the greeting.

    ``in_doubt``: a message was sent to its last dot, and no answer came. It may have arrived, so
    sending it again may make two of it (RFC 1047).
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.in_doubt = False
        self.greeting = self._reply(220).words

    def hello(self) -> tuple[str, ...]:
        """Say EHLO; returns the extensions with their parameters."""
        return self._asked(f"EHLO {_own_name()}", 250).lines[1:]

    def ask_for_tls(self) -> None:
        """Say STARTTLS; the handshake is to follow, and EHLO after it."""
        self._asked("STARTTLS", 220)

    def log_in(self, mechanism: str, username: str, password: str) -> str:
        """Log in by one of ``MECHANISMS``, once; returns the server's words."""
        user, secret = username.encode(), password.encode()
        if mechanism == "PLAIN":
            both = _base64(b"\0" + user + b"\0" + secret)
            return self._asked(f"AUTH PLAIN {both}", 235).words
        challenge = self._asked(f"AUTH {mechanism}", 334).words
        if mechanism == "LOGIN":
            self._asked(_base64(user), 334)
            return self._asked(_base64(secret), 235).words
        try:
            proof = hmac.new(secret, base64.b64decode(challenge, validate=True), "md5")
        except ValueError:
            raise Nonsense(f"334 {challenge}") from None
        return self._asked(_base64(user + b" " + proof.hexdigest().encode("ascii")), 235).words

    def log_in_token(self, username: str, token: str) -> str:
        """Log in by AUTH XOAUTH2, once; returns the server's words.

        The token goes on a line of its own: with the command it would exceed the 512 octets of
        one (RFC 4954 §4), which Dovecot for one does not take.
        A server that refuses says why in a challenge, which is answered by an empty line; it is
        in the ``Refused`` that follows. Raises ``ValueError`` for control characters.
        """
        sent = _base64(initial_response(username, token))
        self._asked(f"AUTH {MECHANISM}", 334)
        reply = self._asked(sent, 235, 334)
        if reply.code == 235:
            return reply.words
        try:
            challenge = base64.b64decode(reply.words, validate=True).decode("utf-8", "replace")
        except ValueError:
            challenge = ""
        try:
            return self._asked("", 235).words
        except Refused as refused:
            raise Refused(refused.code, refused.words, challenge) from None

    def sender(self, address: str) -> str:
        """Say MAIL FROM; returns the server's words."""
        # RFC 6531 §3.4: an address beyond ASCII has to be announced.
        utf8 = "" if address.isascii() else " SMTPUTF8"
        return self._asked(f"MAIL FROM:<{address}>{utf8}", 250).words

    def recipient(self, address: str) -> str:
        """Say RCPT TO; returns the server's words."""
        return self._asked(f"RCPT TO:<{address}>", 250, 251).words

    def message(self, content: bytes) -> str:
        """Send a message by DATA after sender and recipient; returns the server's words.

        ``content`` has CRLF as its line ends; RFC 5321 §4.5.2 doubles a dot that begins a line.
        """
        self._asked("DATA", 354)
        body = content if content.endswith(b"\r\n") else content + b"\r\n"
        dotted = re.sub(rb"(?m)^\.", b"..", body)
        self._wire.send(dotted + b".\r\n")
        self.in_doubt = True
        try:
            words = self._reply(250).words
        except Refused:
            self.in_doubt = False
            raise
        self.in_doubt = False
        return words

    def take_back(self) -> None:
        """Take the envelope back by RSET, so that another may follow."""
        self._asked("RSET", 250)

    def log_out(self) -> None:
        """Take the envelope back by RSET and say QUIT."""
        self.take_back()
        self._asked("QUIT", 221)

    def _asked(self, command: str, *wanted: int) -> Reply:
        if "\r" in command or "\n" in command:
            raise ValueError("a line break would begin another command")
        self._wire.send(f"{command}\r\n".encode())
        return self._reply(*wanted)

    def _reply(self, *wanted: int) -> Reply:
        """The next reply, which must have one of the codes. Raises ``Refused`` for another."""
        lines: list[str] = []
        enhanced = ""
        while True:
            line = self._wire.readline().rstrip(b"\r\n").decode("utf-8", "replace")
            found = re.match(
                r"([2-5]\d\d)([ -]|$)([245]\.\d{1,3}\.\d{1,3}(?: |$))?", line, re.ASCII
            )
            if not found or len(lines) == MOST_LINES:
                raise Nonsense(line)
            enhanced = enhanced or (found[3] or "").strip()
            lines.append(line[found.end() :].strip())
            if found[2] != "-":
                break
        reply = Reply(int(found[1]), enhanced, tuple(lines))
        if reply.code not in wanted:
            raise Refused(f"{reply.code} {enhanced}".strip(), reply.words)
        return reply


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _own_name() -> str:
    """The name to say hello with; RFC 5321 §4.1.3 allows an address, which needs no DNS."""
    name = socket.gethostname()
    return name if name.isascii() and "." in name else "[127.0.0.1]"
