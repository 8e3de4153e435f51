"""Signatures: what the lab's outgoing server signs mail with (DKIM, RFC 6376).

Written by hand, so that the library which judges signatures is not asked about its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cached_property

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from motion_desk.services.lab.names import SELECTOR

_BITS = 2048
_SIGNED = ("from", "to", "subject", "date", "message-id")


class Signatures:
    """Signs messages by a key that is made when it is first needed and lasts as long as this.

    Belongs to the servers' thread.
    """

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65_537, _BITS)

    @cached_property
    def record(self) -> str:
        """The key as its TXT record says it."""
        public = self._key.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode('ascii')}"

    def signed(self, message: bytes, domain: str) -> bytes:
        """The message with a signature of the domain before it; as it is without a From.

        Headers in the form “relaxed”, the body in “simple” (§3.4).
        """
        head, _, body = message.partition(b"\r\n\r\n")
        fields = _fields(head)
        if "from" not in fields or not domain.isascii():
            return message
        names = [name for name in _SIGNED if name in fields]
        digest = hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest()
        tags = (
            f"v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={SELECTOR};\r\n"
            f" h={':'.join(names)};\r\n bh={base64.b64encode(digest).decode('ascii')};\r\n b="
        )
        signed = b"".join(_relaxed(name, fields[name]) + b"\r\n" for name in names)
        signed += _relaxed("dkim-signature", tags.encode("ascii"))
        made = self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        text = base64.b64encode(made).decode("ascii")
        folded = "\r\n ".join(text[at : at + 72] for at in range(0, len(text), 72))
        return f"DKIM-Signature: {tags}{folded}\r\n".encode("ascii") + message


def _fields(head: bytes) -> dict[str, bytes]:
    """The values of headers by their names; the last of each, which is what is signed (§5.4.2)."""
    lines = re.sub(rb"\r\n(?=[ \t])", b"\0", head).split(b"\r\n")
    split = (line.replace(b"\0", b"\r\n").partition(b":") for line in lines)
    return {name.decode("latin-1").strip().lower(): value for name, _, value in split}


def _relaxed(name: str, value: bytes) -> bytes:
    plain = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.encode("latin-1") + b":" + plain
