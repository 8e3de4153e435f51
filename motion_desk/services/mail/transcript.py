"""Transcripts: what both sides said, line by line, with every secret left out."""

from __future__ import annotations

import base64
import re
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from motion_desk.services.mail.xoauth2 import initial_response

HIDDEN = "‹hidden›"
LONGEST_LINE = 400
"""Characters of a line that are kept."""
MOST_LINES = 2_000

# A client's line that carries a secret beside its command: IMAP LOGIN and AUTHENTICATE with an
# initial response (RFC 9051, RFC 4959), SMTP AUTH with one (RFC 4954).
_SECRET_COMMAND = re.compile(
    rb"^(?:[A-Za-z0-9]+ +)??(?:LOGIN +(?:\"(?:[^\"\\]|\\.)*\"|[^ ]+)|AUTHENTICATE +[\w-]+|AUTH +[\w-]+) +",
    re.IGNORECASE,
)
_SHORTEST_SECRET = 4
"""Characters below which a password is not looked for in what the server says: it would be found
by chance in every second word, and what the client says of it is hidden by its place."""
_BEGINNING = 24
"""Characters of a token by which a part of it is recognised."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: seconds since the beginning, who said it (``C``, ``S`` or a remark ``–``), what."""

    seconds: float
    side: str
    text: str


class Transcript:
    """Collects lines. Belongs to one thread; no secret that ``hide`` was told of gets into it."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._lines: list[Line] = []
        self._needles: list[bytes] = []
        self._beginnings: list[bytes] = []
        self._hiding = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """What was said so far."""
        return tuple(self._lines)

    def hide(self, username: str, secret: str) -> None:
        """Leave a secret out of all that is noted from now on, in each form it is sent in."""
        raw = secret.encode("utf-8", "surrogatepass")
        user = username.encode("utf-8", "surrogatepass")
        forms = [base64.b64encode(each) for each in (raw, b"\0" + user + b"\0" + raw)]
        forms.append(base64.b64encode(user + b"\0" + user + b"\0" + raw))
        if len(secret) >= _SHORTEST_SECRET:
            quoted = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            forms += [quoted, raw]
        self._hide(forms)

    def hide_token(self, username: str, token: str) -> None:
        """The same for a bearer token; also a part of it from its beginning is left out."""
        raw = token.encode("utf-8", "surrogatepass")
        forms = [raw, base64.b64encode(raw)]
        with suppress(ValueError):  # such a name is never sent
            forms.append(base64.b64encode(initial_response(username, token)))
        self._hide(forms)
        self._beginnings += [each for each in forms if len(each) > _BEGINNING]

    def _hide(self, forms: list[bytes]) -> None:
        # The longest first, for one may hold another.
        self._needles = sorted({*self._needles, *forms} - {b""}, key=len, reverse=True)

    def during_login(self, hiding: bool) -> None:
        """From now on hide whole lines of the client that are no command: they answer a challenge."""
        self._hiding = hiding

    def clean(self, text: str) -> str:
        """The text without the secrets."""
        return self._clean(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")

    def _clean(self, data: bytes) -> bytes:
        for needle in self._needles:
            data = data.replace(needle, HIDDEN.encode())
        for needle in self._beginnings:
            while (start := data.find(needle[:_BEGINNING])) >= 0:
                same = _same(data[start:], needle)
                data = data[:start] + HIDDEN.encode() + data[start + same :]
        return data

    def said(self, side: str, data: bytes) -> None:
        """Note what one side said, in any number of lines."""
        for line in data.split(b"\n"):
            bare = line.rstrip(b"\r")
            if not bare and side == "C":
                continue
            if side == "C":
                bare = self._hidden(bare)
            self._note(side, self._clean(bare).decode("utf-8", "replace"))

    def remark(self, text: str) -> None:
        """Note something that was not said, such as the beginning of TLS."""
        self._note("–", self.clean(text))

    def _hidden(self, line: bytes) -> bytes:
        if found := _SECRET_COMMAND.match(line):
            return found[0] + HIDDEN.encode()
        # A tag begins each IMAP command, and a bare verb each of SMTP: all else answers.
        if self._hiding and not re.match(rb"(?:[A-Z]{4}\d+|AUTH|EHLO) |(?:QUIT|RSET)$", line):
            return HIDDEN.encode()
        return line

    def _note(self, side: str, text: str) -> None:
        if len(self._lines) == MOST_LINES:
            self._lines.append(Line(monotonic() - self._begun, "–", "More is not kept."))
        if len(self._lines) > MOST_LINES:
            return
        if len(text) > LONGEST_LINE:
            text = f"{text[:LONGEST_LINE]} … ({len(text)} characters)"
        if not text.isprintable():
            text = "".join(each if each.isprintable() else "·" for each in text)
        self._lines.append(Line(monotonic() - self._begun, side, text))


def _same(data: bytes, needle: bytes) -> int:
    """How many of their first bytes are alike."""
    pairs = zip(data, needle, strict=False)
    return next(
        (count for count, (a, b) in enumerate(pairs) if a != b), min(len(data), len(needle))
    )
