"""Refusals: what the identity server says no with, each under its AADSTS number.

Numbers, errors and statuses are Microsoft's (Microsoft Learn, “Microsoft Entra authentication and
authorization error codes”, and RFC 6749 §5.2); the sentences are shortened.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class _Kind:
    error: str
    sentence: str
    status: int = 400
    suberror: str = ""


class Refused(Exception):  # noqa: N818  it is no fault of the program
    """A request is refused; ``number`` is one of ``KINDS``, ``values`` fill its sentence."""

    def __init__(self, number: int, values: Mapping[str, str] | None = None) -> None:
        super().__init__(number)
        self.number = number
        self._values = dict(values or {})

    @property
    def error(self) -> str:
        """The error by its name in RFC 6749, RFC 8628 or OpenID Connect."""
        return KINDS[self.number].error

    @property
    def status(self) -> int:
        """The status of the HTTP answer."""
        return KINDS[self.number].status

    @property
    def sentence(self) -> str:
        """What is wrong, beginning with the number; nothing that a client sent as a secret."""
        values = {"client": "", "tenant": "", "person": "", "what": ""} | self._values
        return f"AADSTS{self.number}: {KINDS[self.number].sentence.format(**values)}"

    def body(self, when: datetime, correlation: str) -> dict[str, Any]:
        """The answer’s JSON; ``correlation`` is the request’s own id, or empty."""
        trace, correlation = str(uuid.uuid4()), _uuid(correlation)
        stamp = f"{when:%Y-%m-%d %H:%M:%SZ}"
        body = {
            "error": self.error,
            "error_description": f"{self.sentence} Trace ID: {trace} "
            f"Correlation ID: {correlation} Timestamp: {stamp}",
            "error_codes": [self.number],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }
        suberror = KINDS[self.number].suberror
        return {**body, "suberror": suberror} if suberror else body


KINDS = {
    # Of the request.
    900144: _Kind("invalid_request", "The request has no parameter '{what}'."),
    9002313: _Kind("invalid_request", "Invalid request. Request is malformed or invalid."),
    90002: _Kind("invalid_request", "Tenant '{tenant}' not found. Check the tenant's ID."),
    70003: _Kind("unsupported_grant_type", "The app asked for an unsupported grant type."),
    70011: _Kind("invalid_scope", "The scope '{what}' is not valid."),
    28000: _Kind("invalid_request", "The scope asks for more than one resource."),
    1002012: _Kind("invalid_scope", "The scope '{what}' must be a resource followed by /.default."),
    50011: _Kind("invalid_request", "The redirect URI '{what}' is not one of the application's."),
    # Of the application.
    700016: _Kind(
        "unauthorized_client",
        "Application with identifier '{client}' was not found in the directory '{tenant}'.",
    ),
    7000215: _Kind("invalid_client", "Invalid client secret provided for '{client}'.", 401),
    7000218: _Kind(
        "invalid_client",
        "The request body must contain 'client_assertion' or 'client_secret'.",
        401,
    ),
    7000222: _Kind("invalid_client", "The client secret keys for '{client}' are expired.", 401),
    65001: _Kind(
        "invalid_grant",
        "The user or administrator has not consented to use the application '{client}'.",
        suberror="consent_required",
    ),
    # Of the person.
    50020: _Kind(
        "invalid_grant",
        "User account '{person}' does not exist in tenant '{tenant}' and cannot access the "
        "application '{client}' there.",
    ),
    50076: _Kind(
        "invalid_grant",
        "The user must use multi-factor authentication to access the resource.",
        suberror="basic_action",
    ),
    53003: _Kind(
        "invalid_grant",
        "Access has been blocked by Conditional Access policies.",
        suberror="message_only",
    ),
    # Of what was given out before.
    50173: _Kind(
        "invalid_grant",
        "The provided grant has expired due to it being revoked; a fresh token is needed.",
        suberror="bad_token",
    ),
    700082: _Kind(
        "invalid_grant",
        "The refresh token has expired due to inactivity.",
        suberror="bad_token",
    ),
    70008: _Kind("invalid_grant", "The provided authorization code has expired."),
    54005: _Kind("invalid_grant", "The authorization code was already redeemed."),
    501481: _Kind("invalid_grant", "The code_verifier does not match the code_challenge."),
    70000: _Kind("invalid_grant", "The provided grant is invalid or malformed."),
    # Of device codes (RFC 8628).
    70016: _Kind("authorization_pending", "Authorization is pending. Continue polling."),
    70018: _Kind("bad_verification_code", "The device code is not known."),
    70020: _Kind("expired_token", "This device code has expired."),
    65004: _Kind("authorization_declined", "User declined to consent to access the app."),
}
"""All that is ever said, by number."""


def _uuid(text: str) -> str:
    """The id as it is written usually, or a new one where it is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.uuid4())
