"""Errors: the ways in which a connection ends before it said what it was asked."""

from __future__ import annotations


class MailError(Exception):
    """Base of what can go wrong on a connection; translated in one place, ``tester/reading``."""


class NameUnknown(MailError):
    """No address is known for the host's name."""


class NameUnanswered(MailError):
    """The name server did not answer, or not in time."""


class Late(MailError):
    """The other side did not answer before the deadline. ``begun``: a part of it had arrived."""

    def __init__(self, *, begun: bool = False) -> None:
        super().__init__("no answer in time")
        self.begun = begun


class Closed(MailError):
    """The other side closed the connection, or broke it off."""


class TooMuch(MailError):
    """The other side sends more than an answer can need; nothing more of it is read."""


class TlsRefused(MailError):
    """TLS was not agreed upon. ``reason`` is OpenSSL's word for it, such as WRONG_VERSION_NUMBER."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Nonsense(MailError):
    """The other side does not speak the protocol; ``said`` is the beginning of what it sent."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Refused(MailError):
    """The server answered a command with no. ``code`` may be empty; ``words`` are its own.

    ``challenge`` is what it said before, where it gives reasons so: XOAUTH2 does, as JSON.
    """

    def __init__(self, code: str, words: str, challenge: str = "") -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code
        self.words = words
        self.challenge = challenge
