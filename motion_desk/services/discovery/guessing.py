"""Guessing: usual names and ports of the domain, of which those count that greet as they should."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass

from motion_desk.models.endpoints import Protocol
from motion_desk.services.discovery.candidates import (
    Candidate,
    Ending,
    Source,
    SourceEnded,
    UsernameForm,
    warned,
)
from motion_desk.services.discovery.search import Search
from motion_desk.services.discovery.sources import Found
from motion_desk.services.domain.resolver import Kind, Said
from motion_desk.services.jobs import THREAD_PREFIX, Stopped, wait_for
from motion_desk.services.mail.certificates import Roots, described, judge, names_host
from motion_desk.services.mail.errors import MailError
from motion_desk.services.mail.sockets import connect
from motion_desk.services.mail.tls import Secured, secure
from motion_desk.services.mail.transcript import Transcript
from motion_desk.services.mail.wire import Wire

LABELS = {Protocol.IMAP: ("imap", "mail"), Protocol.SMTP: ("smtp", "mail")}
PORTS = {Protocol.IMAP: ((993, True), (143, False)), Protocol.SMTP: ((465, True), (587, False))}
"""The ports of each protocol, and whether TLS begins with the first byte (RFC 8314 §3)."""
MOST_OF_AN_ANSWER = 64 * 1024
"""Bytes that a server may say in all before its answer is dropped."""

_TRUSTED, _ENCRYPTED, _CLEAR = 70, 45, 40
_LESS_FOR_WILDCARD = 15


@dataclass(frozen=True, slots=True)
class _Guess:
    protocol: Protocol
    host: str
    port: int
    tls: bool


def probing(search: Search) -> Found:
    """The usual names and ports, all at once; no login is tried."""
    guesses = [
        _Guess(protocol, f"{label}.{search.domain}", port, tls)
        for protocol in Protocol
        for label in LABELS[protocol]
        for port, tls in PORTS[protocol]
    ]
    answers: dict[_Guess, Candidate | None] = {}
    lies: list[SourceEnded] = []

    def look(guess: _Guess) -> None:
        try:
            answers[guess] = _looked(guess, search)
        except SourceEnded as ended:
            lies.append(ended)
        except (MailError, Stopped):
            pass  # a stop is noticed below, and whatever else it is, it is no mail server for us

    threads = [
        threading.Thread(target=look, args=(each,), name=f"{THREAD_PREFIX}guess", daemon=True)
        for each in guesses
    ]
    for thread in threads:
        thread.start()
    wait_for(threads)
    if search.asking.stop.is_set():
        raise Stopped
    found = [each for guess in guesses if (each := answers.get(guess))]
    if not found:
        if lies:
            raise sorted(lies, key=lambda each: each.sentence)[0]
        return (), Ending.NOTHING, "No server greets at the usual names and ports."
    if _is_wildcard(search):
        text = f"Every name below {search.domain} has an address, so this name proves little."
        found = [warned(each, text, less=_LESS_FOR_WILDCARD) for each in found]
    places = "one place" if len(found) == 1 else f"{len(found)} places"
    return tuple(found), Ending.FOUND, f"A mail server greets at {places}."


def _is_wildcard(search: Search) -> bool:
    """Whether a name that nobody can have made has an address."""
    name = f"{secrets.token_hex(8)}.{search.domain}"
    return search.request.resolver.ask(name, Kind.A, search.asking).said is Said.FOUND


def _looked(guess: _Guess, search: Search) -> Candidate | None:
    """What is at a place; ``None`` for no such host. Raises ``MailError`` and ``SourceEnded``."""
    places = search.places(guess.host, guess.port)
    if not places:
        return None
    connected, _ = connect(places, until=search.asking.until, stop=search.asking.stop)
    wire = Wire(connected, Transcript(), search.asking.stop)
    try:
        wire.allow_until(search.asking.until, MOST_OF_AN_ANSWER)
        secured = secure(wire, guess.host) if guess.tls else None
        if guess.protocol is Protocol.SMTP:
            secured = _greeted_by_smtp(wire, guess, secured)
        else:
            from motion_desk.services.mail.imap import Imap

            Imap(wire)
    finally:
        wire.close()
    return _candidate(guess, secured, search)


def _greeted_by_smtp(wire: Wire, guess: _Guess, secured: Secured | None) -> Secured | None:
    """Greeting and EHLO; and where STARTTLS is offered, what it gives."""
    from motion_desk.services.mail.smtp import Smtp

    smtp = Smtp(wire)
    offers_tls = any(each.upper() == "STARTTLS" for each in smtp.hello())
    if secured is None and offers_tls:
        smtp.ask_for_tls()
        return secure(wire, guess.host)
    return secured


def _candidate(guess: _Guess, secured: Secured | None, search: Search) -> Candidate:
    confidence, wrong = _worth(guess, secured, search)
    if not guess.host.startswith(guess.protocol.value):
        confidence -= 2  # of two that are as good, the one that bears the protocol's name
    return Candidate(
        guess.protocol,
        guess.host,
        guess.port,
        guess.tls,
        secured is not None and not guess.tls,
        search.address,
        UsernameForm.UNKNOWN,
        Source.PROBING,
        confidence if guess.tls or secured is None else confidence - 1,
        () if wrong else (_remark(secured),),
        (f"A server greets here; {wrong}",) if wrong else (),
        (_evidence(guess, secured),),
    )


def _remark(secured: Secured | None) -> str:
    if secured is None:
        return "A server greets here."
    return "A server greets here, with a certificate that is trusted and names it."


def _evidence(guess: _Guess, secured: Secured | None) -> str:
    """What was met at a place."""
    said = f"{guess.host}:{guess.port} greets by {guess.protocol.label}"
    if secured is None:
        return said
    try:
        leaf = described(secured.chain[0])
    except (IndexError, ValueError):  # a certificate that is none
        return f"{said}, {secured.version}"
    until = leaf.not_after.date().isoformat()
    return f"{said}, {secured.version}, certificate of {leaf.issuer} until {until}"


def _worth(guess: _Guess, secured: Secured | None, search: Search) -> tuple[int, str]:
    """How much speaks for a server that greeted, by its certificate as Motion would judge it.

    Behind it what is wrong with the certificate, in half a sentence.
    """
    if secured is None:
        return _CLEAR, ""
    judged = judge(secured.chain, Roots(search.request.given))
    if not judged.trusted:
        return _ENCRYPTED, f"its certificate is not trusted: {judged.words}."
    if not names_host(described(secured.chain[0]).names, guess.host):
        return _ENCRYPTED, "its certificate is for another name."
    return _TRUSTED, ""
