"""Candidates: settings that were found for an address, each with its source and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol


class Source(Enum):
    """Where settings are looked for: a word, and its title."""

    title: str

    def __new__(cls, word: str, title: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.title = title
        return member

    PRESET = "preset", "Motion's built-in services"
    AUTOCONFIG = "autoconfig", "The domain's autoconfig host"
    WELL_KNOWN = "well-known", "The domain's web site"
    SRV = "srv", "DNS service records"
    MX = "mx", "The server that receives the domain's mail"
    ISPDB = "ispdb", "Thunderbird's public list"
    PROBING = "probing", "Usual names and ports"


class Ending(Enum):
    """How the look at one source ended."""

    FOUND = "found"
    NOTHING = "nothing"
    LEFT_OUT = "left-out"
    NOT_OFFERED = "not-offered"
    OTHER_DOMAIN = "other-domain"
    UNANSWERED = "unanswered"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    MALICIOUS = "malicious"
    NONSENSE = "nonsense"
    LOOP = "loop"
    STOPPED = "stopped"


class SourceEnded(Exception):  # noqa: N818 - a result, not an error of the program
    """Ends the look at a source without candidates; ``sentence`` says why."""

    def __init__(self, ending: Ending, sentence: str) -> None:
        super().__init__(sentence)
        self.ending = ending
        self.sentence = sentence


class UsernameForm(Enum):
    """What the username is made of."""

    ADDRESS = "address"
    LOCAL_PART = "local-part"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Settings of one protocol that may be right.

    ``tls``: from the first byte; ``starttls``: begun in clear text. ``username`` is as it would
    be typed: where nobody said of what form it is, the address, which most servers take.
    ``confidence``, from 0 to 100, says how much speaks for it. ``needs_consent``: the host lies in
    another domain than the address, so a person must accept it before any password is sent
    there. ``also`` are further sources of the same. ``remarks`` and ``warnings`` are sentences;
    ``evidence`` has a line for each source: what it said, word for word where it has words.
    """

    protocol: Protocol
    host: str
    port: int
    tls: bool
    starttls: bool
    username: str
    username_form: UsernameForm
    source: Source
    confidence: int
    remarks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    needs_consent: bool = False
    service: Service | None = None
    also: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources that name it, the best first."""
        return (self.source, *self.also)

    @property
    def note(self) -> str:
        """All that is to be said of it; empty or in sentences."""
        return " ".join((*self.remarks, *self.warnings))


@dataclass(frozen=True, slots=True)
class SourceResult:
    """How the look at a source ended, in a word and a sentence, and its seconds."""

    source: Source
    ending: Ending
    sentence: str
    seconds: float = 0.0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Detection:
    """What is known for an address: candidates with the best first, and the sources that ended.

    ``problem`` says why nobody was asked.
    """

    address: str
    domain: str
    candidates: tuple[Candidate, ...] = ()
    sources: tuple[SourceResult, ...] = ()
    problem: str = ""

    def of(self, protocol: Protocol) -> tuple[Candidate, ...]:
        """The candidates of a protocol, the best first."""
        return tuple(each for each in self.candidates if each.protocol is protocol)


def lies_in(host: str, domain: str) -> bool:
    """Whether a host is the domain or below it.

    Without a list of public suffixes nothing more is taken for the same organisation.
    """
    bare = host.lower().rstrip(".")
    return bare == domain or bare.endswith(f".{domain}")


def judged(found: Candidate, domain: str) -> Candidate:
    """A candidate with what holds for all sources: the domain it lies in, and Motion's limits."""
    if found.protocol is Protocol.IMAP and found.starttls:
        text = "Motion's page has no STARTTLS for IMAP (inferred), so this would be clear text."
        found = warned(found, text, less=40)
    elif not found.tls and not found.starttls:
        found = warned(found, "Nothing is encrypted here, the password included.", less=30)
    if lies_in(found.host, domain):
        return found
    if found.service is None:
        text = f"“{found.host}” lies outside “{domain}”: accept it only if you know whose it is."
        found = warned(found, text)
    return replace(found, needs_consent=True)


def warned(found: Candidate, text: str, *, less: int = 0) -> Candidate:
    """A candidate with one more warning, and so much less that speaks for it."""
    if text in found.warnings:
        return found
    confidence = max(1, found.confidence - less)
    return replace(found, warnings=(*found.warnings, text), confidence=confidence)


MORE_FOR_EACH = 4
"""What a further source adds to the confidence."""


def ranked(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates with the best first; what several sources say becomes one.

    The order of sources decides between equals, so that it is the same each time.
    """
    merged: dict[tuple[object, ...], Candidate] = {}
    sources = list(Source)
    for each in sorted(found, key=lambda one: (-one.confidence, sources.index(one.source))):
        key = (each.protocol, each.host.lower(), each.port, each.tls)
        best = merged.get(key)
        merged[key] = each if best is None else _merged(best, each)
    protocols = list(Protocol)
    return tuple(
        sorted(
            merged.values(),
            key=lambda one: (
                protocols.index(one.protocol),
                -one.confidence,
                sources.index(one.source),
                one.host,
                one.port,
            ),
        )
    )


def _merged(best: Candidate, other: Candidate) -> Candidate:
    """A candidate that another source names as well."""
    if other.source in best.sources:
        return best
    return replace(
        best,
        also=(*best.also, other.source),
        confidence=min(99, best.confidence + MORE_FOR_EACH),
        remarks=_together(best.remarks, other.remarks),
        warnings=_together(best.warnings, other.warnings),
        evidence=_together(best.evidence, other.evidence),
        service=best.service or other.service,
    )


def _together(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return (*some, *(each for each in others if each not in some))
