"""The lab's certificate authority: made once, kept in a folder, and what it signs."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motion_desk.services.lab.errors import LabError
from motion_desk.services.lab.faults.behaviour import Chain

ROOT_NAME = "Motion Desk lab authority"
INTERMEDIATE_NAME = "Motion Desk lab intermediate"
OTHER_NAME = "mail.lab.example"
"""What the certificate of ``Chain.OTHER_NAME`` names, whatever name was asked for."""
LONGEST_COMMON_NAME = 64
"""Characters, by X.520's upper bound; a longer name stands among the alternative names only."""

_KEY_FILE = "authority.key"
_CERTIFICATE_FILE = "authority.crt"

_DAY = timedelta(days=1)
_ROOT_LIFE = 3_650 * _DAY
_LIVES = {
    Chain.EXPIRED: (-120 * _DAY, -30 * _DAY),
    Chain.NOT_YET_VALID: (30 * _DAY, 120 * _DAY),
}
# As long as a certificate of a public authority may live in 2026 at most (CA/Browser Forum).
_ORDINARY_LIFE = (-30 * _DAY, 170 * _DAY)


class Authority:
    """A root that is kept, an intermediate and a server key that last as long as this object.

    All keys are on the curve P-256. Used from one thread at a time.
    """

    def __init__(self, root_key: ec.EllipticCurvePrivateKey, root: x509.Certificate) -> None:
        self._intermediate_key = ec.generate_private_key(ec.SECP256R1())
        self._server_key = ec.generate_private_key(ec.SECP256R1())
        self._intermediate = (
            _certificate(
                INTERMEDIATE_NAME, self._intermediate_key.public_key(), root.subject, _ROOT_LIFE
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(_issuer(root_key), critical=False)
            .sign(root_key, hashes.SHA256())
        )
        self.pem = root.public_bytes(Encoding.PEM).decode("ascii")
        """The root's certificate."""

    @classmethod
    def kept_in(cls, folder: Path) -> Authority:
        """The authority of a folder, made and written there at the first call.

        Its key is readable by its owner only; the certificate lies beside it for whoever is to
        trust the lab. Raises ``LabError`` where the folder cannot be used or the key is damaged.
        """
        path = folder / _KEY_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _write_new(path)
            authority = cls(*_read(path))
            certificate_file(folder).write_text(authority.pem, encoding="ascii")
        except ValueError as error:
            raise LabError(
                f"The lab’s key {path} is damaged. Delete it: the lab then makes a new one, whose "
                "certificate must be imported again where the old one was."
            ) from error
        except OSError as error:
            raise LabError(
                f"The lab cannot keep its certificates in {folder} ({error.strerror}). "
                "Choose a folder that you may write to."
            ) from error
        return authority

    def key_and_chain(self, names: Sequence[str], chain: Chain) -> bytes:
        """PEM of the server's key and of all the certificates that a server is to send.

        ``names`` are host names in ASCII or IP addresses, one or more. Raises ``ValueError`` for a
        name that no certificate can hold.
        """
        names = [OTHER_NAME] if chain is Chain.OTHER_NAME else names
        sent = [self._leaf(names, chain)]
        if chain not in (Chain.LEAF_ONLY, Chain.SELF_SIGNED):
            sent.append(self._intermediate)
        return _pem(self._server_key) + b"".join(each.public_bytes(Encoding.PEM) for each in sent)

    def _leaf(self, names: Sequence[str], chain: Chain) -> x509.Certificate:
        self_signed = chain is Chain.SELF_SIGNED
        signer = self._server_key if self_signed else self._intermediate_key
        begins, ends = _LIVES.get(chain, _ORDINARY_LIFE)
        # A subject is no more than a label here: clients look at the alternative names.
        subject = next((name for name in names if len(name) <= LONGEST_COMMON_NAME), OTHER_NAME)
        return (
            _certificate(
                subject,
                self._server_key.public_key(),
                _name(subject) if self_signed else self._intermediate.subject,
                ends,
                begins,
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False
            )
            .add_extension(_issuer(signer), critical=False)
            .sign(signer, hashes.SHA256())
        )


def certificate_file(folder: Path) -> Path:
    """Where the root's certificate lies, to be imported by who is to trust the lab."""
    return folder / _CERTIFICATE_FILE


def _read(path: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """What ``_write_new`` wrote. Raises ``ValueError`` where it is something else by now."""
    text = path.read_bytes()
    key = load_pem_private_key(text, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("another kind of key")  # noqa: TRY004  the file is wrong, not a type
    return key, x509.load_pem_x509_certificate(text)


def _write_new(path: Path) -> None:
    """Make a root and write its key and certificate into one file, or leave another lab's there."""
    key = ec.generate_private_key(ec.SECP256R1())
    root = (
        _certificate(ROOT_NAME, key.public_key(), _name(ROOT_NAME), _ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_once(path, _pem(key) + root.public_bytes(Encoding.PEM))


def write_once(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, unless another lab has just written it."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        try:
            # Unlike a renaming, this never takes the place of what a second lab has just written.
            os.link(unfinished, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _certificate(
    subject: str,
    key: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    ends: timedelta,
    begins: timedelta = -_DAY,
) -> x509.CertificateBuilder:
    """What every certificate has; its life is counted from now, to the second."""
    now = datetime.now(UTC).replace(microsecond=0)
    return (
        x509.CertificateBuilder(issuer, _name(subject), key, x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Motion Desk lab"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _issuer(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
