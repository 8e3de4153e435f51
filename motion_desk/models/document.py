"""A document: a frozen value made of sections; an account and the workspace are documents."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any, TypeVar


@dataclass(frozen=True, kw_only=True)
class Document:
    """A frozen value made of sections.

    ``id`` is random and never changes. ``version`` is that of the stored document which this
    one began as; 0 means that it was never stored.
    """

    id: str = ""
    version: int = 0


D = TypeVar("D", bound=Document)

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(length: int = 8) -> str:
    """A random id that is easy to read aloud (no 0, 1, i, l, o)."""
    # 256 is no multiple of 30: a few letters come 12 % more often, which harms no id.
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(length))


def get(document: Document, key: str) -> Any:
    """The value of the field ``key`` (``section.name``)."""
    section, _, name = key.partition(".")
    return getattr(getattr(document, section), name)


def put(document: D, key: str, value: object) -> D:
    """The document with the field ``key`` set, and nothing else changed."""
    section, _, name = key.partition(".")
    changes: dict[str, Any] = {section: replace(getattr(document, section), **{name: value})}
    return replace(document, **changes)
