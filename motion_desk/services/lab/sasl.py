"""SASL: the mechanisms by which clients of IMAP and SMTP log in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Ask = Callable[[bytes], Awaitable[bytes]]
"""Sends a challenge and returns the client's answer, both in clear. Raises ``SaslError``."""


class SaslError(Exception):
    """The client broke off, or sent what is no answer; the text says which, and nothing else."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a client says it is, and how it proves it: nothing of the secret can be seen here."""

    user: str
    is_proven_by: Callable[[bytes], bool] = field(repr=False)
    """Whether the client knows the password that is given here, in UTF-8."""
    token: str | None = field(default=None, repr=False)
    """What it shows in place of a password, if it does; it may be no token at all."""


def password_claim(user: bytes, password: bytes) -> Claim:
    """The claim of a client that sent its password. Raises ``SaslError``."""
    return Claim(_name(user), lambda right: hmac.compare_digest(right, password))


async def claim(mechanism: str, initial: bytes | None, ask: Ask) -> Claim:
    """Hear what a client has to say for itself by PLAIN, LOGIN, CRAM-MD5 or XOAUTH2.

    ``initial`` is what it sent along with the command. Raises ``SaslError``, and ``KeyError`` for
    another mechanism.
    """
    return await _CLAIMS[mechanism](initial, ask)


def decoded(text: bytes) -> bytes:
    """What a client sent in base64; a lone ``=`` is an empty answer. Raises ``SaslError``."""
    if text == b"*":
        raise SaslError("the client broke off")
    try:
        return b"" if text == b"=" else base64.b64decode(text, validate=True)
    except binascii.Error:
        raise SaslError("this is not base64") from None


async def _plain(initial: bytes | None, ask: Ask) -> Claim:
    """RFC 4616: whom to act for, user and password, with U+0000 between them."""
    parts = (await ask(b"") if initial is None else initial).split(b"\0")
    if len(parts) != 3:
        raise SaslError("these are not three parts")
    return password_claim(parts[1], parts[2])


async def _login(initial: bytes | None, ask: Ask) -> Claim:
    """Two questions, as every server asks them though no RFC does."""
    user = await ask(b"Username:") if initial is None else initial
    return password_claim(user, await ask(b"Password:"))


async def _cram_md5(_initial: bytes | None, ask: Ask) -> Claim:
    """RFC 2195: the password never travels, only a digest made with it."""
    challenge = f"<{secrets.token_hex(8)}@mail.lab.example>".encode("ascii")
    user, _, digest = (await ask(challenge)).rpartition(b" ")

    def is_proven_by(right: bytes) -> bool:
        made = hmac.new(right, challenge, hashlib.md5).hexdigest()
        return hmac.compare_digest(made.encode("ascii"), digest)

    return Claim(_name(user), is_proven_by)


async def _xoauth2(initial: bytes | None, ask: Ask) -> Claim:
    """User and token (Google, “OAuth 2.0 Mechanism”; Microsoft has the same).

    What is written otherwise is a claim that nobody can prove, for servers refuse both alike.
    """
    sent = await ask(b"") if initial is None else initial
    found = _XOAUTH2.fullmatch(sent)
    if found is None:
        return Claim("", lambda _: False, token="")
    return Claim(_name(found[1]), lambda _: False, token=found[2].decode("ascii"))


_XOAUTH2 = re.compile(rb"user=([^\x01]*)\x01auth=[Bb]earer ([!-~]+)\x01\x01")

_CLAIMS: dict[str, Callable[[bytes | None, Ask], Awaitable[Claim]]] = {
    "PLAIN": _plain,
    "LOGIN": _login,
    "CRAM-MD5": _cram_md5,
    "XOAUTH2": _xoauth2,
}

MECHANISMS = frozenset(_CLAIMS)


def _name(user: bytes) -> str:
    try:
        return user.decode("utf-8")
    except UnicodeDecodeError:
        raise SaslError("the user’s name is not UTF-8") from None
