"""MX: which servers receive a domain's mail, and so where answers to Motion's replies go."""

from __future__ import annotations

from collections.abc import Iterator

from motion_desk.services.domain.resolver import Answer, Asking, Kind, Resolver, Said
from motion_desk.services.domain.results import Check, CheckName, Remark, Tone, check, unsaid
from motion_desk.services.tester.steps import Fact

MOST_HOSTS = 10
"""Receiving servers whose addresses are asked for."""


def mx(domain: str, resolver: Resolver, asking: Asking) -> Check:
    """The check of a domain's MX records (RFC 5321 §5.1, RFC 7505)."""
    answer = resolver.ask(domain, Kind.MX, asking)
    facts = [
        Fact("mx", f"Rank {each.rank}", each.text or "none (null MX)") for each in answer.records
    ]
    return check(CheckName.MX, _remarks(domain, answer, resolver, asking), *facts)


def _remarks(domain: str, answer: Answer, resolver: Resolver, asking: Asking) -> Iterator[Remark]:
    if not answer.said.is_certain:
        yield unsaid(CheckName.MX, domain, answer)
    elif answer.said is Said.NO_NAME:
        yield Remark(
            "mx.no-domain",
            Tone.BAD,
            f"The domain {domain} does not exist.",
            "Many servers refuse mail from a domain that does not exist, and nobody can answer it. "
            "Compare the address, letter by letter.",
        )
    elif answer.said is Said.NO_DATA:
        yield from _without(domain, resolver, asking)
    elif any(not each.text for each in answer.records):
        yield Remark(
            "mx.null",
            Tone.BAD,
            f"{domain} says that it receives no mail at all (null MX).",
            "Nobody can answer replies that Motion sends, and some servers refuse them for that.",
        )
    else:
        yield from _receiving(domain, answer, resolver, asking)


def _without(domain: str, resolver: Resolver, asking: Asking) -> Iterator[Remark]:
    found = [resolver.ask(domain, kind, asking) for kind in (Kind.A, Kind.AAAA)]
    if any(each.said is Said.FOUND for each in found):
        yield Remark(
            "mx.implicit",
            Tone.NOTE,
            f"{domain} has no MX record, so its mail goes to the domain's own address.",
            "Answers arrive only if a mail server runs there. An MX record says it plainly.",
        )
    elif all(each.said.is_certain for each in found):
        yield Remark(
            "mx.missing",
            Tone.BAD,
            f"{domain} has neither an MX record nor an address.",
            "Nobody can answer replies that Motion sends, and many servers refuse them for that.",
        )
    else:
        yield unsaid(CheckName.MX, domain, next(each for each in found if not each.said.is_certain))


def _receiving(domain: str, answer: Answer, resolver: Resolver, asking: Asking) -> Iterator[Remark]:
    hosts = [each.text for each in answer.records][:MOST_HOSTS]
    dead = [host for host in hosts if _has_no_address(host, resolver, asking)]
    if len(dead) == len(hosts):
        yield Remark(
            "mx.dead",
            Tone.BAD,
            f"No receiving server of {domain} has an address: {', '.join(dead)}.",
            "Nobody can answer replies that Motion sends. Whoever keeps the DNS must mend it.",
        )
        return
    if dead:
        yield Remark(
            "mx.partly-dead",
            Tone.NOTE,
            f"These receiving servers have no address: {', '.join(dead)}.",
            "Answers arrive by the other servers. Have the dead names taken out of DNS.",
        )
    yield Remark(
        "mx.found",
        Tone.GOOD,
        f"Mail for {domain} is received by {', '.join(hosts)}.",
        "Answers to replies that Motion sends go there.",
    )


def _has_no_address(host: str, resolver: Resolver, asking: Asking) -> bool:
    """Whether the name service is certain that a host has no address."""
    found = [resolver.ask(host, kind, asking).said for kind in (Kind.A, Kind.AAAA)]
    return all(said in (Said.NO_DATA, Said.NO_NAME) for said in found)
