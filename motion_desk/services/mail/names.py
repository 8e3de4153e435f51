"""Names: from a host's name to the addresses that may serve it."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic

import idna

from motion_desk.services.jobs import THREAD_PREFIX, Stopped
from motion_desk.services.mail.errors import NameUnanswered, NameUnknown

TICK = 0.02
"""Seconds between two looks at whether a person asked for the end."""

# What getaddrinfo says of a name that has no address, by system; anything else is a failure of
# the name service.
_UNKNOWN = {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a host is: an IP address in text and a port."""

    address: str
    port: int

    @property
    def is_v6(self) -> bool:
        """Whether it is an IPv6 address."""
        return ":" in self.address

    def __str__(self) -> str:
        return f"[{self.address}]:{self.port}" if self.is_v6 else f"{self.address}:{self.port}"


Route = Callable[[str, int], tuple[tuple[str, int], ...]]
"""Says where a host and port are, in place of the name service: for the lab and for tests.

Raises ``LookupError`` where there is no such host. Must answer at once.
"""


def ascii_host(host: str) -> str:
    """The host as it is asked for: UTS 46 for names beyond ASCII, never Python's own codec.

    Raises ``NameUnknown`` for what can be no name.
    """
    bare = host.strip().strip("[]")
    if is_address(bare):
        return bare
    if bare.isascii():
        return bare.rstrip(".").lower()
    try:
        return idna.encode(bare.rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise NameUnknown(str(error)) from None


def is_address(host: str) -> bool:
    """Whether the host is an IP address rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def resolve(
    host: str, port: int, *, until: float, stop: threading.Event, route: Route | None = None
) -> tuple[Place, ...]:
    """All places of a host, in the order in which they are to be tried.

    ``until`` is a moment of ``time.monotonic``. Raises ``NameUnknown``, ``NameUnanswered``, and
    ``Stopped`` within ``TICK`` of ``stop``; a look-up that cannot be ended goes on in the
    background then, and its result is dropped.
    """
    if route is not None:
        try:
            return tuple(Place(*place) for place in route(host, port))
        except LookupError:
            raise NameUnknown(host) from None
    answers: queue.SimpleQueue[tuple[Place, ...] | OSError] = queue.SimpleQueue()
    name = f"{THREAD_PREFIX}name"
    threading.Thread(target=_look_up, args=(host, port, answers), name=name, daemon=True).start()
    while True:
        if stop.is_set():
            raise Stopped
        if monotonic() > until:
            raise NameUnanswered("no answer in time")
        try:
            answer = answers.get(timeout=TICK)
        except queue.Empty:
            continue
        if isinstance(answer, OSError):
            kind = NameUnknown if answer.errno in _UNKNOWN else NameUnanswered
            raise kind(answer.strerror or str(answer))
        return answer


def _look_up(host: str, port: int, answers: queue.SimpleQueue[tuple[Place, ...] | OSError]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    except UnicodeError:  # an empty label, or one beyond 63 characters
        answers.put(socket.gaierror(socket.EAI_NONAME, "not a name that can be asked for"))
    else:
        answers.put(tuple(dict.fromkeys(Place(str(entry[4][0]), port) for entry in found)))
