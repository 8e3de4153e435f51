"""HTTP, as much as the identity server speaks: one request and one answer for each connection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from motion_desk.services.lab.wire import Wire

LONGEST_BODY = 2**17
"""Bytes of a request's body: two tokens of the longest kind, several times over."""
_MOST_HEADERS = 100
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Request:
    """A request; names of headers are in small letters. A value that came twice counts once."""

    method: str
    path: str
    query: Mapping[str, str] = field(repr=False)
    form: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; the text may hold what is given out, so it is not shown."""

    text: str = field(repr=False)
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def encoded(self, when: datetime) -> bytes:
        """It as bytes, dated; the connection ends after it, so that each sees the present fault."""
        body = self.text.encode("utf-8")
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"Date: {format_datetime(when, usegmt=True)}",
            f"Content-Type: {self.kind}; charset=utf-8",
            f"Content-Length: {len(body)}",
            "Cache-Control: no-store, no-cache",
            *(f"{name}: {value}" for name, value in self.headers.items()),
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body


def as_json(values: Mapping[str, Any], status: int = 200) -> Answer:
    """An answer for programs."""
    return Answer(json.dumps(values), status)


def page(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer for people, as HTML."""
    return Answer(text, status, "text/html", headers or {})


async def read(wire: Wire) -> Request | None:
    """The request of a client, or nothing where it has left or said what is none.

    Raises ``EOFError`` where the client leaves in the middle of the body.
    """
    words = (await wire.line()).decode("latin-1").split()
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    headers = await _headers(wire)
    length = headers.get("content-length", "0") if headers is not None else ""
    if headers is None or not length.isdecimal() or int(length) > LONGEST_BODY:
        return None
    body = (await wire.exactly(int(length))).decode("utf-8", "replace")
    try:
        address = urlsplit(words[1])
        return Request(words[0], address.path, _values(address.query), _values(body), headers)
    except ValueError:  # no address, or too many values
        return None


async def _headers(wire: Wire) -> dict[str, str] | None:
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = (await wire.line()).decode("latin-1")
        if not line:
            return None
        if not line.strip():
            return headers
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return None


def _values(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_VALUES))
