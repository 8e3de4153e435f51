"""A name server on loopback: it answers from a table of its own, well or badly."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from motion_desk.services.domain.resolver import Asking, Resolver

Zone = Mapping[str, Sequence[str]]
"""By name: records as “TYPE data”, as in a zone file."""


class Manner(Enum):
    """How a name is answered, where it is not answered well."""

    SILENT = "silent"
    BROKEN = "servfail"
    GARBAGE = "garbage"
    OTHER_ID = "other id"
    OTHER_QUESTION = "other question"
    ENDLESS_ALIAS = "an alias of a new name each time"


@dataclass
class NameServer:
    """What it knows, and what it was asked: (name, type) in order."""

    zone: dict[str, list[str]]
    manners: dict[str, Manner]
    udp_size: int = 1232
    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def resolver(self) -> Resolver:
        """A resolver that asks nobody else."""
        return Resolver([("127.0.0.1", self.port)])

    def answer(self, packet: bytes, *, udp: bool) -> bytes | None:
        """The answer to a question; ``None`` for silence."""
        query = dns.message.from_wire(packet)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        response = dns.message.make_response(query)
        match self._manner(name):
            case Manner.SILENT:
                return None
            case Manner.BROKEN:
                response.set_rcode(dns.rcode.SERVFAIL)
            case Manner.GARBAGE:
                return b"\xff" * 40
            case Manner.OTHER_ID:
                self._fill(response, name, kind)
                response.id ^= 1
            case Manner.OTHER_QUESTION:
                other = dns.message.make_query("elsewhere.example", kind, id=query.id)
                return dns.message.make_response(other).to_wire()
            case Manner.ENDLESS_ALIAS:
                count = name.split(".")[0].lstrip("a") or "0"
                target = f"a{int(count) + 1}.{name.partition('.')[2]}."
                response.answer.append(_set(name, "CNAME", target))
            case None:
                self._fill(response, name, kind)
        wire = response.to_wire(max_size=65535)
        if udp and len(wire) > self.udp_size:
            short = dns.message.make_response(query)
            short.flags |= dns.flags.TC
            return short.to_wire()
        return wire

    def _manner(self, name: str) -> Manner | None:
        for end, manner in self.manners.items():
            if name == end or name.endswith(f".{end}"):
                return manner
        return None

    def _fill(self, response: dns.message.Message, name: str, kind: str) -> None:
        seen: set[str] = set()
        while True:
            known = self.zone.get(name)
            if known is None:
                wild = self.zone.get(f"*.{name.partition('.')[2]}")
                if wild is None:
                    if not response.answer:
                        response.set_rcode(dns.rcode.NXDOMAIN)
                    return
                known = wild
            found = [data for line in known for k, data in [line.split(" ", 1)] if k == kind]
            if found:
                response.answer.append(_set(name, kind, *found))
                return
            alias = [data for line in known for k, data in [line.split(" ", 1)] if k == "CNAME"]
            if not alias:
                return
            response.answer.append(_set(name, "CNAME", alias[0]))
            seen.add(name)
            name = alias[0].rstrip(".")
            if name in seen:
                return


def _set(name: str, kind: str, *data: str) -> dns.rrset.RRset:
    return dns.rrset.from_text(dns.name.from_text(name), 60, "IN", kind, *data)


@contextmanager
def name_server(
    zone: Zone, manners: Mapping[str, Manner] | None = None, *, udp_size: int = 1232
) -> Iterator[NameServer]:
    """A name server that runs until the block ends; UDP and TCP on one port."""
    made = NameServer(
        {name: list(lines) for name, lines in zone.items()}, dict(manners or {}), udp_size
    )
    listening = socket.create_server(("127.0.0.1", 0))
    made.port = listening.getsockname()[1]
    packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    packets.bind(("127.0.0.1", made.port))
    ending = threading.Event()

    def by_udp() -> None:
        while True:
            packet, where = packets.recvfrom(4096)
            if ending.is_set():
                return
            answer = made.answer(packet, udp=True)
            if answer is not None:
                packets.sendto(answer, where)

    def by_tcp() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError, struct.error):
                    (size,) = struct.unpack("!H", connection.recv(2))
                    answer = made.answer(connection.recv(size), udp=False)
                    if answer is not None:
                        connection.sendall(struct.pack("!H", len(answer)) + answer)

    threads = [threading.Thread(target=each, daemon=True) for each in (by_udp, by_tcp)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        ending.set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"end", ("127.0.0.1", made.port))
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in threads:
            thread.join(5)
        packets.close()


def within(seconds: float = 5.0) -> Asking:
    """Time for a question that nobody stops."""
    return Asking(monotonic() + seconds, threading.Event())
