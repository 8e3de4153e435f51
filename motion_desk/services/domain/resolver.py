"""Resolver: questions to name servers, answered in bounded time, by whoever they are put to."""

from __future__ import annotations

import secrets
import selectors
import socket
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from time import monotonic
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import Late, MailError
from motion_desk.services.mail.names import TICK, Place, Route
from motion_desk.services.mail.sockets import connect
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.mail.wire import Wire

AGAIN_AFTER = 1.5
"""Seconds after which a question is put to the next server: a packet may have been lost."""
MOST_ALIASES = 8
"""CNAMEs that are followed, one after another."""
MOST_RECORDS = 100
"""Records of an answer that are looked at."""
_DNS_PORT = 53
_LARGEST_PACKET = 65_535
_SIZE_ASKED_FOR = 1232
"""Bytes of an answer that no network has to cut in pieces (DNS flag day 2020)."""


class Kind(Enum):
    """What is asked for: the DNS type of that name."""

    A = "A"
    AAAA = "AAAA"
    MX = "MX"
    TXT = "TXT"
    SRV = "SRV"


class Said(Enum):
    """How a question ended; all but the first leave an answer without records."""

    FOUND = "found"
    NO_DATA = "no-data"
    NO_NAME = "no-name"
    UNANSWERED = "unanswered"
    LOOP = "loop"
    NONSENSE = "nonsense"

    @property
    def is_certain(self) -> bool:
        """Whether the name service said yes or no, rather than nothing that can be relied on."""
        return self in (Said.FOUND, Said.NO_DATA, Said.NO_NAME)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``text`` is an address, a host without the last dot, or the joined strings of TXT.

    Bytes beyond ASCII stand as they would in Latin-1. ``rank`` is the preference of MX and the
    priority of SRV; the lowest comes first. An empty host stands for the root: RFC 7505 for MX and
    RFC 2782 for SRV say by it that there is no service.
    """

    text: str
    rank: int = 0
    weight: int = 0
    port: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question; ``records`` in the order of their rank."""

    said: Said
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Within what a question is answered: a moment of ``time.monotonic``, and a person's stop."""

    until: float
    stop: threading.Event

    @property
    def left(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self.until - monotonic())


class Resolver:
    """Puts questions to name servers, by UDP and where an answer is too long for it by TCP.

    ``servers`` are addresses with ports; without, those that this computer uses. May be used on
    any number of threads at once. Only an answer to the very question, with its random number,
    from the server that was asked, is taken; all else is passed over.
    """

    def __init__(self, servers: Sequence[tuple[str, int]] | None = None) -> None:
        self._servers = _of_this_computer() if servers is None else tuple(servers)

    def ask(self, name: str, kind: Kind, asking: Asking) -> Answer:
        """The records of a name (ASCII), aliases followed.

        Raises nothing but ``Stopped``, within 20 ms of the stop; whatever servers do ends by
        ``asking.until``.
        """
        try:
            wanted = dns.name.from_text(name)
        except (dns.exception.DNSException, ValueError):
            return Answer(Said.NO_NAME)
        seen = {wanted}
        while True:
            message = self._message(wanted, kind, asking)
            if isinstance(message, Said):
                return Answer(message)
            try:
                chain = message.resolve_chaining()
            except dns.message.ChainTooLong:
                return Answer(Said.LOOP)
            except (dns.exception.DNSException, ValueError):
                return Answer(Said.NONSENSE)
            if message.rcode() == dns.rcode.NXDOMAIN:
                return Answer(Said.NO_NAME)
            if chain.answer is not None:
                return Answer(Said.FOUND, _records(chain.answer, kind))
            if chain.canonical_name == wanted:
                return Answer(Said.NO_DATA)
            # The alias leads further than this server says: ask for where it leads.
            wanted = chain.canonical_name
            if wanted in seen or len(seen) > MOST_ALIASES:
                return Answer(Said.LOOP)
            seen.add(wanted)

    def _message(
        self, wanted: dns.name.Name, kind: Kind, asking: Asking
    ) -> dns.message.QueryMessage | Said:
        """The first usable answer of a server, or why there is none."""
        worst = Said.UNANSWERED
        for server in (*self._servers, *self._servers):
            if not asking.left:
                break
            query = dns.message.make_query(
                wanted, kind.value, use_edns=0, payload=_SIZE_ASKED_FOR, id=secrets.randbits(16)
            )
            again = Asking(min(asking.until, monotonic() + AGAIN_AFTER), asking.stop)
            try:
                found = _by_udp(query, server, again)
                if found is not None and found.flags & dns.flags.TC:
                    found = _by_tcp(query, server, asking)
            except _Garbled:
                worst = Said.NONSENSE
                continue
            except (OSError, MailError):
                continue
            if found is None or found.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
                continue  # such as SERVFAIL, REFUSED: another server may know
            return found
        return worst


