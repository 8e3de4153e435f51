"""Kinds of values of the Internet: hosts, web addresses and email addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from motion_desk.models.kinds import Fault, Text

_LABEL = re.compile(r"(?!-)[^\s/:@?#\[\]\\\"'<>,;()%]{1,63}(?<!-)\Z")
_DIGITS_AND_DOTS = re.compile(r"[0-9.]+\Z")


def _is_ip(text: str) -> bool:
    from ipaddress import ip_address  # late, as urllib below: the window starts without them

    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_host(text: str) -> bool:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if _is_ip(bare):
        return bare == text or ":" in bare
    name = text.removesuffix(".")
    if len(name) > 253 or _DIGITS_AND_DOTS.match(name):
        return False
    return all(_LABEL.match(label) for label in name.split("."))


@dataclass(frozen=True, repr=False, eq=False)
class Host(Text):
    """A host name (international names included) or an IP address, without a port."""

    expected: ClassVar[str] = "a host"

    def _faults(self, text: str) -> Iterator[Fault]:
        if "://" in text:
            from urllib.parse import urlsplit

            try:
                host = urlsplit(text).hostname or ""
            except ValueError:  # such as an unclosed bracket
                host = ""
            yield "url_in_host", {"text": text, "host": host}
        elif not _is_host(text):
            host, colon, port = text.rpartition(":")
            if colon and port.isdecimal() and _is_host(host):
                yield "port_in_host", {"text": text, "port": port}
            else:
                yield "host", {"text": text}


def _is_url(text: str) -> bool:
    from urllib.parse import urlsplit

    # urlsplit drops control characters at the start.
    if not text[:1].isalpha() or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:  # an unclosed bracket, or a port that is no number
        return False
    return parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and port_is_good


@dataclass(frozen=True, repr=False, eq=False)
class Url(Text):
    """An absolute web address."""

    most: int = 2048
    expected: ClassVar[str] = "a web address"

    def _faults(self, text: str) -> Iterator[Fault]:
        if not _is_url(text):
            yield "url", {"text": text}


@dataclass(frozen=True, repr=False, eq=False)
class Address(Text):
    """An email address: local part, @, domain (RFC 5321 lengths, RFC 6531 characters)."""

    most: int = 254
    expected: ClassVar[str] = "an email address"

    def _faults(self, text: str) -> Iterator[Fault]:
        local, at, domain = text.rpartition("@")
        quoted = len(local) > 2 and local.startswith('"') and local.endswith('"')
        plain = re.fullmatch(r"[^\s@<>()\[\],;:\\\"]+", local)
        dots = local.startswith(".") or local.endswith(".") or ".." in local
        good = (
            at and (quoted or (plain and not dots)) and len(local.encode("utf-8", "replace")) <= 64
        )
        if not good or not _is_host(domain) or _is_ip(domain):
            yield "address", {"text": text}
