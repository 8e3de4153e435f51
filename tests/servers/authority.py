"""A private certificate authority: root, intermediate, and the certificates of the servers.

One for each session, made anew: nothing is trusted by anybody, nothing expires in the repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME = "mail.example.test"
"""The name of the mail servers, and the one that their sound certificate is for."""

YEAR = timedelta(days=365)


class Certificate(Enum):
    """What a server may show; the value is the name it shows it under (by TLS's SNI).

    Each is for that name, except `WRONG_NAME`, which is the sound one under another name.
    """

    SOUND = NAME
    EXPIRED = "expired.example.test"
    SELF_SIGNED = "self-signed.example.test"
    WRONG_NAME = "wrong-name.example.test"
    NO_INTERMEDIATE = "no-intermediate.example.test"


@dataclass(frozen=True)
class Identity:
    """A key and the chain that a server sends, its own certificate first; both PEM."""

    key: bytes
    chain: bytes


@dataclass(frozen=True)
class Issuer:
    """A certificate that signs others, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(
        self,
        subject: str,
        key: ec.EllipticCurvePrivateKey,
        *,
        names: tuple[str, ...] = (),
        until: datetime | None = None,
        issues: int | None = None,
    ) -> x509.Certificate:
        """Certify a key for DNS names and addresses, or as an issuer with `issues` levels below."""
        return _signed(self, subject, key, names=names, until=until, issues=issues)


class Authority:
    """A root, which is all that a client may trust, and an intermediate that signs for it."""

    def __init__(self) -> None:
        key = _new_key()
        self._root = Issuer(_signed(None, "Motion Desk test root", key, issues=1), key)
        key = _new_key()
        self._intermediate = Issuer(
            self._root.issue("Motion Desk test intermediate", key, issues=0), key
        )
        self.pem = _pem(self._root.certificate).decode("ascii")

    def identity(self, kind: Certificate, *, also: tuple[str, ...] = ()) -> Identity:
        """What a server shows as `kind`, good for `also` besides the kind's own name."""
        key = _new_key()
        name = NAME if kind is Certificate.WRONG_NAME else kind.value
        names = (name, *also)
        past = datetime.now(UTC) - timedelta(days=3)
        if kind is Certificate.SELF_SIGNED:
            chain = [_signed(None, name, key, names=names)]
        else:
            until = past if kind is Certificate.EXPIRED else None
            chain = [self._intermediate.issue(name, key, names=names, until=until)]
            if kind is not Certificate.NO_INTERMEDIATE:
                chain.append(self._intermediate.certificate)
        plain = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return Identity(plain, b"".join(map(_pem, chain)))


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _signed(
    issuer: Issuer | None,
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    *,
    names: tuple[str, ...] = (),
    until: datetime | None = None,
    issues: int | None = None,
) -> x509.Certificate:
    """A certificate with all that RFC 5280 asks for; signed by its own key where issuer is None."""
    own_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    signer = issuer.key if issuer else key
    until = until or datetime.now(UTC) + YEAR
    builder = (
        x509.CertificateBuilder()
        .subject_name(own_name)
        .issuer_name(issuer.certificate.subject if issuer else own_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - 2 * YEAR)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(x509.BasicConstraints(issues is not None, issues), critical=True)
        .add_extension(_usage(issuing=issues is not None), critical=True)
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_general(name) for name in names]), critical=False
        ).add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _usage(*, issuing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issuing,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issuing,
        crl_sign=issuing,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
