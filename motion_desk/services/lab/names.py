"""Names: the lab's name server, by which every domain has its mail in the lab.

Written by hand, so that the library which asks is not asked about its own answers.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address

from motion_desk.services.lab.faults.behaviour import Naming

SELECTOR = "lab"
"""Of the key that the lab's outgoing server signs with (RFC 6376 §3.1)."""
ADDRESS = IPv4Address("192.0.2.25")
"""Of documentation (RFC 5737), so nobody's: what is led by ``Lab.route`` never goes there."""
STRANGER = "postbox.example"
"""The domain whose servers are named where the fault is that others' are."""
HOSTS = ("autoconfig", "imap", "mail", "mx", "smtp", "www")
"""The first labels of the names that have an address."""
RECEIVERS = {
    "gmail.example": "gmail-smtp-in.l.google.com",
    "hotmail.example": "hotmail-example.olc.protection.outlook.com",
    "meridia.example": "meridia-example.mail.protection.outlook.com",
    "yahoo.example": "mta5.am0.yahoodns.net",
}
"""Domains whose mail a built-in service receives, and by which host; all others' the lab does."""
LIFETIME = 60
"""Seconds for which an answer may be kept by who asked."""

_LONGEST_NAME, _LONGEST_STRING = 255, 255
_HEADER = struct.Struct("!HHHHHH")
_RESPONSE, _AUTHORITATIVE, _WANTS_RECURSION, _RECURSION = 0x8000, 0x0400, 0x0100, 0x0080
_OPCODE = 0x7800
_INTERNET = 1


class Kind(IntEnum):
    """Types of records (RFC 1035 §3.2.2, RFC 2782)."""

    A = 1
    CNAME = 5
    MX = 15
    TXT = 16
    SRV = 33


@dataclass(frozen=True, slots=True)
class Record:
    """A record's type, and its data as it is sent."""

    kind: Kind
    data: bytes


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: its number, its flags, the name in small letters, the type, and its bytes."""

    number: int
    flags: int
    name: str
    kind: int
    data: bytes


def answer(packet: bytes, key: Callable[[], str], naming: Naming = Naming.SOUND) -> bytes | None:
    """The answer to a question (RFC 1035 §4.1); ``None`` for silence, and for what is no question.

    ``key`` gives the record of the key that mail is signed with. No answer is so long that it
    would have to be cut off.
    """
    asked = _question(packet)
    if asked is None or naming is Naming.SILENT:
        return None
    try:
        found = tuple(_records(asked.name, asked.kind, key, naming))
    except ValueError:  # a name that is too long once something stands before it
        found = ()
    flags = (asked.flags & _WANTS_RECURSION) | _RESPONSE | _AUTHORITATIVE | _RECURSION
    head = _HEADER.pack(asked.number, flags, 1, len(found), 0, 0)
    owner = _encoded(asked.name)
    return (head + asked.data) + b"".join(
        owner + struct.pack("!HHIH", each.kind, _INTERNET, LIFETIME, len(each.data)) + each.data
        for each in found
    )


def is_hosted(domain: str) -> bool:
    """Whether a built-in service has a domain's mail, so that the domain itself says no more."""
    return domain in RECEIVERS


def _question(packet: bytes) -> _Question | None:
    """The one question in a packet; ``None`` for anything unusual."""
    if len(packet) < _HEADER.size:
        return None
    number, flags, questions, *_ = _HEADER.unpack_from(packet)
    if flags & (_RESPONSE | _OPCODE) or questions != 1:
        return None
    place, labels = _HEADER.size, list[str]()
    while place < len(packet) and (size := packet[place]):
        label = packet[place + 1 : place + 1 + size]
        if size > 63 or not label.isascii() or b"." in label:
            return None
        labels.append(label.decode("ascii").lower())
        place += 1 + size
    end = place + 5
    if end > len(packet) or place - _HEADER.size >= _LONGEST_NAME:
        return None
    kind, group = struct.unpack_from("!HH", packet, place + 1)
    if group != _INTERNET:
        return None
    return _Question(number, flags, ".".join(labels), kind, packet[_HEADER.size : end])


def _records(name: str, kind: int, key: Callable[[], str], naming: Naming) -> Iterator[Record]:
    """What a name has of a type. Every domain has mail: the name says which part of it is meant."""
    label, _, rest = name.partition(".")
    if naming is Naming.LOOPING:
        yield Record(Kind.CNAME, _encoded(name))
    elif kind == Kind.A and ((label in HOSTS and rest) or name in RECEIVERS.values()):
        yield Record(Kind.A, ADDRESS.packed)
    elif kind == Kind.MX and not label.startswith("_"):
        home = STRANGER if naming is Naming.LYING else name
        receiver = RECEIVERS.get(home, f"mx.{home}")
        yield Record(Kind.MX, struct.pack("!H", 10) + _encoded(receiver))
    elif kind == Kind.SRV:
        yield from _services(name, naming)
    elif kind == Kind.TXT:
        yield from _texts(name, key)


def _services(name: str, naming: Naming) -> Iterator[Record]:
    """The records of RFC 6186 and RFC 8314; IMAP that begins in clear text is not offered."""
    label, _, domain = name.partition("._tcp.")
    if not domain or is_hosted(domain):
        return
    home = STRANGER if naming is Naming.LYING else domain
    match label:
        case "_imaps":
            yield _service(993, f"imap.{home}")
        case "_submissions":
            yield _service(465, f"smtp.{home}")
        case "_submission":
            yield _service(587, f"smtp.{home}")
        case "_imap":
            yield _service(0, "")


def _service(port: int, host: str) -> Record:
    return Record(Kind.SRV, struct.pack("!HHH", 0, 1, port) + _encoded(host))


def _texts(name: str, key: Callable[[], str]) -> Iterator[Record]:
    """Who may send for a domain: SPF (RFC 7208), DMARC (RFC 7489) and the key of DKIM."""
    if name.startswith(f"{SELECTOR}._domainkey."):
        yield _text(key())
    elif name.startswith("_dmarc."):
        domain = name.partition(".")[2]
        yield _text(f"v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}")
    elif not name.startswith("_") and "._" not in name:
        yield _text("v=spf1 mx -all")


def _text(text: str) -> Record:
    """A text, in as many strings as it takes (RFC 1035 §3.3.14)."""
    data = text.encode("ascii")
    strings = (data[at : at + _LONGEST_STRING] for at in range(0, len(data), _LONGEST_STRING))
    return Record(Kind.TXT, b"".join(bytes([len(each)]) + each for each in strings))


def _encoded(name: str) -> bytes:
    """A name as it is sent, without compression; the empty one is the root.

    Raises ``ValueError`` for what can be no name (RFC 1035 §2.3.4).
    """
    labels = [label.encode("ascii") for label in name.split(".")] if name else []
    found = b"".join(bytes([len(label)]) + label for label in labels if len(label) < 64) + b"\0"
    if not all(0 < len(label) < 64 for label in labels) or len(found) > _LONGEST_NAME:
        raise ValueError("what can be no name")
    return found
