"""TLS: the handshake, and the certificates that the server sends in it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import cache

from motion_desk.services.mail.names import is_address
from motion_desk.services.mail.wire import Wire


@dataclass(frozen=True, slots=True)
class Secured:
    """What was agreed on: version and cipher; and the certificates sent, leaf first, as DER."""

    version: str
    cipher: str
    bits: int
    chain: tuple[bytes, ...]


@cache
def _context() -> ssl.SSLContext:
    """Takes any certificate: it is judged afterwards, so that one handshake shows all of it.

    No password is sent before that. Nothing below TLS 1.2, as Node since version 12.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def secure(wire: Wire, host: str) -> Secured:
    """Begin TLS on a wire, for the server named ``host`` (ASCII). See ``Wire.start_tls``."""
    # RFC 6066 §3: a server name is never an IP address.
    encrypted = wire.start_tls(_context(), None if is_address(host) else host)
    name, _, bits = encrypted.cipher() or ("", "", 0)
    return Secured(encrypted.version() or "", name, bits, _chain(encrypted))


def _chain(encrypted: ssl.SSLSocket) -> tuple[bytes, ...]:
    """All certificates that the server sent, also where they prove nothing."""
    if hasattr(encrypted, "get_unverified_chain"):  # public from Python 3.13 on
        return tuple(encrypted.get_unverified_chain())
    # Before, only the object underneath has it; without it there is still the leaf.
    inner = getattr(encrypted, "_sslobj", None)
    if inner is not None and hasattr(inner, "get_unverified_chain"):
        return tuple(each.public_bytes(_DER) for each in inner.get_unverified_chain() or ())
    leaf = encrypted.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()


_DER = 2
"""``_ssl.ENCODING_DER``, which has no public name."""
