"""Ids of rows that are read from text: the same text gives the same ids."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from hashlib import blake2b

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 6


def row_id(key: str, seed: str, used: AbstractSet[str]) -> str:
    """An id for a row of the rows field ``key`` that none of ``used`` has, made from ``seed``."""
    attempt = 0
    while True:
        text = f"{key}\0{seed}\0{attempt}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
        letters = []
        for _ in range(_LENGTH):
            number, remainder = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[remainder])
        if (identity := "".join(letters)) not in used:
            return identity
        attempt += 1
