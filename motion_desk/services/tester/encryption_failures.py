"""Failures of encryption: their words, which are many, for the closed set in ``failures``."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What a failure is called by programs, its title, and its cause; the latter are templates."""

    word: str
    title: str
    cause: str


TLS_TO_CLEAR_PORT = Words(
    "tls-to-clear-port",
    "This port does not begin with encryption",
    "TLS was begun, but the server speaks clear text on port {port}.",
)
TLS_TOO_OLD = Words(
    "tls-too-old",
    "The server's TLS is too old",
    "The server offers only versions below TLS 1.2, which current programs refuse.",
)
TLS_BROKEN = Words(
    "tls-broken",
    "Encryption was broken off",
    "The server ended the connection in the middle of the TLS handshake.",
)
TLS_REFUSED = Words(
    "tls-refused",
    "Encryption could not be agreed on",
    "The two sides could not agree on TLS ({reason}).",
)
CLIENT_CERTIFICATE = Words(
    "client-certificate",
    "The server wants a client certificate",
    "The server lets in only clients that show a certificate of their own. Motion's page has "
    "no field for one.",
)
STARTTLS_REFUSED = Words(
    "starttls-refused",
    "The server refuses the encryption that it offers",
    "The server offers STARTTLS, and then answers no to it. Something on the way may take "
    "encryption out.",
)
SELF_SIGNED = Words(
    "self-signed",
    "The certificate is self-signed",
    "The server made its certificate itself, so nobody vouches for it.",
)
AUTHORITY_UNKNOWN = Words(
    "authority-unknown",
    "The certificate comes from an unknown authority",
    "“{issuer}” issued the certificate. It is neither among the authorities that Node carries "
    "nor among those that this workspace says Motion was given.",
)
CHAIN_INCOMPLETE = Words(
    "chain-incomplete",
    "The certificate comes alone",
    "The server sends its own certificate without that of “{issuer}”, its issuer, which is no "
    "authority that Motion knows. Mostly the server forgets an intermediate certificate.",
)
CERTIFICATE_EXPIRED = Words(
    "certificate-expired",
    "The certificate has expired",
    "The certificate of “{subject}” was valid until {date}.",
)
CERTIFICATE_NOT_YET_VALID = Words(
    "certificate-not-yet-valid",
    "The certificate is not valid yet",
    "The certificate of “{subject}” is valid from {date} on. Or a clock is wrong: this "
    "workstation's says {now}.",
)
CERTIFICATE_UNUSABLE = Words(
    "certificate-unusable",
    "The certificate cannot be used",
    "The certificate was refused: {reason}.",
)
WRONG_NAME = Words(
    "wrong-name",
    "The certificate is for another name",
    "The certificate names {names}, but not “{host}”.",
)
CERTIFICATE_EXPIRES = Words(
    "certificate-expires",
    "The certificate expires soon",
    "The certificate of “{subject}” is valid until {date}: {days} days more.",
)
ANY_CERTIFICATE = Words(
    "any-certificate",
    "An invalid certificate is accepted",
    "“Accept any certificate” is on, so Motion would go on although {reason}",
)
PINNED = Words(
    "pinned",
    "Trusted on this workstation only",
    "The test goes on because {reason}. Motion would have stopped here.",
)
CLEAR_TEXT = Words(
    "clear-text",
    "Nothing is encrypted",
    "{who} on this connection cross the network as clear text.",
)
