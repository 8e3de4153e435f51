"""Autoconfig: Thunderbird's format of settings, read with suspicion.

The format is described at https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from motion_desk.models.endpoints import Protocol
from motion_desk.models.internet import Host
from motion_desk.services.discovery.candidates import Ending, SourceEnded, UsernameForm

if TYPE_CHECKING:
    from motion_desk.services.discovery.search import Search

LARGEST = 256 * 1024
"""Bytes of a file; those of Thunderbird's list have about two thousand."""
DEEPEST = 12
MOST_ELEMENTS = 2_000
MOST_SERVERS = 10

_PROTOCOLS = {"imap": Protocol.IMAP, "smtp": Protocol.SMTP}


@dataclass(frozen=True, slots=True)
class Listed:
    """A server that a file lists; ``ways`` are its words for how to log in."""

    protocol: Protocol
    host: str
    port: int
    tls: bool
    starttls: bool
    username: str
    username_form: UsernameForm
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Autoconfig:
    """What a file says: the domains that it is for, and servers in the order of its preference."""

    domains: tuple[str, ...]
    servers: tuple[Listed, ...]


class _Bounded(TreeBuilder):
    """Builds a tree that is neither deep nor large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise SourceEnded(
                Ending.MALICIOUS, "Its autoconfig file is nested or filled beyond all use."
            )
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def read(data: bytes, search: Search) -> Autoconfig:
    """What a file says for the address that is searched for.

    Raises ``SourceEnded`` for whatever is no such file: entities, document types and references to
    other files are refused unread. Servers whose host or port is none are left out.
    """
    if len(data) > LARGEST:
        raise SourceEnded(
            Ending.TOO_LARGE, f"Its autoconfig file has more than {LARGEST // 1024} KB."
        )
    root = _tree(data)
    if root.tag != "clientConfig":
        raise SourceEnded(Ending.NONSENSE, "What it offers is no autoconfig file.")
    domains = tuple(_text(each).lower() for each in root.findall("emailProvider/domain"))[:100]
    return Autoconfig(domains, tuple(_servers(root, search))[:MOST_SERVERS])


def _tree(data: bytes) -> Element:
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # it has none
    from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]  # it has none

    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise SourceEnded(
            Ending.MALICIOUS, "Its autoconfig file defines entities, which it must not."
        ) from None
    except (ParseError, ValueError, LookupError):  # the latter two for strange encodings
        raise SourceEnded(Ending.NONSENSE, "What it offers is no XML.") from None
    return root


def _servers(root: Element, search: Search) -> Iterator[Listed]:
    for path in ("emailProvider/incomingServer", "emailProvider/outgoingServer"):
        for each in root.findall(path)[: MOST_SERVERS * 2]:
            if listed := _listed(each, search):
                yield listed


def _listed(server: Element, search: Search) -> Listed | None:
    """A server, unless it is of another kind or cannot be one."""
    protocol = _PROTOCOLS.get(server.get("type", "").lower())
    host = _filled(_text(server.find("hostname")), search).lower().rstrip(".")
    port = _text(server.find("port"))
    if protocol is None or not host or any(Host().check(host)):
        return None
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        return None
    socket = _text(server.find("socketType")).upper()
    username = _filled(_text(server.find("username")), search)
    form = _form(username, search)
    return Listed(
        protocol,
        host,
        int(port),
        socket in ("SSL", "TLS"),
        socket == "STARTTLS",
        username if form is not UsernameForm.UNKNOWN else search.address,
        form,
        tuple(_text(each) for each in server.findall("authentication")[:10]),
    )


def _form(username: str, search: Search) -> UsernameForm:
    if not username or len(username) > 254 or not username.isprintable():
        return UsernameForm.UNKNOWN
    if username.lower() == search.address.lower():
        return UsernameForm.ADDRESS
    return UsernameForm.LOCAL_PART if username == search.local_part else UsernameForm.OTHER


def _text(element: Element | None) -> str:
    return ((element.text or "") if element is not None else "").strip()[:1000]


def _filled(text: str, search: Search) -> str:
    """A text with the address in place of the format's place-holders."""
    for name, value in (
        ("%EMAILADDRESS%", search.address),
        ("%EMAILLOCALPART%", search.local_part),
        ("%EMAILDOMAIN%", search.domain),
    ):
        text = text.replace(name, value)
    return text
