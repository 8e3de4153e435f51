"""XOAUTH2: the mechanism by which a bearer token stands in place of a password."""

from __future__ import annotations

MECHANISM = "XOAUTH2"


def initial_response(username: str, token: str) -> bytes:
    """What the client says, before base64.

    Microsoft Learn, “Authenticate an IMAP, POP or SMTP connection using OAuth”; Google has the
    same. A control character in either part would begin another field: raises ``ValueError``.
    """
    if any(not each.isprintable() for each in (username, token)):
        raise ValueError("a control character would begin another field")
    return f"user={username}\x01auth=Bearer {token}\x01\x01".encode()
