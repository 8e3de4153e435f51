"""Looking: what is found out beside the steps once one has failed, without any login."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Endpoint, Protocol
from motion_desk.models.providers import SERVERS
from motion_desk.services.mail import names, sockets
from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.mail.wire import Wire

if TYPE_CHECKING:
    from motion_desk.services.tester.session import Session

LONGEST = 2.0
"""Seconds that a look may take beyond the step that failed."""

PORTS = {Protocol.IMAP: (993, 143), Protocol.SMTP: (465, 587, 25)}
"""The usual ports of each protocol, the safest first (RFC 8314 §3 for 993 and 465)."""
TLS_PORTS = frozenset({993, 465})
MOST_NEAR = 3


GREETINGS = {
    Protocol.IMAP: re.compile(r"\* (?:OK|PREAUTH|BYE)\b", re.IGNORECASE),
    Protocol.SMTP: re.compile(r"[245]\d\d(?:[ -]|$)"),
}
"""How each protocol begins (RFC 9051 §7.1, RFC 5321 §4.2)."""


def open_ports(session: Session) -> tuple[int, ...]:
    """Which other usual ports of the protocol greet as they should, in the order of ``PORTS``."""
    until = monotonic() + LONGEST
    return tuple(
        port
        for port in PORTS[session.protocol]
        if port != session.endpoint.port
        and greets(session, session.host, port, port in TLS_PORTS, session.protocol, until)
    )


def is_swapped(session: Session, other: Endpoint) -> bool:
    """Whether the other protocol's endpoint speaks this one."""
    until = monotonic() + LONGEST
    return greets(session, other.host, other.port, other.tls, session.protocol, until)


def greets(
    session: Session, host: str, port: int, tls: bool, protocol: Protocol, until: float
) -> bool:
    """Whether a server greets in a protocol, with TLS from the first byte or in clear text."""
    from motion_desk.services.mail.tls import secure

    wire = _connected(session, host, port, until)
    if wire is None:
        return False
    try:
        wire.allow_until(until)
        if tls:
            secure(wire, host)
        return bool(GREETINGS[protocol].match(wire.readline().decode("utf-8", "replace")))
    except MailError:
        return False
    finally:
        wire.close()


def speaks_tls(session: Session) -> bool:
    """Whether the port answers to TLS."""
    from motion_desk.services.mail.tls import secure

    until = monotonic() + LONGEST
    wire = _connected(session, session.host, session.endpoint.port, until)
    if wire is None:
        return False
    try:
        wire.allow_until(until)
        secure(wire, session.host)
    except MailError:
        return False
    else:
        return True
    finally:
        wire.close()


def clear_greeting(session: Session) -> str:
    """What the port says first in clear text; empty for silence."""
    wire = _connected(session, session.host, session.endpoint.port, monotonic() + LONGEST)
    if wire is None:
        return ""
    try:
        return wire.received(LONGEST).decode("utf-8", "replace").strip()
    except MailError:
        return ""
    finally:
        wire.close()


def near_hosts(session: Session) -> tuple[str, ...]:
    """Hosts that exist and may have been meant: known ones spelt alike, and guesses by the domain."""
    host = session.host or session.endpoint.host
    known = [
        each
        for servers in SERVERS.values()
        for each in (servers.imap_host, servers.smtp_host)
        if each.startswith(session.protocol.value) or "." in each
    ]
    alike = difflib.get_close_matches(host, sorted(set(known)), MOST_NEAR, 0.8)
    domains = [session.endpoint.address.rpartition("@")[2], host.partition(".")[2]]
    guesses = [
        f"{label}.{domain}"
        for domain in dict.fromkeys(domains)
        if "." in domain
        for label in (session.protocol.value, "mail")
    ]
    until = monotonic() + LONGEST
    return tuple(
        each
        for each in dict.fromkeys([*alike, *guesses])
        if each != host and _addresses(session, each, until)
    )[:MOST_NEAR]


def same_place(session: Session, candidates: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that lead to an address of the host that is connected to."""
    here = {place.address for place in session.places}
    until = monotonic() + LONGEST
    return tuple(
        name
        for name in candidates
        if "*" not in name and name != session.host and here & _addresses(session, name, until)
    )


def _addresses(session: Session, host: str, until: float) -> set[str]:
    try:
        places = names.resolve(
            names.ascii_host(host),
            session.endpoint.port,
            until=until,
            stop=session.stop,
            route=session.route,
        )
    except MailError:
        return set()
    return {place.address for place in places}


def _connected(session: Session, host: str, port: int, until: float) -> Wire | None:
    """A wire that notes nothing."""
    try:
        places = names.resolve(
            names.ascii_host(host), port, until=until, stop=session.stop, route=session.route
        )
        connected, _ = sockets.connect(places, until=until, stop=session.stop)
    except MailError:
        return None
    return Wire(connected, Transcript(), session.stop)
