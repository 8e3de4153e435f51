"""Ids of rows that are read from text: the same text gives the same ids."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import count

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 6


def row_ids(key: str, seed: str) -> Iterator[str]:
    """Ids for rows of the rows field ``key``, made from ``seed``, without end: take the first free."""
    for attempt in count():
        text = f"{key}\0{seed}\0{attempt}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
        letters = []
        for _ in range(_LENGTH):
            number, remainder = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[remainder])
        yield "".join(letters)
