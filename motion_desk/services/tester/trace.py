"""Trace: what the header of a message that arrived tells of its way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

MOST = 50
"""Headers of one kind that are read."""
LONGEST = 10_000
"""Characters of one header that are read."""
METHODS = ("dkim", "spf", "dmarc", "arc")

# RFC 3848 and RFC 6531: an S behind the protocol's name says that TLS was used.
_WITH_TLS = re.compile(r"(?:UTF8)?(?:E?SMTP|LMTP)SA?|HTTPS", re.IGNORECASE)
_TLS_VERSION = re.compile(r"\bTLSv?1[._]([0-3])\b", re.IGNORECASE)
_SPAM = re.compile(
    r"X-(?:Spam-(?:Flag|Status|Score|Level|Report)|Spamd-(?:Result|Bar)|Rspamd-[\w-]+"
    r"|Forefront-Antispam-Report|Microsoft-Antispam|MS-Exchange-Organization-SCL|Virus-[\w-]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One server that handed the message on (RFC 5321, section 4.4).

    ``delay`` is the seconds since the hop before, by the servers' own clocks, so it may be below
    zero; ``None`` where a time is missing. ``protocol`` is the word behind “with”; ``tls`` says
    how it was encrypted, such as “TLS 1.3”, and is empty where the header says nothing of it.
    """

    sender: str
    receiver: str
    at: datetime | None
    delay: float | None
    protocol: str = ""
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a server says of SPF, DKIM or DMARC (RFC 8601): its word, who says it, and details."""

    method: str
    result: str
    server: str
    detail: str


@dataclass(frozen=True, slots=True)
class Altered:
    """A header that arrived otherwise than it was sent."""

    name: str
    sent: str
    arrived: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The message's way: hops from the first server on, results and spam headers as they stand."""

    hops: tuple[Hop, ...]
    checked: tuple[Checked, ...]
    spam: tuple[tuple[str, str], ...]
    altered: tuple[Altered, ...]


def traced(header: bytes, sent: Message) -> Trace:
    """What a header says. Raises nothing, whatever a server wrote into it.

    ``sent`` is the message as it left. What the results say is not verified: a server may have
    let stand what another one wrote.
    """
    arrived = BytesHeaderParser().parsebytes(header)
    return Trace(
        tuple(_hops(arrived)),
        (*_results(arrived), *_received_spf(arrived)),
        tuple((name, _line(value)) for name, value in arrived.items() if _SPAM.fullmatch(name))[
            :MOST
        ],
        tuple(_altered(arrived, sent)),
    )


def _hops(arrived: Message) -> Iterator[Hop]:
    before: datetime | None = None
    for value in reversed(_all(arrived, "Received")[:MOST]):
        text, _, date = value.rpartition(";")
        at = _moment(date)
        delay = (at - before).total_seconds() if at and before else None
        bare = _without_comments(text)
        protocol = _word(bare, "with")
        sender, receiver = _word(bare, "from"), _word(bare, "by")
        yield Hop(sender, receiver, at, delay, protocol, _tls(text, protocol))
        before = at or before


def _tls(text: str, protocol: str) -> str:
    """What a Received header says of encryption, its comments included."""
    if version := _TLS_VERSION.search(text):
        return f"TLS 1.{version[1]}"
    return "TLS" if _WITH_TLS.fullmatch(protocol) else ""


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (IndexError, OverflowError, TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _word(text: str, name: str) -> str:
    match = re.search(rf"(?:^|\s){name}\s+(\S+)", text, re.IGNORECASE)
    return match[1].rstrip(";") if match else ""


def _results(arrived: Message) -> Iterator[Checked]:
    for value in _all(arrived, "Authentication-Results")[:MOST]:
        server, *results = _without_comments(value).split(";")
        for each in results:
            match = re.match(r"\s*([a-z][\w-]*)(?:/\d+)?\s*=\s*(\w+)\s*(.*)", each, re.IGNORECASE)
            if match and match[1].lower() in METHODS:
                yield Checked(
                    match[1].lower(), match[2].lower(), server.strip(), " ".join(match[3].split())
                )


def _received_spf(arrived: Message) -> Iterator[Checked]:
    """RFC 7208, section 9.1: what some servers write in place of a result."""
    for value in _all(arrived, "Received-SPF")[:MOST]:
        result, _, detail = value.strip().partition(" ")
        server = re.search(r"receiver=([^\s;]+)", detail)
        yield Checked("spf", result.lower(), server[1] if server else "", detail.strip())


def _altered(arrived: Message, sent: Message) -> Iterator[Altered]:
    for name in ("Subject", "From", "To", "Message-ID"):
        was, now = _line(sent[name]), _line(arrived[name])
        if was != now:
            yield Altered(name, was, now)


def _all(arrived: Message, name: str) -> list[str]:
    return [_line(value) for value in arrived.get_all(name, [])]


def _line(value: object) -> str:
    """A header on one line, decoded; as it is where its encoding is broken."""
    text = str("" if value is None else value)[:LONGEST]
    with suppress(LookupError, UnicodeError, ValueError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def _without_comments(text: str) -> str:
    """The text without what stands in parentheses, which may be nested."""
    depth, kept = 0, []
    for each in text:
        depth += (each == "(") - (each == ")" and depth > 0)
        if not depth and each != ")":
            kept.append(each)
    return "".join(kept)