def resolver_on(route: Route | None) -> Resolver:
    """A resolver that asks whom a route names for DNS, port 53; without a route this computer's.

    So nothing leaves the computer where a route leads to the lab.
    """
    if route is None:
        return Resolver()
    try:
        return Resolver(route("", _DNS_PORT))
    except LookupError:
        return Resolver([])


class _Garbled(Exception):  # noqa: N818 - it says what happened
    """What came was no answer at all, and nothing better did."""


def _of_this_computer() -> tuple[tuple[str, int], ...]:
    with suppress(dns.exception.DNSException, OSError):
        configured = dns.resolver.Resolver(configure=True)
        found = [str(each) for each in configured.nameservers if isinstance(each, str)]
        return tuple((each, configured.port) for each in found if "://" not in each)
    return ()


def _by_udp(
    query: dns.message.Message, server: tuple[str, int], asking: Asking
) -> dns.message.QueryMessage | None:
    """The server's answer; ``None`` for silence. Raises ``Stopped``, ``_Garbled``, ``OSError``."""
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    garbled = False
    with socket.socket(family, socket.SOCK_DGRAM) as asked, selectors.DefaultSelector() as ready:
        asked.setblocking(False)
        asked.connect(server)  # the system then drops what others send
        asked.send(query.to_wire())
        ready.register(asked, selectors.EVENT_READ)
        while asking.left:
            if asking.stop.is_set():
                raise Stopped
            if not ready.select(min(TICK, asking.left)):
                continue
            found = _read(asked.recv(_LARGEST_PACKET), query)
            if found is not None:
                return found
            garbled = True
    if garbled:
        raise _Garbled
    return None


def _by_tcp(
    query: dns.message.Message, server: tuple[str, int], asking: Asking
) -> dns.message.QueryMessage | None:
    """The server's answer. Raises ``Stopped``, ``_Garbled`` and the errors of a wire."""
    connected, _ = connect([Place(*server)], until=asking.until, stop=asking.stop)
    wire = Wire(connected, Transcript(), asking.stop)
    try:
        wire.allow_until(asking.until, 2 + _LARGEST_PACKET)
        packet = query.to_wire()
        wire.send(struct.pack("!H", len(packet)) + packet)
        (size,) = struct.unpack("!H", wire.read(2))
        found = _read(wire.read(size), query)
    except Late:
        return None
    finally:
        wire.close()
    if found is None:
        raise _Garbled
    return found


def _read(packet: bytes, query: dns.message.Message) -> dns.message.QueryMessage | None:
    """The answer in a packet, if it is one to this very question."""
    try:
        found = dns.message.from_wire(packet, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError, struct.error):
        return None
    if not isinstance(found, dns.message.QueryMessage) or not query.is_response(found):
        return None
    return found if found.question else None


def _records(found: dns.rrset.RRset, kind: Kind) -> tuple[Record, ...]:
    records = [_record(each, kind) for each in list(found)[:MOST_RECORDS]]
    # Random within a rank for SRV (RFC 2782); the heaviest first serves to list them.
    return tuple(sorted(records, key=lambda each: (each.rank, -each.weight)))


def _record(found: Any, kind: Kind) -> Record:
    match kind:
        case Kind.MX:
            return Record(_host(found.exchange), found.preference)
        case Kind.SRV:
            return Record(_host(found.target), found.priority, found.weight, found.port)
        case Kind.TXT:
            return Record(b"".join(found.strings).decode("latin-1"))
        case Kind.A | Kind.AAAA:
            return Record(str(found.address))


def _host(name: dns.name.Name) -> str:
    """A host as it is written, in lower case; what no host can be called stays escaped."""
    return name.to_text(omit_final_dot=True).lower().removesuffix(".")
