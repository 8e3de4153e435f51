"""Certificates: what they say, whom they name, and what OpenSSL makes of their chain."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509
    from OpenSSL import crypto


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one certificate says. Moments are UTC; ``fingerprint`` is its SHA-256 in lower hex."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    serial: str
    fingerprint: str
    key: str
    is_authority: bool

    @property
    def is_self_issued(self) -> bool:
        """Whether it names itself as its issuer."""
        return self.subject == self.issuer


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a set of roots says of a chain: OpenSSL's code (0: trusted), its words, and where.

    ``depth`` counts from the server's own certificate, which is 0.
    """

    code: int
    words: str
    depth: int

    @property
    def trusted(self) -> bool:
        """Whether the chain ends at a root and every certificate in it is valid now."""
        return self.code == 0


@lru_cache(maxsize=256)
def described(der: bytes) -> Certificate:
    """What a certificate says. Raises ``ValueError`` for what is none."""
    loaded = _loaded(der)
    return Certificate(
        _name(loaded.subject),
        _name(loaded.issuer),
        _alternative_names(loaded),
        loaded.not_valid_before_utc,
        loaded.not_valid_after_utc,
        f"{loaded.serial_number:x}",
        hashlib.sha256(der).hexdigest(),
        _key(loaded),
        _is_authority(loaded),
    )


def _name(name: x509.Name) -> str:
    """A name as people write it: the common name first, where there is one."""
    from cryptography.x509.oid import NameOID

    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    rest = [
        str(each.value)
        for each in name
        if each.oid in (NameOID.ORGANIZATION_NAME, NameOID.COUNTRY_NAME)
    ]
    return ", ".join([*(str(each.value) for each in common), *rest]) or name.rfc4514_string()


def _alternative_names(loaded: x509.Certificate) -> tuple[str, ...]:
    from cryptography import x509

    try:
        found = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    names = found.get_values_for_type(x509.DNSName)
    return (*names, *(str(each) for each in found.get_values_for_type(x509.IPAddress)))


def _key(loaded: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key = loaded.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return ""
    kind = type(key).__name__.strip("_").removesuffix("PublicKey")
    size = getattr(key, "key_size", 0)
    return f"{kind} {size}" if size else kind


def _is_authority(loaded: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        return loaded.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def names_host(names: Sequence[str], host: str) -> bool:
    """Whether a certificate's names include the host (ASCII), by RFC 6125 §6.4.

    A ``*`` stands for one whole left-most label. The common name counts for nothing, as in Node
    where there are other names.
    """
    try:
        address = ip_address(host)
    except ValueError:
        pass
    else:
        return str(address) in names
    wanted = host.lower().rstrip(".")
    for name in names:
        given = name.lower().rstrip(".")
        if given == wanted:
            return True
        first, _, rest = wanted.partition(".")
        if given.startswith("*.") and first and rest == given[2:] and "." in rest:
            return True
    return False


def pem_certificates(text: str) -> tuple[str, ...]:
    """The certificates in a PEM text, each as a PEM text of its own."""
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    parts = text.split(begin)[1:]
    return tuple(f"{begin}{part.partition(end)[0]}{end}\n" for part in parts if end in part)


@dataclass(frozen=True, slots=True)
class Roots:
    """Certificates from which trust begins. ``given``: PEM texts beside the usual ones.

    ``mozilla``: Mozilla's list (certifi), which Node carries too. ``system``: this workstation's.
    """

    given: tuple[str, ...] = ()
    mozilla: bool = True
    system: bool = False


def judge(chain: Sequence[bytes], roots: Roots, at: datetime | None = None) -> Judgement:
    """What OpenSSL says of a chain (DER, leaf first), names aside.

    ``at`` is the moment to judge for, in place of now. Takes about 20 ms for each new ``roots``,
    then well under one. Safe on every thread.
    """
    from OpenSSL import crypto

    try:
        leaf, *others = (_for_openssl(each) for each in chain)
    except ValueError as error:
        return Judgement(UNREADABLE, str(error) or "there is no certificate", 0)
    store = _store(roots)
    if at is not None:
        store = _new_store(roots)
        store.set_time(at.astimezone(UTC))
    try:
        crypto.X509StoreContext(store, leaf, others).verify_certificate()
    except crypto.X509StoreContextError as error:
        code, depth, words = error.errors
        return Judgement(code, words, depth)
    return Judgement(0, "ok", 0)


UNREADABLE = -1
"""A code beside OpenSSL's: what the server sent is no certificate."""


@lru_cache(maxsize=256)
def _for_openssl(der: bytes) -> crypto.X509:
    """A certificate as OpenSSL takes it. Raises ``ValueError`` for what is none."""
    from OpenSSL import crypto

    return crypto.X509.from_cryptography(_loaded(der))


def _loaded(der: bytes) -> x509.Certificate:
    from cryptography import x509

    return x509.load_der_x509_certificate(der)


@lru_cache(maxsize=8)
def _store(roots: Roots) -> crypto.X509Store:
    return _new_store(roots)


def _new_store(roots: Roots) -> crypto.X509Store:
    from OpenSSL import crypto

    store = crypto.X509Store()
    if roots.mozilla:
        import certifi

        store.load_locations(certifi.where())
    if roots.system:
        _add_system(store)
    for text in roots.given:
        for pem in pem_certificates(text):
            try:
                found = crypto.load_certificate(crypto.FILETYPE_PEM, pem.encode())
            except (crypto.Error, ValueError):
                continue  # the check at its field says so; it proves nothing
            store.add_cert(found)
    return store


def _add_system(store: crypto.X509Store) -> None:
    """Add what this workstation trusts, as far as Python reads it.

    On Linux OpenSSL's own places, on Windows its stores; macOS's keychain is not read.
    """
    from OpenSSL import crypto

    paths = ssl.get_default_verify_paths()
    file, folder = paths.cafile, paths.capath
    if file or folder:
        store.load_locations(Path(file) if file else None, Path(folder) if folder else None)
    if hasattr(ssl, "enum_certificates"):  # Windows
        context = ssl.create_default_context()
        for der in context.get_ca_certs(binary_form=True):
            try:
                store.add_cert(_for_openssl(der))
            except (crypto.Error, ValueError):
                continue
