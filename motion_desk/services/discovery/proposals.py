"""Proposals: candidates put together as an account needs them, and how far to trust each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
from motion_desk.models.providers import SERVERS
from motion_desk.services.discovery.candidates import Candidate, Detection, Ending, Source


class Trust(Enum):
    """Who vouches for settings, the most first: a word, a title, and what that is worth."""

    title: str
    sentence: str

    def __new__(cls, word: str, title: str, sentence: str) -> Self:
        """Let the word be the value."""
        member = object.__new__(cls)
        member._value_ = word
        member.title = title
        member.sentence = sentence
        return member

    KNOWN = (
        "known",
        "The provider's own servers",
        "The domain belongs to a built-in service, and these are that service's servers.",
    )
    NAMED = (
        "named",
        "Named by the domain itself",
        "The domain publishes them in a file, which came over TLS with a trusted certificate.",
    )
    RECEIVER = (
        "receiver",
        "Recognised by who receives the mail",
        (
            "DNS says that a built-in service receives the domain's mail. Its answers are not "
            "signed: whoever stands between could have changed them."
        ),
    )
    UNSIGNED = (
        "unsigned",
        "Named by DNS",
        (
            "The domain's service records name them. Answers of DNS are not signed: whoever "
            "stands between could have changed them."
        ),
    )
    LISTED = (
        "listed",
        "Named by a public list",
        "Thunderbird's list names them. It is kept by others than the domain's owner.",
    )
    GUESSED = (
        "guessed",
        "Guessed",
        "Nobody names them: mail servers greet at usual names and ports of the domain.",
    )
    STRANGE = (
        "strange",
        "From a file for another domain",
        "The file that names them does not speak of this domain. Ask its owner before you use them.",
    )


_TRUST: Mapping[Source, Trust] = {
    Source.PRESET: Trust.KNOWN,
    Source.AUTOCONFIG: Trust.NAMED,
    Source.WELL_KNOWN: Trust.NAMED,
    Source.SRV: Trust.UNSIGNED,
    Source.MX: Trust.RECEIVER,
    Source.ISPDB: Trust.LISTED,
    Source.PROBING: Trust.GUESSED,
}
_LESS_FOR_HALF = 20
"""What it costs a proposal that nothing is known of one protocol."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Settings for an account: where to fetch and where to send, at least one of them.

    ``sources`` name both, the best first. ``service`` is the built-in service whose servers these
    are. ``confidence``, from 0 to 100, is that of the weaker half.
    """

    imap: Candidate | None
    smtp: Candidate | None
    sources: tuple[Source, ...]
    trust: Trust
    confidence: int
    service: Service | None = None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What it is put together from."""
        return tuple(each for each in (self.imap, self.smtp) if each is not None)

    @property
    def places(self) -> tuple[tuple[str, int, bool] | None, ...]:
        """Host, port and whether TLS begins with the first byte, for IMAP and for SMTP."""
        return tuple(
            (each.host, each.port, each.tls) if each else None for each in (self.imap, self.smtp)
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person must know before accepting it, each once."""
        return tuple(dict.fromkeys(text for each in self.candidates for text in each.warnings))

    @property
    def evidence(self) -> tuple[str, ...]:
        """What each source said, each once."""
        return tuple(dict.fromkeys(text for each in self.candidates for text in each.evidence))


def proposals(found: Detection) -> tuple[Proposal, ...]:
    """What can be proposed, the best first.

    What one source says of IMAP and of SMTP belongs together, hosts of a name with each other;
    where it has more of one than of the other, the best of the other stands for those that are
    missing. A place in clear text is left out where its host offers a better one.
    """
    strange = {each.source for each in found.sources if each.ending is Ending.OTHER_DOMAIN}
    by_places: dict[object, Proposal] = {}
    for source in Source:
        for imap, smtp in _pairs(found, source):
            made = _made(imap, smtp, source, strange)
            known = by_places.get(made.places)
            by_places[made.places] = made if known is None else _joined(known, made)
    ranks = list(Trust)
    return tuple(
        sorted(
            by_places.values(),
            key=lambda one: (-one.confidence, ranks.index(one.trust), str(one.places)),
        )
    )


def _pairs(found: Detection, source: Source) -> Iterator[tuple[Candidate | None, Candidate | None]]:
    imaps, smtps = (
        [
            each
            for each in found.of(protocol)
            if source in each.sources and not _bettered(each, found)
        ]
        for protocol in Protocol
    )
    left = list(smtps)
    for imap in imaps:
        smtp = _kin(imap, left) or next(iter(left), None) or next(iter(smtps), None)
        if smtp in left:
            left.remove(smtp)
        yield imap, smtp
    for smtp in left:
        yield _kin(smtp, imaps) or next(iter(imaps), None), smtp


def _bettered(one: Candidate, found: Detection) -> bool:
    """Whether its host offers the protocol encrypted, too, where it does not itself."""
    if one.tls or (one.starttls and one.protocol is Protocol.SMTP):
        return False
    return any(each.tls and each.host == one.host for each in found.of(one.protocol))


def _kin(one: Candidate, others: Iterable[Candidate]) -> Candidate | None:
    """The first of others at the same host, the protocol's own name aside."""
    return next((each for each in others if _home(each) == _home(one)), None)


def _home(one: Candidate) -> str:
    return one.host.lower().removeprefix(f"{one.protocol.value}.")


def _made(
    imap: Candidate | None, smtp: Candidate | None, source: Source, strange: set[Source]
) -> Proposal:
    halves = [each for each in (imap, smtp) if each is not None]
    confidence = min(each.confidence for each in halves)
    if len(halves) == 1:
        confidence = max(1, confidence - _LESS_FOR_HALF)
    trust = Trust.STRANGE if source in strange else _TRUST[source]
    return Proposal(imap, smtp, (source,), trust, confidence, _service(imap, smtp))


def _joined(known: Proposal, other: Proposal) -> Proposal:
    """A proposal that another source makes as well: whoever is trusted more vouches for it."""
    ranks = list(Trust)
    trust = min(known.trust, other.trust, key=ranks.index)
    return replace(known, sources=(*known.sources, *other.sources), trust=trust)


def _service(imap: Candidate | None, smtp: Candidate | None) -> Service | None:
    """The built-in service whose servers both are."""
    if imap is None or smtp is None:
        return None
    for service, servers in SERVERS.items():
        fetches = (servers.imap_host, servers.imap_port, True)
        sends = (servers.smtp_host, servers.smtp_port, servers.smtp_secure)
        if (imap.host, imap.port, imap.tls) == fetches and (
            smtp.host,
            smtp.port,
            smtp.tls,
        ) == sends:
            return service
    return None
