"""TLS of the lab's servers: a certificate for whatever name a client asks for."""

from __future__ import annotations

import contextlib
import ssl
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from motion_desk.services.lab.authority import Authority
from motion_desk.services.lab.faults.behaviour import Chain, Handshake

NAMELESS = ("localhost", "127.0.0.1", "127.0.0.2")
"""What the certificate names where the client did not say whom it wants."""

# Each is a few kilobytes; a client that asks for one name after another ends there.
_MOST_KEPT = 256


_Chooser = Callable[[ssl.SSLObject, "str | None", ssl.SSLContext], None]


class Certificates:
    """Makes the TLS contexts of one lab and keeps them.

    ``context`` may be called from any thread; contexts for names are made by the handshakes, on
    the thread of the servers.
    """

    def __init__(self, authority: Authority, folder: Path) -> None:
        self._authority = authority
        self._folder = folder
        self._contexts: dict[tuple[Chain, Handshake, str], ssl.SSLContext] = {}

    def context(self, chain: Chain, handshake: Handshake) -> ssl.SSLContext:
        """What a server takes for its handshakes; the name is chosen during each (RFC 6066)."""
        return self._kept(chain, handshake, "")

    def _kept(self, chain: Chain, handshake: Handshake, name: str) -> ssl.SSLContext:
        key = (chain, handshake, name)
        if key not in self._contexts:
            if len(self._contexts) >= _MOST_KEPT:
                self._contexts.clear()
            self._contexts[key] = self._made(chain, handshake, name)
        return self._contexts[key]

    def _made(self, chain: Chain, handshake: Handshake, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sslobject_class = _AlertingObject
        names = (name,) if name else NAMELESS
        _load(context, self._authority.key_and_chain(names, chain), self._folder)
        if not name:
            context.sni_callback = self._chooser(chain, handshake)
        if handshake is Handshake.CLIENT_CERTIFICATE:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(cadata=self._authority.pem)
        if handshake is Handshake.OLD:
            # OpenSSL 3 counts SHA-1, which TLS 1.1 signs with, as level 0.
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            if not name:  # the version is settled before the name is looked at
                _limit_to_old(context)
        return context

    def _chooser(self, chain: Chain, handshake: Handshake) -> _Chooser:
        def choose(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
            # A name that no certificate can hold gets the one for clients that name nobody.
            with contextlib.suppress(ValueError):
                if name:
                    connection.context = self._kept(chain, handshake, name.lower())

        return choose


class _AlertingObject(ssl.SSLObject):
    """Lets the alert of a failed handshake reach the client.

    asyncio closes the connection as soon as a handshake fails, with the alert still unsent; the
    client then sees a connection that was lost, where real servers say why. Told that more input
    is needed, asyncio sends what there is and waits for the client to leave.
    """

    _failure: ssl.SSLError | None = None

    def do_handshake(self) -> None:
        if self._failure is not None:
            raise self._failure
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            self._failure = error
            raise ssl.SSLWantReadError from error


def _load(context: ssl.SSLContext, key_and_chain: bytes, folder: Path) -> None:
    """Give a context its certificates, which Python takes from a file only."""
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".pem", delete=False) as file:
        file.write(key_and_chain)  # readable by its owner only, and gone in a moment
    try:
        context.load_cert_chain(file.name)
    finally:
        Path(file.name).unlink()


def _limit_to_old(context: ssl.SSLContext) -> None:
    """Speak TLS 1.0 and 1.1 only, which Python warns of, rightly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
