"""Trouble: the closed set of what can go wrong with a sign-in, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Self


class Trouble(Enum):
    """What can go wrong; ``sentence`` is a template."""

    sentence: str

    def __new__(cls, word: str, sentence: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.sentence = sentence
        return member

    # Before anything is asked
    NEEDED = "needed", "Nobody has signed in to “{provider}” on this workstation yet."
    OTHER_PERSON = (
        "other-person",
        "{there} has signed in to “{provider}” here, but {wanted} is to sign in.",
    )
    INCOMPLETE = "incomplete", "The cloud provider “{provider}” cannot be used: {what}."
    CACHE = "cache", "The kept sign-in of “{provider}” is damaged. Sign in again."

    # On the way to the sign-in service
    UNREACHABLE = "unreachable", "{host} cannot be reached: {reason}."
    UNTRUSTED = (
        "untrusted",
        (
            "The certificate shown for {host} is not trusted on this workstation: {reason}. Mostly a "
            "proxy opens the encryption."
        ),
    )
    SLOW = "slow", "{host} did not answer within {seconds} s."
    DOWN = "down", "{host} is out of order or overloaded (HTTP {status})."
    PAGE = (
        "page",
        (
            "{host} answered with a web page in place of data. Something between here and there shows "
            "a page of its own, such as a hotel's or a company's sign-in."
        ),
    )
    PROXY = "proxy", "A proxy on the way to {host} wants a sign-in of its own (HTTP {status})."
    CLOCK = (
        "clock",
        (
            "This workstation's clock and that of {host} differ by {difference}. Tokens live by the "
            "clock, so none was kept."
        ),
    )
    TOO_MUCH = "too-much", "{host} sent more than an answer can need (beyond 1 MB)."
    NONSENSE = "nonsense", "{host} sent an answer that makes no sense: {what}."

    # What the sign-in service says
    REFUSED = "refused", "{sentence}"
    DECLINED = "declined", "The sign-in was declined on the sign-in page."
    CODE_EXPIRED = "code-expired", "The code was not typed in in time. Begin again for a new one."
    NOT_FINISHED = (
        "not-finished",
        (
            "The sign-in was not finished in the browser within {minutes} minutes: perhaps the window "
            "was closed. Begin again."
        ),
    )


class SignInError(Exception):
    """A sign-in that did not succeed; nothing of a token, code or secret is in it.

    ``code`` is the service's own, such as “AADSTS65001”, or empty; ``words`` are its own.
    """

    def __init__(
        self,
        trouble: Trouble,
        code: str = "",
        words: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.trouble = trouble
        self.code = code
        self.words = words
        self.values = dict(values or {})
        self.sentence = trouble.sentence.format_map(self.values)
        super().__init__(self.sentence)
