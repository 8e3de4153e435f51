"""Keys: signing tokens so that mail servers can check them, and sealing what only we may read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from motion_desk.services.lab.authority import write_once

SHARED_KEY_NAME = "default"
"""What the header of a token signed with a shared secret calls it; Dovecot looks there unasked."""

_FILE = "identity.key"
_BITS = 2048


class Keys:
    """Signs and checks JWTs (RFC 7519): by RS256, or with a shared secret by HS256.

    The key for RS256 is made when it is first needed and kept in a folder, so that what one lab
    gives out another one of the same folder understands. Raises ``OSError`` where the folder cannot
    be used and ``ValueError`` where the key is damaged.
    """

    def __init__(self, folder: Path, secret: bytes | None) -> None:
        self._path = folder / _FILE
        self._secret = secret

    @property
    def algorithm(self) -> str:
        """The name of the signature’s algorithm (RFC 7518)."""
        return "RS256" if self._secret is None else "HS256"

    def signed(self, claims: Mapping[str, Any]) -> str:
        """A token that says so."""
        header = {"typ": "JWT", "alg": self.algorithm, "kid": self._name}
        body = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
        return f"{body}.{_encoded(self._signature(body.encode('ascii')))}"

    def verified(self, token: str) -> dict[str, Any] | None:
        """What a token says, or nothing where it was not signed here as it stands."""
        body, _, signature = token.rpartition(".")
        try:
            # By our algorithm, whatever the token’s header says.
            if not self._is_ours(body, _decoded(signature)):
                return None
            claims = json.loads(_decoded(body.partition(".")[2]))
        except (ValueError, RecursionError):
            return None
        return claims if isinstance(claims, dict) else None

    def public(self) -> list[dict[str, str]]:
        """The keys that others check tokens with (RFC 7517); none where the secret is shared."""
        if self._secret is not None:
            return []
        return [{**self._numbers, "use": "sig", "kid": self._name, "x5t": self._name}]

    def sealed(self, values: Mapping[str, Any]) -> str:
        """Values as a text that nobody else can read or change."""
        return self._seal.encrypt(_json(values)).decode("ascii")

    def opened(self, text: str) -> dict[str, Any] | None:
        """The values of a sealed text, or nothing where it is none."""
        try:
            values: dict[str, Any] = json.loads(self._seal.decrypt(text))
        except (InvalidToken, ValueError):  # ValueError: letters beyond ASCII
            return None
        return values

    def _signature(self, body: bytes) -> bytes:
        if self._secret is not None:
            return hmac.new(self._secret, body, hashlib.sha256).digest()
        return self._private.sign(body, padding.PKCS1v15(), hashes.SHA256())

    def _is_ours(self, body: str, signature: bytes) -> bool:
        if self._secret is not None:
            return hmac.compare_digest(self._signature(body.encode("ascii")), signature)
        try:
            self._private.public_key().verify(
                signature, body.encode("ascii"), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _private(self) -> rsa.RSAPrivateKey:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_once(self._path, _pem(rsa.generate_private_key(65_537, _BITS)))
        key = load_pem_private_key(self._path.read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("another kind of key")  # noqa: TRY004  the file is wrong, not a type
        return key

    @cached_property
    def _seal(self) -> Fernet:
        seed = _pem(self._private) if self._secret is None else self._secret
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"seal" + seed).digest()))

    @cached_property
    def _numbers(self) -> dict[str, str]:
        public = self._private.public_key().public_numbers()
        return {"e": _number(public.e), "kty": "RSA", "n": _number(public.n)}

    @cached_property
    def _name(self) -> str:
        """The thumbprint of the public key (RFC 7638)."""
        if self._secret is not None:
            return SHARED_KEY_NAME
        return _encoded(hashlib.sha256(_json(self._numbers)).digest())


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode("utf-8")


def _number(number: int) -> str:
    return _encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _encoded(data: bytes) -> str:
    """Base64 of URLs without its padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
    """Raises ``ValueError``."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError from error
