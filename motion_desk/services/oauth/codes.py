"""Codes: what Microsoft's AADSTS codes mean in plain words, who can mend it, and a letter to them.

The facts follow Microsoft Learn, “Microsoft Entra authentication and authorization error codes”;
the sentences are our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motion_desk.services.oauth.code_table import TABLE, Meaning, Mender
from motion_desk.services.oauth.provider import Provider
from motion_desk.services.oauth.trouble import SignInError, Trouble

__all__ = ["Meaning", "Mender", "letter", "meaning", "refused"]

_CODE = re.compile(r"AADSTS(\d{4,8})\b")
LONGEST_WORDS = 600
"""Characters of the service's own words that are kept."""


DECLINED, DENIED = "authorization_declined", "access_denied"
"""Errors of a person's no: Microsoft's own for the device code, and RFC 6749 §4.1.2.1."""
EXPIRED = ("expired_token", "code_expired")
"""A device code that was not used in time: RFC 8628 §3.5, and Microsoft's own."""


def meaning(code: str) -> Meaning:
    """What a code such as “AADSTS65001” means; a sensible default for those not listed."""
    found = _CODE.fullmatch(code)
    return TABLE.get(int(found[1]) if found else 0, TABLE[0])


def refused(answer: Mapping[str, Any]) -> SignInError:
    """The error that an answer of the sign-in service tells of.

    Its words lose trace ids and time, which help only Microsoft's support.
    """
    error = _text(answer.get("error"))
    words = _text(answer.get("error_description"))
    code = _code_of(answer, words)
    if error == DECLINED or (error == DENIED and not code):
        return SignInError(Trouble.DECLINED, code, _short(words))
    if error in EXPIRED:
        return SignInError(Trouble.CODE_EXPIRED, code, _short(words))
    values = {"sentence": meaning(code).sentence}
    return SignInError(Trouble.REFUSED, code or error[:60], _short(words or error), values)


def letter(code: str, provider: Provider, login: str = "", words: str = "") -> str:
    """A text for the administrator of the tenant; empty where they cannot help."""
    found = meaning(code)
    if not found.request:
        return ""
    said = f"\nMicrosoft's own words: {words}\n" if words else ""
    return (
        "Hello,\n\n"
        "our contact centre (XCALLY Motion) fetches and sends mail by OAuth 2 (IMAP and SMTP). "
        f"The sign-in{f' of {login}' if login else ''} is refused"
        f"{f' with {code}' if code else ''}: {found.sentence}\n\n"
        f"Tenant: {provider.tenant}\nApplication (client) ID: {provider.client_id}\n\n"
        f"{found.request}\n{said}"
    )


def _code_of(answer: Mapping[str, Any], words: str) -> str:
    if found := _CODE.search(words):
        return found[0]
    codes = answer.get("error_codes")
    first = codes[0] if isinstance(codes, list) and codes else None
    return f"AADSTS{first}" if isinstance(first, int) and not isinstance(first, bool) else ""


def _short(words: str) -> str:
    first = re.split(r"\s*(?:Trace ID|Correlation ID|Timestamp):", words)[0]
    plain = "".join(each if each.isprintable() else " " for each in first)
    return " ".join(plain.split())[:LONGEST_WORDS]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
